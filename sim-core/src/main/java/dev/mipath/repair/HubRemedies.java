package dev.mipath.repair;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.MissingWay.PeerOfPeer;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.repair.Remedy.Kind;
import dev.mipath.topology.Change;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import dev.mipath.trace.Conversation.Problem;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two VNets that have a peer in common and are no peers themselves (fact 3.2): an appliance that stands in the common one
 * can hand packets on, where the table of the sending subnet says so. Without one the two have to be peered, which is not
 * for a tool to offer: whoever put a hub between them did so on purpose.
 */
final class HubRemedies {
    private final Topology topology;
    private final Compilation asFound;

    HubRemedies(Topology topology, Compilation asFound) {
        this.topology = topology;
        this.asFound = asFound;
    }

    Remedy of(Problem problem) {
        @Nullable Step step = problem.step();
        boolean chained = step != null
                && step.why() instanceof Evidence.RouteChosen chosen
                && chosen.missing() instanceof PeerOfPeer;
        if (step == null || !chained) return Remedy.advice(Kind.NONE);
        PeerOfPeer way = (PeerOfPeer) ((Evidence.RouteChosen) step.why()).missing();
        if (way == null) return Remedy.advice(Kind.NONE);
        return byAppliance(way, step.arrived().source(), step.arrived().destination())
                .orElseGet(() -> directly(way));
    }

    private Optional<Remedy> byAppliance(PeerOfPeer way, Address source, Address destination) {
        if (way.vnets().size() != 3) return Optional.empty();
        Optional<RouteTable> table = table(way.vnets().get(0), source);
        Optional<Address> appliance = topology.vnet(way.vnets().get(1)).flatMap(this::appliance);
        Optional<Vnet> last = topology.vnet(way.vnets().get(2));
        Optional<Prefix> block = last.flatMap(vnet -> subnetOf(vnet, destination));
        if (table.isEmpty() || appliance.isEmpty() || last.isEmpty() || block.isEmpty()) return Optional.empty();
        ImmutableList.Builder<Change> changes = ImmutableList.builder();
        Route route = new Route(
                name(table.get(), "to-" + last.get().id().name()),
                table.get().place(),
                Given.of(new RouteDestination.Block(block.get())),
                Given.of(NextHopType.VIRTUAL_APPLIANCE),
                Given.of(appliance.get()),
                false,
                Given.of(true));
        changes.add(new Change.AddRoute(table.get().id(), route));
        // What the appliance hands on did not begin in the common VNet (fact 3.4).
        for (Peering link : last.get().peerings()) {
            boolean toCommon = link.remoteVnet().is(way.vnets().get(1));
            if (toCommon && link.flags().allowForwardedTraffic().is(false))
                changes.add(PeeringRemedies.forwardedOn(link));
        }
        return Optional.of(new Remedy(Kind.ROUTE_BY_APPLIANCE, changes.build(), ImmutableList.of()));
    }

    /** The table of the subnet that the packet leaves. */
    private Optional<RouteTable> table(ResourceId vnet, Address source) {
        for (Edge edge : asFound.network().holders(source)) {
            if (!edge.vnet().equals(vnet) || edge.ofSite()) continue;
            return topology.subnet(edge.subnet())
                    .flatMap(subnet -> Optional.ofNullable(subnet.attached().routeTable()))
                    .flatMap(Given::value)
                    .flatMap(topology::routeTable);
        }
        return Optional.empty();
    }

    /** One that a route names already, as a firewall; else a machine that forwards. */
    private Optional<Address> appliance(Vnet common) {
        Stream<Address> named = topology.routeTables().stream()
                .flatMap(table -> table.routes().stream())
                .filter(route -> route.nextHopType().is(NextHopType.VIRTUAL_APPLIANCE))
                .flatMap(route -> Stream.ofNullable(route.nextHopIpAddress()))
                .flatMap(hop -> hop.value().stream());
        Stream<Address> machines = topology.networkInterfaces().stream()
                .filter(nic -> nic.enableIpForwarding().is(true))
                .map(NetworkInterface::ipConfigurations)
                .flatMap(ImmutableList::stream)
                .map(IpConfiguration::privateIpAddress)
                .flatMap(Stream::ofNullable)
                .flatMap(address -> address.value().stream());
        return Stream.concat(named, machines)
                .filter(address -> subnetOf(common, address).isPresent())
                .findFirst();
    }

    private static Optional<Prefix> subnetOf(Vnet vnet, Address address) {
        for (Subnet subnet : vnet.subnets()) {
            for (Given<Prefix> prefix : subnet.prefixes()) {
                boolean holds = prefix instanceof Given.Known<Prefix> block
                        && block.known().contains(address);
                if (holds) return prefix.value();
            }
        }
        return Optional.empty();
    }

    private static String name(RouteTable table, String wanted) {
        String name = wanted;
        for (int i = 2; isTaken(table, name); i++) name = wanted + "_" + i;
        return name;
    }

    private static boolean isTaken(RouteTable table, String name) {
        return table.routes().stream().anyMatch(route -> route.name().equalsIgnoreCase(name));
    }

    private Remedy directly(PeerOfPeer way) {
        Optional<Vnet> first = topology.vnet(way.vnets().get(0));
        Optional<Vnet> last = topology.vnet(way.vnets().get(way.vnets().size() - 1));
        if (first.isEmpty() || last.isEmpty()) return Remedy.advice(Kind.PEER_DIRECTLY);
        return new Remedy(
                Kind.PEER_DIRECTLY,
                ImmutableList.of(
                        new Change.AddPeering(first.get().id(), PeeringRemedies.link(first.get(), last.get())),
                        new Change.AddPeering(last.get().id(), PeeringRemedies.link(last.get(), first.get()))),
                ImmutableList.of());
    }
}
