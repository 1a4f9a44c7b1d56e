package dev.mipath.laws;

import static dev.mipath.laws.PlainFacts.known;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.CompileOptions;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualMachine;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Random hubs with spokes, instances, appliances, gateways and sites: mostly as an architect draws them, with the faults
 * that customers have. Everything is known, and every address but those of the instances' machines is declared.
 */
public final class RandomHubs {
    private static final String DELEGATION = "Microsoft.Sql/managedInstances";
    private static final Prefix OFFICE = Prefix.parse("192.168.0.0/16");
    private static final Prefix BRANCH = Prefix.parse("131.5.0.0/16");

    private final Dice dice;
    private final int calm;
    private final Topology.Builder topology = new Topology.Builder();
    private final List<Prefix> ranges = new ArrayList<>();
    private final List<List<Subnet>> subnets = new ArrayList<>();
    private final List<Prefix> instanceSubnets = new ArrayList<>();
    private final List<String> hostNames = new ArrayList<>();
    private final List<Address> appliances = new ArrayList<>();
    private final List<TraceRequest.Client> clients = new ArrayList<>();
    private final List<Prefix> clientBlocks = new ArrayList<>();
    private final List<ResourceId> hostGroups = new ArrayList<>();
    private final boolean gateway;
    /** Throws for what {@link #services} add, so that the worlds without them stay as they are; null without them. */
    private final @Nullable Dice more;

    private final HubServices services;
    private int line;

    private RandomHubs(Dice dice, @Nullable Dice more) {
        this.dice = dice;
        this.more = more;
        this.services = new HubServices(more == null ? dice : more, this::place, topology);
        this.calm = dice.of(5, 12, 30, 100);
        this.gateway = dice.oneIn(2);
    }

    /** The world of a seed. */
    public static HubWorld world(long seed) {
        return world(new Dice(seed), null);
    }

    /** The world of a seed with firewalls, load balancers and private endpoints of the customer in it. */
    public static HubWorld served(long seed) {
        return world(new Dice(seed), new Dice(seed * 41 + 17));
    }

    private static HubWorld world(Dice dice, @Nullable Dice more) {
        ImmutableMap.Builder<String, ImmutableList<Prefix>> tags = ImmutableMap.builder();
        for (String tag : List.of("SqlManagement", "CorpNetSaw", "CorpNetPublic", "AzureCloud", "Sql")) {
            tags.put(tag, dice.some(RandomTopologies.PUBLIC, 5));
        }
        RandomHubs hubs = new RandomHubs(dice, more);
        Era era = dice.of(Era.Y2020, Era.Y2020, Era.MANUAL_2020, Era.CURRENT, Era.CURRENT);
        Topology drawn = hubs.draw(era);
        World world = new World(
                drawn,
                tags.buildOrThrow(),
                CompileOptions.TagRoutes.ALL,
                CompileOptions.DefaultRouteRemoves.FORWARDING);
        return new HubWorld(world, era, hubs.requests());
    }

    private boolean fault() {
        return dice.oneIn(calm);
    }

    private Topology draw(Era era) {
        topology.profile(era.name());
        dealRanges();
        boolean hubHasInstances = dice.oneIn(2);
        int spokeWithInstances = hubHasInstances && dice.oneIn(2) ? 0 : 1 + dice.below(ranges.size() - 1);
        if (!hubHasInstances && ranges.size() == 1) hubHasInstances = true;
        // VNets that do not know each other may have the same addresses.
        int acquainted = ranges.size();
        if (dice.oneIn(4)) ranges.add(dice.of(ranges));
        for (int i = 0; i < ranges.size(); i++) {
            boolean instances = i == 0 ? hubHasInstances : i == spokeWithInstances || i == acquainted && dice.oneIn(2);
            subnets.add(subnets(i, instances));
        }
        addSites();
        RandomPeerings peerings = new RandomPeerings(dice, calm, this::place, ranges.size(), acquainted, gateway);
        for (int i = 0; i < ranges.size(); i++) {
            topology.add(new Vnet(
                    vnetId(i),
                    place(),
                    Given.of(i > 0 && dice.oneIn(6) ? "northeurope" : "westeurope"),
                    ImmutableList.of(Given.of(ranges.get(i))),
                    dnsServers(),
                    ImmutableList.copyOf(subnets.get(i)),
                    peerings.of(i)));
        }
        List<Prefix> others = new ArrayList<>(instanceSubnets);
        others.addAll(clientBlocks);
        HubPolicies policies =
                new HubPolicies(dice, this::place, calm, ranges, instanceSubnets, clientBlocks, appliances);
        for (List<Subnet> ofVnet : subnets) {
            for (Subnet subnet : ofVnet) addPolicies(subnet, policies, others);
        }
        hostGroups.forEach(id -> topology.add(policies.ofHosts(id)));
        if (more != null) services.finish(hostNames, instanceSubnets, clientBlocks);
        return topology.build();
    }

    private void dealRanges() {
        ranges.add(Prefix.parse("10.0.0.0/16"));
        List<String> spokes = List.of("10.1.0.0/16", "10.2.0.0/16", "172.20.0.0/16", "20.33.0.0/16");
        for (String range : dice.shuffled(spokes).subList(0, 1 + dice.below(4))) ranges.add(Prefix.parse(range));
    }

    /** A part of a range that the tables call by number: 1 instances, 2 appliances, 3 machines, 4 more, 255 gateway. */
    private Prefix part(int vnet, int number, int length) {
        String text = ranges.get(vnet).network().toString();
        int second = text.indexOf('.', text.indexOf('.') + 1);
        return Prefix.parse(text.substring(0, second) + "." + number + ".0/" + length);
    }

    private List<Subnet> subnets(int vnet, boolean instances) {
        List<Subnet> list = new ArrayList<>();
        if (instances) list.add(instanceSubnet(vnet));
        if (vnet == 0 && gateway) {
            list.add(subnet(vnet, "GatewaySubnet", part(vnet, 255, 27), null, fault(), false));
        }
        if (vnet == 0 || dice.oneIn(6)) {
            Subnet subnet = subnet(vnet, "snet-nva", part(vnet, 2, 24), group(4), dice.oneIn(4), false);
            list.add(subnet);
            if (!dice.oneIn(4)) {
                appliances.add(machine("nva" + vnet, subnet, 4, !fault()));
                if (more != null && more.oneIn(2)) {
                    appliances.add(
                            services.beforeAppliances(subnet, new ResourceId("nva" + vnet + "-nic"), someGroup()));
                }
            }
        }
        if (more != null && (vnet == 0 ? !more.oneIn(4) : more.oneIn(6))) {
            Subnet wall = subnet(vnet, "AzureFirewallSubnet", part(vnet, 5, 26), null, false, false);
            list.add(wall);
            Address address = services.wall(wall);
            // Where there is a firewall, most routes lead to it.
            for (int i = 0; i < 4; i++) appliances.add(address);
        }
        Subnet subnet = subnet(vnet, "snet-app", part(vnet, 3, 24), group(3), !dice.oneIn(3), false);
        list.add(subnet);
        client(vnet, "app" + vnet, subnet, 4);
        if (more != null) {
            services.door(subnet);
            if (more.oneIn(2)) services.beforeServers(subnet, new ResourceId("app" + vnet + "-nic"), someGroup());
        }
        if (dice.oneIn(3)) {
            Subnet more = subnet(vnet, "snet-more", part(vnet, 4, 24), group(2), dice.oneIn(3), false);
            list.add(more);
            client(vnet, "more" + vnet, more, 5);
        }
        return list;
    }

    private Subnet instanceSubnet(int vnet) {
        Prefix block = part(vnet, 1, dice.of(24, 26));
        ResourceId group = new ResourceId("nsg-mi" + vnet);
        Subnet subnet = subnet(vnet, "snet-mi", block, dice.oneIn(12) ? null : group, !dice.oneIn(8), true);
        instanceSubnets.add(block);
        String zone = "0a1b2c3d4e5" + vnet;
        for (int i = 1 + dice.below(3); i > 0; i--) {
            String name = "mi" + vnet + i;
            String host = name + "." + zone + ".database.windows.net";
            hostNames.add(host);
            String type = dice.of("Proxy", "Redirect", "Redirect", "Default", "");
            topology.add(new ManagedInstance(
                    new ResourceId(name),
                    place(),
                    Given.of(subnet.id()),
                    host,
                    zone,
                    type.isEmpty() ? null : Given.of(type),
                    Given.of(false),
                    dice.oneIn(2) ? null : Given.of(dice.of("GeneralPurpose", "BusinessCritical"))));
        }
        return subnet;
    }

    private @Nullable ResourceId group(int oneIn) {
        if (!dice.oneIn(oneIn)) return null;
        if (hostGroups.isEmpty() || dice.oneIn(2)) hostGroups.add(new ResourceId("nsg-host" + hostGroups.size()));
        return dice.of(hostGroups);
    }

    /** A group that hosts have anyway; more would change whom the others are drawn for. */
    private @Nullable ResourceId someGroup() {
        return more == null || hostGroups.isEmpty() || more.oneIn(2) ? null : more.of(hostGroups);
    }

    private Subnet subnet(
            int vnet, String name, Prefix block, @Nullable ResourceId group, boolean table, boolean instances) {
        ResourceId id = new ResourceId(vnetId(vnet) + "/" + name);
        return new Subnet(
                id,
                place(),
                ImmutableList.of(Given.of(block)),
                new Subnet.Attached(
                        group == null ? null : Given.of(group),
                        table ? Given.of(new ResourceId("rt-" + vnet + name)) : null,
                        null),
                instances ? ImmutableList.of(DELEGATION) : ImmutableList.of(),
                ImmutableList.of(),
                more == null ? null : services.policies());
    }

    private void client(int vnet, String name, Subnet subnet, int number) {
        Address address = machine(name, subnet, number, dice.oneIn(4));
        clients.add(new TraceRequest.Client(name, address, vnetId(vnet).name(), false));
        clientBlocks.add(known(subnet.prefixes().get(0)));
    }

    private Address machine(String name, Subnet subnet, int number, boolean forwards) {
        Address address = Address.v4(known(subnet.prefixes().get(0)).network().bits() + number);
        ResourceId nic = new ResourceId(name + "-nic");
        @Nullable ResourceId group = group(5);
        topology.add(new NetworkInterface(
                nic,
                place(),
                ImmutableList.of(new IpConfiguration(
                        "ip", place(), Given.of(subnet.id()), Given.of(address), null, ImmutableList.of())),
                group == null ? null : Given.of(group),
                Given.of(forwards),
                new ResourceId(name)));
        topology.add(new VirtualMachine(new ResourceId(name), place(), ImmutableList.of(nic)));
        return address;
    }

    private void addSites() {
        if (!gateway) return;
        ResourceId id = new ResourceId("vpn");
        boolean branch = dice.oneIn(3);
        List<Prefix> learnt = new ArrayList<>();
        if (branch) learnt.add(BRANCH);
        if (dice.oneIn(8)) learnt.add(Prefix.parse(dice.of("10.0.0.0/8", "0.0.0.0/0", "10.2.0.0/15")));
        topology.add(new VirtualNetworkGateway(
                id,
                place(),
                Given.of(new ResourceId(vnetId(0) + "/GatewaySubnet")),
                Given.of("Vpn"),
                learnt.stream().map(Given::of).collect(ImmutableList.toImmutableList())));
        topology.add(new LocalNetworkGateway(new ResourceId("office"), place(), ImmutableList.of(Given.of(OFFICE))));
        topology.add(new GatewayConnection(
                new ResourceId("line"), place(), Given.of(id), Given.of(new ResourceId("office"))));
        clients.add(new TraceRequest.Client("office", Address.parse("192.168.7.8"), null, true));
        clientBlocks.add(OFFICE);
        if (branch) {
            clients.add(new TraceRequest.Client("131.5.0.9", Address.parse("131.5.0.9"), null, true));
            clientBlocks.add(BRANCH);
        }
    }

    private ImmutableList<Given<Address>> dnsServers() {
        if (!dice.oneIn(5)) return ImmutableList.of();
        List<String> servers = new ArrayList<>(List.of("10.0.3.4", "168.63.129.16", "10.0.2.4"));
        if (gateway) servers.addAll(List.of("192.168.0.53", "192.168.0.54"));
        if (fault()) servers.addAll(List.of("10.9.9.9", "8.8.8.8"));
        return dice.shuffled(servers).subList(0, 1 + dice.below(2)).stream()
                .map(Address::parse)
                .map(Given::of)
                .collect(ImmutableList.toImmutableList());
    }

    private void addPolicies(Subnet subnet, HubPolicies policies, List<Prefix> others) {
        @Nullable Given<ResourceId> table = subnet.attached().routeTable();
        boolean instances = !subnet.delegations().isEmpty();
        Prefix own = known(subnet.prefixes().get(0));
        List<Prefix> far = others.stream().filter(other -> !other.equals(own)).toList();
        boolean tame = subnet.id().name().equals("snet-nva") && !dice.oneIn(3);
        if (table != null) {
            topology.add(
                    tame
                            ? new dev.mipath.topology.RouteTable(
                                    known(table), place(), Given.of(false), ImmutableList.of())
                            : policies.table(known(table), instances ? clientBlocks : far));
        }
        @Nullable Given<ResourceId> group = subnet.attached().networkSecurityGroup();
        if (instances && group != null) topology.add(policies.ofInstance(known(group), own));
    }

    /** Every client asks for an instance; now and then somebody asks wrongly. */
    private ImmutableList<TraceRequest> requests() {
        ImmutableList.Builder<TraceRequest> requests = ImmutableList.builder();
        for (TraceRequest.Client client : clients) {
            TraceRequest usual = request(client);
            requests.add(more == null ? usual : another(usual, more));
        }
        return requests.build();
    }

    /** The question of a client who asks for a frontend or a private endpoint, by its address or by the instance's name. */
    private TraceRequest another(TraceRequest usual, Dice throwing) {
        List<Address> frontends = services.frontends();
        List<HubServices.Door> doors = services.endpoints();
        int which = throwing.below(4);
        if (which == 0 && !frontends.isEmpty()) {
            Address front = throwing.of(frontends);
            int port = throwing.of(1433, 1433, 1433, 1434);
            return asking(
                    usual, new TraceRequest.Target(front.toString(), front, port, Protocol.TCP), ImmutableMap.of());
        }
        if (which > 1 || doors.isEmpty()) return usual;
        HubServices.Door door = throwing.of(doors);
        int port = throwing.of(1433, 1433, 1433, 1433, 11_000);
        if (throwing.oneIn(4)) {
            Address address = door.address();
            return asking(
                    usual, new TraceRequest.Target(address.toString(), address, port, Protocol.TCP), ImmutableMap.of());
        }
        String host = throwing.oneIn(6) ? throwing.of(hostNames) : door.host();
        return asking(
                usual, new TraceRequest.Target(host, null, port, Protocol.TCP), ImmutableMap.of(host, door.address()));
    }

    private static TraceRequest asking(
            TraceRequest usual, TraceRequest.Target target, ImmutableMap<String, Address> resolved) {
        TraceRequest.Behaviour old = usual.behaviour();
        return new TraceRequest(
                usual.client(),
                target,
                new TraceRequest.Behaviour(old.port(), false, old.followsRedirect(), resolved, ImmutableSet.of()));
    }

    private TraceRequest request(TraceRequest.Client client) {
        String host = dice.of(hostNames);
        int port = 50_000;
        boolean follows = !dice.oneIn(8);
        ImmutableMap<String, Address> resolved = ImmutableMap.of();
        TraceRequest.Target target = new TraceRequest.Target(host, null, 1433, Protocol.TCP);
        Address balancer = Address.v4(dice.of(instanceSubnets).network().bits() + 4);
        switch (dice.below(24)) {
            case 0 -> target = new TraceRequest.Target(balancer.toString(), balancer, 1433, Protocol.TCP);
            case 1 -> target = new TraceRequest.Target(host, null, 1434, Protocol.TCP);
            case 2 ->
                target = new TraceRequest.Target(
                        "gone." + host.substring(host.indexOf('.') + 1), null, 1433, Protocol.TCP);
            case 3 ->
                resolved = ImmutableMap.of(
                        host,
                        dice.of(
                                balancer,
                                Address.parse("10.0.3.4"),
                                Address.parse("20.1.2.3"),
                                Address.parse("10.0.2.4")));
            default -> {
                // as it should be
            }
        }
        return new TraceRequest(
                client, target, new TraceRequest.Behaviour(port, false, follows, resolved, ImmutableSet.of()));
    }

    private Place place() {
        return new Place("random.yaml", ++line, "");
    }

    static ResourceId vnetId(int number) {
        return new ResourceId(number == 0 ? "hub" : "spoke" + number);
    }
}
