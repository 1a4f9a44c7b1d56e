package dev.mipath.cli;

import dev.mipath.compile.Compilation;
import dev.mipath.explain.Safe;
import dev.mipath.instance.Estate;
import dev.mipath.instance.HostName;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Client;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualMachine;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the resources that a name or an id stands for, as ends of a trace. */
final class EndFinder {
    private final Compilation compiled;
    private final Topology topology;

    EndFinder(Compilation compiled) {
        this.compiled = compiled;
        this.topology = compiled.topology();
    }

    /**
     * A resource that can be an end.
     *
     * @param kind what it is, such as {@code VM}
     * @param id its identity
     * @param address an address of it, or null when the input gives none
     * @param vnet the VNet that holds the address, or null where that is not in doubt
     * @param hostName the host name clients use for it, or null
     */
    record End(
            String kind,
            ResourceId id,
            @Nullable Address address,
            @Nullable String vnet,
            @Nullable String hostName) {
        private String told() {
            return kind + " " + Safe.text(id.qualifiedName()) + (address == null ? "" : " (" + address + ")");
        }
    }

    /**
     * The only resource of this name, which may be given with or without its VNet or as a whole id.
     *
     * @return the resource, or nothing when there is none
     * @throws UsageException when there are several, naming them, or when its address is not known
     */
    Optional<End> named(String name) {
        List<End> found = new ArrayList<>();
        for (VirtualMachine machine : topology.virtualMachines()) {
            if (Named.is(machine.id(), name)) machine(machine, found);
        }
        for (NetworkInterface nic : topology.networkInterfaces()) {
            if (Named.is(nic.id(), name)) add(end("NIC", nic.id(), nic), found);
        }
        for (Vnet vnet : topology.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                if (!Named.is(subnet.id(), name)) continue;
                @Nullable
                Address host = firstRange(subnet.prefixes().stream()
                        .flatMap(prefix -> prefix.value().stream())
                        .toList());
                add(new End("subnet", subnet.id(), host, vnet.id().name(), null), found);
            }
        }
        for (LocalNetworkGateway site : topology.localNetworkGateways()) {
            if (!Named.is(site.id(), name)) continue;
            @Nullable
            Address host = firstRange(site.addressPrefixes().stream()
                    .flatMap(prefix -> prefix.value().stream())
                    .toList());
            add(new End("site", site.id(), host, null, null), found);
        }
        for (Client client : topology.clients()) {
            if (Named.is(client.id(), name)) add(client(client), found);
        }
        for (LoadBalancer balancer : topology.loadBalancers()) balancer(balancer, name, found);
        for (ManagedInstance instance : topology.managedInstances()) {
            if (Named.is(instance.id(), name)) found.add(instance(instance.id()));
        }
        for (FailoverGroup group : topology.services(FailoverGroup.class)) {
            if (Named.is(group.id(), name)) found.add(group(group));
        }
        return only(name, found);
    }

    private void machine(VirtualMachine machine, List<End> found) {
        List<NetworkInterface> nics = topology.networkInterfaces().stream()
                .filter(nic -> machine.networkInterfaces().contains(nic.id())
                        || machine.id().equals(nic.virtualMachine()))
                .toList();
        for (NetworkInterface nic : nics) {
            // A machine with several NICs is told by them.
            String kind = nics.size() == 1 ? "VM" : "NIC";
            ResourceId id = nics.size() == 1 ? machine.id() : nic.id();
            add(end(kind, id, nic), found);
        }
        if (nics.isEmpty()) found.add(new End("VM", machine.id(), null, null, null));
    }

    /** With the VNet, for VNets that are not peered may have the same addresses. */
    private End end(String kind, ResourceId id, NetworkInterface nic) {
        @Nullable String vnet = null;
        for (Vnet candidate : topology.vnets()) {
            for (Subnet subnet : candidate.subnets()) {
                boolean here = !nic.ipConfigurations().isEmpty()
                        && nic.ipConfigurations().get(0).subnet().is(subnet.id());
                if (here) vnet = candidate.id().name();
            }
        }
        return new End(kind, id, compiled.address(nic.id()), vnet, null);
    }

    /** A load balancer is meant by its own name where it has one frontend, else by that of a frontend behind its own. */
    private void balancer(LoadBalancer balancer, String name, List<End> found) {
        for (LoadBalancer.Frontend frontend : balancer.frontends()) {
            ResourceId id = new ResourceId(balancer.id().text() + "/" + frontend.name());
            boolean several = balancer.frontends().size() > 1;
            boolean meant = Named.is(balancer.id(), name) || several && Named.is(id, name);
            @Nullable Given<ResourceId> subnet = frontend.subnet();
            @Nullable ResourceId within = subnet == null ? null : subnet.value().orElse(null);
            if (meant)
                add(
                        new End(
                                "load balancer",
                                several ? id : balancer.id(),
                                compiled.address(id),
                                vnetOf(within),
                                null),
                        found);
        }
    }

    private End client(Client client) {
        @Nullable Given<ResourceId> subnet = client.origin().subnet();
        @Nullable ResourceId within = subnet == null ? null : subnet.value().orElse(null);
        return new End("client", client.id(), compiled.address(client.id()), vnetOf(within), null);
    }

    private @Nullable String vnetOf(@Nullable ResourceId subnet) {
        for (Vnet candidate : topology.vnets()) {
            for (Subnet each : candidate.subnets())
                if (each.id().equals(subnet)) return candidate.id().name();
        }
        return null;
    }

    /** A machine and its NIC often share a name; they are one end. */
    private static void add(End end, List<End> found) {
        for (End other : found) {
            boolean same = end.address() != null
                    && end.address().equals(other.address())
                    && Objects.equals(end.vnet(), other.vnet())
                    && !end.kind().equals("subnet");
            if (same) return;
        }
        found.add(end);
    }

    private End group(FailoverGroup group) {
        String label = group.id().name();
        for (Hosted hosted : compiled.estate().instances()) {
            if (!group.primary().is(hosted.id())) continue;
            return new End(
                    "failover group",
                    group.id(),
                    hosted.primary().address(),
                    null,
                    HostName.listener(label, hosted.hostName()));
        }
        return new End(
                "failover group", group.id(), null, null, HostName.listener(label, label + ".ZONE" + HostName.SUFFIX));
    }

    private End instance(ResourceId id) {
        for (Hosted hosted : compiled.estate().instances()) {
            if (hosted.id().equals(id))
                return new End("instance", id, hosted.primary().address(), null, hosted.hostName());
        }
        for (Estate.Unplaced unplaced : compiled.estate().unplaced()) {
            if (unplaced.id().equals(id)) return new End("instance", id, null, null, unplaced.hostName());
        }
        throw new IllegalStateException("an instance that is neither placed nor unplaced");
    }

    private static Optional<End> only(String name, List<End> found) {
        if (found.isEmpty()) return Optional.empty();
        if (found.size() > 1) {
            List<String> told = found.stream().map(End::told).toList();
            throw new UsageException("`" + Safe.text(name) + "` may be " + String.join(", ", told)
                    + " (name it by its address, as vnet/subnet, or by its id)");
        }
        End end = found.get(0);
        if (end.address() == null && end.hostName() == null) {
            throw new UsageException("the input gives no address of " + end.told() + " (give an IP address instead)");
        }
        return Optional.of(end);
    }

    private static @Nullable Address firstRange(List<Prefix> prefixes) {
        // Azure hands addresses out from the other end.
        return prefixes.isEmpty() ? null : prefixes.get(0).lastHost();
    }

    /** What to tell about a name that is no resource's. */
    UsageException unknown(String name) {
        List<ResourceId> ids = new ArrayList<>();
        topology.managedInstances().forEach(instance -> ids.add(instance.id()));
        topology.virtualMachines().forEach(machine -> ids.add(machine.id()));
        topology.clients().forEach(client -> ids.add(client.id()));
        topology.networkInterfaces().forEach(nic -> ids.add(nic.id()));
        topology.localNetworkGateways().forEach(site -> ids.add(site.id()));
        topology.loadBalancers().forEach(balancer -> ids.add(balancer.id()));
        topology.vnets().forEach(vnet -> vnet.subnets().forEach(subnet -> ids.add(subnet.id())));
        return Named.unknown("instance, VM, NIC, client, site, load balancer or subnet", name, ids);
    }
}
