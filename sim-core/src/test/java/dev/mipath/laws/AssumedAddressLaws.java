package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.CompileOptions.AssumedAddress;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Change;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding.AddressDepends;
import dev.mipath.trace.Conversation.Finding.Astray;
import dev.mipath.trace.Conversation.Finding.Holder;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An address that Azure assigns later is assumed, and must not decide silently (contract: Sources). A client's NIC
 * without an address is set beside the same NIC with each of the addresses it may get.
 */
@DisplayName("assumed addresses")
final class AssumedAddressLaws {
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    static IntStream seeds() {
        return Seeds.of(300, 1_500);
    }

    /** One client whose NIC has no address, with a rule that cuts its subnet, and where the NIC may end up. */
    private record Case(HubWorld hubs, TraceRequest request, NetworkInterface nic, List<Address> places) {
        static @Nullable Case of(int seed) {
            HubWorld hubs = RandomHubs.world(seed);
            Dice dice = new Dice(seed * 31L + 5);
            TraceRequest request = dice.of(hubs.requests());
            Topology topology = hubs.world().topology();
            @Nullable NetworkInterface nic = null;
            for (NetworkInterface candidate : topology.networkInterfaces()) {
                if (candidate.id().name().equals(request.client().name() + "-nic")) nic = candidate;
            }
            List<NetworkSecurityGroup> groups = topology.networkSecurityGroups();
            if (nic == null || groups.isEmpty()) return null;
            ResourceId subnetId = nic.ipConfigurations().get(0).subnet().value().orElseThrow();
            Subnet subnet = topology.subnet(subnetId).orElseThrow();
            Prefix block = subnet.prefixes().get(0).value().orElseThrow();
            Prefix cut = dice.inside(block, dice.of(2, 32 - block.length()));
            Topology ruled = topology;
            for (NetworkSecurityGroup group : groups) ruled = ruled.with(rule(group, cut, dice));
            return new Case(hubs.with(ruled), request, nic, places(ruled, subnet, nic, cut, dice));
        }

        private static Change rule(NetworkSecurityGroup group, Prefix cut, Dice dice) {
            Direction direction = dice.of(Direction.values());
            Set<Integer> taken = new LinkedHashSet<>();
            for (SecurityRule rule : group.rules()) taken.add(rule.priority().orElse(0));
            int priority = 100 + dice.below(60);
            while (taken.contains(priority)) priority++;
            SecurityRule.Match any = SecurityRule.Match.ANY;
            ImmutableList<AddressTerm> named = ImmutableList.of(new AddressTerm.Block(cut));
            boolean source = (direction == Direction.INBOUND) != dice.oneIn(8);
            return new Change.AddRule(
                    group.id(),
                    new SecurityRule(
                            "cut",
                            group.place(),
                            Given.of(priority),
                            Given.of(direction),
                            Given.of(dice.of(Access.values())),
                            new SecurityRule.Match(
                                    any.protocol(),
                                    source ? named : any.source(),
                                    any.sourcePorts(),
                                    source ? any.destination() : named,
                                    dice.oneIn(2)
                                            ? any.destinationPorts()
                                            : ImmutableList.of(Given.of(new PortRange(1433, 12_000))))));
        }

        /** Both sides of every edge of the cut, and some more. */
        private static List<Address> places(
                Topology topology, Subnet subnet, NetworkInterface own, Prefix cut, Dice dice) {
            Prefix block = subnet.prefixes().get(0).value().orElseThrow();
            Set<Address> places = new LinkedHashSet<>();
            for (int offset : new int[] {-1, 0, 1}) {
                places.add(Address.v4(cut.first().bits() + offset));
                places.add(Address.v4(cut.last().bits() + offset));
            }
            for (int i = 0; i < 4; i++) places.add(dice.in(block));
            places.removeIf(address -> {
                int number = address.bits() - block.first().bits();
                return !block.contains(address) || number < 4 || address.equals(block.last());
            });
            for (NetworkInterface nic : topology.networkInterfaces()) {
                for (IpConfiguration ip : nic.ipConfigurations()) {
                    if (nic.id().equals(own.id()) || ip.privateIpAddress() == null) continue;
                    ip.privateIpAddress().value().ifPresent(places::remove);
                }
            }
            return new ArrayList<>(places);
        }

        Conversation at(@Nullable Address address) {
            Topology topology = replaced(hubs.world().topology(), address);
            CompileOptions options = hubs.options().with(AssumedAddress.MAY_DIFFER);
            Compilation compiled = NetworkCompiler.compile(topology, options);
            @Nullable Address own = compiled.address(nic.id());
            TraceRequest.Client client = request.client();
            return HubWorld.trace(
                    compiled,
                    new TraceRequest(
                            new TraceRequest.Client(
                                    client.name(), own == null ? client.address() : own, client.vnet(), false),
                            request.target(),
                            request.behaviour()));
        }

        private Topology replaced(Topology topology, @Nullable Address address) {
            Topology.Builder builder = new Topology.Builder();
            topology.vnets().forEach(builder::add);
            topology.networkSecurityGroups().forEach(builder::add);
            topology.routeTables().forEach(builder::add);
            topology.virtualMachines().forEach(builder::add);
            topology.managedInstances().forEach(builder::add);
            topology.virtualNetworkGateways().forEach(builder::add);
            topology.localNetworkGateways().forEach(builder::add);
            topology.gatewayConnections().forEach(builder::add);
            for (NetworkInterface other : topology.networkInterfaces()) {
                builder.add(other.id().equals(nic.id()) ? placed(address) : other);
            }
            return builder.build();
        }

        private NetworkInterface placed(@Nullable Address address) {
            IpConfiguration ip = nic.ipConfigurations().get(0);
            return new NetworkInterface(
                    nic.id(),
                    nic.place(),
                    ImmutableList.of(new IpConfiguration(
                            ip.name(),
                            ip.place(),
                            ip.subnet(),
                            address == null ? null : Given.of(address),
                            null,
                            ImmutableList.of())),
                    nic.networkSecurityGroup(),
                    nic.enableIpForwarding(),
                    nic.virtualMachine());
        }
    }

    private static @Nullable AddressDepends doubt(Conversation told) {
        for (Conversation.Problem problem : told.problems()) {
            if (problem.finding() instanceof AddressDepends depends && depends.holder() == Holder.INTERFACE) {
                return depends;
            }
        }
        return null;
    }

    /** What happened where; not at whom: with the client's address its gateway and its namesakes change. */
    private static List<String> course(Conversation told) {
        List<String> course = new ArrayList<>();
        course.add(told.outcome().name());
        for (Conversation.Problem problem : told.problems()) {
            course.add(problem.ending() + " " + problem.state() + " " + problem.onReturn() + " "
                    + (problem.step() == null || problem.finding() instanceof Astray
                            ? ""
                            : ADDRESS.matcher(problem.step().at()).replaceAll("")));
        }
        return course;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("an answer that names no doubt holds wherever the NIC ends up, and a doubt is well founded")
    void neverDecidesSilently(int seed) {
        @Nullable Case law = Case.of(seed);
        if (law == null) return;
        Conversation told = law.at(null);
        @Nullable AddressDepends doubt = doubt(told);
        Set<List<String>> courses = new LinkedHashSet<>();
        for (Address place : law.places()) courses.add(course(law.at(place)));
        if (doubt == null) {
            assertThat(courses).as("seed %d, %s", seed, law.request()).isSubsetOf(List.of(course(told)));
        } else {
            courses.add(course(law.at(doubt.assumed())));
            courses.add(course(law.at(doubt.other())));
            assertThat(courses).as("seed %d, %s", seed, doubt).hasSizeGreaterThan(1);
        }
    }

    /** Somebody at the office, named and not given, beside each of several who are. */
    private record AtSite(HubWorld hubs, Compilation compiled, TraceRequest request, List<Address> places) {
        static final Prefix OFFICE = Prefix.parse("192.168.0.0/16");

        static @Nullable AtSite of(int seed) {
            HubWorld hubs = RandomHubs.world(seed);
            Dice dice = new Dice(seed * 37L + 11);
            Topology ruled = hubs.world().topology();
            TraceRequest request = null;
            for (TraceRequest candidate : hubs.requests()) {
                if (candidate.client().name().equals("office")) request = candidate;
            }
            if (request == null) return null;
            Prefix cut = dice.inside(OFFICE, dice.of(2, 8, 16));
            for (NetworkSecurityGroup group : ruled.networkSecurityGroups()) {
                ruled = ruled.with(Case.rule(group, cut, dice));
            }
            Set<Address> places = new LinkedHashSet<>();
            for (int offset : new int[] {-1, 0, 1}) {
                places.add(Address.v4(cut.first().bits() + offset));
                places.add(Address.v4(cut.last().bits() + offset));
            }
            for (int i = 0; i < 4; i++) places.add(dice.in(OFFICE));
            places.removeIf(address -> !OFFICE.contains(address) || address.equals(OFFICE.first()));
            CompileOptions options = hubs.with(ruled).options().with(AssumedAddress.MAY_DIFFER);
            return new AtSite(hubs, NetworkCompiler.compile(ruled, options), request, new ArrayList<>(places));
        }

        Conversation from(Address address, boolean stated) {
            return HubWorld.trace(
                    compiled,
                    new TraceRequest(
                            new TraceRequest.Client("office", address, null, stated),
                            request.target(),
                            request.behaviour()));
        }
    }

    private static @Nullable AddressDepends doubtOfOffice(Conversation told) {
        for (Conversation.Problem problem : told.problems()) {
            if (problem.finding() instanceof AddressDepends depends
                    && depends.name().equals("office")) return depends;
        }
        return null;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("nor does whoever a site's name is taken for")
    void sitesNeitherDecideSilently(int seed) {
        @Nullable AtSite law = AtSite.of(seed);
        if (law == null) return;
        Conversation told = law.from(AtSite.OFFICE.lastHost(), false);
        @Nullable AddressDepends doubt = doubtOfOffice(told);
        Set<List<String>> courses = new LinkedHashSet<>();
        for (Address place : law.places()) courses.add(course(law.from(place, true)));
        if (doubt == null) {
            assertThat(courses).as("seed %d, %s", seed, law.request()).isSubsetOf(List.of(course(told)));
        } else {
            courses.add(course(law.from(doubt.assumed(), true)));
            courses.add(course(law.from(doubt.other(), true)));
            assertThat(courses).as("seed %d, %s", seed, doubt).hasSizeGreaterThan(1);
        }
    }

    @Test
    @DisplayName("both kinds of worlds occur")
    void bothKindsOccur() {
        int doubtful = 0;
        int firm = 0;
        for (int seed : seeds().toArray()) {
            @Nullable Case law = Case.of(seed);
            if (law == null) continue;
            if (doubt(law.at(null)) != null) doubtful++;
            else firm++;
        }
        assertThat(doubtful).isGreaterThan(20);
        assertThat(firm).isGreaterThan(20);
        int ofOffice = 0;
        for (int seed : seeds().toArray()) {
            @Nullable AtSite law = AtSite.of(seed);
            if (law != null && doubtOfOffice(law.from(AtSite.OFFICE.lastHost(), false)) != null) ofOffice++;
        }
        assertThat(ofOffice).isGreaterThan(10);
    }
}
