package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * A network interface (NIC).
 *
 * @param id the identity
 * @param place where it begins
 * @param ipConfigurations its addresses, the primary first
 * @param networkSecurityGroup the group on the NIC itself, or null
 * @param enableIpForwarding whether Azure lets it forward packets that are not its own (fact 2.10)
 * @param virtualMachine the machine it belongs to, or null when the input does not say
 */
public record NetworkInterface(
        ResourceId id,
        Place place,
        ImmutableList<IpConfiguration> ipConfigurations,
        @Nullable Given<ResourceId> networkSecurityGroup,
        Given<Boolean> enableIpForwarding,
        @Nullable ResourceId virtualMachine)
        implements Identified {

    /**
     * One address of a NIC.
     *
     * @param name the bare name
     * @param place where it begins
     * @param subnet the subnet it is in
     * @param privateIpAddress its address, or null when Azure assigns it later
     * @param publicIpAddress the public address attached to it, or null
     * @param applicationSecurityGroups the groups it is a member of
     * @param loadBalancerBackendAddressPools the pools of load balancers that it names as its own
     */
    public record IpConfiguration(
            String name,
            Place place,
            Given<ResourceId> subnet,
            @Nullable Given<Address> privateIpAddress,
            @Nullable ResourceId publicIpAddress,
            ImmutableList<ResourceId> applicationSecurityGroups,
            ImmutableList<ResourceId> loadBalancerBackendAddressPools) {
        /** An address that names no pool. */
        public IpConfiguration(
                String name,
                Place place,
                Given<ResourceId> subnet,
                @Nullable Given<Address> privateIpAddress,
                @Nullable ResourceId publicIpAddress,
                ImmutableList<ResourceId> applicationSecurityGroups) {
            this(name, place, subnet, privateIpAddress, publicIpAddress, applicationSecurityGroups, ImmutableList.of());
        }
    }

    /** The same NIC with another security group, or none. */
    public NetworkInterface withNetworkSecurityGroup(@Nullable Given<ResourceId> group) {
        return new NetworkInterface(id, place, ipConfigurations, group, enableIpForwarding, virtualMachine);
    }

    /** The same NIC with IP forwarding on or off. */
    public NetworkInterface withIpForwarding(boolean on) {
        return new NetworkInterface(id, place, ipConfigurations, networkSecurityGroup, Given.of(on), virtualMachine);
    }
}
