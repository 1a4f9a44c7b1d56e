package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.SecurityRule;
import dev.mipath.trace.FilterQuestion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recorded answers of Network Watcher's NSG diagnostics and IP flow verify about one machine.
 *
 * <p>The diagnostics tell of a customer's rule only its name, its place in the order and which of its fields match; the
 * rule is rebuilt from that. Whatever they tell of default rules, of the order of the layers and of the verdict is ours.
 */
@DisplayName("Traffic filter")
class TrafficFilterRecordingsTest {
    private static final String DIAGNOSTIC = "recordings-mi/nw/2018-09-11-networkconfigurationdiagnostic-200.json";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        DIAGNOSTIC,
        "recordings-mi/nw/2019-02-20-networkconfigurationdiagnostic-200.json",
        "rest-examples-network/NetworkWatcherNetworkConfigurationDiagnostic.json",
        "answers-rest/NetworkConfigurationDiagnostic.json"
    })
    @DisplayName("diagnostics, field by field")
    void diagnostics(String file) {
        Diagnostic recorded = Diagnostic.in(file);
        assertThat(recorded.groups()).hasSize(2);
        Compilation compiled = rebuilt(recorded, Diagnostic::tried);
        ImmutableList<Step> steps = FilterQuestion.steps(
                compiled.network(), Rebuilt.nicEdge(compiled).inboundFilters(), new Header().set(recorded.packet()));
        assertThat(steps).as("subnet, then NIC").hasSize(2);
        for (int i = 0; i < 2; i++) {
            Evidence.RuleMatched why = (Evidence.RuleMatched) steps.get(i).why();
            assertThat(ours(why))
                    .isEqualTo(recorded.groups().get(i).items("rulesEvaluationResult").stream()
                            .map(Trial::recorded)
                            .toList());
        }
        String verdict = Decision.forwards(steps.get(1).decision()) ? "Allow" : "Deny";
        assertThat(verdict).isEqualTo(recorded.verdict());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        DIAGNOSTIC + ", DefaultRule_DenyAllInBound",
        // The service repeats the first group's match here, against its own list of trials and its own verdict.
        "recordings-mi/nw/2019-02-20-networkconfigurationdiagnostic-200.json, UserRule_Cleanuptool-Allow-4001"
    })
    @DisplayName("diagnostics, the rule named as the NIC's match")
    void matchedRule(String file, String named) {
        Diagnostic recorded = Diagnostic.in(file);
        assertThat(recorded.groups().get(1).text("matchedRule", "ruleName")).isEqualTo(named);
        List<Recorded> trials = recorded.groups().get(1).items("rulesEvaluationResult");
        assertThat(trials.get(trials.size() - 1).text("name")).isEqualTo("DefaultRule_DenyAllInBound");
        assertThat(recorded.verdict()).isEqualTo("Deny");
    }

    @Test
    @DisplayName("IP flow verify of 2018, beside the diagnostics of the same day")
    void flow() {
        Recorded answer = Recorded.in("recordings-mi/nw/2018-09-11-ipflowverify-200.json");
        Recorded request = answer.at("request");
        Packet packet = inbound(request);
        Diagnostic groups = Diagnostic.in(DIAGNOSTIC);

        // What the diagnostics say is about another flow; what the rules do to this one, nobody recorded.
        Compilation asRecorded = rebuilt(groups, Diagnostic::unknown);
        FilterQuestion question = ask(asRecorded, packet);
        assertThat(Decision.ending(question.decision())).isEqualTo(Ending.UNDETERMINED);
        Evidence.RuleUndetermined why = (Evidence.RuleUndetermined) question.why(new Header().set(packet));
        assertThat(why.maybe().rule().name()).isEqualTo("Cleanuptool-Allow-100");
        assertThat(why.missing()).containsExactly("what Cleanuptool-Allow-100 does");

        // Told which rule stands for port 22, everything else follows: the subnet's group goes first and is named.
        Compilation told = rebuilt(
                groups,
                (diagnostic, trial) -> trial.name().equals("UserRule_Cleanuptool-Deny-103")
                        ? rule(trial.name(), Given.of(Access.DENY), ImmutableList.of(new AddressTerm.Any()), "22")
                        : diagnostic.tried(trial));
        FilterQuestion again = ask(told, packet);
        Evidence.RuleMatched match = (Evidence.RuleMatched) again.why(new Header().set(packet));
        assertThat(Decision.forwards(again.decision()) ? "Allow" : "Deny").isEqualTo(answer.text("response", "access"));
        assertThat(match.rule().qualifiedName()).isEqualTo(answer.text("response", "ruleName"));
        assertThat(match.rule().group().text() + "/" + match.rule().qualifiedName())
                .isEqualTo(answer.text("response", "ruleId"));
    }

    @Test
    @DisplayName("IP flow verify of 2020, which the service itself left open")
    void openFlow() {
        Recorded request = Recorded.in("recordings/cli-nw-ipFlowVerify-35.request.json");
        assertThat(Recorded.in("recordings/cli-nw-ipFlowVerify-35.response.json")
                        .text("access"))
                .isEqualTo("Unknown");
        Packet packet = inbound(request);
        Compilation asRecorded = MachineOf2020.vnet("10.0.0.0/16")
                .nicGroup(MachineOf2020.group())
                .compiled();
        FilterQuestion question = ask(asRecorded, packet);
        assertThat(Decision.ending(question.decision())).isEqualTo(Ending.UNDETERMINED);
        assertThat(((Evidence.RuleUndetermined) question.why(new Header().set(packet))).missing())
                .as("the topology names the group and not its rules")
                .containsExactly("network security group nsg1");

        Compilation withRules = MachineOf2020.vnet("10.0.0.0/16")
                .nicGroup(MachineOf2020.groupOf2019())
                .compiled();
        FilterQuestion again = ask(withRules, packet);
        assertThat(Decision.forwards(again.decision())).isTrue();
        assertThat(((Evidence.RuleMatched) again.why(new Header().set(packet)))
                        .rule()
                        .qualifiedName())
                .as("with the rules of 2019 we answer what the service did not")
                .isEqualTo("securityRules/default-allow-ssh");
    }

    @Test
    @DisplayName("IP flow verify of the REST specification, whose rule nobody wrote down")
    void exampleFlow() {
        Recorded example = Recorded.in("rest-examples-network/NetworkWatcherIpFlowVerify.json");
        Recorded request = example.at("parameters", "parameters");
        assertThat(example.body().text("access")).isEqualTo("Allow");
        assertThat(example.body().text("ruleName")).isEqualTo("Rule1");
        SecurityRule rule = new SecurityRule(
                "Rule1",
                Rebuilt.PLACE,
                Given.of(100),
                Given.of(Direction.OUTBOUND),
                Given.of(Access.ALLOW),
                SecurityRule.Match.ANY);
        Compilation compiled = Rebuilt.vnet("10.2.0.0/24")
                .nicAddress(request.text("localIPAddress"))
                .nicGroup(Rebuilt.group("nsg", List.of(rule)))
                .compiled();
        Header header = new Header()
                .set(new Packet(
                        Address.parse(request.text("localIPAddress")),
                        Integer.parseInt(request.text("localPort")),
                        Address.parse(request.text("remoteIPAddress")),
                        Integer.parseInt(request.text("remotePort")),
                        Protocol.parse(request.text("protocol"))));
        FilterQuestion question = new FilterQuestion(compiled.network());
        question.ask(Rebuilt.nicEdge(compiled).outboundFilters(), header);
        assertThat(((Evidence.RuleMatched) question.why(header)).rule().qualifiedName())
                .as("real answers have the prefix (fact 8.25)")
                .isEqualTo("securityRules/Rule1");
    }

    /** The first packet of a request to IP flow verify; a star stands for any port that clients use. */
    private static Packet inbound(Recorded request) {
        assertThat(request.text("direction")).isEqualTo("Inbound");
        assertThat(request.text("remotePort")).isEqualTo("*");
        return new Packet(
                Address.parse(request.text("remoteIPAddress")),
                50_000,
                Address.parse(request.text("localIPAddress")),
                Integer.parseInt(request.text("localPort")),
                Protocol.parse(request.text("protocol")));
    }

    private static FilterQuestion ask(Compilation compiled, Packet packet) {
        FilterQuestion question = new FilterQuestion(compiled.network());
        question.ask(Rebuilt.nicEdge(compiled).inboundFilters(), new Header().set(packet));
        return question;
    }

    /** Any range without the diagnosed addresses gives the same; this is the one {@code az vm create} makes. */
    private static Compilation rebuilt(Diagnostic recorded, RuleOfTrial ruleOf) {
        return Rebuilt.vnet("10.0.0.0/16")
                .nicAddress("10.0.0.9")
                .subnetGroup(recorded.group(0, ruleOf))
                .nicGroup(recorded.group(1, ruleOf))
                .compiled();
    }

    private static SecurityRule rule(
            String name, Given<Access> access, ImmutableList<AddressTerm> source, String destinationPorts) {
        return new SecurityRule(
                name.substring("UserRule_".length()),
                Rebuilt.PLACE,
                Given.of(100),
                Given.of(Direction.INBOUND),
                access,
                new SecurityRule.Match(
                        Given.of(Protocol.TCP),
                        source,
                        ImmutableList.of(Given.of(PortRange.ANY)),
                        ImmutableList.of(new AddressTerm.Any()),
                        ImmutableList.of(Given.of(PortRange.parse(destinationPorts)))));
    }

    private static List<Trial> ours(Evidence.RuleMatched why) {
        List<Trial> trials = new ArrayList<>();
        for (Evidence.RuleTrial trial : why.trials()) {
            if (!trial.afterWinner()) trials.add(new Trial(name(trial.rule()), trial.fields()));
        }
        trials.add(new Trial(name(why.rule()), Trial.ALL));
        return trials;
    }

    private static String name(RuleFact fact) {
        return (fact.isDefault() ? "DefaultRule_" : "UserRule_") + fact.rule().name();
    }

    private interface RuleOfTrial {
        SecurityRule of(Diagnostic diagnostic, Trial trial);
    }

    /**
     * A rule that was tried.
     *
     * @param name the rule's name, with the prefix that the diagnostics give it
     * @param fields the fields that match: 1 source, 2 source port, 4 destination, 8 destination port, 16 protocol
     */
    private record Trial(String name, int fields) {
        static final int ALL = 31;

        static Trial recorded(Recorded row) {
            int fields = (row.is("sourceMatched") ? 1 : 0)
                    | (row.is("sourcePortMatched") ? 2 : 0)
                    | (row.is("destinationMatched") ? 4 : 0)
                    | (row.is("destinationPortMatched") ? 8 : 0)
                    | (row.is("protocolMatched") ? 16 : 0);
            return new Trial(row.text("name"), fields);
        }
    }

    /**
     * One recorded diagnosis.
     *
     * @param packet the packet asked about
     * @param verdict {@code Allow} or {@code Deny}
     * @param groups what each group did, in order
     */
    private record Diagnostic(Packet packet, String verdict, List<Recorded> groups) {
        static Diagnostic in(String file) {
            Recorded answer = Recorded.in(file).objects().stream()
                    .filter(object -> object.has("networkSecurityGroupResult"))
                    .findFirst()
                    .orElseThrow();
            Recorded query = answer.at(answer.has("profile") ? "profile" : "trafficQuery");
            assertThat(query.text("direction")).isEqualTo("Inbound");
            Packet packet = new Packet(
                    Address.parse(query.text("source")),
                    50_000,
                    Address.parse(query.text("destination")),
                    Integer.parseInt(query.text("destinationPort")),
                    Protocol.parse(query.text("protocol")));
            Recorded result = answer.at("networkSecurityGroupResult");
            return new Diagnostic(
                    packet, result.text("securityRuleAccessResult"), result.items("evaluatedNetworkSecurityGroups"));
        }

        NetworkSecurityGroup group(int number, RuleOfTrial ruleOf) {
            Recorded recorded = groups.get(number);
            List<SecurityRule> rules = new ArrayList<>();
            for (Recorded row : recorded.items("rulesEvaluationResult")) {
                Trial trial = Trial.recorded(row);
                if (!trial.name().startsWith("UserRule_")) continue;
                SecurityRule rule = ruleOf.of(this, trial);
                rules.add(new SecurityRule(
                        rule.name(),
                        rule.place(),
                        Given.of(100 + rules.size()),
                        rule.direction(),
                        rule.access(),
                        rule.match()));
            }
            return Rebuilt.group(recorded.text("networkSecurityGroupId"), rules);
        }

        /** A rule of which exactly the fields that matched match; what it would do is told of the one that decided. */
        SecurityRule tried(Trial trial) {
            assertThat(trial.fields() | 1 | 8)
                    .as("source and destination port tell the rules apart")
                    .isEqualTo(Trial.ALL);
            boolean decided = trial.fields() == Trial.ALL;
            AddressTerm source = (trial.fields() & 1) != 0
                    ? new AddressTerm.Any()
                    : new AddressTerm.Block(Prefix.parse("192.0.2.0/24"));
            return rule(
                    trial.name(),
                    decided ? Given.of(Access.ALLOW) : Given.unknown("the action of " + trial.name(), Rebuilt.PLACE),
                    ImmutableList.of(source),
                    (trial.fields() & 8) != 0 ? "*" : "1");
        }

        /** A rule of which only the name is known. */
        SecurityRule unknown(Trial trial) {
            String what = "what " + trial.name().substring("UserRule_".length()) + " does";
            return rule(
                    trial.name(),
                    Given.unknown(what, Rebuilt.PLACE),
                    ImmutableList.of(new AddressTerm.Unknown(what, Rebuilt.PLACE)),
                    "*");
        }
    }
}
