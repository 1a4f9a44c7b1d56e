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
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
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
        Compilation compiled = recorded.rebuilt(Diagnostic::tried);
        ImmutableList<Step> steps = FilterQuestion.steps(
                compiled.network(), Rebuilt.nicEdge(compiled).inboundFilters(), new Header().set(recorded.packet()));
        assertThat(steps).as("subnet, then NIC").hasSize(2);
        for (int i = 0; i < 2; i++) {
            Evidence.RuleMatched why = (Evidence.RuleMatched) steps.get(i).why();
            assertThat(ours(why))
                    .isEqualTo(recorded.groups().get(i).items("rulesEvaluationResult").stream()
                            .map(Diagnostic.Trial::recorded)
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
        Compilation asRecorded = groups.rebuilt(Diagnostic::unknown);
        FilterQuestion question = ask(asRecorded, packet);
        assertThat(Decision.ending(question.decision())).isEqualTo(Ending.UNDETERMINED);
        Evidence.RuleUndetermined why = (Evidence.RuleUndetermined) question.why(new Header().set(packet));
        assertThat(why.maybe().rule().name()).isEqualTo("Cleanuptool-Allow-100");
        assertThat(why.missing()).containsExactly("what Cleanuptool-Allow-100 does");

        // Told which rule stands for port 22, everything else follows: the subnet's group goes first and is named.
        Compilation told = groups.rebuilt((diagnostic, trial) -> trial.name().equals("UserRule_Cleanuptool-Deny-103")
                ? Diagnostic.rule(trial.name(), Given.of(Access.DENY), ImmutableList.of(new AddressTerm.Any()), "22")
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

    private static List<Diagnostic.Trial> ours(Evidence.RuleMatched why) {
        List<Diagnostic.Trial> trials = new ArrayList<>();
        for (Evidence.RuleTrial trial : why.trials()) {
            if (!trial.afterWinner()) trials.add(new Diagnostic.Trial(name(trial.rule()), trial.fields()));
        }
        trials.add(new Diagnostic.Trial(name(why.rule()), Diagnostic.Trial.ALL));
        return trials;
    }

    private static String name(RuleFact fact) {
        return (fact.isDefault() ? "DefaultRule_" : "UserRule_") + fact.rule().name();
    }
}
