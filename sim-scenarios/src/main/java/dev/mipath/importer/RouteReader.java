package dev.mipath.importer;

import dev.mipath.format.Printable;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Place;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import java.util.regex.Pattern;

/** User-defined routes (facts 2.9, 2.14, 2.18). */
final class RouteReader {
    private static final Pattern TAG = Pattern.compile("[A-Za-z][A-Za-z0-9_.\\-]*");
    private static final String HOPS = "`Internet`, `VirtualAppliance`, `VirtualNetworkGateway`, `VnetLocal` or `None`";

    private RouteReader() {}

    static Route read(Fields route, boolean certain) {
        String name = route.named("a route");
        Given<NextHopType> type = route.required("nextHopType", HOPS, RouteReader::hop);
        Given<Address> address = route.given("nextHopIpAddress", "an address such as `10.0.1.4`", Address::parse);
        if (address == null && type.is(NextHopType.VIRTUAL_APPLIANCE)) {
            route.problems()
                    .add(
                            route.place(),
                            "route " + Printable.quoted(name)
                                    + " leads to an appliance but gives no `nextHopIpAddress`",
                            "give the appliance's address");
        }
        boolean override = route.flag("hasBgpOverride", false).orElse(false);
        return new Route(
                name,
                route.place(),
                route.required(
                        "addressPrefix", "a block such as `10.0.0.0/8` or a service tag", RouteReader::destination),
                type,
                address,
                override,
                certain ? Given.of(true) : Given.unknown("condition of route `" + name + "`", route.place()));
    }

    /** The routes of a list that the input does not give: there may be any route here. */
    static Route anything(String what, Place place) {
        return new Route(
                "‹" + what + "›",
                place,
                Given.unknown(what, place),
                Given.unknown(what, place),
                Given.unknown(what, place),
                false,
                Given.unknown(what, place));
    }

    private static NextHopType hop(String text) {
        NextHopType type = NextHopType.parse(text);
        return switch (type) {
            case INTERNET, VIRTUAL_APPLIANCE, VIRTUAL_NETWORK_GATEWAY, VNET_LOCAL, NONE -> type;
            default ->
                throw new IllegalArgumentException("a route table cannot send to " + Printable.quoted(text)
                        + "; only the platform installs such routes");
        };
    }

    private static RouteDestination destination(String text) {
        if (TAG.matcher(text).matches() && !text.contains(":")) return new RouteDestination.Tag(text);
        return new RouteDestination.Block(Prefix.parse(text));
    }
}
