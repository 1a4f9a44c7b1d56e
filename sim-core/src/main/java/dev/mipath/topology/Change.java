package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * One edit of a topology: the only vocabulary in which fixes, what-ifs and timelines speak. Apply it with
 * {@link Topology#with}.
 */
public sealed interface Change {
    /** Calls the case that fits. */
    <T> T fold(Cases<T> cases);

    /**
     * Adds a rule; its priority and direction must be free in the group.
     *
     * @param group the security group
     * @param rule the new rule
     */
    record AddRule(ResourceId group, SecurityRule rule) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.addRule(this);
        }
    }

    /**
     * Puts another rule in the place of the one with the same name.
     *
     * @param group the security group
     * @param rule the rule as it shall be
     */
    record ReplaceRule(ResourceId group, SecurityRule rule) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.replaceRule(this);
        }
    }

    /**
     * Removes a rule.
     *
     * @param group the security group
     * @param rule the rule's name, compared without case
     */
    record RemoveRule(ResourceId group, String rule) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.removeRule(this);
        }
    }

    /**
     * Adds a route.
     *
     * @param table the route table
     * @param route the new route
     */
    record AddRoute(ResourceId table, Route route) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.addRoute(this);
        }
    }

    /**
     * Puts another route in the place of the one with the same name.
     *
     * @param table the route table
     * @param route the route as it shall be
     */
    record ReplaceRoute(ResourceId table, Route route) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.replaceRoute(this);
        }
    }

    /**
     * Removes a route.
     *
     * @param table the route table
     * @param route the route's name, compared without case
     */
    record RemoveRoute(ResourceId table, String route) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.removeRoute(this);
        }
    }

    /**
     * Attaches a security group to a subnet or NIC, or detaches what is there.
     *
     * @param target the subnet or NIC
     * @param group the security group, or null to detach
     */
    record SetSecurityGroup(ResourceId target, @Nullable ResourceId group) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.setSecurityGroup(this);
        }
    }

    /**
     * Attaches a route table to a subnet, or detaches what is there.
     *
     * @param subnet the subnet
     * @param table the route table, or null to detach
     */
    record SetRouteTable(ResourceId subnet, @Nullable ResourceId table) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.setRouteTable(this);
        }
    }

    /**
     * Switches the propagation of gateway routes into a table's subnets.
     *
     * @param table the route table
     * @param disabled whether gateway routes stay out
     */
    record SetBgpPropagationDisabled(ResourceId table, boolean disabled) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.setBgpPropagationDisabled(this);
        }
    }

    /**
     * Sets the switches of a peering link.
     *
     * @param peering the link
     * @param flags the switches as they shall be
     */
    record SetPeeringFlags(ResourceId peering, Peering.Flags flags) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.setPeeringFlags(this);
        }
    }

    /**
     * Sets the state of a peering link, as creating or deleting the other link does.
     *
     * @param peering the link
     * @param state the state as it shall be
     */
    record SetPeeringState(ResourceId peering, Peering.State state) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.setPeeringState(this);
        }
    }

    /**
     * Adds a peering link to a VNet.
     *
     * @param vnet the VNet that gets the link
     * @param peering the link
     */
    record AddPeering(ResourceId vnet, Peering peering) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.addPeering(this);
        }
    }

    /**
     * Switches IP forwarding of a NIC.
     *
     * @param networkInterface the NIC
     * @param on whether it forwards
     */
    record SetIpForwarding(ResourceId networkInterface, boolean on) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.setIpForwarding(this);
        }
    }

    /**
     * Sets a VNet's own DNS servers.
     *
     * @param vnet the VNet
     * @param servers the servers; empty for Azure's
     */
    record SetDnsServers(ResourceId vnet, ImmutableList<Address> servers) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.setDnsServers(this);
        }
    }

    /**
     * Sets the connection type of a managed instance.
     *
     * @param instance the instance
     * @param connectionType {@code Proxy}, {@code Redirect} or {@code Default}
     */
    record SetConnectionType(ResourceId instance, String connectionType) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.setConnectionType(this);
        }
    }

    /**
     * Takes a lock away.
     *
     * @param lock the lock
     */
    record RemoveLock(ResourceId lock) implements Change {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.removeLock(this);
        }
    }

    /** One method per kind of edit, so that a new kind breaks every reader at compile time. */
    interface Cases<T> {
        T addRule(AddRule change);

        T replaceRule(ReplaceRule change);

        T removeRule(RemoveRule change);

        T addRoute(AddRoute change);

        T replaceRoute(ReplaceRoute change);

        T removeRoute(RemoveRoute change);

        T setSecurityGroup(SetSecurityGroup change);

        T setRouteTable(SetRouteTable change);

        T setBgpPropagationDisabled(SetBgpPropagationDisabled change);

        T setPeeringFlags(SetPeeringFlags change);

        T setPeeringState(SetPeeringState change);

        T addPeering(AddPeering change);

        T setIpForwarding(SetIpForwarding change);

        T setDnsServers(SetDnsServers change);

        T setConnectionType(SetConnectionType change);

        T removeLock(RemoveLock change);
    }
}
