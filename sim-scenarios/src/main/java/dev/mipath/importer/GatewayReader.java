package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.net.Prefix;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.VirtualNetworkGateway;

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

    static GatewayConnection connection(ResourceId id, Fields fields) {
        Given<ResourceId> gateway = fields.reference("virtualNetworkGateway1");
        return new GatewayConnection(
                id,
                fields.place(),
                gateway == null ? Given.unknown("gateway of connection `" + id.name() + "`", fields.place()) : gateway,
                fields.reference("localNetworkGateway2"));
    }
}
