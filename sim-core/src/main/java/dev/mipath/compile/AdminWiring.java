package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.azure.AdminRuleFilter;
import dev.mipath.azure.Host;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.topology.Access;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts security admin rules in front of the security groups of the VNets they are for. */
final class AdminWiring {
    private final Topology topology;
    private final Wiring wiring;
    private final CompileNotices notices;
    private final ImmutableList<AdminRules> collections;

    AdminWiring(Topology topology, Wiring wiring, CompileNotices notices) {
        this.topology = topology;
        this.wiring = wiring;
        this.notices = notices;
        this.collections = topology.services(AdminRules.class);
    }

    /** Whether anything has to be done at all. */
    boolean isEmpty() {
        return collections.isEmpty();
    }

    /** The filters of one subnet. */
    final class OfSubnet {
        private final SubnetView view;
        private final int inbound = wiring.reserve();
        private final int outbound = wiring.reserve();

        OfSubnet(SubnetView view) {
            this.view = view;
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
            List<RuleFact> facts = new ArrayList<>();
            ImmutableSet.Builder<SecurityRule> always = ImmutableSet.builder();
            @Nullable ResourceId some = null;
            for (AdminRules collection : collections) {
                for (AdminRules.Rule rule : collection.rules()) {
                    @Nullable
                    SecurityRule here = here(collection, rule, view.reach().vnet());
                    if (here == null) continue;
                    some = collection.id();
                    if (!here.direction().mayBe(direction)) continue;
                    facts.add(new RuleFact(collection.id(), here, false));
                    if (rule.always()) always.add(here);
                }
            }
            // Without a rule in this direction it still has to remember whose answers need none in the other.
            if (some == null) return links.next();
            facts.sort((one, other) -> Integer.compare(
                    one.rule().priority().orElse(0), other.rule().priority().orElse(0)));
            String name = "admin rules of VNet " + view.reach().vnet().id().name() + ", "
                    + (direction == Direction.INBOUND ? "inbound" : "outbound");
            return wiring.add(new AdminRuleFilter(
                    name, EffectiveRules.ofAdmin(some, facts, direction, view), always.build(), links));
        }
    }

    /** The rule as it holds in a VNet: as it is, of unknown presence, or null where it is not in force. */
    private @Nullable SecurityRule here(AdminRules collection, AdminRules.Rule rule, Vnet vnet) {
        boolean certain = false;
        @Nullable Given<ResourceId> open = null;
        for (Given<ResourceId> member : collection.vnets()) {
            certain |= member.is(vnet.id());
            if (member.isUnknown()) open = member;
        }
        if (!certain && open == null) return null;
        if (hasInstances(vnet) && !reaches(collection, rule, vnet)) return null;
        SecurityRule own = rule.rule();
        if (certain || !(open instanceof Given.Unknown<ResourceId> unknown)) return own;
        return new SecurityRule(
                own.name(),
                own.place(),
                own.priority(),
                own.direction(),
                own.access(),
                own.match(),
                Given.unknown(unknown.what(), unknown.place()));
    }

    private boolean reaches(AdminRules collection, AdminRules.Rule rule, Vnet vnet) {
        boolean reaches = switch (collection.onInstances()) {
            case NONE -> false;
            case ALLOW_RULES_ONLY -> rule.rule().access().is(Access.ALLOW);
            case ALL -> true;
        };
        if (!reaches) {
            notices.add(
                    "ADMIN_RULES_SPARE_INSTANCES",
                    "admin rules " + collection.id().name() + " do not apply in VNet "
                            + vnet.id().name()
                            + ", which holds managed instances (applyOnNetworkIntentPolicyBasedServices"
                            + " is " + collection.onInstances().azureName() + ")",
                    collection.place());
        }
        return reaches;
    }

    private boolean hasInstances(Vnet vnet) {
        for (Subnet subnet : vnet.subnets()) {
            if (ServiceAided.isDelegated(subnet)) return true;
            boolean used = topology.managedInstances().stream()
                    .anyMatch(each -> each.subnet().is(subnet.id()));
            if (used) return true;
        }
        return false;
    }
}
