package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.net.Prefix;
import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.VirtualNetworkGateway;
import org.jspecify.annotations.Nullable;

/** Gateways, the sites behind them and the connections between (facts 2.6, 2.9). */
final class GatewayReader {
    private GatewayReader() {}

    static VirtualNetworkGateway gateway(ResourceId id, Fields fields) {
        Given<ResourceId> subnet = null;
        for (Node item : fields.items("ipConfigurations")) {
            Fields entry = NetworkReader.child(item, "an IP configuration", fields);
            if (entry != null && subnet == null) subnet = entry.reference("subnet");
        }
        Given<String> type = fields.given("gatewayType", "`Vpn` or `ExpressRoute`", text -> text);
        return new VirtualNetworkGateway(
                id,
                fields.place(),
                subnet == null ? Given.unknown("subnet of gateway `" + id.name() + "`", fields.place()) : subnet,
                type == null ? Given.unknown("type of gateway `" + id.name() + "`", fields.place()) : type,
                ImmutableList.of());
    }

    static LocalNetworkGateway site(ResourceId id, Fields fields) {
        return new LocalNetworkGateway(
                id,
                fields.place(),
                fields.nested("localNetworkAddressSpace")
                        .givens("addressPrefixes", "a block such as `192.168.0.0/16`", Prefix::parse));
    }

    /** What a connection says of the circuit it leads to, or null when it leads to something else. */
    static @Nullable ExpressRouteCircuit circuitOf(Fields fields) {
        @Nullable Given<ResourceId> gateway = fields.reference("virtualNetworkGateway1");
        @Nullable Given<ResourceId> circuit = fields.reference("peer");
        @Nullable ResourceId id = circuit == null ? null : circuit.value().orElse(null);
        if (id == null || gateway == null) return null;
        return circuit(id, fields.place(), ExpressRouteCircuit.peeringNotGiven(fields.place()), gateway);
    }

    /** What a circuit says of itself; peerings may be resources of their own, so their absence says nothing. */
    static ExpressRouteCircuit circuit(ResourceId id, Fields fields, boolean microsoft) {
        boolean told = microsoft || fields.has("peerings");
        return new ExpressRouteCircuit(
                id,
                fields.place(),
                told ? Given.of(microsoft) : ExpressRouteCircuit.peeringNotGiven(fields.place()),
                ImmutableList.of());
    }

    private static ExpressRouteCircuit circuit(
            ResourceId id, Place place, Given<Boolean> peering, Given<ResourceId> gateway) {
        return new ExpressRouteCircuit(
                id, place, peering, ImmutableList.of(new ExpressRouteCircuit.Connection(gateway)));
    }

    static GatewayConnection connection(ResourceId id, Fields fields) {
        Given<ResourceId> gateway = fields.reference("virtualNetworkGateway1");
        return new GatewayConnection(
                id,
                fields.place(),
                gateway == null ? Given.unknown("gateway of connection `" + id.name() + "`", fields.place()) : gateway,
                fields.reference("localNetworkGateway2"));
    }
}
