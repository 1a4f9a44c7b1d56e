package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import org.jspecify.annotations.Nullable;

/** Reads VNets with their subnets and peering links. */
final class NetworkReader {
    /** What is not known of a VNet that names no region; equal for all of them, so that they count as one region. */
    static final String NO_LOCATION = "location";

    static final ImmutableMap<String, Peering.State> STATES =
            Values.words(Peering.State.values(), Peering.State::azureName);

    private final Resources resources;
    private final Values values;

    NetworkReader(Resources resources) {
        this.resources = resources;
        values = resources.values();
    }

    @Nullable
    Vnet vnet(Node item) {
        Fields fields = Fields.of(item, "a VNet", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.VNET::identity);
        Node location = fields.optional("location");
        Node prefixes = fields.required("addressPrefixes");
        Node dnsServers = fields.optional("dnsServers");
        Node subnets = fields.optional("subnets");
        Node peerings = fields.optional("peerings");
        fields.done();
        // Without an identity the children cannot have theirs; their other problems are told all the same.
        ResourceId owner = id == null ? new ResourceId("VNet") : id;
        Vnet vnet = new Vnet(
                owner,
                fields.place(),
                location == null ? Given.unknown(NO_LOCATION, fields.place()) : values.given(location, values::text),
                values.givens(prefixes, values::prefix),
                values.givens(dnsServers, values::address),
                values.rows(subnets, subnet -> subnet(owner, subnet)),
                values.rows(peerings, peering -> peering(owner, peering)));
        return id == null ? null : vnet;
    }

    private @Nullable Subnet subnet(ResourceId vnet, Node item) {
        Fields fields = Fields.of(item, "a subnet", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, name -> ResourceKind.SUBNET.identity(vnet, name));
        ImmutableList<Given<Prefix>> prefixes = subnetPrefixes(fields);
        Subnet.Attached attached = new Subnet.Attached(
                resources.givenOrNull(ResourceKind.NETWORK_SECURITY_GROUP, fields.optional("networkSecurityGroup")),
                resources.givenOrNull(ResourceKind.ROUTE_TABLE, fields.optional("routeTable")),
                resources.givenOrNull(ResourceKind.NAT_GATEWAY, fields.optional("natGateway")));
        ImmutableList<String> delegations = values.list(fields.optional("delegations"), values::text);
        ImmutableList<String> endpoints = values.list(fields.optional("serviceEndpoints"), values::text);
        @Nullable String policies = resources.optionalText(fields, "privateEndpointNetworkPolicies");
        Given<Boolean> outbound = values.givenOr(fields.optional("defaultOutboundAccess"), true, values::truth);
        fields.done();
        if (id == null) return null;
        return new Subnet(id, fields.place(), prefixes, attached, delegations, endpoints, policies, outbound);
    }

    private ImmutableList<Given<Prefix>> subnetPrefixes(Fields fields) {
        if (!fields.has("addressPrefixes")) {
            Node one = fields.required("addressPrefix");
            return values.givens(one, values::prefix);
        }
        if (fields.has("addressPrefix")) {
            values.problems()
                    .add(fields.place(), "both `addressPrefix` and `addressPrefixes` stand here", "keep one of them");
        }
        return values.givens(fields.optional("addressPrefixes"), values::prefix);
    }

    private @Nullable Peering peering(ResourceId vnet, Node item) {
        Fields fields = Fields.of(item, "a peering", values.problems());
        if (fields == null) return null;
        Peering peering = peering(vnet, fields);
        fields.done();
        return peering;
    }

    /** One peering link among other keys; the caller ends the reading of the object. */
    @Nullable
    Peering peering(ResourceId vnet, Fields fields) {
        ResourceId id = resources.identity(fields, name -> ResourceKind.PEERING.identity(vnet, name));
        Given<ResourceId> remote = resources.givenRequired(ResourceKind.VNET, fields, "remoteVnet");
        @Nullable
        Given<Peering.State> state = values.givenOrNull(fields.optional("state"), value -> values.word(value, STATES));
        Peering.Flags flags = flags(fields, Peering.Flags.DEFAULTS);
        ImmutableList<Prefix> recorded = values.list(fields.optional("remoteAddressPrefixes"), values::prefix);
        return id == null ? null : new Peering(id, fields.place(), remote, state, flags, recorded);
    }

    /** The switches of a link; those that are not written are as given. */
    Peering.Flags flags(Fields fields, Peering.Flags otherwise) {
        return new Peering.Flags(
                flag(fields, "allowVirtualNetworkAccess", otherwise.allowVirtualNetworkAccess()),
                flag(fields, "allowForwardedTraffic", otherwise.allowForwardedTraffic()),
                flag(fields, "allowGatewayTransit", otherwise.allowGatewayTransit()),
                flag(fields, "useRemoteGateways", otherwise.useRemoteGateways()));
    }

    private Given<Boolean> flag(Fields fields, String key, Given<Boolean> otherwise) {
        Node value = fields.optional(key);
        return value == null ? otherwise : values.given(value, values::truth);
    }
}
