package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.space.FlowBox;
import dev.mipath.space.FlowLine;
import dev.mipath.space.PacketSpace;
import dev.mipath.space.Policy;
import dev.mipath.space.PolicyDiagram;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A port that the customer's own clients use, and whom the subnet's security group lets in to it.
 *
 * @param purpose what it is for
 * @param carriers the rules that let clients in, in order of evaluation; empty where nobody gets in or no group filters
 * @param sources who gets in for sure
 * @param filtered whether anything filters at all
 */
public record ClientFlow(Purpose purpose, ImmutableList<RuleFact> carriers, AddressSet sources, boolean filtered) {
    /** What clients do. */
    public enum Purpose {
        /** They log in. */
        LOGIN(1433, 1433),
        /** They follow a redirect to the node. */
        REDIRECT(11_000, 11_999),
        /** They come by the public endpoint. */
        PUBLIC_ENDPOINT(3342, 3342);

        private final int first;
        private final int last;

        Purpose(int first, int last) {
            this.first = first;
            this.last = last;
        }

        /** The TCP ports. */
        public PortRange ports() {
            return new PortRange(first, last);
        }
    }

    /** The ports that clients of a subnet's instances use; nothing when the subnet's IPv4 prefix is not known. */
    public static ImmutableList<ClientFlow> of(Compilation compiled, Era era, Subnet subnet) {
        Optional<AddressSet> own = subnet.prefixes().stream()
                .map(Given::value)
                .flatMap(Optional::stream)
                .filter(block -> !block.v6())
                .map(AddressSet::of)
                .findFirst();
        if (own.isEmpty()) return ImmutableList.of();
        List<ManagedInstance> instances = compiled.topology().managedInstances().stream()
                .filter(instance -> instance.subnet().is(subnet.id()))
                .toList();
        SubnetFilter filter = SubnetFilter.of(compiled.tables(subnet.id()), true);
        AddressSet others = AddressSet.of(Prefix.ALL_V4).minus(own.get()).minus(PlatformRanges.HOST_VIRTUAL);
        ImmutableList.Builder<ClientFlow> flows = ImmutableList.builder();
        flows.add(of(Purpose.LOGIN, filter, others, own.get()));
        if (instances.stream().anyMatch(instance -> redirects(instance, era))) {
            flows.add(of(Purpose.REDIRECT, filter, others, own.get()));
        }
        if (instances.stream().anyMatch(each -> each.publicDataEndpointEnabled().is(true))) {
            flows.add(of(Purpose.PUBLIC_ENDPOINT, filter, others, own.get()));
        }
        return flows.build();
    }

    private static ClientFlow of(Purpose purpose, SubnetFilter filter, AddressSet others, AddressSet own) {
        if (filter.isOpen()) return new ClientFlow(purpose, ImmutableList.of(), others, false);
        FlowBox box = FlowBox.of(Protocol.TCP, others, own, ImmutableList.of(purpose.ports()));
        Policy policy = filter.policy(ImmutableSet.of());
        List<FlowBox> boxes = new ArrayList<>(policy.boxes());
        boxes.add(box);
        PolicyDiagram.Answer answer = new PolicyDiagram(new PacketSpace(boxes), policy).about(List.of(box));
        List<AddressSet> sources = new ArrayList<>();
        for (FlowLine line : answer.allowed()) sources.add(line.source());
        return new ClientFlow(purpose, answer.allowing(), AddressSet.unionOf(sources), true);
    }

    /** Whether clients of an instance are sent on to its node, on ports of their own. */
    static boolean redirects(ManagedInstance instance, Era era) {
        String type = instance.proxyOverride() == null
                ? "Default"
                : instance.proxyOverride().orElse("");
        String effective = type.equals("Default") ? era.defaultConnectionType() : type;
        return era.redirectRange() && effective.equals("Redirect");
    }
}
