package dev.mipath.compile;

import dev.mipath.azure.AdminRuleFilter;
import dev.mipath.azure.Host;
import dev.mipath.azure.RuleList;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Puts security admin rules in front of the security groups of the VNets they are for: where a packet starts, where it
 * arrives, and where it passes an appliance.
 */
final class AdminWiring {
    private final Topology topology;
    private final Wiring wiring;
    private final CompileNotices notices;

    AdminWiring(Topology topology, Wiring wiring, CompileNotices notices) {
        this.topology = topology;
        this.wiring = wiring;
        this.notices = notices;
    }

    /** The filters of one subnet, or null where no admin rule is in force. */
    @Nullable
    OfSubnet of(SubnetView view) {
        @Nullable AdminLayer rules = AdminLayer.of(topology, view, notices);
        if (rules == null) return null;
        OfSubnet filters = new OfSubnet(rules, view.reach().vnet().id());
        wiring.admin.put(view.subnet().id(), filters);
        return filters;
    }

    /** The filters of one subnet; there is one for each way behind it, and all remember the same flows. */
    final class OfSubnet {
        private final AdminLayer rules;
        private final ResourceId vnet;
        private final int inbound = wiring.reserve();
        private final int outbound = wiring.reserve();

        private OfSubnet(AdminLayer rules, ResourceId vnet) {
            this.rules = rules;
            this.vnet = vnet;
            // The numbers stand for what is remembered; packets never come there.
            wiring.set(inbound, Host.ofAll(new Host.Owner("admin rules", null)));
            wiring.set(outbound, Host.ofAll(new Host.Owner("admin rules", null)));
        }

        /** The element in front of what enters: {@code next} with its security groups, {@code past} without. */
        int entering(int next, int past) {
            return filter(rules.inbound(), "inbound", new AdminRuleFilter.Links(inbound, outbound, next, past));
        }

        /** The element in front of what leaves. */
        int leaving(int next, int past) {
            return filter(rules.outbound(), "outbound", new AdminRuleFilter.Links(outbound, inbound, next, past));
        }

        /** Without a rule in this direction it still has to remember whose answers need none in the other. */
        private int filter(RuleList list, String direction, AdminRuleFilter.Links links) {
            String name = "admin rules of VNet " + vnet.name() + ", " + direction;
            int filter = wiring.add(new AdminRuleFilter(name, list, links));
            wiring.adminFilters.put(filter, vnet);
            return filter;
        }
    }
}
