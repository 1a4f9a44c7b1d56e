package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.compile.Compilation;
import dev.mipath.importer.ImportRequest;
import dev.mipath.importer.Importer;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.testing.SharedData;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.NetworkSecurityGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recordings that hold a group's declared rules beside what became of them: security group views, and groups read
 * together with their default rules. The customer's rules are imported from the recording; the default rules and the
 * order are ours.
 */
@DisplayName("Declared and effective rules of")
class DeclaredRulesRecordingsTest {
    private static final Comparator<RuleRow> ORDER =
            Comparator.comparing(RuleRow::direction).thenComparing(RuleRow::priority);

    /** Rows with which the view closes each direction on its own; no other answer of Azure has them. */
    private static final Set<String> CLOSING_ROWS = Set.of("DefaultInboundDenyAll", "DefaultOutboundDenyAll");

    /** The view prints no evaluation order (it lists the customer's rules last), so the rows are compared by priority. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "recordings-mi/effective/2017-04-20-security-group-view.json",
        "recordings-mi/effective/2018-02-05-security-group-view.json",
        "recordings-mi/effective/2019-10-14-security-group-view.json"
    })
    @DisplayName("a security group view")
    void securityGroupView(String file) {
        List<Recorded> nics = Recorded.in(file).items("networkInterfaces");
        assertThat(nics).hasSize(1);
        Recorded associations = nics.get(0).at("securityRuleAssociations");
        assertThat(associations.has("subnetAssociation")).isFalse();
        NetworkSecurityGroup group = imported(file).get(0);
        Compilation compiled = Rebuilt.vnetOfUnknownRange().nicGroup(group).compiled();
        List<RuleRow> recorded = new ArrayList<>();
        for (Recorded rule : associations.items("effectiveSecurityRules")) {
            String name = rule.text("name");
            if (CLOSING_ROWS.contains(name)) continue;
            recorded.add(RuleRow.recorded(
                    name.replace("UserRule_", "securityRules/").replace("DefaultRule_", "defaultSecurityRules/"),
                    rule));
        }
        assertThat(ours(compiled)).isEqualTo(recorded.stream().sorted(ORDER).toList());
        List<RuleRow> declared = new ArrayList<>();
        for (Recorded rule : associations.at("networkInterfaceAssociation").items("securityRules")) {
            declared.add(RuleRow.recorded("securityRules/" + rule.text("name"), rule.at("properties")));
        }
        for (Recorded rule : associations.items("defaultSecurityRules")) {
            declared.add(RuleRow.recorded("defaultSecurityRules/" + rule.text("name"), rule.at("properties")));
        }
        assertThat(ours(compiled)).isEqualTo(declared.stream().sorted(ORDER).toList());
    }

    @Test
    @DisplayName("the view of 2017, the only one that expands tags")
    void expandedView() {
        List<Recorded> nics = Recorded.in("recordings-mi/effective/2017-04-20-security-group-view.json")
                .items("networkInterfaces");
        Compilation compiled = Rebuilt.vnet("10.0.0.0/16")
                .nicGroup(Rebuilt.group("vm1NSG", List.of()))
                .compiled();
        Set<Recorded> expanded = new LinkedHashSet<>();
        for (Recorded rule : nics.get(0).at("securityRuleAssociations").items("effectiveSecurityRules")) {
            if (!rule.text("sourceAddressPrefix").equals("VirtualNetwork")) continue;
            expanded.add(rule);
            for (String side : List.of("expandedSourceAddressPrefix", "expandedDestinationAddressPrefix")) {
                assertThat(AddressSet.of(
                                rule.texts(side).stream().map(Prefix::parse).toList()))
                        .isEqualTo(AddressSet.of(
                                compiled.expansion(Rebuilt.SUBNET, new AddressTerm.Tag("VirtualNetwork"))));
            }
        }
        assertThat(expanded).hasSize(2);
    }

    @Test
    @DisplayName("the view of the REST specification, shortened by its authors")
    void exampleView() {
        String file = "rest-examples-network/NetworkWatcherSecurityGroupViewGet.json";
        Recorded associations =
                Recorded.in(file).body().items("networkInterfaces").get(0).at("securityRuleAssociations");
        Compilation compiled = Rebuilt.vnetOfUnknownRange()
                .subnetGroup(imported(file).get(0))
                .nicGroup(Rebuilt.group("without rules", List.of()))
                .compiled();
        Compilation.Layer layer = compiled.layer(Rebuilt.SUBNET);
        if (layer == null) throw new AssertionError("the subnet has a group");
        Recorded own =
                associations.at("subnetAssociation").items("securityRules").get(0);
        Recorded byDefault = associations.items("defaultSecurityRules").get(0);
        assertThat(RuleRow.ours(layer).subList(0, 2))
                .containsExactly(
                        RuleRow.recorded("securityRules/fe_rule", own.at("properties")),
                        RuleRow.recorded("defaultSecurityRules/AllowVnetInBound", byDefault.at("properties")));
        assertThat(associations.items("effectiveSecurityRules"))
                .as("what is missing: every effective row but a closing one")
                .singleElement()
                .satisfies(row -> assertThat(CLOSING_ROWS).contains(row.text("name")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"answers-rest/EffectiveNsg.json", "rest-examples-network/NetworkInterfaceEffectiveNSGList.json"})
    @DisplayName("an effective answer of the REST specification, shortened by its authors")
    void exampleAnswer(String file) {
        Recorded body = Recorded.in(file).body();
        Recorded answer = body.has("value") ? body.items("value").get(0) : body;
        List<Recorded> rules = answer.items("effectiveSecurityRules");
        List<RuleRow> rows = rules.stream()
                .map(rule -> RuleRow.recorded(rule.text("name"), rule))
                .toList();
        Compilation compiled = Rebuilt.vnetOfUnknownRange()
                .nicGroup(Rebuilt.group(
                        "test-nsg",
                        rows.stream()
                                .filter(RuleRow::isCustomers)
                                .map(RuleRow::declared)
                                .toList()))
                .compiled();
        List<RuleRow> ours = ours(compiled);
        assertThat(ours).containsAll(rows);
        assertThat(ours.stream().filter(row -> !rows.contains(row)).map(RuleRow::name))
                .as("rows that the example leaves out")
                .containsExactly(
                        "defaultSecurityRules/AllowVnetInBound",
                        "defaultSecurityRules/AllowAzureLoadBalancerInBound",
                        "defaultSecurityRules/DenyAllInBound",
                        "defaultSecurityRules/AllowVnetOutBound",
                        "defaultSecurityRules/DenyAllOutBound");
        AddressSet internet = AddressSet.of(rules.get(2).texts("expandedDestinationAddressPrefix").stream()
                .map(Prefix::parse)
                .toList());
        Compilation somewhere = Rebuilt.vnet("172.20.2.0/24").compiled();
        AddressSet built = AddressSet.of(somewhere.expansion(Rebuilt.SUBNET, new AddressTerm.Tag("Internet")));
        assertThat(internet.minus(built))
                .as("the first four blocks of the list of 2017, less what 2020 took out of them")
                .isEqualTo(AddressSet.of(
                        Prefix.parse("40.66.128.0/17"), Prefix.parse("52.132.0.0/14"), Prefix.parse("52.145.0.0/16")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "recordings-mi/nsg-rt/2020-09-29-nsg-test-vnet-nsg.json,                        1",
        "recordings-mi/nsg-rt/2020-nsg-fengnsg.json,                                    1",
        "recordings-mi/nsg-rt/2021-nsg-stgCliTestNsg.json,                              1",
        "recordings-mi/nsg-rt/2022-nsg-nsgwwbwyyajxfjuu2hbvaadlyhuo.json,               1",
        "cassettes/NetworkSecurityGroupTest.test_egress_policy_protocols.json,          2",
        "cassettes/NetworkSecurityGroupTest.test_icmp_protocol.json,                    1",
        "cassettes/NetworkSecurityGroupFlowLogsFilterTest.test_flow_log_filter_all.json, 1",
        "rest-examples-network/NetworkSecurityGroupGet.json,                            1",
        "rest-examples-network/NetworkSecurityGroupCreateWithRule.json,                 1",
        "rest-examples-network/NetworkSecurityGroupListAll.json,                        2"
    })
    @DisplayName("a group recorded with its default rules")
    void groupWithDefaults(String file, int groups) {
        List<NetworkSecurityGroup> imported = imported(file);
        assertThat(imported).hasSize(groups);
        for (NetworkSecurityGroup group : imported) {
            List<RuleRow> ours =
                    ours(Rebuilt.vnetOfUnknownRange().nicGroup(group).compiled());
            Set<List<RuleRow>> recorded = recordedGroup(file, group.id().name());
            assertThat(recorded).as(group.id().name()).contains(ours);
        }
    }

    @Test
    @DisplayName("a list of default rules alone")
    void defaultRules() {
        List<Recorded> list = Recorded.in("rest-examples-network/DefaultSecurityRuleList.json")
                .body()
                .items("value");
        assertThat(list).isNotEmpty();
        assertThat(ours(Rebuilt.vnetOfUnknownRange()
                        .nicGroup(Rebuilt.group("without rules", List.of()))
                        .compiled()))
                .containsExactlyInAnyOrderElementsOf(list.stream()
                        .map(rule ->
                                RuleRow.recorded("defaultSecurityRules/" + rule.text("name"), rule.at("properties")))
                        .toList());
    }

    @Test
    @DisplayName("a group with a source and a destination that are no addresses")
    void meaninglessAddresses() {
        String file = "recordings/cli-nsg-show.json";
        NetworkSecurityGroup group = imported(file).get(0);
        List<RuleRow> ours = ours(Rebuilt.vnetOfUnknownRange().nicGroup(group).compiled());
        List<RuleRow> recorded =
                recordedGroup(file, group.id().name()).iterator().next();
        assertThat(ours.subList(1, 7)).isEqualTo(recorded.subList(1, 7));
        assertThat(recorded.get(0).source()).containsExactly("789");
        assertThat(recorded.get(0).destination()).containsExactly("1234");
        assertThat(ours.get(0).source()).containsExactly("unknown: what `789` matches");
        assertThat(ours.get(0).destination()).containsExactly("unknown: what `1234` matches");
    }

    /** The rules of every group of this name in the file, read literally, customer's and default. */
    private static Set<List<RuleRow>> recordedGroup(String file, String name) {
        Set<List<RuleRow>> found = new LinkedHashSet<>();
        for (Recorded object : Recorded.in(file).objects()) {
            if (!object.has("name") || !object.text("name").equalsIgnoreCase(name)) continue;
            Recorded group = object.has("properties") ? object.at("properties") : object;
            if (!group.has("defaultSecurityRules")) continue;
            List<RuleRow> rows = new ArrayList<>();
            for (String list : List.of("securityRules", "defaultSecurityRules")) {
                for (Recorded rule : group.has(list) ? group.items(list) : List.<Recorded>of()) {
                    Recorded properties = rule.has("properties") ? rule.at("properties") : rule;
                    rows.add(RuleRow.recorded(list + "/" + rule.text("name"), properties));
                }
            }
            found.add(rows.stream().sorted(ORDER).toList());
        }
        return found;
    }

    private static List<NetworkSecurityGroup> imported(String file) {
        return Importer.read(
                        ImportRequest.of(SharedData.require("azure/" + file).toString()))
                .topology()
                .networkSecurityGroups();
    }

    private static List<RuleRow> ours(Compilation compiled) {
        Compilation.Layer layer = compiled.layer(Rebuilt.NIC);
        if (layer == null) throw new AssertionError("the NIC has a group");
        return RuleRow.ours(layer);
    }
}
