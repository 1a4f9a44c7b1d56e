package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.SubnetTables;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Era;
import dev.mipath.profile.ServiceTags;
import dev.mipath.space.FlowBox;
import dev.mipath.space.FlowLine;
import dev.mipath.space.PacketSpace;
import dev.mipath.space.Policy;
import dev.mipath.space.PolicyDiagram;
import dev.mipath.space.RouteMap;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Given;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A flow that an instance needs, and what carries it through the subnet's security group and routes.
 *
 * @param flow the flow
 * @param state how it stands
 * @param carriers the rules that allow its packets, in order of evaluation; empty where no group filters
 * @param denied its packets that are surely denied
 * @param doubtful its packets of which the input does not say enough
 * @param ways where the subnet's routes send what goes to the peer
 */
public record CarriedFlow(
        MandatoryFlow flow,
        State state,
        ImmutableList<RuleFact> carriers,
        ImmutableList<FlowLine> denied,
        ImmutableList<FlowLine> doubtful,
        ImmutableList<PeerWay> ways) {
    /** How a flow stands. */
    public enum State {
        /** Rules allow all of it. */
        CARRIED,
        /** Nothing filters it. */
        UNFILTERED,
        /** Some of it is denied. */
        DENIED,
        /** The input does not say enough of some of it. */
        UNKNOWN
    }

    /**
     * The mandatory flows of a subnet; nothing when its IPv4 prefix is not known.
     *
     * @throws dev.mipath.space.TooComplexException when the rules make too many cases
     */
    public static ImmutableList<CarriedFlow> of(
            Compilation compiled, ServiceTags tags, Era era, Vnet vnet, Subnet subnet) {
        Optional<Prefix> prefix = subnet.prefixes().stream()
                .map(Given::value)
                .flatMap(Optional::stream)
                .filter(block -> !block.v6())
                .findFirst();
        if (prefix.isEmpty()) return ImmutableList.of();
        ImmutableList<MandatoryFlow> flows = MandatoryFlow.of(era, vnet, prefix.get(), tags);
        SubnetTables tables = compiled.tables(subnet.id());
        RouteMap routes = RouteMap.of(tables.routes());
        ImmutableList.Builder<CarriedFlow> carried = ImmutableList.builder();
        for (boolean inbound : new boolean[] {true, false}) {
            SubnetFilter filter = SubnetFilter.of(tables, inbound);
            List<MandatoryFlow> its =
                    flows.stream().filter(flow -> flow.inbound() == inbound).toList();
            if (!filter.isOpen()) carried.addAll(through(filter, its, tables, routes));
            else its.forEach(flow -> carried.add(unfiltered(flow, tables, routes)));
        }
        return carried.build();
    }

    private static CarriedFlow unfiltered(MandatoryFlow flow, SubnetTables tables, RouteMap routes) {
        return new CarriedFlow(
                flow,
                State.UNFILTERED,
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                PeerWay.of(flow, tables.routes(), routes));
    }

    private static List<CarriedFlow> through(
            SubnetFilter filter, List<MandatoryFlow> flows, SubnetTables tables, RouteMap routes) {
        Policy plain = filter.policy(ImmutableSet.of());
        List<FlowBox> boxes = new ArrayList<>(plain.boxes());
        for (MandatoryFlow flow : flows) boxes.addAll(List.of(flow.sure(), flow.possible()));
        PacketSpace space = new PacketSpace(boxes);
        PolicyDiagram diagram = new PolicyDiagram(space, plain);
        List<CarriedFlow> carried = new ArrayList<>();
        for (MandatoryFlow flow : flows) {
            PolicyDiagram.Answer sure = diagram.about(List.of(flow.sure()));
            PolicyDiagram.Answer all = flow.missing().isEmpty()
                    ? sure
                    : new PolicyDiagram(space, filter.policy(flow.missing())).about(List.of(flow.possible()));
            ImmutableList<FlowLine> doubtful = ImmutableList.<FlowLine>builder()
                    .addAll(sure.doubtful())
                    .addAll(all == sure ? ImmutableList.of() : all.doubtful())
                    // What is denied of the addresses that may be meant is no more than possible.
                    .addAll(all == sure ? ImmutableList.of() : all.denied())
                    .build();
            State state = !sure.denied().isEmpty() ? State.DENIED : doubtful.isEmpty() ? State.CARRIED : State.UNKNOWN;
            carried.add(new CarriedFlow(
                    flow,
                    state,
                    carriers(flow, sure.allowing(), all.allowing()),
                    sure.denied(),
                    doubtful,
                    PeerWay.of(flow, tables.routes(), routes)));
        }
        return carried;
    }

    /**
     * The rules that carry a flow. Where the peer's addresses are not all known, rules about other tags match some that
     * may be meant; they carry the flow only where they surely do.
     */
    private static ImmutableList<RuleFact> carriers(MandatoryFlow flow, List<RuleFact> sure, List<RuleFact> possible) {
        ImmutableList<RuleFact> meant = possible.stream()
                .filter(rule -> sure.contains(rule) || isMeant(rule.rule(), flow))
                .collect(ImmutableList.toImmutableList());
        return meant.isEmpty() ? ImmutableList.copyOf(possible) : meant;
    }

    private static boolean isMeant(SecurityRule rule, MandatoryFlow flow) {
        if (!(flow.peer() instanceof AddressTerm.Tag wanted)) return true;
        List<AddressTerm> terms =
                flow.inbound() ? rule.match().source() : rule.match().destination();
        return terms.stream()
                .anyMatch(term -> !(term instanceof AddressTerm.Tag tag) || holds(tag.name(), wanted.name()));
    }

    /** Whether a tag holds all that another does: itself, that of all regions, those of the whole cloud, the Internet. */
    static boolean holds(String wide, String narrow) {
        String one = wide.toLowerCase(Locale.ROOT);
        String other = narrow.toLowerCase(Locale.ROOT);
        int dot = other.indexOf('.');
        boolean cloud = !other.startsWith("corp")
                && (one.equals("azurecloud") || dot > 0 && one.equals("azurecloud" + other.substring(dot)));
        return one.equals(other) || other.startsWith(one + ".") || cloud || one.equals("internet");
    }
}
