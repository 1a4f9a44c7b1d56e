package dev.mipath.compile;

import dev.mipath.compile.AssumedAddresses.Assignment;
import dev.mipath.net.Address;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.ResourceId;

/** Who is in a backend pool: it names NICs or addresses, or NICs name their pool. */
final class PoolMembers {
    private PoolMembers() {}

    static boolean has(LoadBalancer balancer, LoadBalancer.Pool pool, Assignment assignment) {
        if (hasNic(balancer, pool, assignment)) return true;
        for (Given<Address> address : pool.addresses()) {
            if (assignment.address() != null && address.is(assignment.address())) return true;
        }
        return false;
    }

    /** Whether the machine is in the pool by its NIC, and not only by its address. */
    static boolean hasNic(LoadBalancer balancer, LoadBalancer.Pool pool, Assignment assignment) {
        boolean first = assignment.networkInterface().ipConfigurations().get(0).equals(assignment.configuration());
        if (first
                && pool.networkInterfaces()
                        .contains(assignment.networkInterface().id())) return true;
        String suffix = "/backendAddressPools/" + pool.name();
        for (ResourceId named : assignment.configuration().loadBalancerBackendAddressPools()) {
            if (named.equals(new ResourceId(balancer.id().text() + suffix))) return true;
        }
        return false;
    }
}
