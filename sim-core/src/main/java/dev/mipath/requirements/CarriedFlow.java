package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Era;
import dev.mipath.profile.ServiceTags;
import dev.mipath.space.FlowBox;
import dev.mipath.space.FlowLine;
import dev.mipath.space.PacketSpace;
import dev.mipath.space.Policy;
import dev.mipath.space.PolicyDiagram;
import dev.mipath.topology.Given;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A flow that an instance needs, and what carries it through the subnet's security group.
 *
 * @param flow the flow
 * @param carriers the rules that allow its packets, in order of evaluation; empty where no group filters
 * @param denied its packets that are surely denied
 * @param filtered whether a security group is attached at all
 */
public record CarriedFlow(
        MandatoryFlow flow, ImmutableList<RuleFact> carriers, ImmutableList<FlowLine> denied, boolean filtered) {
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
        ImmutableList.Builder<CarriedFlow> carried = ImmutableList.builder();
        for (boolean inbound : new boolean[] {true, false}) {
            SubnetFilter filter = SubnetFilter.of(compiled.tables(subnet.id()), inbound);
            List<MandatoryFlow> its =
                    flows.stream().filter(flow -> flow.inbound() == inbound).toList();
            if (!filter.isOpen()) carried.addAll(through(filter, its));
            else
                for (MandatoryFlow flow : its)
                    carried.add(new CarriedFlow(flow, ImmutableList.of(), ImmutableList.of(), false));
        }
        return carried.build();
    }

    private static List<CarriedFlow> through(SubnetFilter filter, List<MandatoryFlow> flows) {
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
            carried.add(new CarriedFlow(flow, all.allowing(), sure.denied(), true));
        }
        return carried;
    }
}
