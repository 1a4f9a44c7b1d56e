package dev.mipath.compile;

import dev.mipath.azure.AdminRuleFilter;
import dev.mipath.azure.Host;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Topology;
import org.jspecify.annotations.Nullable;

/** Puts security admin rules in front of the security groups of the VNets they are for. */
final class AdminWiring {
    private final Topology topology;
    private final Wiring wiring;
    private final CompileNotices notices;

    AdminWiring(Topology topology, Wiring wiring, CompileNotices notices) {
        this.topology = topology;
        this.wiring = wiring;
        this.notices = notices;
    }

    /** Whether anything has to be done at all. */
    boolean isEmpty() {
        return topology.services(AdminRules.class).isEmpty();
    }

    /** The filters of one subnet. */
    final class OfSubnet {
        private final SubnetView view;
        private final @Nullable AdminLayer rules;
        private final int inbound = wiring.reserve();
        private final int outbound = wiring.reserve();

        OfSubnet(SubnetView view) {
            this.view = view;
            this.rules = AdminLayer.of(topology, view, notices);
            // The numbers stand for what is remembered; packets never come there.
            wiring.set(inbound, Host.ofAll(new Host.Owner("admin rules", null)));
            wiring.set(outbound, Host.ofAll(new Host.Owner("admin rules", null)));
        }

        /** The element in front of what enters: {@code next} with its security groups, {@code past} without. */
        int entering(int next, int past) {
            return filter(Direction.INBOUND, new AdminRuleFilter.Links(inbound, outbound, next, past));
        }

        /** The element in front of what leaves. */
        int leaving(int next, int past) {
            return filter(Direction.OUTBOUND, new AdminRuleFilter.Links(outbound, inbound, next, past));
        }

        private int filter(Direction direction, AdminRuleFilter.Links links) {
            // Without a rule in this direction it still has to remember whose answers need none in the other.
            if (rules == null) return links.next();
            boolean inwards = direction == Direction.INBOUND;
            String name = "admin rules of VNet " + view.reach().vnet().id().name() + ", "
                    + (inwards ? "inbound" : "outbound");
            return wiring.add(
                    new AdminRuleFilter(name, inwards ? rules.inbound() : rules.outbound(), rules.always(), links));
        }
    }
}
