package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Direction;
import dev.mipath.topology.DnsServer;
import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.ExternalService;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.NatGateway;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PublicIpAddress;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random load balancers, public addresses, NAT gateways, private zones and DNS servers. */
final class RandomServices {
    private final RandomTopologies random;
    private final List<ResourceId> subnets;
    private final List<ResourceId> interfaces;
    private final List<ResourceId> vnets;
    private final List<ResourceId> addresses;

    RandomServices(
            RandomTopologies random, List<ResourceId> subnets, List<ResourceId> interfaces, List<ResourceId> vnets) {
        this.random = random;
        this.subnets = subnets;
        this.interfaces = interfaces;
        this.vnets = vnets;
        this.addresses = List.of(random.id("publicIPAddresses"), random.id("publicIPAddresses"));
    }

    void addTo(Topology.Builder topology) {
        topology.add(loadBalancer());
        for (ResourceId id : addresses) {
            topology.add(new PublicIpAddress(
                    id, RandomTopologies.place(), random.orNull(() -> random.given(random::address))));
        }
        topology.add(new NatGateway(
                random.id("natGateways"), RandomTopologies.place(), random.some(() -> random.reference(addresses))));
        topology.add(new PrivateDnsZone(
                random.id("privateDnsZones"),
                RandomTopologies.place(),
                random.some(() -> new PrivateDnsZone.Link(random.given(() -> random.reference(vnets)))),
                random.some(this::entry)));
        topology.add(new DnsServer(
                random.id("dnsServers"),
                RandomTopologies.place(),
                random.address(),
                random.one(List.of(DnsServer.Forwarding.values())),
                random.some(this::entry)));
        topology.add(externalService());
        topology.add(new ExpressRouteCircuit(
                random.id("expressRouteCircuits"),
                RandomTopologies.place(),
                Given.of(random.one(List.of(true, false))),
                ImmutableList.of()));
        topology.add(new ManagementLock(
                random.id("locks"),
                RandomTopologies.place(),
                random.given(() -> random.one(List.of(ManagementLock.Level.values()))),
                random.given(() -> random.one(
                        List.of(random.reference(vnets), random.reference(subnets), random.id("storageAccounts"))))));
        topology.add(new FailoverGroup(
                random.id("instanceFailoverGroups"),
                RandomTopologies.place(),
                random.given(() -> random.id("managedInstances")),
                random.orNull(() -> random.given(() -> random.id("managedInstances")))));
        topology.add(new Firewall(
                random.id("azureFirewalls"),
                RandomTopologies.place(),
                random.given(() -> random.reference(subnets)),
                random.orNull(() -> random.given(random::address)),
                inbound()));
        topology.add(new AdminRules(
                random.id("adminRules"),
                RandomTopologies.place(),
                random.some(() -> random.given(() -> random.reference(vnets))),
                random.one(List.of(AdminRules.Reach.values())),
                random.some(this::adminRule)));
    }

    private ImmutableList<SecurityRule> inbound() {
        ImmutableList.Builder<SecurityRule> rules = ImmutableList.builder();
        for (SecurityRule rule : random.rules(true)) {
            rules.add(new SecurityRule(
                    rule.name(),
                    rule.place(),
                    rule.priority(),
                    Given.of(Direction.INBOUND),
                    rule.access(),
                    rule.match(),
                    rule.present()));
        }
        return rules.build();
    }

    private AdminRules.Rule adminRule() {
        SecurityRule rule = random.rule(random.one(List.of(0, 10, 99)));
        return new AdminRules.Rule(
                rule, rule.access().is(Access.ALLOW) && rule.name().length() % 2 == 0);
    }

    private ExternalService externalService() {
        ExternalService.@Nullable Firewall firewall = random.orNull(() -> new ExternalService.Firewall(
                random.some(() -> random.given(random::prefix)), random.some(() -> random.reference(subnets))));
        return new ExternalService(
                random.id("externalServices"),
                RandomTopologies.place(),
                random.orNull(() -> random.one(List.of("storage", "keyvault", "onedsc"))),
                random.given(random::address),
                random.orNull(random::text),
                random.some(() -> random.one(List.of(443, 1433, 65_535))),
                random.orNull(() -> random.given(random::text)),
                random.orNull(random::text),
                firewall);
    }

    private PrivateDnsZone.Entry entry() {
        return new PrivateDnsZone.Entry(random.text(), random.some(() -> random.given(random::address)));
    }

    private LoadBalancer loadBalancer() {
        return new LoadBalancer(
                random.id("loadBalancers"),
                RandomTopologies.place(),
                random.orNull(random::text),
                random.some(this::frontend),
                random.some(this::pool),
                random.some(() -> new LoadBalancer.Probe(
                        random.text(), random.one(List.of("Tcp", "Http")), random.given(this::port))),
                random.some(this::rule),
                random.some(this::outboundRule));
    }

    private LoadBalancer.Frontend frontend() {
        return new LoadBalancer.Frontend(
                random.text(),
                random.orNull(() -> random.given(() -> random.reference(subnets))),
                random.orNull(() -> random.given(random::address)),
                random.orNull(() -> random.reference(addresses)));
    }

    private LoadBalancer.Pool pool() {
        ImmutableList<ResourceId> members = random.some(() -> random.reference(interfaces));
        return new LoadBalancer.Pool(random.text(), members, random.some(() -> random.given(random::address)));
    }

    private LoadBalancer.Rule rule() {
        return new LoadBalancer.Rule(
                random.text(),
                RandomTopologies.place(),
                random.text(),
                random.orNull(random::text),
                random.orNull(random::text),
                random.given(() -> random.one(List.of(Protocol.TCP, Protocol.UDP, Protocol.ANY))),
                random.given(this::port),
                random.given(this::port),
                random.one(List.of("Default", LoadBalancer.SOURCE_IP, LoadBalancer.SOURCE_IP_PROTOCOL)),
                random.truth(),
                random.truth());
    }

    private LoadBalancer.OutboundRule outboundRule() {
        return new LoadBalancer.OutboundRule(
                random.text(),
                RandomTopologies.place(),
                random.some(random::text),
                random.orNull(random::text),
                random.given(() -> random.one(List.of(Protocol.TCP, Protocol.UDP, Protocol.ANY))),
                random.given(() -> random.one(List.of(0, 8, 1_024, 64_000))),
                random.given(() -> random.one(List.of(4, 5, 120))),
                random.truth());
    }

    private Integer port() {
        return random.one(List.of(0, 80, 1433, 65_535));
    }
}
