package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A lock on the network of a managed instance")
class LockStories {
    private static final String NETWORK = """
            networkSecurityGroups:
              - name: nsg
                rules:
                  - {name: web, priority: 900, direction: Inbound, access: Allow, protocol: Tcp, destinationPorts: 80}
            routeTables: [{name: rt, routes: []}]
            """;
    private static final String WITH_INSTANCE = NETWORK + "managedInstances: [{name: mi1, subnet: mi}]\n";
    private static final String ADD = "- addRule: {networkSecurityGroup: nsg, name: more, priority: 910, direction:"
            + " Inbound, access: Allow, protocol: Tcp, destinationPorts: 81}\n";
    private static final String REMOVE = "- removeRule: {networkSecurityGroup: nsg, name: web}\n";

    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String locked(String network, String level, String on) throws IOException {
        return file(
                "n.yaml",
                Hub.of(2020) + network + "managementLocks: [{name: keep, level: " + level + ", scope: " + on + "}]\n");
    }

    private CommandRun change(String level, String on, String edits, int exit) throws IOException {
        return CommandRun.of("change", locked(WITH_INSTANCE, level, on), "--apply", file("c.yaml", edits))
                .exits(exit);
    }

    @Test
    @DisplayName("is told by the doctor as a warning, with what it hinders and the command that takes it away")
    void doctor() throws IOException {
        CommandRun read = CommandRun.of("doctor", locked(WITH_INSTANCE, "ReadOnly", "hub"))
                .exits(ExitCode.YES);
        assertThat(read.out())
                .contains(
                        "warning locks-and-policies: lock keep (ReadOnly) on hub keeps the service from writing its"
                                + " rules and routes there",
                        "az lock delete -g RESOURCE_GROUP -n keep",
                        "the policies assigned, which could deny");
        CommandRun delete = CommandRun.of("doctor", locked(WITH_INSTANCE, "CanNotDelete", "nsg"))
                .exits(ExitCode.YES);
        assertThat(delete.out()).contains("lock keep (CanNotDelete) on nsg keeps the service from deleting");
        assertThat(CommandRun.of("doctor", locked(WITH_INSTANCE, "CanNotDelete", "mi1"))
                        .exits(ExitCode.YES)
                        .out())
                .as("protecting the instance itself hinders nobody")
                .doesNotContain("lock keep");
    }

    @Test
    @DisplayName("that lets nothing be changed refuses every change below it, before the intent policy is asked")
    void readOnly() throws IOException {
        assertThat(change("ReadOnly", "nsg", ADD, ExitCode.NO).out())
                .startsWith("Refused with ScopeLocked: nothing is changed, nothing is lost.\n"
                        + "  lock keep (ReadOnly) on nsg forbids it (")
                .contains("remedy, if the change is meant: az lock delete -g RESOURCE_GROUP -n keep");
        assertThat(change("ReadOnly", "rt", ADD, ExitCode.YES).out())
                .as("another resource is locked")
                .startsWith("Allowed");
        assertThat(change("ReadOnly", "nsg", "- removeLock: {lock: keep}\n" + ADD, ExitCode.YES)
                        .out())
                .as("the lock goes first")
                .startsWith("Allowed")
                .contains("mended locks-and-policies");
    }

    @Test
    @DisplayName("that only forbids deleting lets a rule come and none go")
    void canNotDelete() throws IOException {
        assertThat(change("CanNotDelete", "nsg", ADD, ExitCode.YES).out()).startsWith("Allowed");
        assertThat(change("CanNotDelete", "nsg", REMOVE, ExitCode.NO).out()).startsWith("Refused with ScopeLocked");
        assertThat(change("CanNotDelete", "/subscriptions/0/resourceGroups/other", REMOVE, ExitCode.YES)
                        .out())
                .startsWith("Allowed");
    }

    @Test
    @DisplayName("stands in the JSON answer with its place")
    void json() throws IOException {
        CommandRun run = CommandRun.of(
                        "change",
                        locked(WITH_INSTANCE, "ReadOnly", "hub"),
                        "--format",
                        "json",
                        "--apply",
                        file("c.yaml", "- setDnsServers: {vnet: hub, dnsServers: [10.0.0.9]}\n"))
                .exits(ExitCode.NO);
        assertThat(run.out())
                .contains("\"code\" : \"ScopeLocked\"", "\"name\" : \"keep\"", "\"level\" : \"ReadOnly\"", "n.yaml");
    }

    @Test
    @DisplayName("of which nobody knows what it is on leaves the answer open")
    void openScope() throws IOException {
        CommandRun run = change("ReadOnly", "{unknown: parameters('x')}", ADD, ExitCode.UNDETERMINED);
        assertThat(run.out()).startsWith("Not known").contains("what lock `keep` is on");
    }

    @Test
    @DisplayName("makes the creation of an instance fail when it forbids writing")
    void creation() throws IOException {
        String time = NETWORK + """
                timeline:
                  - at: 1min
                    createInstance: {name: mi1, subnet: mi}
                """;
        CommandRun refused = CommandRun.of("simulate", locked(time, "ReadOnly", "hub"), "--until", "2min");
        assertThat(refused.out()).contains("ScopeLocked");
        CommandRun made = CommandRun.of("simulate", locked(time, "CanNotDelete", "hub"), "--until", "2min");
        assertThat(made.out()).doesNotContain("ScopeLocked");
    }

    @Test
    @DisplayName("on something that is not there is an input error with the place")
    void typo() throws IOException {
        CommandRun run = CommandRun.of("doctor", locked(WITH_INSTANCE, "ReadOnly", "hubb"))
                .exits(ExitCode.USAGE);
        assertThat(run.err())
                .contains("n.yaml:", "there is no network, subnet, security group, route table or instance `hubb`");
    }
}
