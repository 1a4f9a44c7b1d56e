package dev.mipath.format;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.ClientKind;
import dev.mipath.profile.Era;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.ApplicationSecurityGroup;
import dev.mipath.topology.Client;
import dev.mipath.topology.Direction;
import dev.mipath.topology.EffectiveRouteTable;
import dev.mipath.topology.EffectiveSecurityRules;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualMachine;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Topologies that nobody would build but that can be said: every field, every unknown, names out of a bad dream. */
final class RandomTopologies {
    private static final List<String> NASTY = List.of(
            "no",
            "1e3",
            "0x10",
            "null",
            "~",
            "true",
            "Any",
            "*",
            "12:30",
            "a: b",
            "a #b",
            "- x",
            "{x}",
            "[x]",
            "'q'",
            "\"q\"",
            "back\\slash",
            "two\nlines",
            "tab\there",
            "bell\u0007",
            "escape\u001b[31m",
            "next\u0085line",
            "line\u2028separator",
            "right\u202eleft",
            "no\u00a0break",
            "\ufeffbom",
            "‹placeholder›",
            "übergröße",
            "日本語",
            "🎈",
            "\ud83d",
            " padded ",
            "%x",
            "@x",
            "`x`",
            "=",
            "<<",
            "?",
            "&a",
            "!t",
            "|",
            ">",
            "10.0.0.0/8",
            "2020-01-01",
            "2020",
            "-",
            "---",
            "...");

    private static final List<NextHopType> DECLARABLE = List.of(
            NextHopType.INTERNET,
            NextHopType.VIRTUAL_APPLIANCE,
            NextHopType.VIRTUAL_NETWORK_GATEWAY,
            NextHopType.VNET_LOCAL,
            NextHopType.NONE);

    final SplittableRandom random;
    private final boolean azureIds;
    private final Set<String> taken = new HashSet<>();
    private final List<ResourceId> subnets = new ArrayList<>();
    private final List<ResourceId> vnets = new ArrayList<>();
    private final List<ResourceId> groups = new ArrayList<>();
    private final List<ResourceId> tables = new ArrayList<>();
    private final List<ResourceId> members = new ArrayList<>();
    private final List<ResourceId> interfaces = new ArrayList<>();
    private final List<ResourceId> machines = new ArrayList<>();
    private final List<ResourceId> gateways = new ArrayList<>();
    private final List<ResourceId> sites = new ArrayList<>();

    RandomTopologies(int seed) {
        random = new SplittableRandom(seed);
        azureIds = random.nextBoolean();
    }

    static Topology of(int seed) {
        return new RandomTopologies(seed).topology();
    }

    private Topology topology() {
        for (int i = 0; i < 3; i++) {
            vnets.add(id("virtualNetworks"));
            groups.add(id("networkSecurityGroups"));
            tables.add(id("routeTables"));
            members.add(id("applicationSecurityGroups"));
            interfaces.add(id("networkInterfaces"));
            machines.add(id("virtualMachines"));
            gateways.add(id("virtualNetworkGateways"));
            sites.add(id("localNetworkGateways"));
        }
        for (ResourceId vnet : vnets) for (int i = random.nextInt(3); i >= 0; i--) subnets.add(child(vnet, "subnets"));
        Topology.Builder topology = new Topology.Builder();
        if (chance(2)) topology.name(text());
        if (chance(2)) topology.profile(one(Era.names()));
        vnets.forEach(id -> topology.add(vnet(id)));
        groups.forEach(id -> topology.add(new NetworkSecurityGroup(id, place(), rules(true))));
        tables.forEach(id -> topology.add(new RouteTable(id, place(), truth(), routes())));
        interfaces.forEach(id -> topology.add(networkInterface(id)));
        machines.forEach(id -> topology.add(new VirtualMachine(id, place(), some(() -> reference(interfaces)))));
        members.forEach(id -> topology.add(new ApplicationSecurityGroup(id, place())));
        gateways.forEach(id -> topology.add(new VirtualNetworkGateway(
                id, place(), given(() -> reference(subnets)), given(this::text), prefixes())));
        sites.forEach(id -> topology.add(new LocalNetworkGateway(id, place(), prefixes())));
        topology.add(new GatewayConnection(
                id("connections"),
                place(),
                given(() -> reference(gateways)),
                orNull(() -> given(() -> reference(sites)))));
        ManagedInstance instance = managedInstance();
        topology.add(instance);
        topology.add(new PrivateEndpoint(
                id("privateEndpoints"),
                place(),
                given(() -> reference(subnets)),
                orNull(() -> given(this::address)),
                orNull(() -> given(() -> reference(List.of(instance.id()))))));
        new RandomServices(this, subnets, interfaces, vnets).addTo(topology);
        for (ClientKind kind : ClientKind.values()) if (chance(2)) topology.add(client(kind));
        if (chance(2)) topology.add(effectiveRules());
        if (chance(2))
            topology.add(new EffectiveRouteTable(place(), orNull(() -> reference(interfaces)), some(this::row)));
        return topology.build();
    }

    private Client client(ClientKind kind) {
        boolean inSubnet = kind.origin() == ClientKind.Origin.SUBNET || chance(2);
        boolean dialsIn = kind.origin() == ClientKind.Origin.GATEWAY || chance(3);
        Client.Origin origin = new Client.Origin(
                inSubnet ? given(() -> reference(subnets)) : null,
                dialsIn ? given(() -> reference(gateways)) : null,
                orNull(this::text));
        return new Client(
                id("clients"),
                place(),
                kind.word(),
                origin,
                new Client.Own(
                        orNull(() -> given(this::address)),
                        prefixes(),
                        orNull(this::prefixes),
                        chance(2) ? ClientReader.notSaid("vnetRouteAllEnabled", place()) : truth(),
                        chance(2) ? ClientReader.notSaid("preventDataExfiltration", place()) : truth()));
    }

    private Vnet vnet(ResourceId id) {
        ImmutableList.Builder<Subnet> own = ImmutableList.builder();
        for (ResourceId subnet : subnets) {
            if (subnet.text().startsWith(azureIds ? id.text() + "/" : id.name() + "/")) own.add(subnet(subnet));
        }
        Given<String> location = chance(3) ? Given.unknown(NetworkReader.NO_LOCATION, place()) : given(this::text);
        return new Vnet(
                id,
                place(),
                location,
                prefixes(),
                some(() -> given(this::address)),
                own.build(),
                some(() -> peering(child(id, "virtualNetworkPeerings"))));
    }

    private Subnet subnet(ResourceId id) {
        return new Subnet(
                id,
                place(),
                prefixes(),
                new Subnet.Attached(
                        orNull(() -> given(() -> reference(groups))),
                        orNull(() -> given(() -> reference(tables))),
                        orNull(() -> given(() -> id("natGateways")))),
                some(this::text),
                some(this::text),
                orNull(this::text),
                truth());
    }

    private Peering peering(ResourceId id) {
        return new Peering(
                id,
                place(),
                given(() -> reference(vnets)),
                orNull(() -> given(() -> one(List.of(Peering.State.values())))),
                new Peering.Flags(truth(), truth(), truth(), truth()),
                some(this::prefix));
    }

    ImmutableList<SecurityRule> rules(boolean customer) {
        ImmutableList.Builder<SecurityRule> rules = ImmutableList.builder();
        int priority = 100;
        for (int i = random.nextInt(6); i > 0; i--) {
            priority += 1 + random.nextInt(600);
            rules.add(rule(customer ? priority : 65_000 + i));
        }
        return rules.build();
    }

    SecurityRule rule(int priority) {
        return new SecurityRule(
                fresh("rule"),
                place(),
                given(() -> priority),
                given(() -> one(List.of(Direction.values()))),
                given(() -> one(List.of(Access.values()))),
                new SecurityRule.Match(
                        given(() -> one(List.of(Protocol.values()))),
                        some(this::term),
                        some(this::ports),
                        some(this::term),
                        some(this::ports)),
                chance(5) ? truth() : Given.of(true));
    }

    private AddressTerm term() {
        return switch (random.nextInt(5)) {
            case 0 -> new AddressTerm.Any();
            case 1 -> new AddressTerm.Block(prefix());
            case 2 -> new AddressTerm.Tag(text());
            case 3 -> members.isEmpty() ? new AddressTerm.Any() : new AddressTerm.Group(reference(members));
            default -> new AddressTerm.Unknown(text(), place());
        };
    }

    private Given<PortRange> ports() {
        return given(() -> {
            int first = random.nextInt(65_536);
            return chance(4) ? PortRange.ANY : new PortRange(first, first + random.nextInt(65_536 - first));
        });
    }

    ImmutableList<Route> routes() {
        Set<String> taken = new HashSet<>();
        return some(this::route).stream()
                .filter(route -> taken.add(Ascii.toLowerCase(route.destination().toString())))
                .collect(ImmutableList.toImmutableList());
    }

    private Route route() {
        return new Route(
                fresh("route"),
                place(),
                given(() -> chance(3) ? new RouteDestination.Tag(text()) : new RouteDestination.Block(prefix())),
                given(() -> one(DECLARABLE)),
                orNull(() -> given(this::address)),
                random.nextBoolean(),
                chance(5) ? truth() : Given.of(true));
    }

    private NetworkInterface networkInterface(ResourceId id) {
        return new NetworkInterface(
                id,
                place(),
                some(() -> new IpConfiguration(
                        chance(3) ? MachineReader.ONLY_CONFIGURATION : text(),
                        place(),
                        given(() -> reference(subnets)),
                        orNull(() -> given(this::address)),
                        orNull(() -> id("publicIPAddresses")),
                        some(() -> reference(members)))),
                orNull(() -> given(() -> reference(groups))),
                truth(),
                orNull(() -> reference(machines)));
    }

    private ManagedInstance managedInstance() {
        return new ManagedInstance(
                id("managedInstances"),
                place(),
                given(() -> reference(subnets)),
                orNull(this::text),
                orNull(this::text),
                orNull(() -> given(() -> one(List.of("Proxy", "Redirect", "Default")))),
                truth(),
                orNull(() -> given(this::text)),
                orNull(() -> given(this::address)),
                orNull(() -> given(() -> id("managedInstances"))));
    }

    private EffectiveSecurityRules effectiveRules() {
        ImmutableListMultimap.Builder<String, Prefix> tags = ImmutableListMultimap.builder();
        for (int i = random.nextInt(3); i > 0; i--) tags.putAll(text(), prefix(), prefix());
        ResourceId at = chance(2) ? reference(subnets) : reference(interfaces);
        return new EffectiveSecurityRules(place(), reference(groups), at, rules(false), tags.build());
    }

    private EffectiveRouteTable.Row row() {
        return new EffectiveRouteTable.Row(
                place(),
                orNull(this::text),
                text(),
                random.nextBoolean(),
                some(this::prefix),
                one(List.of(NextHopType.values())),
                some(this::address));
    }

    /** One of these, now and then one that is not there. */
    ResourceId reference(List<ResourceId> known) {
        return chance(6) ? id("elsewhere") : one(known);
    }

    ResourceId id(String type) {
        if (!azureIds) return new ResourceId(fresh(type));
        // Two resource groups, so that equal names need longer references.
        while (true) {
            String group = chance(2) ? "rg-a" : "rg-b";
            String name = chance(3) ? "twin" + random.nextInt(3) : fresh(type);
            String id =
                    "/subscriptions/s/resourceGroups/" + group + "/providers/Microsoft.Network/" + type + "/" + name;
            if (taken.add(id)) return new ResourceId(id);
        }
    }

    private ResourceId child(ResourceId parent, String type) {
        String name = chance(3) ? "default" + taken.size() : fresh("child");
        taken.add(name);
        return new ResourceId(azureIds ? parent.text() + "/" + type + "/" + name : parent.name() + "/" + name);
    }

    /** A name that stands once in this topology, in any case. */
    private String fresh(String stem) {
        while (true) {
            String name = (chance(3) ? one(NASTY) : stem) + (chance(3) ? "" : Integer.toString(random.nextInt(1000)));
            name = name.replace("/", "-");
            if (taken.add(name.toLowerCase(Locale.ROOT))) return name;
        }
    }

    String text() {
        return chance(2) ? one(NASTY) : "text" + random.nextInt(100);
    }

    private ImmutableList<Given<Prefix>> prefixes() {
        return some(() -> given(this::prefix));
    }

    Prefix prefix() {
        if (chance(4)) {
            return Prefix.covering(Address.v6(random.nextLong(), random.nextLong()), random.nextInt(129));
        }
        return Prefix.covering(Address.v4(random.nextInt()), random.nextInt(33));
    }

    Address address() {
        return chance(4) ? Address.v6(random.nextLong(), random.nextLong()) : Address.v4(random.nextInt());
    }

    Given<Boolean> truth() {
        return given(random::nextBoolean);
    }

    <T> Given<T> given(Supplier<T> known) {
        return chance(6) ? Given.unknown(text(), place()) : Given.of(known.get());
    }

    <T> @Nullable T orNull(Supplier<T> value) {
        return chance(3) ? null : value.get();
    }

    <T> ImmutableList<T> some(Supplier<T> item) {
        ImmutableList.Builder<T> items = ImmutableList.builder();
        for (int i = random.nextInt(4); i > 0; i--) items.add(item.get());
        return items.build();
    }

    <T> T one(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    static Place place() {
        return Place.PLATFORM;
    }
}
