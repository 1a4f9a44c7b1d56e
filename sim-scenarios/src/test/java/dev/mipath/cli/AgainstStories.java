package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mipath.format.Node;
import dev.mipath.format.Schemas;
import dev.mipath.library.Scenario;
import dev.mipath.library.ScenarioLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Two eras side by side")
class AgainstStories {
    private static final int MARKDOWN_LINES_MAX = 25;
    private static final com.networknt.schema.Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schemas.text("trace"));

    static List<String> names() {
        return ScenarioLibrary.all(Scenario.Kind.STATIC).stream()
                .map(Scenario::name)
                .toList();
    }

    @Test
    @DisplayName("are told word by word")
    void golden() throws IOException {
        String line = "trace scenario:global-peering-2020 --against current";
        CommandRun.line(line).exits(ExitCode.NO).isGolden("against-global.txt");
        CommandRun.line(line + " --format md").exits(ExitCode.NO).isGolden("against-global.md");
        CommandRun.line("trace scenario:redirect-range-closed --against current")
                .exits(ExitCode.NO)
                .isGolden("against-redirect.txt");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("say of each what it says of itself")
    @MethodSource("names")
    void agreeWithEachAlone(String name) {
        String other = otherEra(name);
        Traced both = Traced.scenario(name, "--against", other, "--format", "json");
        assertThat(SCHEMA.validate(both.out(), InputFormat.JSON)).isEmpty();
        Traced here = Traced.scenario(name, "--format", "json");
        Traced there = Traced.scenario(name, "--profile", other, "--format", "json");
        assertThat(both.code()).isEqualTo(here.code());
        Node.Obj against = (Node.Obj) Traced.given(both.document(), "against");
        assertThat(Traced.text(against, "outcome")).isEqualTo(Traced.text(there.document(), "outcome"));
        Node.Obj client = (Node.Obj) Traced.given(against, "client");
        Node.Obj alone = (Node.Obj) Traced.given(there.document(), "client");
        for (String same : new String[] {"symptom", "error", "message"}) {
            assertThat(Traced.text(client, same)).isEqualTo(Traced.text(alone, same));
        }
        List<String> blockers = there.blockers();
        Node first = Traced.given(against, "firstBlocker");
        assertThat(first instanceof Node.Obj blocker ? Traced.text(blocker, "code") : "none")
                .isEqualTo(blockers.isEmpty() ? "none" : blockers.get(0));
        assertThat(both.blockers()).isEqualTo(here.blockers());
    }

    /** The era to compare with: the current one, or that of 2020 where the situation is of today. */
    private static String otherEra(String name) {
        Node.Obj query = (Node.Obj)
                Traced.given(Traced.scenario(name, "--format", "json").document(), "query");
        return Traced.text(query, "profile").equals("current") ? "2020" : "current";
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("fit a ticket")
    @MethodSource("names")
    void fit(String name) {
        Traced traced = Traced.scenario(name, "--against", otherEra(name), "--format", "md");
        assertThat(traced.out()).contains("| profile ");
        assertThat(traced.out().lines().count()).isLessThanOrEqualTo(MARKDOWN_LINES_MAX);
    }

    @Test
    @DisplayName("of which the second may be the older")
    void olderBeside() {
        Traced traced = Traced.scenario("global-peering-2020", "--profile", "current", "--against", "2020");
        assertThat(traced.code()).isEqualTo(ExitCode.YES);
        assertThat(traced.out()).contains("outcome        CONNECTED                  BLOCKED");
    }

    @Test
    @DisplayName("are two, told as a whole, and known")
    void refuses() {
        assertThat(Traced.scenario("redirect-range-closed", "--against", "2020").err())
                .contains("--against 2020 is the profile of the answer itself");
        assertThat(Traced.scenario("redirect-range-closed", "--against", "current", "--step")
                        .code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Traced.scenario("redirect-range-closed", "--against", "2019").code())
                .isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest(name = "as {0}")
    @DisplayName("show no trick of a name from the input")
    @ValueSource(strings = {"text", "md", "json"})
    void hostile(String format) {
        World world = World.usual().redirect().with("nsg-mi", "\"a|b`<i>\\u001b[2J\\u202e\"");
        Path file = Traced.scratch(world.yaml());
        try {
            Traced traced = Traced.ask(
                    List.of(file.toString(), "--from", "app-vm", "--against", "current", "--format", format));
            assertThat(traced.code()).isEqualTo(ExitCode.NO);
            assertThat(traced.out()).contains("NSG_DENY_INBOUND").doesNotContain("\u001b", "\u202e");
            if (format.equals("md")) assertThat(traced.out()).contains("a\\|b'&lt;i>");
        } finally {
            Traced.delete(file);
        }
    }
}
