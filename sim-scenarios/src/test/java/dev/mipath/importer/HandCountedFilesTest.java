package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.SharedData;
import dev.mipath.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded file that is imported declares what {@code counted-files.txt} says. */
@DisplayName("A counted file")
class HandCountedFilesTest {
    private static final Path TABLE = Path.of("src/test/resources/counted-files.txt");

    static List<String> lines() throws IOException {
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.filter(line -> !line.startsWith("#")).toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    @DisplayName("declares what was counted")
    void holds(String line) {
        String file = line.substring(0, line.indexOf(": "));
        Imported read = Importer.read(
                ImportRequest.of(SharedData.require("azure").resolve(file).toString()));
        assertThat(file + ": " + counts(read)).isEqualTo(line);
    }

    @Test
    @DisplayName("is every file that is imported")
    void complete() throws IOException {
        SharedData.require("azure");
        assertThat(lines().stream().map(line -> line.substring(0, line.indexOf(": "))))
                .containsExactlyInAnyOrderElementsOf(SharedFilesTest.importedFiles());
    }

    private static String counts(Imported read) {
        Topology topology = read.topology();
        StringJoiner counts = new StringJoiner(" ");
        count("vnets", topology.vnets().size(), counts);
        count(
                "subnets",
                topology.vnets().stream()
                        .mapToLong(vnet -> vnet.subnets().size())
                        .sum(),
                counts);
        count(
                "peerings",
                topology.vnets().stream()
                        .mapToLong(vnet -> vnet.peerings().size())
                        .sum(),
                counts);
        count("groups", topology.networkSecurityGroups().size(), counts);
        count(
                "rules",
                topology.networkSecurityGroups().stream()
                        .flatMap(group -> group.rules().stream())
                        .filter(rule -> rule.present().is(true))
                        .count(),
                counts);
        count("tables", topology.routeTables().size(), counts);
        count(
                "routes",
                topology.routeTables().stream()
                        .flatMap(table -> table.routes().stream())
                        .filter(route -> route.present().is(true))
                        .count(),
                counts);
        count("nics", topology.networkInterfaces().size(), counts);
        count("vms", topology.virtualMachines().size(), counts);
        count("instances", topology.managedInstances().size(), counts);
        count("endpoints", topology.privateEndpoints().size(), counts);
        count("balancers", topology.loadBalancers().size(), counts);
        count("effectiveRules", topology.effectiveSecurityRules().size(), counts);
        count("effectiveRoutes", topology.effectiveRouteTables().size(), counts);
        count(
                "serviceTags",
                read.serviceTags().stream()
                        .mapToLong(list -> list.prefixes().keySet().size())
                        .sum(),
                counts);
        return counts.length() == 0 ? "nothing" : counts.toString();
    }

    private static void count(String what, long number, StringJoiner counts) {
        if (number > 0) counts.add(what + "=" + number);
    }
}
