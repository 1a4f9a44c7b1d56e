package dev.mipath.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mipath.format.TimeScript;
import dev.mipath.format.TopologyDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioLibraryTest {
    static List<Scenario> all() {
        return ScenarioLibrary.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void holdsWhatItPromises(Scenario scenario) {
        TopologyDocument document = scenario.read();
        assertThat(document.topology().name()).isEqualTo(scenario.name());
        assertThat(document.topology().notices()).isEmpty();
        assertThat(document.ask()).isNotNull();
        TimeScript time = document.time();
        assertThat(time != null).isEqualTo(scenario.kind() == Scenario.Kind.TIME);
        if (time == null) assertThat(document.expect()).isNotEmpty();
        else assertThat(time.expect()).isNotEmpty();
        assertThat(scenario.story().lines().toList()).startsWith("# " + scenario.title(), "", "> " + scenario.lesson());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isCompiledWhenItIsBuilt(Scenario scenario) {
        Supplier<TopologyDocument> compiled = scenario.compiled();
        assertThat(compiled).isNotNull();
        assertThat(scenario.read()).isEqualTo(scenario.parsed());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void placesSayScenarioAndLine(Scenario scenario) {
        String text = new String(scenario.content(), StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        scenario.read()
                .topology()
                .networkSecurityGroups()
                .forEach(group -> group.rules().forEach(rule -> {
                    assertThat(rule.place().file()).isEqualTo("scenario:" + scenario.name());
                    assertThat(lines.get(rule.place().line() - 1)).contains("name: " + rule.name());
                }));
    }

    @Test
    void findsByNameWithAndWithoutPrefix() {
        assertThat(ScenarioLibrary.named("redirect-range-closed")).isPresent();
        assertThat(ScenarioLibrary.named("scenario:redirect-range-closed")).isPresent();
        assertThat(ScenarioLibrary.named("redirect-range-open")).isEmpty();
        assertThat(ScenarioLibrary.nearest("redirect-range-open")).contains("redirect-range-closed");
    }

    @Test
    void exportOverwritesOnlyWhenTold(@TempDir Path folder) throws Exception {
        Scenario scenario = ScenarioLibrary.all().get(0);
        Path target = folder.resolve("new");
        scenario.export(target, false);
        assertThat(target.resolve("topology.yaml")).hasBinaryContent(scenario.content());
        Files.writeString(target.resolve("story.md"), "mine");
        Files.delete(target.resolve("topology.yaml"));
        assertThatThrownBy(() -> scenario.export(target, false)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target.resolve("topology.yaml")).doesNotExist();
        scenario.export(target, true);
        assertThat(target.resolve("story.md")).hasContent(scenario.story());
    }
}
