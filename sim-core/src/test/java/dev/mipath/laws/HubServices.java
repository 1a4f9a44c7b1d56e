package dev.mipath.laws;

import static dev.mipath.laws.PlainFacts.known;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.Place;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the machines of a random hub: firewalls with rules that nearly allow, load balancers before
 * appliances and before servers, private endpoints of instances.
 */
final class HubServices {
    private static final PortRange TDS = new PortRange(1433, 1433);
    private static final PortRange REDIRECT = new PortRange(11_000, 11_999);

    private final Dice dice;
    private final Supplier<Place> place;
    private final Topology.Builder topology;
    private final List<Subnet> walls = new ArrayList<>();
    private final List<Subnet> doors = new ArrayList<>();
    private final List<Address> frontends = new ArrayList<>();
    private final List<Door> endpoints = new ArrayList<>();

    /** A private endpoint and the host name of the instance behind it. */
    record Door(Address address, String host) {}

    HubServices(Dice dice, Supplier<Place> place, Topology.Builder topology) {
        this.dice = dice;
        this.place = place;
        this.topology = topology;
    }

    private static Address in(Subnet subnet, int number) {
        return Address.v4(known(subnet.prefixes().get(0)).network().bits() + number);
    }

    /** A firewall in a subnet of its own; its rules are drawn when all are known whom they may be about. */
    Address wall(Subnet subnet) {
        walls.add(subnet);
        return in(subnet, 4);
    }

    /** Remembers a subnet in which an instance may have a private endpoint. */
    void door(Subnet subnet) {
        if (dice.oneIn(2)) doors.add(subnet);
    }

    /** What the subnet's network policies say of endpoints (fact 3.21). */
    @Nullable
    String policies() {
        String word = dice.of("", "", "Disabled", "NetworkSecurityGroupEnabled", "Enabled");
        return word.isEmpty() ? null : word;
    }

    /** A load balancer before an appliance and perhaps a second one. */
    Address beforeAppliances(Subnet subnet, ResourceId appliance, @Nullable ResourceId group) {
        List<ResourceId> behind = new ArrayList<>(List.of(appliance));
        if (dice.oneIn(2)) behind.add(machine(subnet, 5, group, !dice.oneIn(8)));
        Address front = in(subnet, 20);
        boolean all = !dice.oneIn(6);
        balancer(
                "lb-nva" + subnet.id().parentName(),
                "Standard",
                subnet,
                front,
                behind,
                all ? rule("all", Protocol.ANY, 0, 0) : rule("sql", Protocol.TCP, 1433, 1433));
        return front;
    }

    /** A load balancer before one or two servers, perhaps also before the client. */
    void beforeServers(Subnet subnet, ResourceId client, @Nullable ResourceId group) {
        List<ResourceId> behind = new ArrayList<>();
        if (dice.oneIn(4)) behind.add(client);
        for (int i = 1 + dice.below(2); i > 0; i--) behind.add(machine(subnet, 40 + i, group, false));
        Address front = in(subnet, 30);
        int port = dice.of(1433, 8433);
        String sku = dice.of("Basic", "Standard");
        balancer(
                "lb-app" + subnet.id().parentName(), sku, subnet, front, behind, rule("sql", Protocol.TCP, 1433, port));
        frontends.add(front);
    }

    private ResourceId machine(Subnet subnet, int number, @Nullable ResourceId group, boolean forwards) {
        ResourceId nic = new ResourceId("server" + number + subnet.id().parentName() + "-nic");
        IpConfiguration ip = new IpConfiguration(
                "ip", place.get(), Given.of(subnet.id()), Given.of(in(subnet, number)), null, ImmutableList.of());
        topology.add(new NetworkInterface(
                nic,
                place.get(),
                ImmutableList.of(ip),
                group == null ? null : Given.of(group),
                Given.of(forwards),
                null));
        return nic;
    }

    private LoadBalancer.Rule rule(String name, Protocol protocol, int from, int to) {
        return new LoadBalancer.Rule(
                name,
                place.get(),
                "front",
                "pool",
                dice.oneIn(4) ? null : "probe",
                Given.of(protocol),
                Given.of(from),
                Given.of(to),
                dice.of("Default", LoadBalancer.SOURCE_IP, LoadBalancer.SOURCE_IP_PROTOCOL),
                Given.of(false),
                Given.of(false));
    }

    private void balancer(
            String name, String sku, Subnet subnet, Address front, List<ResourceId> behind, LoadBalancer.Rule rule) {
        topology.add(new LoadBalancer(
                new ResourceId(name),
                place.get(),
                sku,
                ImmutableList.of(new LoadBalancer.Frontend("front", Given.of(subnet.id()), Given.of(front), null)),
                ImmutableList.of(new LoadBalancer.Pool("pool", ImmutableList.copyOf(behind), ImmutableList.of())),
                ImmutableList.of(new LoadBalancer.Probe("probe", "Tcp", Given.of(dice.of(1433, 80, 11_000)))),
                ImmutableList.of(rule),
                sku.equals(LoadBalancer.STANDARD) ? ImmutableList.of(wayOut()) : ImmutableList.of()));
    }

    /** Behind a Standard load balancer nothing else leads to the Internet. */
    private LoadBalancer.OutboundRule wayOut() {
        return new LoadBalancer.OutboundRule(
                "out",
                place.get(),
                ImmutableList.of("out"),
                "pool",
                Given.of(Protocol.ANY),
                Given.of(0),
                Given.of(4),
                Given.of(false));
    }

    /** Draws what concerns the instances and the clients, when all of them are there. */
    void finish(List<String> hosts, List<Prefix> instances, List<Prefix> clients) {
        for (Subnet subnet : walls) {
            topology.add(new Firewall(
                    new ResourceId("firewall" + subnet.id().parentName()),
                    place.get(),
                    Given.of(subnet.id()),
                    Given.of(in(subnet, 4)),
                    rules(instances, clients)));
        }
        for (Subnet subnet : doors) {
            String host = dice.of(hosts);
            Address address = in(subnet, 50);
            endpoints.add(new Door(address, host));
            topology.add(new PrivateEndpoint(
                    new ResourceId("endpoint" + subnet.id().parentName()),
                    place.get(),
                    Given.of(subnet.id()),
                    Given.of(address),
                    Given.of(new ResourceId(host.substring(0, host.indexOf('.'))))));
        }
    }

    private ImmutableList<SecurityRule> rules(List<Prefix> instances, List<Prefix> clients) {
        ImmutableList.Builder<SecurityRule> rules = ImmutableList.builder();
        int number = 0;
        if (dice.oneIn(4))
            rules.add(rule(number++, Access.DENY, block(dice.of(clients)), any(), dice.of(TDS, REDIRECT)));
        for (Prefix client : clients) {
            if (dice.oneIn(5)) continue;
            Prefix instance = dice.of(instances);
            ImmutableList<AddressTerm> to = dice.oneIn(3) ? any() : block(instance);
            rules.add(rule(
                    number++,
                    Access.ALLOW,
                    dice.oneIn(4) ? any() : block(client),
                    to,
                    dice.of(TDS, TDS, PortRange.ANY)));
            if (!dice.oneIn(3)) rules.add(rule(number++, Access.ALLOW, block(client), to, REDIRECT));
        }
        if (dice.oneIn(4)) rules.add(rule(number, Access.ALLOW, any(), any(), PortRange.ANY));
        return rules.build();
    }

    private SecurityRule rule(
            int number,
            Access access,
            ImmutableList<AddressTerm> from,
            ImmutableList<AddressTerm> to,
            PortRange ports) {
        return new SecurityRule(
                "f" + number,
                place.get(),
                Given.of(100 + number),
                Given.of(Direction.INBOUND),
                Given.of(access),
                new SecurityRule.Match(
                        Given.of(dice.oneIn(3) ? Protocol.ANY : Protocol.TCP),
                        from,
                        ImmutableList.of(Given.of(PortRange.ANY)),
                        to,
                        ImmutableList.of(Given.of(ports))));
    }

    private static ImmutableList<AddressTerm> any() {
        return ImmutableList.of(new AddressTerm.Any());
    }

    private static ImmutableList<AddressTerm> block(Prefix prefix) {
        return ImmutableList.of(new AddressTerm.Block(prefix));
    }

    /** The frontends of servers. */
    List<Address> frontends() {
        return frontends;
    }

    /** The private endpoints. */
    List<Door> endpoints() {
        return endpoints;
    }
}
