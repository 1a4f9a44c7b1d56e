package dev.mipath.laws;

import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Vnet;
import dev.mipath.trace.TraceRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a client's connection ends and what it feels first, worked out phase by phase from facts 4.1 to 4.10: the name is
 * looked up, the load balancer hands the connection to a gateway, which serves it through the node or sends the client
 * there.
 */
final class ConnectOracle {
    private final PlainFacts facts;
    private final ClusterOracle clusters;
    private final PacketOracle packets;
    private final TraceRequest request;
    private final PacketOracle.Place client;

    /**
     * How it ends.
     *
     * @param outcome the contract's word
     * @param phase where it is stopped, or null
     * @param stop what stops it, or null
     */
    record Verdict(String outcome, @Nullable String phase, PacketOracle.@Nullable Stop stop) {
        static Verdict blocked(String phase, PacketOracle.Stop stop) {
            boolean refused = List.of("NO_LISTENER", "GATEWAY_NAME_UNKNOWN").contains(stop.code());
            return new Verdict(refused ? "refused" : "blocked", phase, stop);
        }
    }

    private ConnectOracle(HubWorld hubs, TraceRequest request, int choices) {
        this.facts = new PlainFacts(ServiceOracle.provisioned(hubs));
        this.clusters = new ClusterOracle(hubs.world().topology(), hubs.era());
        this.packets = new PacketOracle(facts, clusters, choices);
        this.request = request;
        this.client = place(request.client());
    }

    static Verdict ask(HubWorld hubs, TraceRequest request) {
        return new ConnectOracle(hubs, request, 0).ask();
    }

    /** Every way it may end, whichever healthy machines load balancers choose. */
    static Set<Verdict> askAll(HubWorld hubs, TraceRequest request) {
        Set<Verdict> all = new LinkedHashSet<>();
        int most = 1;
        for (int choices = 0; choices < most; choices++) {
            ConnectOracle oracle = new ConnectOracle(hubs, request, choices);
            all.add(oracle.ask());
            most = Math.max(most, 1 << oracle.packets.chosen());
        }
        return all;
    }

    private PacketOracle.Place place(TraceRequest.Client who) {
        for (PlainFacts.Site site : facts.sites(who.address())) {
            if (site.vnet().id().name().equals(who.vnet())) return new PacketOracle.Place.In(site);
        }
        return packets.siteOf(who.address());
    }

    private Verdict ask() {
        String host = request.target().host();
        Address address = request.target().address();
        if (address == null) {
            Verdict silent = lookUp("dns");
            if (silent != null) return silent;
            address = request.behaviour().resolved().get(host.toLowerCase(Locale.ROOT));
            if (address == null) {
                Optional<ClusterOracle.Cluster> cluster = clusters.of(host);
                if (cluster.isEmpty())
                    return Verdict.blocked("dns", new PacketOracle.Stop("DNS_NAME_UNKNOWN", false, ""));
                address = cluster.get().balancer();
            }
        }
        return connect(host, address);
    }

    /** Facts 1.27, 4.57: Azure's resolver or the VNet's own ones; who is at a site asks the site's own. */
    private @Nullable Verdict lookUp(String phase) {
        if (!(client instanceof PacketOracle.Place.In in)) return null;
        Vnet vnet = in.site().vnet();
        List<Address> servers =
                vnet.dnsServers().stream().map(PlainFacts::known).toList();
        PacketOracle.Stop first = null;
        Address silent = null;
        for (Address server : servers.isEmpty() ? List.of(FlowOracle.HOST_SERVICES) : servers) {
            Packet query =
                    new Packet(request.client().address(), request.behaviour().port(), server, 53, Protocol.UDP);
            PacketOracle.Stop stop = packets.exchange(client, query, List.of()).stop();
            if (stop == null) return null;
            if (first != null) continue;
            first = stop;
            silent = server;
        }
        if (first == null) throw new IllegalStateException("nobody was asked");
        String code = FlowOracle.HOST_SERVICES.equals(silent) ? "PLATFORM_DNS_BLOCKED" : "DNS_SERVER_UNREACHABLE";
        // Of a name server behind dead machines only the load balancer is told.
        String by = first.code().equals("NO_HEALTHY_BACKEND") ? "no route" : first.by();
        return Verdict.blocked(phase, new PacketOracle.Stop(code, first.onReturn(), by));
    }

    private Verdict connect(String host, Address address) {
        int port = request.target().port();
        Packet first = packet(0, address, port);
        // A name means its own instance; an address means whatever subnets hold it (contract: Commands).
        boolean anybody = facts.world.topology().loadBalancers().stream()
                        .flatMap(balancer -> balancer.frontends().stream())
                        .anyMatch(front ->
                                PlainFacts.known(front.privateIpAddress()).equals(address))
                || facts.world.topology().privateEndpoints().stream()
                        .anyMatch(door ->
                                PlainFacts.known(door.privateIpAddress()).equals(address));
        List<ResourceId> meant = anybody
                ? List.of()
                : clusters.of(host)
                        .filter(cluster -> cluster.balancer().equals(address))
                        .map(cluster -> List.of(cluster.subnet().id()))
                        .orElseGet(() -> facts.sites(address).stream()
                                .map(site -> site.subnet().id())
                                .toList());
        PacketOracle.End end = packets.exchange(client, first, meant);
        if (end.stop() != null) return stopped("connect", end.stop());
        if (end.place() instanceof PacketOracle.Place.Door door) return behind(door, host);
        Optional<ClusterOracle.Cluster> reached = end.place() instanceof PacketOracle.Place.In in
                ? clusters.in(in.site().subnet())
                : Optional.empty();
        boolean atGateway = reached.isPresent()
                && reached.get().gateways().contains(end.packet().destination());
        // A name that is the instance's, and an address that is not.
        if (!atGateway) return new Verdict(clusters.of(host).isPresent() ? "misrouted" : "connected", null, null);
        for (ClusterOracle.Instance instance : reached.get().instances()) {
            if (!instance.host().equals(host)) continue;
            boolean redirects = instance.redirects() && request.behaviour().followsRedirect();
            return redirects
                    ? redirect(reached.get(), instance)
                    : proxy(reached.get(), instance, end.packet().destination());
        }
        return Verdict.blocked("login", new PacketOracle.Stop("GATEWAY_NAME_UNKNOWN", false, ""));
    }

    /** Facts 4.3, 4.6: a private endpoint leads to a gateway of its instance's cluster, which never redirects. */
    private Verdict behind(PacketOracle.Place.Door door, String host) {
        ResourceId service = PlainFacts.known(door.endpoint().service());
        for (ClusterOracle.Cluster cluster : clusters.all()) {
            boolean its = cluster.instances().stream()
                    .anyMatch(instance -> instance.host().startsWith(service.name() + "."));
            if (!its) continue;
            for (ClusterOracle.Instance instance : cluster.instances()) {
                if (instance.host().equals(host))
                    return proxy(cluster, instance, cluster.gateways().get(0));
            }
        }
        return Verdict.blocked("login", new PacketOracle.Stop("GATEWAY_NAME_UNKNOWN", false, ""));
    }

    private Packet packet(int connection, Address to, int port) {
        return new Packet(request.client().address(), request.behaviour().port() + connection, to, port, Protocol.TCP);
    }

    private static Verdict stopped(String phase, PacketOracle.Stop stop) {
        if (!stop.code().equals(PacketOracle.ASTRAY)) return Verdict.blocked(phase, stop);
        PacketOracle.Stop told = new PacketOracle.Stop("ROUTE_NO_PATH", stop.onReturn(), stop.by());
        return new Verdict("misrouted", phase, told);
    }

    private Verdict proxy(ClusterOracle.Cluster cluster, ClusterOracle.Instance instance, Address gateway) {
        PlainFacts.Site site = new PlainFacts.Site(cluster.vnet(), cluster.subnet(), null);
        Packet inner =
                new Packet(gateway, request.behaviour().port() + 1, instance.node(), instance.port(), Protocol.TCP);
        PacketOracle.End end = packets.exchange(
                new PacketOracle.Place.In(site), inner, List.of(cluster.subnet().id()));
        return end.stop() == null ? new Verdict("connected", null, null) : stopped("login", end.stop());
    }

    private Verdict redirect(ClusterOracle.Cluster cluster, ClusterOracle.Instance instance) {
        Verdict silent = lookUp("redirect-dns");
        if (silent != null) return silent;
        PacketOracle.End end = packets.exchange(
                client,
                packet(1, instance.node(), instance.port()),
                List.of(cluster.subnet().id()));
        return end.stop() == null ? new Verdict("connected", null, null) : stopped("redirect-connect", end.stop());
    }
}
