package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RuleList;
import dev.mipath.azure.SecurityGroupFilter;
import dev.mipath.compile.AssumedAddresses.Assignment;
import dev.mipath.net.Address;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Puts the rules of firewalls behind the machines that forward.
 *
 * <p>Models: "Azure Firewall rule processing logic" (read 2026-11-26): network rules before application rules, each by
 * priority; what no rule allows is denied; a flow that was let pass comes back. Leaves out translation of addresses, threat
 * intelligence, TLS inspection, and the names that application rules match by.
 */
final class FirewallWiring {
    private final ImmutableList<Firewall> firewalls;
    private final AssumedAddresses addresses;
    private final Wiring wiring;

    FirewallWiring(Topology topology, AssumedAddresses addresses, Wiring wiring) {
        this.firewalls = topology.services(Firewall.class);
        this.addresses = addresses;
        this.wiring = wiring;
    }

    /** The topology in which every firewall that stands in a subnet has a NIC there: for the network it is a machine. */
    static Topology withInterfaces(Topology topology) {
        ImmutableList<Firewall> firewalls = topology.services(Firewall.class);
        if (firewalls.isEmpty()) return topology;
        Topology.Builder builder = topology.toBuilder();
        for (Firewall firewall : firewalls) {
            @Nullable Given<ResourceId> subnet = firewall.subnet();
            if (subnet == null || isNic(firewall, topology)) continue;
            IpConfiguration address = new IpConfiguration(
                    "firewall", firewall.place(), subnet, firewall.privateIpAddress(), null, ImmutableList.of());
            builder.add(new NetworkInterface(
                    firewall.id(), firewall.place(), ImmutableList.of(address), null, Given.of(true), firewall.id()));
        }
        return builder.build();
    }

    private static boolean isNic(Firewall firewall, Topology topology) {
        @Nullable Given<Address> address = firewall.privateIpAddress();
        if (!(address instanceof Given.Known<Address> known)) return false;
        return topology.networkInterfaces().stream()
                .flatMap(nic -> nic.ipConfigurations().stream())
                .anyMatch(own -> own.privateIpAddress() != null
                        && own.privateIpAddress().is(known.known())
                        && own.subnet().equals(firewall.subnet()));
    }

    /** What a machine forwards goes through its rules, where it has some, before the element {@code next}. */
    int behind(NetworkInterface nic, SubnetView view, int next) {
        for (Firewall firewall : firewalls) {
            if (!firewall.id().equals(nic.id()) && !has(nic, view, firewall)) continue;
            int self = wiring.reserve();
            RuleList rules = EffectiveRules.ofFirewall(firewall, view);
            wiring.firewallRules.add(rules);
            wiring.set(
                    self,
                    SecurityGroupFilter.ofFirewall(
                            "rules of firewall " + firewall.id().name(), rules, self, next));
            return self;
        }
        return next;
    }

    private boolean has(NetworkInterface nic, SubnetView view, Firewall firewall) {
        @Nullable Given<Address> stated = firewall.privateIpAddress();
        @Nullable Given<ResourceId> subnet = firewall.subnet();
        if (stated == null || subnet != null && !subnet.mayBe(view.subnet().id())) return false;
        for (Assignment assignment : addresses.assignments()) {
            @Nullable Address address = assignment.address();
            boolean own = assignment.networkInterface().id().equals(nic.id());
            if (own && address != null && stated.is(address)) return true;
        }
        return false;
    }
}
