package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.profile.ClientKind;
import dev.mipath.topology.Client;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** Reads and writes clients that are not machines of their own. */
final class ClientReader {
    private static final String ROUTE_ALL = "vnetRouteAllEnabled";
    private static final String PREVENT = "preventDataExfiltration";

    private final Resources resources;
    private final Values values;

    ClientReader(Resources resources) {
        this.resources = resources;
        values = resources.values();
    }

    @Nullable
    Client client(Node item) {
        Fields fields = Fields.of(item, "a client", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.CLIENT::identity);
        @Nullable ClientKind kind = kind(fields);
        Client.Origin origin = new Client.Origin(
                resources.givenOrNull(ResourceKind.SUBNET, fields.optional("subnet")),
                resources.givenOrNull(ResourceKind.VIRTUAL_NETWORK_GATEWAY, fields.optional("virtualNetworkGateway")),
                resources.optionalText(fields, "serviceTag"));
        @Nullable Given<Address> address = values.givenOrNull(fields.optional("privateIpAddress"), values::address);
        ImmutableList<Given<Prefix>> ranges = values.givens(fields.optional("addressPrefixes"), values::prefix);
        Node routes = fields.optional("routes");
        Client.Own own = new Client.Own(
                address,
                ranges,
                routes == null ? null : values.givens(routes, values::prefix),
                truth(fields, ROUTE_ALL),
                truth(fields, PREVENT));
        fields.done();
        if (id == null || kind == null) return null;
        check(kind, origin, fields);
        return new Client(id, fields.place(), kind.word(), origin, own);
    }

    private @Nullable ClientKind kind(Fields fields) {
        Node value = fields.required("kind");
        String text = value == null ? null : values.text(value);
        if (value == null || text == null) return null;
        @Nullable ClientKind kind = ClientKind.named(text).orElse(null);
        if (kind != null) return kind;
        String near = Nearest.to(text, ClientKind.names()).orElse(null);
        return values.wrong(
                value.place(),
                "there is no kind of client " + Printable.quoted(text),
                near == null
                        ? "write one of `" + String.join("`, `", ClientKind.names()) + "`"
                        : "did you mean `" + near + "`?");
    }

    /** A kind that enters the network somewhere needs to say where. */
    private void check(ClientKind kind, Client.Origin origin, Fields fields) {
        boolean lacksSubnet = kind.origin() == ClientKind.Origin.SUBNET && origin.subnet() == null;
        boolean lacksGateway = kind.origin() == ClientKind.Origin.GATEWAY && origin.virtualNetworkGateway() == null;
        if (!lacksSubnet && !lacksGateway) return;
        String key = lacksSubnet ? "subnet" : "virtualNetworkGateway";
        values.problems()
                .add(
                        fields.place(),
                        "a client of kind `" + kind.word() + "` lacks `" + key + "`",
                        "add `" + key + ": …`");
    }

    /** What the input does not say is unknown: no default is documented. */
    private Given<Boolean> truth(Fields fields, String key) {
        @Nullable Given<Boolean> given = values.givenOrNull(fields.optional(key), values::truth);
        return given == null ? notSaid(key, fields.place()) : given;
    }

    /** The unknown that stands where a switch of a client is not written. */
    static Given<Boolean> notSaid(String key, Place place) {
        return Given.unknown(key, place);
    }

    /** The tree of a client; what the reader would assume anyway is left out. */
    static Node tree(Client client, IdentityWriter identities) {
        Client.Own own = client.own();
        @Nullable ImmutableList<Given<Prefix>> routes = own.routes();
        Members members = identities
                .named(ResourceKind.CLIENT, client.id())
                .put("kind", client.kind())
                .put(
                        "subnet",
                        identities.given(ResourceKind.SUBNET, client.origin().subnet()))
                .put(
                        "virtualNetworkGateway",
                        identities.given(
                                ResourceKind.VIRTUAL_NETWORK_GATEWAY,
                                client.origin().virtualNetworkGateway()))
                .put("serviceTag", client.origin().serviceTag())
                .put("privateIpAddress", own.privateIpAddress(), address -> Members.text(address.toString()))
                .listed("addressPrefixes", own.addressPrefixes(), ClientReader::prefix)
                .put("routes", routes == null ? null : Members.list(routes, ClientReader::prefix));
        flag(members, ROUTE_ALL, own.vnetRouteAllEnabled());
        flag(members, PREVENT, own.preventDataExfiltration());
        return members.build();
    }

    private static void flag(Members members, String key, Given<Boolean> flag) {
        if (!flag.isUnknown() || !((Given.Unknown<Boolean>) flag).what().equals(key)) {
            members.put(key, flag, Members::truth);
        }
    }

    private static Node prefix(Given<Prefix> prefix) {
        return Members.given(prefix, known -> Members.text(known.toString()));
    }
}
