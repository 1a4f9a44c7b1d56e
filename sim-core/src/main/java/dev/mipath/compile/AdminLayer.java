package dev.mipath.compile;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.azure.RuleList;
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

/**
 * The security admin rules in front of a subnet's security groups.
 *
 * <p>Models: fact 1.30 and "Security admin rules in Azure Virtual Network Manager", section "Nonapplication of security admin
 * rules" (page of 2025-02-04, read 2026-11-27): at VNet level managed instances, at subnet level Azure's own gateways and firewalls.
 *
 * @param inbound the rules for what arrives, in order of evaluation
 * @param outbound the rules for what leaves
 * @param always those of them that let past the security groups what they allow
 */
public record AdminLayer(RuleList inbound, RuleList outbound, ImmutableSet<SecurityRule> always) {
    /** Subnets whose names Azure reserves for services that admin rules do not reach. */
    private static final ImmutableSet<String> SPARED = ImmutableSet.of(
            "azurebastionsubnet",
            "azurefirewallmanagementsubnet",
            "azurefirewallsubnet",
            "gatewaysubnet",
            "routeserversubnet");

    /** The rules that hold for a subnet, or null where none do; those that spare the subnet's VNet are told. */
    static @Nullable AdminLayer of(Topology topology, SubnetView view, CompileNotices notices) {
        if (SPARED.contains(Ascii.toLowerCase(view.subnet().id().name()))) return null;
        ImmutableList<AdminRules> collections = topology.services(AdminRules.class);
        Vnet vnet = view.reach().vnet();
        List<RuleFact> facts = new ArrayList<>();
        ImmutableSet.Builder<SecurityRule> always = ImmutableSet.builder();
        for (AdminRules collection : collections) {
            for (AdminRules.Rule rule : collection.rules()) {
                @Nullable SecurityRule here = here(collection, rule, vnet, topology, notices);
                if (here == null) continue;
                RuleFact.Kind kind = rule.always() ? RuleFact.Kind.ALWAYS_ALLOW : RuleFact.Kind.ADMIN;
                facts.add(new RuleFact(collection.id(), here, kind));
                if (rule.always()) always.add(here);
            }
        }
        if (facts.isEmpty()) return null;
        facts.sort((one, other) -> Integer.compare(
                one.rule().priority().orElse(0), other.rule().priority().orElse(0)));
        return new AdminLayer(
                list(facts, Direction.INBOUND, view), list(facts, Direction.OUTBOUND, view), always.build());
    }

    private static RuleList list(List<RuleFact> all, Direction direction, SubnetView view) {
        List<RuleFact> facts = all.stream()
                .filter(fact -> fact.rule().direction().mayBe(direction))
                .toList();
        return EffectiveRules.ofAdmin(all.get(0).group(), facts, direction, view);
    }

    /** The rule as it holds in a VNet: as it is, of unknown presence, or null where it is not in force. */
    private static @Nullable SecurityRule here(
            AdminRules collection, AdminRules.Rule rule, Vnet vnet, Topology topology, CompileNotices notices) {
        boolean certain = false;
        @Nullable Given<ResourceId> open = null;
        for (Given<ResourceId> member : collection.vnets()) {
            certain |= member.is(vnet.id());
            if (member.isUnknown()) open = member;
        }
        if (!certain && open == null) return null;
        if (hasInstances(vnet, topology) && !reaches(collection, rule, vnet, notices)) return null;
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

    private static boolean reaches(AdminRules collection, AdminRules.Rule rule, Vnet vnet, CompileNotices notices) {
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

    private static boolean hasInstances(Vnet vnet, Topology topology) {
        for (Subnet subnet : vnet.subnets()) {
            if (ServiceAided.isDelegated(subnet)) return true;
            boolean used = topology.managedInstances().stream()
                    .anyMatch(each -> each.subnet().is(subnet.id()));
            if (used) return true;
        }
        return false;
    }
}
