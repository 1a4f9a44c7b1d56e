package dev.mipath.cli;

import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mipath.format.Node;
import dev.mipath.format.Schemas;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("It works here and not there: two clients")
class VersusStories {
    private static final com.networknt.schema.Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schemas.text("trace"));
    private static final String OPEN_TO_APP =
            "name: allow_app, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source: 10.1.0.0/24,"
                    + " destinationPorts: 1433";
    private static final String CLOSED = "name: deny_all, priority: 4096, direction: Inbound, access: Deny";

    private static World world() {
        return World.usual().instanceRules(OPEN_TO_APP, CLOSED);
    }

    private static Node.Obj versus(Traced traced) {
        assertThat(SCHEMA.validate(traced.out(), InputFormat.JSON)).isEmpty();
        return (Node.Obj) Traced.given(traced.document(), "versus");
    }

    private static Node.Obj member(Node.Obj object, String name) {
        return (Node.Obj) Traced.given(object, name);
    }

    @Test
    @DisplayName("both ask the same, be it of the management endpoint")
    void managementCalls() {
        Traced traced = Traced.about(
                world(), "--from", "SqlManagement", "--versus", "Internet", "--to", "mi-prod", "--format", "json");
        Node.Obj versus = versus(traced);
        assertThat(text(traced.document(), "outcome")).isEqualTo("connected");
        assertThat(text(versus, "outcome")).isEqualTo("blocked");
        assertThat(text(member(versus, "firstDifference"), "phase")).isEqualTo("connect");
        assertThat(text(member(versus, "client"), "message")).startsWith("A scan finds the ports closed");
    }

    @Test
    @DisplayName("part at the first decision that differs, an element both meet")
    void oneElement() {
        Traced traced = json(world(), "--versus", "nva");
        assertThat(traced.code()).isEqualTo(ExitCode.YES);
        Node.Obj versus = versus(traced);
        assertThat(text(versus, "outcome")).isEqualTo("blocked");
        Node.Obj first = member(versus, "firstDifference");
        assertThat(text(first, "phase")).isEqualTo("connect");
        assertThat(text(first, "code")).isEqualTo("NSG_DENY_INBOUND");
        assertThat(text(member(first, "here"), "at")).isEqualTo(text(member(first, "there"), "at"));
        assertThat(text(member(first, "here"), "decision")).isEqualTo("allow");
        assertThat(text(member(first, "there"), "decision")).isEqualTo("deny");
        assertThat(text(member(member(first, "here"), "evidence"), "rule")).isEqualTo("allow_app");
        assertThat(text(member(member(first, "there"), "evidence"), "rule")).isEqualTo("deny_all");
    }

    @Test
    @DisplayName("may be asked the other way round; the exit code is the first's")
    void otherWayRound() {
        Traced traced = Traced.about(world(), "--from", "nva", "--versus", "app-vm", "--format", "json");
        assertThat(traced.code()).isEqualTo(ExitCode.NO);
        Node.Obj first = member(versus(traced), "firstDifference");
        assertThat(text(member(first, "here"), "decision")).isEqualTo("deny");
        assertThat(text(member(first, "there"), "decision")).isEqualTo("allow");
    }

    @Test
    @DisplayName("part before the network where one is outside of it")
    void outside() {
        World world = new World(World.usual().yaml() + "clients:\n  - {name: report, kind: power-bi}\n");
        Traced traced = Traced.text(world, "--versus", "report");
        assertThat(traced.out())
                .contains("≠  connect")
                .contains("first different decision  in phase connect")
                .contains("report  stops   client report")
                .contains("public endpoint");
    }

    @Test
    @DisplayName("do not part in the network when it lets both through; then the client itself is left")
    void alike() {
        Traced traced = Traced.text(World.usual(), "--versus", "nva");
        assertThat(traced.out()).contains("no decision differs").contains("--driver");
        Node.Obj versus = versus(json(World.usual(), "--versus", "nva"));
        assertThat(versus.get("firstDifference")).isInstanceOf(Node.Null.class);
    }

    @Test
    @DisplayName("are told as text or JSON, one question at a time")
    void refused() {
        assertThat(Traced.text(World.usual(), "--versus", "nva", "--format", "md")
                        .err())
                .contains("text or json");
        assertThat(Traced.text(World.usual(), "--versus", "nva", "--step").err())
                .contains("leave out");
        assertThat(Traced.text(World.usual(), "--versus", "nvb").err()).contains("did you mean `nva`?");
    }
}
