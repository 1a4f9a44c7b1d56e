package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Prefix;
import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.VirtualNetworkGateway;
import org.jspecify.annotations.Nullable;

/** Reads gateways, on-premises sites and the connections between them. */
final class GatewayReader {
    private final Resources resources;
    private final Values values;

    GatewayReader(Resources resources) {
        this.resources = resources;
        values = resources.values();
    }

    @Nullable
    VirtualNetworkGateway virtualNetworkGateway(Node item) {
        Fields fields = Fields.of(item, "a virtual network gateway", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.VIRTUAL_NETWORK_GATEWAY::identity);
        Given<ResourceId> subnet = resources.givenRequired(ResourceKind.SUBNET, fields, "subnet");
        Node type = fields.required("type");
        ImmutableList<Given<Prefix>> learned = values.givens(fields.optional("learnedPrefixes"), values::prefix);
        fields.done();
        if (id == null || type == null) return null;
        return new VirtualNetworkGateway(id, fields.place(), subnet, values.given(type, values::text), learned);
    }

    @Nullable
    LocalNetworkGateway localNetworkGateway(Node item) {
        Fields fields = Fields.of(item, "a local network gateway", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.LOCAL_NETWORK_GATEWAY::identity);
        ImmutableList<Given<Prefix>> prefixes = values.givens(fields.required("addressPrefixes"), values::prefix);
        fields.done();
        return id == null ? null : new LocalNetworkGateway(id, fields.place(), prefixes);
    }

    @Nullable
    ExpressRouteCircuit circuit(Node item) {
        Fields fields = Fields.of(item, "an ExpressRoute circuit", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.EXPRESS_ROUTE_CIRCUIT::identity);
        Node peering = fields.optional("microsoftPeering");
        Given<Boolean> on = peering == null
                ? ExpressRouteCircuit.peeringNotGiven(fields.place())
                : values.given(peering, values::truth);
        ImmutableList<ExpressRouteCircuit.Connection> gateways = values.list(
                fields.optional("virtualNetworkGateways"),
                value -> new ExpressRouteCircuit.Connection(
                        resources.given(ResourceKind.VIRTUAL_NETWORK_GATEWAY, value)));
        fields.done();
        return id == null ? null : new ExpressRouteCircuit(id, fields.place(), on, gateways);
    }

    @Nullable
    GatewayConnection gatewayConnection(Node item) {
        Fields fields = Fields.of(item, "a gateway connection", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.GATEWAY_CONNECTION::identity);
        Given<ResourceId> gateway =
                resources.givenRequired(ResourceKind.VIRTUAL_NETWORK_GATEWAY, fields, "virtualNetworkGateway");
        @Nullable
        Given<ResourceId> site =
                resources.givenOrNull(ResourceKind.LOCAL_NETWORK_GATEWAY, fields.optional("localNetworkGateway"));
        fields.done();
        return id == null ? null : new GatewayConnection(id, fields.place(), gateway, site);
    }
}
