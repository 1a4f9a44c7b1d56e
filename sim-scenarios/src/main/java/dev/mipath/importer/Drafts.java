package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import org.jspecify.annotations.Nullable;

/** What Azure spreads over several resources and a topology holds as one: firewalls with policies, admin rules. */
final class Drafts {
    private Drafts() {}

    /**
     * A firewall.
     *
     * @param id the identity
     * @param place where it begins
     * @param subnet its subnet, or null in a virtual hub
     * @param privateIpAddress its address, or null before it is made
     * @param policy the policy with its rules, or null when it has rules of its own
     * @param collections its own rules
     */
    record OfFirewall(
            ResourceId id,
            Place place,
            @Nullable Given<ResourceId> subnet,
            @Nullable Given<Address> privateIpAddress,
            @Nullable Given<ResourceId> policy,
            ImmutableList<Collection> collections) {}

    /**
     * A firewall policy; its groups are resources of their own.
     *
     * @param id the identity
     * @param place where it begins
     * @param basePolicy the policy whose rules come first, or null
     */
    record OfPolicy(ResourceId id, Place place, @Nullable Given<ResourceId> basePolicy) {}

    /**
     * A group of rule collections of a policy.
     *
     * @param id the identity, under its policy's
     * @param place where it begins
     * @param priority which group comes first
     * @param collections the collections
     */
    record OfGroup(ResourceId id, Place place, Given<Integer> priority, ImmutableList<Collection> collections) {}

    /**
     * A rule collection.
     *
     * @param name its name
     * @param place where it begins
     * @param priority which collection comes first
     * @param application whether its rules match by names, so that all network rules come before them
     * @param rules the rules
     */
    record Collection(
            String name,
            Place place,
            Given<Integer> priority,
            boolean application,
            ImmutableList<SecurityRule> rules) {}

    /**
     * The private zones in which Azure registers a private endpoint.
     *
     * @param id the identity, under its endpoint's
     * @param place where it begins
     * @param zones the zones
     */
    record OfZoneGroup(ResourceId id, Place place, ImmutableList<ResourceId> zones) {}

    /**
     * An inbound NAT rule that is a resource of its own.
     *
     * @param id the identity, under its load balancer's
     * @param place where it begins
     * @param rule the rule
     * @param target the pool that stands for its one machine
     */
    record OfNatRule(ResourceId id, Place place, LoadBalancer.Rule rule, LoadBalancer.Pool target) {}

    /**
     * A machine that an inbound NAT rule of a load balancer leads to.
     *
     * @param id the identity of the rule, under its load balancer's
     * @param place where it is named
     * @param networkInterface the machine's NIC
     */
    record OfNatTarget(ResourceId id, Place place, ResourceId networkInterface) {}

    /**
     * A VNet's membership in a network group.
     *
     * @param id the identity, under its group's
     * @param place where it begins
     * @param vnet the VNet
     */
    record OfMember(ResourceId id, Place place, Given<ResourceId> vnet) {}

    /**
     * A network group.
     *
     * @param id the identity
     * @param place where it begins
     * @param conditional whether conditions decide about members
     */
    record OfNetworkGroup(ResourceId id, Place place, boolean conditional) {}

    /**
     * A security admin configuration.
     *
     * @param id the identity
     * @param place where it begins
     * @param onInstances what it does where managed instances are
     */
    record OfConfiguration(ResourceId id, Place place, AdminRules.Reach onInstances) {}

    /**
     * A collection of admin rules.
     *
     * @param id the identity, under its configuration's
     * @param place where it begins
     * @param groups the network groups it is for
     */
    record OfAdminCollection(ResourceId id, Place place, ImmutableList<ResourceId> groups) {}

    /**
     * An admin rule.
     *
     * @param id the identity, under its collection's
     * @param place where it begins
     * @param rule the rule
     */
    record OfAdminRule(ResourceId id, Place place, AdminRules.Rule rule) {}
}
