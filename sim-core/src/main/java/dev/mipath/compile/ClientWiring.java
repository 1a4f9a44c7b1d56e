package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import dev.mipath.azure.ClientPlatform;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.ClientKind;
import dev.mipath.profile.ClientKind.Limit;
import dev.mipath.profile.ClientKind.Origin;
import dev.mipath.profile.ClientKind.Sends;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.Client;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.Notice;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualNetworkGateway;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds what stands between a declared client and the network: its address, and the routes of its own. */
final class ClientWiring {
    /** A client whose public address nobody gives has the first of the block for documentation (RFC 5737). */
    private static final int DOCUMENTATION_BLOCK = 0xCB00_7100;

    private static final AddressSet PRIVATE = AddressSet.of(PlatformRanges.RESERVED);

    private final Topology topology;
    private final ServiceTags tags;
    private final AssumedAddresses assumed;
    private final SetMultimap<ResourceId, Notice> notices = LinkedHashMultimap.create();
    private final Map<ResourceId, Address> addresses = new LinkedHashMap<>();

    /** What is assumed of clients in subnets is noted with the other {@code assumed} addresses. */
    ClientWiring(Topology topology, ServiceTags tags, AssumedAddresses assumed) {
        this.assumed = assumed;
        this.topology = topology;
        this.tags = tags;
        int outside = 1;
        for (Client client : topology.clients()) {
            @Nullable ClientKind kind = ClientKind.named(client.kind()).orElse(null);
            if (kind == null) continue;
            if (isOutside(client)) publicAddress(client, kind, outside++);
            else privateAddress(client, kind);
        }
    }

    /**
     * The topology in which the pool of every client that dials in is a site behind its gateway: for the network it is one
     * (facts 2.6, 7.10).
     */
    static Topology withPools(Topology topology) {
        if (topology.clients().isEmpty()) return topology;
        Topology.Builder builder = topology.toBuilder();
        Set<ResourceId> sites = new HashSet<>();
        for (Client client : topology.clients()) {
            @Nullable Given<ResourceId> gateway = client.origin().virtualNetworkGateway();
            @Nullable ResourceId site = site(client);
            if (gateway == null || site == null || !sites.add(site)) continue;
            builder.add(new LocalNetworkGateway(site, client.place(), pool(client)));
            builder.add(new GatewayConnection(site, client.place(), gateway, Given.of(site)));
        }
        return builder.build();
    }

    /** The site that stands for the pool of a client that dials in; null for others, and where no pool is known. */
    private static @Nullable ResourceId site(Client client) {
        @Nullable Given<ResourceId> gateway = client.origin().virtualNetworkGateway();
        if (!is(client, Origin.GATEWAY) || gateway == null || pool(client).isEmpty()) return null;
        return new ResourceId("clients of " + gateway.map(ResourceId::name) + " in " + pool(client));
    }

    private static ImmutableList<Given<Prefix>> pool(Client client) {
        @Nullable Given<Address> address = client.own().privateIpAddress();
        boolean none = client.own().addressPrefixes().isEmpty();
        return none && address != null
                ? ImmutableList.of(address.map(Prefix::host))
                : client.own().addressPrefixes();
    }

    private static boolean is(Client client, Origin origin) {
        return ClientKind.named(client.kind())
                .filter(kind -> kind.origin() == origin)
                .isPresent();
    }

    private static boolean isOutside(Client client) {
        return is(client, Origin.OUTSIDE)
                || is(client, Origin.SUBNET_OR_OUTSIDE) && client.origin().subnet() == null;
    }

    /** The addresses by which the network sees the clients. */
    Map<ResourceId, Address> addresses() {
        return addresses;
    }

    private void tell(Client client, String code, String text) {
        notices.put(client.id(), new Notice(code, text, client.place()));
    }

    /** What a reader must know of an answer about a client. */
    ImmutableSetMultimap<ResourceId, Notice> notices() {
        return ImmutableSetMultimap.copyOf(notices);
    }

    /** The address by which the network sees a client that has one. */
    Address addressOf(Client client) {
        Address address = addresses.get(client.id());
        if (address == null) throw new IllegalStateException("a client without an address is in no subnet");
        return address;
    }

    private void privateAddress(Client client, ClientKind kind) {
        @Nullable Given<Address> given = client.own().privateIpAddress();
        @Nullable Address address = given == null ? null : given.value().orElse(null);
        if (address == null && given == null) {
            List<Given<Prefix>> ranges = kind.origin() == Origin.GATEWAY
                    ? client.own().addressPrefixes()
                    : subnet(client).map(Subnet::prefixes).orElse(ImmutableList.of());
            for (Given<Prefix> range : ranges) {
                if (address == null && range instanceof Given.Known<Prefix> known) address = lastFree(known.known());
            }
            if (address != null) {
                Address guess = address;
                List<Prefix> known =
                        ranges.stream().flatMap(range -> range.value().stream()).toList();
                subnet(client)
                        .ifPresentOrElse(here -> assumed.guess(here.id(), guess), () -> assumed.guess(known, guess));
                tell(
                        client,
                        "CLIENT_ADDRESS_ASSUMED",
                        "the address of client " + client.id().name() + " is assumed: " + address);
            }
        }
        if (address == null) return;
        addresses.put(client.id(), address);
        if (kind == ClientKind.AKS_OVERLAY) {
            String own = client.own().addressPrefixes().isEmpty()
                    ? ""
                    : " " + client.own().addressPrefixes();
            tell(
                    client,
                    "CLIENT_ADDRESS_TRANSLATED",
                    "the network sees the pods of " + client.id().name() + " by their node's address " + address
                            + "; rules for the pods' own range" + own + " match none of their packets");
        }
    }

    /** Clients of one subnet or pool do not share an address. */
    private Address lastFree(Prefix range) {
        Address last = range.lastHost();
        @Nullable Address free = last;
        while (free != null && range.contains(free) && addresses.containsValue(free)) free = free.previous();
        return free != null && range.contains(free) ? free : last;
    }

    private void publicAddress(Client client, ClientKind kind, int number) {
        @Nullable String tag = client.origin().serviceTag();
        if (tag == null) tag = kind.serviceTag();
        @Nullable Given<Address> given = client.own().privateIpAddress();
        @Nullable Address address = given == null ? null : given.value().orElse(null);
        if (address == null && tag != null) {
            address = tags.sample(tag).orElse(null);
        }
        if (address == null) {
            address = Address.v4(DOCUMENTATION_BLOCK + number);
            assumed.guess(ImmutableList.of(Prefix.ALL_V4), address);
            String known =
                    tag == null ? "" : " (the prefixes of service tag " + tag + " are not known: --service-tags)";
            tell(
                    client,
                    "CLIENT_ADDRESS_ASSUMED",
                    "the public address of client " + client.id().name() + " is assumed: " + address + known);
        }
        addresses.put(client.id(), address);
    }

    private Optional<Subnet> subnet(Client client) {
        @Nullable Given<ResourceId> subnet = client.origin().subnet();
        return subnet == null ? Optional.empty() : subnet.value().flatMap(topology::subnet);
    }

    /** The clients with an address in this subnet. */
    ImmutableList<Client> in(ResourceId subnet) {
        ImmutableList.Builder<Client> found = ImmutableList.builder();
        for (Client client : topology.clients()) {
            boolean here = subnet(client)
                    .filter(declared -> declared.id().equals(subnet))
                    .isPresent();
            if (here && !is(client, Origin.OUTSIDE) && addresses.containsKey(client.id())) found.add(client);
        }
        return found.build();
    }

    /** The clients outside every VNet. */
    ImmutableList<Client> outside() {
        ImmutableList.Builder<Client> found = ImmutableList.builder();
        for (Client client : topology.clients()) {
            if (isOutside(client) && addresses.containsKey(client.id())) found.add(client);
        }
        return found.build();
    }

    /** The clients whose pool this site stands for. */
    ImmutableList<Client> dialling(@Nullable ResourceId site) {
        ImmutableList.Builder<Client> found = ImmutableList.builder();
        for (Client client : topology.clients()) {
            @Nullable ResourceId own = site(client);
            if (own != null && own.equals(site) && addresses.containsKey(client.id())) found.add(client);
        }
        return found.build();
    }

    /**
     * The element of a client's own platform.
     *
     * @param client the client
     * @param fresh what the route list of a client package made today would hold
     * @param next the first element of the network behind it
     */
    ClientPlatform platform(Client client, Meaning fresh, int next) {
        ClientKind kind = ClientKind.named(client.kind()).orElseThrow();
        ClientPlatform.Who who = new ClientPlatform.Who(client.id(), client.place(), kind);
        Meaning reach = reach(client, kind, fresh);
        return new ClientPlatform(
                who,
                new ClientPlatform.Reach(reach.certain(), reach.possible(), isOutside(client), reach.missing()),
                bar(client, kind),
                next);
    }

    private Meaning reach(Client client, ClientKind kind, Meaning fresh) {
        if (isOutside(client)) return Meaning.of(PlatformRanges.PUBLIC_SPACE);
        if (kind.sends() == Sends.EVERYTHING) return Meaning.of(AddressSet.any());
        if (kind.sends() == Sends.LISTED) {
            @Nullable ImmutableList<Given<Prefix>> routes = client.own().routes();
            if (routes != null) return Meaning.ofPrefixes(routes);
            tell(
                    client,
                    "CLIENT_ROUTES_ASSUMED",
                    "the route list of client " + client.id().name()
                            + " is taken for one made today, with what its gateway reaches; an older one is written as"
                            + " `routes`");
            return fresh;
        }
        Given<Boolean> all = client.own().vnetRouteAllEnabled();
        if (all.is(true)) return Meaning.of(AddressSet.any());
        if (all.is(false)) return Meaning.of(PRIVATE);
        return new Meaning(
                PRIVATE,
                AddressSet.any(),
                ImmutableList.of("vnetRouteAllEnabled of client " + client.id().name()));
    }

    private ClientPlatform.@Nullable Bar bar(Client client, ClientKind kind) {
        if (kind.has(Limit.SUBNET_OF_ITS_OWN)
                && subnet(client).filter(ServiceAided::isDelegated).isPresent()) {
            return new ClientPlatform.Bar(Limit.SUBNET_OF_ITS_OWN, ImmutableList.of());
        }
        if (kind.has(Limit.NO_EXPRESSROUTE) && besideExpressRoute(client)) {
            return new ClientPlatform.Bar(Limit.NO_EXPRESSROUTE, ImmutableList.of());
        }
        Given<Boolean> prevents = client.own().preventDataExfiltration();
        if (!kind.has(Limit.APPROVED_ENDPOINTS_ONLY) || prevents.is(false)) return null;
        ImmutableList<String> missing = prevents.isUnknown()
                ? ImmutableList.of(
                        "preventDataExfiltration of client " + client.id().name())
                : ImmutableList.of();
        return new ClientPlatform.Bar(Limit.APPROVED_ENDPOINTS_ONLY, missing);
    }

    private boolean besideExpressRoute(Client client) {
        @Nullable Given<ResourceId> gateway = client.origin().virtualNetworkGateway();
        Optional<ResourceId> vnet =
                gateway == null ? Optional.empty() : gateway.value().flatMap(this::vnetOf);
        for (VirtualNetworkGateway other : topology.virtualNetworkGateways()) {
            boolean here = vnet.isPresent() && vnetOf(other.id()).equals(vnet);
            if (here && other.type().is("ExpressRoute")) return true;
        }
        return false;
    }

    private Optional<ResourceId> vnetOf(ResourceId gateway) {
        for (VirtualNetworkGateway candidate : topology.virtualNetworkGateways()) {
            if (!candidate.id().equals(gateway)) continue;
            for (var vnet : topology.vnets()) {
                for (Subnet subnet : vnet.subnets())
                    if (candidate.subnet().is(subnet.id())) return Optional.of(vnet.id());
            }
        }
        return Optional.empty();
    }
}
