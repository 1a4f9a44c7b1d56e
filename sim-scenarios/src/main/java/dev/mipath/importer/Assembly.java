package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.NetworkService;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what {@link Drafts} hold in parts: the rules of a firewall in their order, admin rules with their VNets. */
final class Assembly {
    /** Policies inherit from one another; a longer chain is a circle. */
    private static final int POLICIES_MAX = 16;

    private final Collection<Record> resources;

    Assembly(Collection<Record> resources) {
        this.resources = resources;
    }

    List<NetworkService> services() {
        List<NetworkService> services = new ArrayList<>();
        for (Drafts.OfFirewall draft : of(Drafts.OfFirewall.class)) services.add(firewall(draft));
        for (Drafts.OfAdminCollection draft : of(Drafts.OfAdminCollection.class)) services.add(adminRules(draft));
        return services;
    }

    /** What private zones hold because an endpoint is registered in them (fact 4.3). */
    List<PrivateDnsZone> records() {
        List<PrivateDnsZone> zones = new ArrayList<>();
        for (Drafts.OfZoneGroup group : of(Drafts.OfZoneGroup.class)) {
            for (PrivateEndpoint endpoint : of(PrivateEndpoint.class)) {
                @Nullable Given<ResourceId> service = endpoint.service();
                @Nullable Given<Address> address = endpoint.privateIpAddress();
                if (service == null || service.isUnknown() || !isUnder(group.id(), endpoint.id())) continue;
                if (address == null || address.isUnknown()) continue;
                PrivateDnsZone.Entry entry =
                        new PrivateDnsZone.Entry(service.value().orElseThrow().name(), ImmutableList.of(address));
                for (ResourceId zone : group.zones()) {
                    zones.add(new PrivateDnsZone(zone, group.place(), ImmutableList.of(), ImmutableList.of(entry)));
                }
            }
        }
        return zones;
    }

    /** The load balancer with all its inbound NAT rules, and the machines they lead to where their NICs name the rules. */
    LoadBalancer aimed(LoadBalancer balancer) {
        List<LoadBalancer.Rule> rules = new ArrayList<>(balancer.rules());
        List<LoadBalancer.Pool> declared = new ArrayList<>(balancer.pools());
        for (Drafts.OfNatRule own : of(Drafts.OfNatRule.class)) {
            // Azure's answers list it inside its load balancer as well.
            boolean listed = balancer.rules().stream()
                    .anyMatch(rule -> rule.name().equalsIgnoreCase(own.rule().name()));
            if (listed || !isUnder(own.id(), balancer.id())) continue;
            rules.add(own.rule());
            declared.add(own.target());
        }
        List<LoadBalancer.Pool> pools = new ArrayList<>();
        for (LoadBalancer.Pool pool : declared) {
            Drafts.@Nullable OfNatTarget target = null;
            for (Drafts.OfNatTarget each : of(Drafts.OfNatTarget.class)) {
                boolean own = isUnder(each.id(), balancer.id())
                        && pool.name().equals(BalancerReader.natPool(each.id().name()));
                if (own && pool.networkInterfaces().isEmpty()) target = each;
            }
            pools.add(
                    target == null
                            ? pool
                            : new LoadBalancer.Pool(
                                    pool.name(), ImmutableList.of(target.networkInterface()), pool.addresses()));
        }
        return new LoadBalancer(
                balancer.id(),
                balancer.place(),
                balancer.sku(),
                balancer.frontends(),
                ImmutableList.copyOf(pools),
                balancer.probes(),
                ImmutableList.copyOf(rules),
                balancer.outboundRules());
    }

    private <T extends Record> List<T> of(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static boolean isUnder(ResourceId child, ResourceId parent) {
        @Nullable String above = ResourceTypes.parentOf(child.text());
        return above != null && new ResourceId(above).equals(parent);
    }

    private Firewall firewall(Drafts.OfFirewall draft) {
        ImmutableList.Builder<SecurityRule> rules = ImmutableList.builder();
        @Nullable Given<ResourceId> policy = draft.policy();
        // Network rules come before application rules, whatever their numbers; of each the parent's first.
        for (boolean application : new boolean[] {false, true}) {
            addSorted(draft.collections(), application, rules);
            addPolicy(policy, application, POLICIES_MAX, rules);
        }
        return new Firewall(draft.id(), draft.place(), draft.subnet(), draft.privateIpAddress(), rules.build());
    }

    private void addPolicy(
            @Nullable Given<ResourceId> policy,
            boolean application,
            int left,
            ImmutableList.Builder<SecurityRule> rules) {
        if (policy == null || left == 0) return;
        for (Drafts.OfPolicy known : of(Drafts.OfPolicy.class)) {
            if (!policy.is(known.id())) continue;
            addPolicy(known.basePolicy(), application, left - 1, rules);
            of(Drafts.OfGroup.class).stream()
                    .filter(group -> isUnder(group.id(), known.id()))
                    .sorted(Comparator.comparing(group -> group.priority().orElse(0)))
                    .forEach(group -> addSorted(group.collections(), application, rules));
            return;
        }
        if (application) return;
        String what = policy instanceof Given.Unknown<ResourceId> unknown
                ? unknown.what()
                : "rules of firewall policy `" + policy.value().orElseThrow().name() + "`, which is not in the input";
        @Nullable
        SecurityRule any = of(Drafts.OfFirewall.class).stream()
                .findFirst()
                .map(first -> RuleReader.anything(what, first.place()))
                .orElse(null);
        if (any != null) rules.add(any);
    }

    private static void addSorted(
            List<Drafts.Collection> collections, boolean application, ImmutableList.Builder<SecurityRule> rules) {
        collections.stream()
                .filter(collection -> collection.application() == application)
                .sorted(Comparator.comparing(collection -> collection.priority().orElse(0)))
                .forEach(collection -> rules.addAll(collection.rules()));
    }

    private AdminRules adminRules(Drafts.OfAdminCollection draft) {
        AdminRules.Reach reach = AdminRules.Reach.NONE;
        for (Drafts.OfConfiguration configuration : of(Drafts.OfConfiguration.class)) {
            if (isUnder(draft.id(), configuration.id())) reach = configuration.onInstances();
        }
        ImmutableList.Builder<AdminRules.Rule> rules = ImmutableList.builder();
        for (Drafts.OfAdminRule rule : of(Drafts.OfAdminRule.class)) {
            if (isUnder(rule.id(), draft.id())) rules.add(rule.rule());
        }
        return new AdminRules(draft.id(), draft.place(), members(draft), reach, rules.build());
    }

    /** Who is in the groups; that conditions add to them, or that the input holds no member, leaves it open. */
    private ImmutableList<Given<ResourceId>> members(Drafts.OfAdminCollection draft) {
        ImmutableList.Builder<Given<ResourceId>> vnets = ImmutableList.builder();
        for (ResourceId group : draft.groups()) {
            boolean some = false;
            for (Drafts.OfMember member : of(Drafts.OfMember.class)) {
                if (!isUnder(member.id(), group)) continue;
                vnets.add(member.vnet());
                some = true;
            }
            boolean conditional = of(Drafts.OfNetworkGroup.class).stream()
                    .anyMatch(known -> known.id().equals(group) && known.conditional());
            if (conditional || !some) {
                vnets.add(Given.unknown("the members of network group " + group.name(), draft.place()));
            }
        }
        return vnets.build();
    }
}
