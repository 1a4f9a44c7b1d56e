package dev.mipath.laws;

import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random packets that like the edges of whatever a world mentions. */
final class Questions {
    private final Dice dice;
    private final List<Address> corners = new ArrayList<>();
    private final List<Address> corners6 = new ArrayList<>();
    private final List<Address> locals = new ArrayList<>();
    private final List<Prefix> subnets = new ArrayList<>();

    Questions(World world, long seed) {
        dice = new Dice(~seed);
        Set<Prefix> blocks = new LinkedHashSet<>(mentioned(world));
        Set<Address> all = new LinkedHashSet<>();
        for (Prefix block : blocks) {
            all.add(block.first());
            all.add(block.last());
            addIfThere(all, block.first().previous());
            addIfThere(all, block.last().next());
            all.add(dice.in(block));
        }
        for (Address address : all) (address.v6() ? corners6 : corners).add(address);
        for (Prefix block : subnets) {
            for (int i = 0; i < 3; i++) locals.add(dice.in(block));
        }
    }

    private static void addIfThere(Set<Address> all, @Nullable Address address) {
        if (address != null) all.add(address);
    }

    private List<Prefix> mentioned(World world) {
        List<Prefix> blocks = new ArrayList<>(RandomTopologies.RESERVED);
        blocks.addAll(RandomTopologies.PUBLIC);
        // Of a tag of the real size some blocks, for questions at its edges.
        world.tags().values().forEach(tag -> {
            for (int i = 0; i < 8 && tag.size() > 8; i++) blocks.add(dice.of(tag));
        });
        blocks.addAll(RandomTopologies.blocks("168.63.129.16/32", "169.254.169.254/32", "25.0.0.0/8", "224.0.0.0/3"));
        for (Vnet vnet : world.topology().vnets()) {
            vnet.addressPrefixes().forEach(range -> range.value().ifPresent(blocks::add));
            for (Subnet subnet : vnet.subnets()) {
                subnet.prefixes().forEach(block -> block.value().ifPresent(subnets::add));
            }
            vnet.peerings().forEach(link -> blocks.addAll(link.remoteAddressPrefixes()));
        }
        blocks.addAll(subnets);
        for (NetworkInterface nic : world.topology().networkInterfaces()) {
            nic.ipConfigurations().forEach(ip -> {
                if (ip.privateIpAddress() != null) ip.privateIpAddress().value().ifPresent(locals::add);
            });
        }
        for (PrivateEndpoint endpoint : world.topology().privateEndpoints()) {
            if (endpoint.privateIpAddress() != null) {
                endpoint.privateIpAddress().value().ifPresent(address -> blocks.add(Prefix.host(address)));
            }
        }
        locals.forEach(address -> blocks.add(Prefix.host(address)));
        world.topology()
                .virtualNetworkGateways()
                .forEach(gateway -> gateway.learnedPrefixes()
                        .forEach(prefix -> prefix.value().ifPresent(blocks::add)));
        world.topology()
                .localNetworkGateways()
                .forEach(site ->
                        site.addressPrefixes().forEach(prefix -> prefix.value().ifPresent(blocks::add)));
        world.topology().networkSecurityGroups().forEach(group -> group.rules().forEach(rule -> add(rule, blocks)));
        world.topology().routeTables().forEach(table -> table.routes().forEach(route -> add(route, blocks)));
        return blocks;
    }

    private static void add(SecurityRule rule, List<Prefix> blocks) {
        for (AddressTerm term : rule.match().source()) if (term instanceof AddressTerm.Block b) blocks.add(b.prefix());
        for (AddressTerm term : rule.match().destination()) {
            if (term instanceof AddressTerm.Block b) blocks.add(b.prefix());
        }
    }

    private static void add(Route route, List<Prefix> blocks) {
        if (route.destination().value().orElse(null) instanceof RouteDestination.Block b) blocks.add(b.prefix());
    }

    /** An address inside a declared subnet. */
    Address local() {
        return dice.oneIn(3) ? dice.in(dice.of(subnets)) : dice.of(locals);
    }

    /** An address at a corner, or anywhere, of a family. */
    Address remote(boolean v6) {
        List<Address> pool = v6 ? corners6 : corners;
        return pool.isEmpty() || dice.oneIn(20) ? dice.anywhere(v6) : dice.of(pool);
    }

    /** A packet from the address. */
    Packet from(Address local) {
        return new Packet(local, port(), remote(local.v6()), port(), protocol());
    }

    /** A packet to the address. */
    Packet to(Address local) {
        return from(local).reversed();
    }

    boolean coin() {
        return dice.oneIn(2);
    }

    private Protocol protocol() {
        return dice.oneIn(2)
                ? Protocol.TCP
                : dice.of(Protocol.TCP, Protocol.UDP, Protocol.ICMP, Protocol.ESP, Protocol.AH);
    }

    private int port() {
        if (dice.oneIn(4)) return dice.below(65_536);
        var range = dice.of(RandomPolicies.PORTS);
        int end = dice.oneIn(2) ? range.first() : range.last();
        return Math.max(0, Math.min(65_535, end + dice.below(3) - 1));
    }
}
