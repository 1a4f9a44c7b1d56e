package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NatGateway;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.PublicIpAddress;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualMachine;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A random hub with its spokes: one subnet with instances, machines in every VNet, now and then an appliance between them, a
 * DNS server of the customer's own, and a VNet apart whose machines come from the Internet. Most of it is as it should be.
 */
final class DrawnNetwork {
    private static final String DELEGATION = "Microsoft.Sql/managedInstances";
    private static final String ZONE = "0a1b2c3d4e5f";
    private static final ResourceId MI_GROUP = new ResourceId("nsg-mi");
    private static final ResourceId MI_TABLE = new ResourceId("rt-mi");
    private static final Address APPLIANCE = Address.parse("10.0.2.4");
    private static final int APART = 9;

    private final Draws draws;
    private final Topology.Builder topology = new Topology.Builder();
    private final int spokes;
    private final int home;
    private final boolean appliance;
    private int line;

    private DrawnNetwork(Draws draws) {
        this.draws = draws;
        spokes = 1 + draws.below(3);
        home = draws.oneIn(4) ? 1 : 0;
        appliance = draws.oneIn(3);
    }

    /** The network of a seed. */
    static Topology of(long seed) {
        return new DrawnNetwork(new Draws(seed, "network")).draw();
    }

    private Topology draw() {
        topology.name("swarm")
                .profile(draws.of(Era.Y2020, Era.Y2020, Era.CURRENT).name());
        for (int i = 0; i <= spokes; i++) topology.add(vnet(i, peerings(i)));
        if (!draws.oneIn(3)) {
            topology.add(vnet(APART, ImmutableList.of()));
            topology.add(new NatGateway(new ResourceId("nat"), place(), ImmutableList.of(new ResourceId("pip"))));
            topology.add(new PublicIpAddress(new ResourceId("pip"), place(), Given.of(Address.parse("20.50.60.70"))));
        }
        topology.add(new NetworkSecurityGroup(MI_GROUP, place(), rulesOfInstances()));
        topology.add(new RouteTable(MI_TABLE, place(), Given.of(false), routesBack()));
        instances();
        return topology.build();
    }

    private Place place() {
        return new Place("swarm", ++line, "");
    }

    private static ResourceId id(int vnet) {
        return new ResourceId(vnet == 0 ? "vnet-hub" : vnet == APART ? "vnet-apart" : "vnet-spoke" + vnet);
    }

    private static Prefix part(int vnet, int number) {
        return Prefix.parse("10." + vnet + "." + number + ".0/24");
    }

    private Vnet vnet(int number, ImmutableList<Peering> peerings) {
        List<Subnet> subnets = new ArrayList<>();
        if (number == home) {
            subnets.add(subnet(number, "snet-mi", 1, attached(MI_GROUP, MI_TABLE, null), ImmutableList.of(DELEGATION)));
        }
        if (number == 0 && appliance) {
            Subnet subnet = subnet(number, "snet-nva", 2, Subnet.Attached.NOTHING, ImmutableList.of());
            subnets.add(subnet);
            machine("nva", subnet, APPLIANCE, true);
        }
        Subnet app = subnet(number, "snet-app", 3, attachedToClients(number), ImmutableList.of());
        subnets.add(app);
        for (int i = 0; i < 2; i++) {
            machine("app" + number + "-" + i, app, Address.parse("10." + number + ".3." + (4 + i)), false);
        }
        boolean ownDns = number != APART && draws.oneIn(5);
        return new Vnet(
                id(number),
                place(),
                Given.of(number == APART ? "northeurope" : "westeurope"),
                ImmutableList.of(Given.of(Prefix.parse("10." + number + ".0.0/16"))),
                ownDns ? ImmutableList.of(Given.of(Address.parse("10.0.3.5"))) : ImmutableList.of(),
                ImmutableList.copyOf(subnets),
                peerings);
    }

    private static Subnet.Attached attached(
            @Nullable ResourceId group, @Nullable ResourceId table, @Nullable ResourceId nat) {
        return new Subnet.Attached(
                group == null ? null : Given.of(group),
                table == null ? null : Given.of(table),
                nat == null ? null : Given.of(nat));
    }

    private Subnet.Attached attachedToClients(int vnet) {
        boolean groups = draws.oneIn(2);
        boolean detours = appliance && vnet != APART && draws.oneIn(2);
        ResourceId group = new ResourceId("nsg-app" + vnet);
        ResourceId table = new ResourceId("rt-app" + vnet);
        if (groups) topology.add(new NetworkSecurityGroup(group, place(), rulesOfClients()));
        if (detours) {
            topology.add(new RouteTable(
                    table, place(), Given.of(false), ImmutableList.of(throughAppliance("to-mi", part(home, 1)))));
        }
        boolean nat = vnet == APART && !draws.oneIn(3);
        return attached(groups ? group : null, detours ? table : null, nat ? new ResourceId("nat") : null);
    }

    private Subnet subnet(
            int vnet, String name, int number, Subnet.Attached attached, ImmutableList<String> delegations) {
        return new Subnet(
                new ResourceId(id(vnet) + "/" + name),
                place(),
                ImmutableList.of(Given.of(part(vnet, number))),
                attached,
                delegations,
                ImmutableList.of(),
                null);
    }

    private void machine(String name, Subnet subnet, Address address, boolean forwards) {
        ResourceId nic = new ResourceId(name + "-nic");
        topology.add(new NetworkInterface(
                nic,
                place(),
                ImmutableList.of(new IpConfiguration(
                        "ip", place(), Given.of(subnet.id()), Given.of(address), null, ImmutableList.of())),
                null,
                Given.of(forwards),
                new ResourceId(name)));
        topology.add(new VirtualMachine(new ResourceId(name), place(), ImmutableList.of(nic)));
    }

    private ImmutableList<Peering> peerings(int vnet) {
        ImmutableList.Builder<Peering> links = ImmutableList.builder();
        for (int other = 0; other <= spokes; other++) {
            if (other != vnet && (other == 0 || vnet == 0)) links.add(peering(vnet, other));
        }
        return links.build();
    }

    private Peering peering(int from, int to) {
        return new Peering(
                new ResourceId(id(from) + "/to-" + id(to)),
                place(),
                Given.of(id(to)),
                Given.of(Peering.State.CONNECTED),
                new Peering.Flags(Given.of(true), Given.of(!draws.oneIn(8)), Given.of(false), Given.of(false)),
                ImmutableList.of());
    }

    private void instances() {
        for (int i = 1 + draws.below(2); i > 0; i--) {
            String name = "mi" + i;
            topology.add(new ManagedInstance(
                    new ResourceId(name),
                    place(),
                    Given.of(new ResourceId(id(home) + "/snet-mi")),
                    name + "." + ZONE + ".database.windows.net",
                    ZONE,
                    Given.of(draws.of("Proxy", "Redirect", "Redirect", "Default")),
                    Given.of(!draws.oneIn(3)),
                    Given.of(draws.of("GeneralPurpose", "BusinessCritical"))));
        }
    }

    private ImmutableList<SecurityRule> rulesOfInstances() {
        ImmutableList.Builder<SecurityRule> rules = ImmutableList.builder();
        if (!draws.oneIn(12)) {
            rules.add(rule("allow_probes", 900, Direction.INBOUND, Access.ALLOW, "AzureLoadBalancer", 0, 65_535));
        }
        rules.add(rule("allow_tds", 1000, Direction.INBOUND, Access.ALLOW, "VirtualNetwork", 1433, 1433));
        if (!draws.oneIn(6)) {
            rules.add(rule("allow_redirect", 1100, Direction.INBOUND, Access.ALLOW, "VirtualNetwork", 11_000, 11_999));
        }
        rules.add(rule("allow_public", 1200, Direction.INBOUND, Access.ALLOW, "Internet", 3342, 3342));
        if (draws.oneIn(2)) rules.add(rule("deny_in", 4096, Direction.INBOUND, Access.DENY, null, 0, 65_535));
        return rules.build();
    }

    private ImmutableList<SecurityRule> rulesOfClients() {
        if (!draws.oneIn(3)) return ImmutableList.of();
        int first = draws.of(1433, 11_000, 3342);
        return ImmutableList.of(rule("closed", 2000, Direction.OUTBOUND, Access.DENY, null, first, first + 999));
    }

    private SecurityRule rule(
            String name,
            int priority,
            Direction direction,
            Access access,
            @Nullable String source,
            int firstPort,
            int lastPort) {
        AddressTerm from = source == null ? new AddressTerm.Any() : new AddressTerm.Tag(source);
        return new SecurityRule(
                name,
                place(),
                Given.of(priority),
                Given.of(direction),
                Given.of(access),
                new SecurityRule.Match(
                        Given.of(Protocol.ANY),
                        ImmutableList.of(from),
                        ImmutableList.of(Given.of(PortRange.ANY)),
                        ImmutableList.of(new AddressTerm.Any()),
                        ImmutableList.of(Given.of(new PortRange(firstPort, lastPort)))));
    }

    /** An appliance that keeps state has to see both directions; where the way back misses it nothing connects. */
    private ImmutableList<Route> routesBack() {
        ImmutableList.Builder<Route> routes = ImmutableList.builder();
        for (int vnet = 0; vnet <= spokes; vnet++) {
            boolean detours = topologyHasTable(vnet);
            if (detours != draws.oneIn(6)) routes.add(throughAppliance("back" + vnet, part(vnet, 3)));
        }
        return appliance ? routes.build() : ImmutableList.of();
    }

    private boolean topologyHasTable(int vnet) {
        ResourceId table = new ResourceId("rt-app" + vnet);
        return topology.build().routeTables().stream()
                .anyMatch(found -> found.id().equals(table));
    }

    private Route throughAppliance(String name, Prefix to) {
        return new Route(
                name,
                place(),
                Given.of(new RouteDestination.Block(to)),
                Given.of(NextHopType.VIRTUAL_APPLIANCE),
                Given.of(APPLIANCE),
                false,
                Given.of(true));
    }
}
