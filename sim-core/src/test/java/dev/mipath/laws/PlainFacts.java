package dev.mipath.laws;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a fully known world says about itself, read off its records one by one. The oracles stand on this; nothing of
 * the product but the records of {@code net} and {@code topology} is used.
 */
final class PlainFacts {
    /** What is nobody's on the Internet. */
    static final List<Prefix> PRIVATE =
            RandomTopologies.blocks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");

    final World world;
    private final IdentityHashMap<IpConfiguration, Address> addresses = new IdentityHashMap<>();

    private final Map<ResourceId, List<Prefix>> learnt = new HashMap<>();

    /** A place where a packet can start or arrive. */
    record Site(Vnet vnet, Subnet subnet, @Nullable NetworkInterface nic) {}

    PlainFacts(World world) {
        this.world = world;
        readAddresses();
    }

    static <T> T known(@Nullable Given<T> given) {
        return Objects.requireNonNull(given).value().orElseThrow();
    }

    static <T> Given<T> given(@Nullable Given<T> given) {
        return Objects.requireNonNull(given);
    }

    static <T> T stated(@Nullable T stated) {
        return Objects.requireNonNull(stated);
    }

    /** Declared addresses; where there is none, the lowest free from the fifth of the subnet, in document order. */
    private void readAddresses() {
        Set<Address> taken = new HashSet<>();
        world.topology().privateEndpoints().forEach(endpoint -> taken.add(known(endpoint.privateIpAddress())));
        for (NetworkInterface nic : world.topology().networkInterfaces()) {
            for (IpConfiguration ip : nic.ipConfigurations()) {
                if (ip.privateIpAddress() == null) continue;
                addresses.put(ip, known(ip.privateIpAddress()));
                taken.add(known(ip.privateIpAddress()));
            }
        }
        for (NetworkInterface nic : world.topology().networkInterfaces()) {
            for (IpConfiguration ip : nic.ipConfigurations()) {
                if (ip.privateIpAddress() != null) continue;
                Prefix block = known(subnet(known(ip.subnet())).prefixes().get(0));
                long candidate = block.first().low() + 4;
                while (candidate < block.last().low() && !taken.add(Address.v4((int) candidate))) candidate++;
                if (candidate < block.last().low()) addresses.put(ip, Address.v4((int) candidate));
            }
        }
    }

    private Subnet subnet(ResourceId id) {
        for (Vnet vnet : world.topology().vnets()) {
            for (Subnet subnet : vnet.subnets()) if (subnet.id().equals(id)) return subnet;
        }
        throw new IllegalArgumentException("no subnet " + id);
    }

    /** The sites that hold an address. */
    List<Site> sites(Address address) {
        List<Site> sites = new ArrayList<>();
        for (Vnet vnet : world.topology().vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                for (Given<Prefix> block : subnet.prefixes()) {
                    if (known(block).contains(address)) sites.add(new Site(vnet, subnet, nicAt(subnet, address)));
                }
            }
        }
        return sites;
    }

    /** The firewall at an address. */
    Optional<Firewall> firewall(ResourceId id) {
        return world.topology().services(Firewall.class).stream()
                .filter(firewall -> firewall.id().equals(id))
                .findFirst();
    }

    /** A NIC of a machine, or of a firewall, which is a machine that forwards. */
    private @Nullable NetworkInterface nicAt(Subnet subnet, Address address) {
        for (Firewall firewall : world.topology().services(Firewall.class)) {
            boolean here = known(firewall.subnet()).equals(subnet.id())
                    && known(firewall.privateIpAddress()).equals(address);
            if (!here) continue;
            IpConfiguration own = new IpConfiguration(
                    "own", firewall.place(), given(firewall.subnet()), Given.of(address), null, ImmutableList.of());
            return new NetworkInterface(
                    firewall.id(), firewall.place(), ImmutableList.of(own), null, Given.of(true), null);
        }
        for (NetworkInterface nic : world.topology().networkInterfaces()) {
            for (IpConfiguration ip : nic.ipConfigurations()) {
                if (known(ip.subnet()).equals(subnet.id()) && address.equals(addresses.get(ip))) return nic;
            }
        }
        return null;
    }

    /** The addresses of the members of an application security group. */
    List<Address> members(ResourceId group) {
        List<Address> members = new ArrayList<>();
        for (NetworkInterface nic : world.topology().networkInterfaces()) {
            for (IpConfiguration ip : nic.ipConfigurations()) {
                if (ip.applicationSecurityGroups().contains(group)) members.add(known(ip.privateIpAddress()));
            }
        }
        return members;
    }

    static List<Prefix> ranges(Vnet vnet) {
        return vnet.addressPrefixes().stream().map(PlainFacts::known).toList();
    }

    Optional<Vnet> remote(Peering link) {
        return world.topology().vnets().stream()
                .filter(vnet -> vnet.id().equals(known(link.remoteVnet())))
                .findFirst();
    }

    /** The link by which the other VNet points back. */
    Optional<Peering> back(Vnet vnet, Peering link) {
        return remote(link).stream()
                .flatMap(other -> other.peerings().stream())
                .filter(other -> known(other.remoteVnet()).equals(vnet.id()))
                .findFirst();
    }

    /** Whether this VNet's link is Connected; a template's links are when there are two (fact 3.1). */
    boolean connected(Vnet vnet, Peering link) {
        if (link.state() != null) return known(link.state()) == Peering.State.CONNECTED;
        return back(vnet, link).isPresent();
    }

    List<Prefix> ranges(Peering link) {
        return remote(link).map(PlainFacts::ranges).orElse(List.copyOf(link.remoteAddressPrefixes()));
    }

    /** Whether the peering's ends are in different regions. */
    boolean isGlobal(Vnet vnet, Peering link) {
        return remote(link).map(other -> !region(other).equals(region(vnet))).orElse(false);
    }

    static String region(Vnet vnet) {
        return known(vnet.location()).replace(" ", "").toLowerCase(java.util.Locale.ROOT);
    }

    /** The ranges learnt through the VNet's own gateway or one it may use of a peer (facts 2.6, 3.5). */
    List<Prefix> learnt(Vnet vnet) {
        return learnt.computeIfAbsent(vnet.id(), id -> learntAnyWay(vnet));
    }

    private List<Prefix> learntAnyWay(Vnet vnet) {
        List<Prefix> all = new ArrayList<>(learntByOwnGateways(vnet));
        for (Peering link : vnet.peerings()) {
            Optional<Vnet> hub = remote(link);
            Optional<Peering> back = back(vnet, link);
            if (hub.isEmpty() || back.isEmpty()) continue;
            boolean transit = known(link.flags().useRemoteGateways())
                    && known(back.get().flags().allowGatewayTransit());
            if (transit && connected(vnet, link) && connected(hub.get(), back.get())) {
                all.addAll(learntByOwnGateways(hub.get()));
            }
        }
        return all;
    }

    private List<Prefix> learntByOwnGateways(Vnet vnet) {
        List<Prefix> all = new ArrayList<>();
        for (VirtualNetworkGateway gateway : world.topology().virtualNetworkGateways()) {
            if (vnet.subnets().stream().noneMatch(subnet -> subnet.id().equals(known(gateway.subnet())))) continue;
            all.addAll(behind(gateway));
        }
        return all;
    }

    /** The prefixes of a loaded tag, names compared without case (trap 25). */
    List<Prefix> tag(String name) {
        for (var entry : world.tags().entrySet()) {
            if (entry.getKey().equalsIgnoreCase(name)) return entry.getValue();
        }
        throw new IllegalArgumentException("tag " + name + " is not loaded");
    }

    static boolean anyHolds(List<Prefix> blocks, Address address) {
        for (Prefix block : blocks) if (block.contains(address)) return true;
        return false;
    }

    /** A site sends into its gateway what VNets and other sites have; the public rest leaves by its own access. */
    boolean isElsewhere(Site gatewaySubnet, Address destination) {
        if (anyHolds(PRIVATE, destination)) return false;
        Vnet vnet = gatewaySubnet.vnet();
        if (anyHolds(ranges(vnet), destination)) return false;
        for (Peering link : vnet.peerings()) if (anyHolds(ranges(link), destination)) return false;
        for (Prefix learnt : learnt(vnet)) {
            if (learnt.length() > 0 && learnt.contains(destination)) return false;
        }
        return true;
    }

    /** Fact 3.4: a gateway forwards between the VNets it knows, by the routes of its own subnet. */
    boolean handsOn(Site gatewaySubnet, Address destination) {
        Vnet vnet = gatewaySubnet.vnet();
        return anyHolds(ranges(vnet), destination)
                || vnet.peerings().stream()
                        .anyMatch(link -> connected(vnet, link) && anyHolds(ranges(link), destination));
    }

    /** What a gateway has learnt, and the ranges of the sites that it connects. */
    List<Prefix> behind(VirtualNetworkGateway gateway) {
        List<Prefix> all = new ArrayList<>();
        gateway.learnedPrefixes().forEach(prefix -> all.add(known(prefix)));
        for (GatewayConnection connection : world.topology().gatewayConnections()) {
            for (LocalNetworkGateway site : world.topology().localNetworkGateways()) {
                boolean joined = known(connection.virtualNetworkGateway()).equals(gateway.id())
                        && known(connection.localNetworkGateway()).equals(site.id());
                if (joined) site.addressPrefixes().forEach(prefix -> all.add(known(prefix)));
            }
        }
        return all;
    }
}
