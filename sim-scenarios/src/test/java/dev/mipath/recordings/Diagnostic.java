package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
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
import java.util.ArrayList;
import java.util.List;

/**
 * One recorded diagnosis.
 *
 * @param answer the whole of it
 * @param packet the packet asked about
 * @param verdict {@code Allow} or {@code Deny}
 * @param groups what each group did, in order
 */
record Diagnostic(Recorded answer, Packet packet, String verdict, List<Recorded> groups) {
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
                answer,
                packet,
                result.text("securityRuleAccessResult"),
                result.items("evaluatedNetworkSecurityGroups"));
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
        AddressTerm source =
                (trial.fields() & 1) != 0 ? new AddressTerm.Any() : new AddressTerm.Block(Prefix.parse("192.0.2.0/24"));
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

    /** The machine asked about, in a VNet without the diagnosed addresses, as {@code az vm create} makes it. */
    Compilation rebuilt(RuleOfTrial ruleOf) {
        Rebuilt machine = Rebuilt.vnet("10.0.0.0/16").nicAddress("10.0.0.9");
        if (groups.get(0).has("appliedTo"))
            machine.called(groups.get(0).text("appliedTo"), groups.get(1).text("appliedTo"));
        return machine.subnetGroup(group(0, ruleOf)).nicGroup(group(1, ruleOf)).compiled();
    }

    static SecurityRule rule(
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

    interface RuleOfTrial {
        SecurityRule of(Diagnostic diagnostic, Trial trial);
    }

    /**
     * A rule that was tried.
     *
     * @param name the rule's name, with the prefix that the diagnostics give it
     * @param fields the fields that match: 1 source, 2 source port, 4 destination, 8 destination port, 16 protocol
     */
    record Trial(String name, int fields) {
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
}
