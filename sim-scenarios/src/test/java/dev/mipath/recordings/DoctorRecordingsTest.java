package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.importer.ImportRequest;
import dev.mipath.importer.Importer;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis;
import dev.mipath.requirements.Diagnosis.NotJudged;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.requirements.Doctor;
import dev.mipath.requirements.Finding;
import dev.mipath.requirements.Requirement;
import dev.mipath.testing.SharedData;
import dev.mipath.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The doctor's findings on Microsoft's templates and on recorded subnets, checked by hand against the files. */
class DoctorRecordingsTest {
    private static final String QUICK = "azure/arm-quickstart/";
    private static final String MI = "azure/recordings-mi/";

    static Stream<Arguments> files() {
        return Stream.of(
                // Written for service-aided subnets: the service brings the mandatory rules and routes.
                Arguments.of(QUICK + "101-sqlmi-new-vnet.azuredeploy.json", Era.Y2020, 1, "", ""),
                Arguments.of(QUICK + "201-sqlmi-new-vnet-w-jumpbox.azuredeploy.json", Era.Y2020, 1, "", ""),
                Arguments.of(
                        QUICK + "101-sql-managed-instance-azure-environment.azuredeploy.json", Era.Y2020, 1, "", ""),
                // The address prefix is a parameter without a default.
                Arguments.of(
                        QUICK + "azure-sql-managed-instance.nestedtemplates.vnet.json",
                        Era.Y2020,
                        1,
                        "",
                        "SUBNET_SIZE SUBNET_IN HEALTH_PROBE_IN SUBNET_OUT PLATFORM_DNS ROUTE_SUBNET_LOCAL"),
                // The same templates in the deprecated mode lack everything that was the customer's to write then.
                Arguments.of(
                        QUICK + "101-sqlmi-new-vnet.azuredeploy.json",
                        Era.MANUAL_2020,
                        1,
                        "MANAGEMENT_IN SUBNET_IN HEALTH_PROBE_IN MANAGEMENT_OUT SUBNET_OUT ROUTE_SUBNET_LOCAL ROUTES_TO_AZURE",
                        ""),
                // Recorded in May 2021 with all its rules; four of its tag routes need the download to be judged.
                Arguments.of(
                        MI + "subnet/2021-05-19-subnet-stgCliTestSubnet-nip.json " + MI
                                + "nsg-rt/2021-nsg-stgCliTestNsg.json " + MI
                                + "nsg-rt/2021-routetable-stgCliTestRouteTable.json",
                        Era.CURRENT,
                        1,
                        "",
                        ""),
                // Recorded while it was being made: no group is attached yet.
                Arguments.of(
                        MI + "subnet/2020-07-09-subnet-vcCliTestFailoverSubnet.json " + MI
                                + "nsg-rt/2020-07-09-rt-vcCliTestFailoverRouteTable-2r-attached.json",
                        Era.CURRENT,
                        1,
                        "NSG_PRESENT",
                        ""),
                // Recorded in March 2021 just after it was made: neither group nor table is attached yet.
                Arguments.of(
                        MI + "subnet/2021-03-18-vnet-stgCliTestVname.json",
                        Era.CURRENT,
                        1,
                        "NSG_PRESENT ROUTE_TABLE_PRESENT",
                        ""),
                // Group, table and subnet of September 2020 together: a /24 for which the service brings what is
                // mandatory.
                Arguments.of(
                        MI + "subnet/2020-09-29-subnet-vcCliTestLogReplaySubnet.json " + MI
                                + "nsg-rt/2020-09-29-nsg-test-vnet-nsg.json " + MI
                                + "nsg-rt/2020-09-29-rt-vcCliTestLogReplayRouteTable-2r-attached.json",
                        Era.Y2020,
                        1,
                        "",
                        "ROUTES_TO_AZURE"),
                // The same subnet recorded by itself: the ranges of its network, which the system's route is for, are
                // not
                // among the files.
                Arguments.of(
                        MI + "subnet/2021-03-18-subnet-stgCliTestSubnet.json",
                        Era.CURRENT,
                        1,
                        "NSG_PRESENT ROUTE_TABLE_PRESENT",
                        "ROUTE_SUBNET_LOCAL"),
                // Delegated to Databricks and to App Service: nothing of a managed instance's.
                Arguments.of(
                        MI + "subnet/2022-05-18-subnet-private-subnet-nip.json " + MI
                                + "subnet/2022-05-18-subnet-public-subnet-nip.json",
                        Era.CURRENT,
                        0,
                        "",
                        ""),
                Arguments.of(
                        MI + "subnet/2019-08-07-subnet-SAL-swiftsubnet000004.json " + MI
                                + "subnet/2019-08-07-subnet-SAL-test_subnet.json",
                        Era.CURRENT,
                        0,
                        "",
                        ""),
                // Of April 2020, when subnets were not delegated yet; no instance is among the files, so it is
                // nobody's.
                Arguments.of(MI + "subnet/2020-04-28-subnet-InstancePool-nip.json", Era.MANUAL_2020, 0, "", ""),
                // The subnet of these templates is a parameter, or a template of its own behind a link.
                Arguments.of("azure/arm-samples/avm-sql-managed-instance.main.json", Era.CURRENT, 0, "", ""),
                Arguments.of(QUICK + "azure-sql-managed-instance.azuredeploy.json", Era.Y2020, 0, "", ""),
                // The group is not among the files: nothing is said of its rules.
                Arguments.of(
                        MI + "subnet/2020-09-11-vnet-vcCliTestVnet1.json " + MI
                                + "nsg-rt/2020-09-11-rt-vcCliTestRouteTable1-2r-attached.json",
                        Era.CURRENT,
                        1,
                        "",
                        "HEALTH_PROBE_IN SUBNET_IN SUBNET_OUT OPTIONAL_AZURE_OUT PLATFORM_DNS"));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("files")
    @DisplayName("The findings are those that were worked out by hand")
    void findings(String files, Era era, int subnets, String findings, String doubts) {
        List<String> paths = Stream.of(files.split(" ", -1))
                .map(file -> SharedData.require(file).toString())
                .toList();
        Topology topology = Importer.read(ImportRequest.of(paths)).topology();
        CompileOptions options = CompileOptions.DEFAULTS.with(era);
        Diagnosis diagnosis = Doctor.examine(NetworkCompiler.compile(topology, options), options, era);
        assertThat(diagnosis.subnets()).hasSize(subnets);
        List<String> found = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (SubnetReport report : diagnosis.subnets()) {
            for (Finding finding : report.findings())
                found.add(finding.requirement().name());
            for (NotJudged doubt : report.notJudged()) {
                boolean outside = doubt.requirement() == Requirement.LOCKS_AND_POLICIES
                        || doubt.requirement() == Requirement.TLS_1_2;
                if (!outside) open.add(doubt.requirement().name());
            }
        }
        assertThat(String.join(" ", found)).isEqualTo(findings);
        assertThat(open).containsExactlyInAnyOrder(doubts.isEmpty() ? new String[0] : doubts.split(" ", -1));
    }

    /** A /24, delegated, with a group and a table that are not among the files, and nothing else in it. */
    static Stream<String> apart() {
        return Stream.of(
                "2020-09-11-subnet-vcCliTestFailoverSubnet3",
                "2020-09-11-subnet-vcCliTestSubnet1",
                "2020-09-11-subnet-vcCliTestSubnet7",
                "2020-09-11-subnet-vcCliTestSubnetAad",
                "2020-09-11-subnet-vcCliTestSubnetRestoreDel",
                "2020-09-11-vnet-vcCliTestFailoverVnet3",
                "2020-09-11-vnet-vcCliTestVnet7",
                "2020-09-11-vnet-vcCliTestVnetAad",
                "2020-09-11-vnet-vcCliTestVnetRestoreDel",
                "2021-01-06-subnet-ManagedInstance-nip",
                "2021-01-06-vnet-vnet-what-if-managed-instance");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("apart")
    @DisplayName("A subnet without its group and table has no finding, and what rules and routes decide is open")
    void withoutGroupAndTable(String file) {
        findings(
                MI + "subnet/" + file + ".json",
                Era.CURRENT,
                1,
                "",
                "HEALTH_PROBE_IN SUBNET_IN SUBNET_OUT OPTIONAL_AZURE_OUT PLATFORM_DNS ROUTE_SUBNET_LOCAL");
    }

    @Test
    @DisplayName("An instance recorded by itself says nothing of its subnet, whatever its state: no subnet is examined")
    void instancesAlone() throws IOException {
        Path folder = SharedData.require(MI + "mi");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(40);
        for (Path file : files) {
            Topology topology =
                    Importer.read(ImportRequest.of(List.of(file.toString()))).topology();
            CompileOptions options = CompileOptions.DEFAULTS.with(Era.CURRENT);
            Diagnosis diagnosis = Doctor.examine(NetworkCompiler.compile(topology, options), options, Era.CURRENT);
            assertThat(topology.managedInstances()).as("%s", file).isNotEmpty();
            assertThat(diagnosis.subnets()).as("%s", file).isEmpty();
        }
    }
}
