package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.DnsServer;
import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.ExternalService;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.NatGateway;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PublicIpAddress;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import org.jspecify.annotations.Nullable;

/** Writes load balancers, public addresses, NAT gateways, private DNS zones and DNS servers. */
final class ServiceWriter {
    private final IdentityWriter identities;

    ServiceWriter(IdentityWriter identities) {
        this.identities = identities;
    }

    void services(Topology topology, Members members) {
        members.listed("loadBalancers", topology.loadBalancers(), this::loadBalancer)
                .listed("publicIpAddresses", topology.services(PublicIpAddress.class), this::publicAddress)
                .listed("natGateways", topology.services(NatGateway.class), this::natGateway)
                .listed("privateDnsZones", topology.services(PrivateDnsZone.class), this::zone)
                .listed("dnsServers", topology.services(DnsServer.class), this::dnsServer)
                .listed("externalServices", topology.services(ExternalService.class), this::externalService)
                .listed("expressRouteCircuits", topology.services(ExpressRouteCircuit.class), this::circuit)
                .listed("failoverGroups", topology.services(FailoverGroup.class), this::failoverGroup)
                .also(it -> new FirewallWriter(identities).write(topology, it))
                .listed("managementLocks", topology.services(ManagementLock.class), this::lock);
    }

    private Node failoverGroup(FailoverGroup group) {
        @Nullable Given<ResourceId> secondary = group.secondary();
        return identities
                .named(ResourceKind.FAILOVER_GROUP, group.id())
                .put("primary", identities.given(ResourceKind.MANAGED_INSTANCE, group.primary()))
                .put("secondary", secondary == null ? null : identities.given(ResourceKind.MANAGED_INSTANCE, secondary))
                .build();
    }

    private Node lock(ManagementLock lock) {
        return identities
                .named(ResourceKind.MANAGEMENT_LOCK, lock.id())
                .put("level", lock.level(), level -> Members.text(level.azureName()))
                .put("scope", Members.given(lock.scope(), identities::scope))
                .build();
    }

    private Node circuit(ExpressRouteCircuit circuit) {
        // What is not written is not known.
        boolean open = circuit.microsoftPeering().isUnknown();
        return identities
                .named(ResourceKind.EXPRESS_ROUTE_CIRCUIT, circuit.id())
                .put(
                        "microsoftPeering",
                        open ? null : Members.truth(circuit.microsoftPeering().orElse(false)))
                .listed(
                        "virtualNetworkGateways",
                        circuit.connections(),
                        connection -> identities.given(ResourceKind.VIRTUAL_NETWORK_GATEWAY, connection.gateway()))
                .build();
    }

    private Node externalService(ExternalService service) {
        ExternalService.@Nullable Firewall firewall = service.firewall();
        return identities
                .named(ResourceKind.EXTERNAL_SERVICE, service.id())
                .put("service", service.service())
                .put("address", address(service.address()))
                .put("hostName", service.hostName())
                .listed("ports", service.ports(), Members::number)
                .put("location", service.location(), Members::text)
                .put("tlsVersion", service.tlsVersion())
                .put(
                        "allowedAddresses",
                        firewall == null
                                ? null
                                : Members.list(
                                        firewall.allowedAddresses(),
                                        prefix -> Members.given(prefix, known -> Members.text(known.toString()))))
                .listed(
                        "allowedSubnets",
                        firewall == null ? ImmutableList.of() : firewall.allowedSubnets(),
                        subnet -> identities.reference(ResourceKind.SUBNET, subnet))
                .build();
    }

    private Node loadBalancer(LoadBalancer balancer) {
        return identities
                .named(ResourceKind.LOAD_BALANCER, balancer.id())
                .put("sku", balancer.sku())
                .listed("frontends", balancer.frontends(), this::frontend)
                .listed("pools", balancer.pools(), this::pool)
                .listed("probes", balancer.probes(), ServiceWriter::probe)
                .listed("rules", balancer.rules(), ServiceWriter::rule)
                .listed("outboundRules", balancer.outboundRules(), ServiceWriter::outboundRule)
                .build();
    }

    private Node frontend(LoadBalancer.Frontend frontend) {
        return new Members()
                .put("name", frontend.name())
                .put("subnet", identities.given(ResourceKind.SUBNET, frontend.subnet()))
                .put("privateIpAddress", addressOrNull(frontend.privateIpAddress()))
                .put(
                        "publicIpAddress",
                        identities.referenceOrNull(ResourceKind.PUBLIC_IP_ADDRESS, frontend.publicIpAddress()))
                .build();
    }

    private Node pool(LoadBalancer.Pool pool) {
        return new Members()
                .put("name", pool.name())
                .listed(
                        "networkInterfaces",
                        pool.networkInterfaces(),
                        nic -> identities.reference(ResourceKind.NETWORK_INTERFACE, nic))
                .listed("addresses", pool.addresses(), ServiceWriter::address)
                .build();
    }

    private static Node probe(LoadBalancer.Probe probe) {
        return new Members()
                .put("name", probe.name())
                .put("protocol", probe.protocol().equals(BalancerReader.TCP) ? null : probe.protocol())
                .put("port", probe.port(), Members::number)
                .build();
    }

    private static Node rule(LoadBalancer.Rule rule) {
        boolean usual = rule.loadDistribution().equals(BalancerReader.DEFAULT_DISTRIBUTION);
        return new Members()
                .put("name", rule.name())
                .put("frontend", rule.frontend())
                .put("pool", rule.pool())
                .put("probe", rule.probe())
                .put("protocol", rule.protocol(), protocol -> Members.text(word(protocol)))
                .put("frontendPort", rule.frontendPort(), Members::number)
                .put("backendPort", rule.backendPort(), Members::number)
                .put("loadDistribution", usual ? null : rule.loadDistribution())
                .flag("enableFloatingIp", rule.enableFloatingIp(), false)
                .flag("disableOutboundSnat", rule.disableOutboundSnat(), false)
                .build();
    }

    private static Node outboundRule(LoadBalancer.OutboundRule rule) {
        boolean usual = rule.idleTimeoutInMinutes().is(BalancerReader.IDLE_MINUTES);
        boolean chosen = rule.allocatedOutboundPorts().is(0);
        return new Members()
                .put("name", rule.name())
                .put("frontends", Members.list(rule.frontends(), Members::text))
                .put("pool", rule.pool())
                .put("protocol", rule.protocol(), protocol -> Members.text(word(protocol)))
                .put("allocatedOutboundPorts", chosen ? null : rule.allocatedOutboundPorts(), Members::number)
                .put("idleTimeoutInMinutes", usual ? null : rule.idleTimeoutInMinutes(), Members::number)
                .flag("enableTcpReset", rule.enableTcpReset(), false)
                .build();
    }

    private static String word(Protocol protocol) {
        return protocol == Protocol.ANY ? "Any" : protocol.azureName();
    }

    private Node publicAddress(PublicIpAddress address) {
        return identities
                .named(ResourceKind.PUBLIC_IP_ADDRESS, address.id())
                .put("ipAddress", addressOrNull(address.ipAddress()))
                .build();
    }

    private Node natGateway(NatGateway gateway) {
        return identities
                .named(ResourceKind.NAT_GATEWAY, gateway.id())
                .listed(
                        "publicIpAddresses",
                        gateway.publicIpAddresses(),
                        address -> identities.reference(ResourceKind.PUBLIC_IP_ADDRESS, address))
                .build();
    }

    private Node zone(PrivateDnsZone zone) {
        return identities
                .named(ResourceKind.PRIVATE_DNS_ZONE, zone.id())
                .listed(
                        "links",
                        zone.links(),
                        link -> Members.given(link.vnet(), id -> identities.reference(ResourceKind.VNET, id)))
                .listed("records", zone.records(), ServiceWriter::entry)
                .build();
    }

    private Node dnsServer(DnsServer server) {
        boolean usual = server.forwardsTo() == DnsServer.Forwarding.AZURE;
        return identities
                .named(ResourceKind.DNS_SERVER, server.id())
                .put("address", server.address().toString())
                .put("forwardsTo", usual ? null : server.forwardsTo().word())
                .listed("records", server.records(), ServiceWriter::entry)
                .build();
    }

    private static Node entry(PrivateDnsZone.Entry entry) {
        return new Members()
                .put("name", entry.name())
                .put("addresses", Members.list(entry.addresses(), ServiceWriter::address))
                .build();
    }

    private static Node address(Given<Address> address) {
        return Members.given(address, known -> Members.text(known.toString()));
    }

    private static @Nullable Node addressOrNull(@Nullable Given<Address> address) {
        return address == null ? null : address(address);
    }
}
