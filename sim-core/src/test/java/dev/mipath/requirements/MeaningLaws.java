package dev.mipath.requirements;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RuleList;
import dev.mipath.compile.AdminLayer;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.laws.Dice;
import dev.mipath.lookup.RuleTable;
import dev.mipath.net.Address;
import dev.mipath.net.AddressRange;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.space.FlowBox;
import dev.mipath.space.FlowLine;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Access;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Meaning, not shape: whatever rules a group has, a mandatory flow is found harmed if and only if some packet of it, at any
 * corner of any rule, is denied by the first rule that matches; and the finding names exactly those packets.
 */
class MeaningLaws {
    private static final List<String> INSIDE =
            List.of("10.0.1.0/24", "10.0.1.0/25", "10.0.1.128/25", "10.0.1.7/32", "10.0.0.0/16", "VirtualNetwork", "*");
    private static final List<String> OUTSIDE = List.of(
            "*",
            "SqlManagement",
            "13.64.0.0/11",
            "13.64.155.40/32",
            "AzureLoadBalancer",
            "168.63.129.16/32",
            "Internet",
            "CorpNetSaw",
            "10.0.1.0/24");
    private static final List<String> REMOTE = List.of(
            "*",
            "AzureCloud",
            "13.64.0.0/12",
            "13.80.0.0/12",
            "13.69.40.0/24",
            "AzureActiveDirectory",
            "Storage",
            "Internet",
            "10.0.1.0/24");
    private static final List<String> PORTS = List.of(
            "*", "9000", "9000,9003", "1438,1440", "1452", "443", "12000", "443,12000", "0-9000", "9001-65535", "80");
    private static final List<String> PROTOCOLS = List.of("Tcp", "Tcp", "*", "Udp", "Icmp");

    static IntStream seeds() {
        return Seeds.of(15, 1_500);
    }

    /** Security admin rules of the VNet, drawn as the group's rules are; one of three always allows. */
    private static AdminRules adminRules(int seed) {
        Dice dice = new Dice(50_000 + seed);
        ImmutableList.Builder<AdminRules.Rule> rules = ImmutableList.builder();
        for (int priority = 1; priority <= 4; priority++) {
            boolean in = dice.oneIn(2);
            boolean denies = dice.oneIn(2);
            SecurityRule rule = Healthy.rule(
                    "admin" + priority,
                    priority + (in ? " In " : " Out ") + (denies ? "Deny" : "Allow") + " " + dice.of(PROTOCOLS) + " "
                            + dice.of(in ? OUTSIDE : INSIDE) + " -> " + dice.of(in ? INSIDE : REMOTE) + ":"
                            + dice.of(PORTS));
            rules.add(new AdminRules.Rule(rule, !denies && dice.oneIn(3)));
        }
        return new AdminRules(
                new ResourceId("corp"),
                Healthy.PLACE,
                ImmutableList.of(Given.of(Healthy.VNET)),
                AdminRules.Reach.ALL,
                rules.build());
    }

    private static Healthy random(int seed) {
        Dice dice = new Dice(seed);
        Healthy healthy = new Healthy(Era.ALL.get(seed % Era.ALL.size()));
        if (healthy.era.equals(Era.MANUAL_2020) && dice.oneIn(2)) split(healthy);
        Set<Integer> taken = new TreeSet<>();
        healthy.rules.forEach(rule -> taken.add(rule.priority().orElse(0)));
        for (int i = 1 + dice.below(5); i > 0; i--) {
            int priority = dice.oneIn(3) ? 101 + dice.below(8) : 100 + dice.below(3_000);
            if (!taken.add(priority)) continue;
            boolean in = dice.oneIn(2);
            healthy.rules.add(Healthy.rule(
                    "random" + i,
                    priority + (in ? " In " : " Out ") + dice.of("Allow", "Deny", "Deny") + " " + dice.of(PROTOCOLS)
                            + " "
                            + dice.of(in ? OUTSIDE : INSIDE) + " -> " + dice.of(in ? INSIDE : REMOTE) + ":"
                            + dice.of(PORTS)));
        }
        return healthy;
    }

    /** The deprecated mode's rules in another order, in pieces and with wider prefixes: they mean the same. */
    private static void split(Healthy healthy) {
        healthy.rules.removeIf(rule -> rule.priority().orElse(0) < 200);
        healthy.rules.add(Healthy.rule("a", "180 In Allow Tcp 0.0.0.0/1 -> 10.0.0.0/16:9000-9003,1440"));
        healthy.rules.add(Healthy.rule("b", "170 In Allow Tcp 128.0.0.0/1 -> 10.0.1.0/24:9000,9003,1440"));
        healthy.rules.add(Healthy.rule("c", "160 In Allow * * -> 10.0.1.0/24:1438,1452"));
        healthy.rules.add(Healthy.rule("d", "150 In Allow * VirtualNetwork -> *:*"));
        healthy.rules.add(Healthy.rule("e", "180 Out Allow Tcp 10.0.1.0/25 -> AzureCloud:443,12000"));
        healthy.rules.add(Healthy.rule("f", "170 Out Allow Tcp 10.0.1.128/25 -> *:443,12000"));
        healthy.rules.add(Healthy.rule("g", "160 Out Allow * 10.0.0.0/16 -> 10.0.0.0/16:*"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("A flow is harmed exactly when a packet at a corner of it is denied")
    void flows(int seed) {
        Healthy healthy = random(seed);
        boolean guarded = seed % 3 == 1;
        AdminRules admin = adminRules(seed);
        if (guarded) healthy.more().add(admin);
        CompileOptions options = CompileOptions.DEFAULTS.with(Healthy.TAGS).with(healthy.era);
        Topology topology = healthy.topology();
        Compilation compiled = NetworkCompiler.compile(topology, options);
        SubnetReport report = Healthy.examine(topology, options, healthy.era);
        Prefix prefix = Prefix.parse("10.0.1.0/24");
        Compilation.Layer layer = requireNonNull(compiled.layer(Healthy.SUBNET));
        @Nullable AdminLayer ahead = compiled.adminLayer(Healthy.SUBNET);
        assertThat(ahead != null).isEqualTo(guarded);
        for (MandatoryFlow flow : MandatoryFlow.of(healthy.era, topology.vnets().get(0), prefix, Healthy.TAGS)) {
            RuleList list = flow.inbound() ? layer.inbound() : layer.outbound();
            @Nullable RuleList first = ahead == null ? null : flow.inbound() ? ahead.inbound() : ahead.outbound();
            List<RuleList> lists = first == null ? List.of(list) : List.of(first, list);
            @Nullable Finding finding = Healthy.find(report, flow.requirement());
            List<FlowLine> lines = finding == null ? List.of() : finding.flows();
            boolean anyDenied = false;
            FlowBox box = flow.sure();
            for (int protocol : protocols(flow)) {
                for (int port : ports(lists, box)) {
                    for (Address source : corners(lists, box.source(), true)) {
                        for (Address destination : corners(lists, box.destination(), false)) {
                            @Nullable
                            Access settled =
                                    first == null ? null : settled(first, admin, protocol, source, destination, port);
                            boolean denied = settled == null
                                    ? denied(list, healthy.era, protocol, source, destination, port)
                                    : settled == Access.DENY;
                            anyDenied |= denied;
                            long holding = lines.stream()
                                    .filter(line -> holds(line, protocol, source, destination, port))
                                    .count();
                            if (holding != (denied ? 1 : 0)) {
                                assertThat(holding)
                                        .as(
                                                "seed %d %s: %d %s → %s : %d",
                                                seed, flow.requirement(), protocol, source, destination, port)
                                        .isEqualTo(denied ? 1 : 0);
                            }
                        }
                    }
                }
            }
            assertThat(finding != null)
                    .as("seed %d %s", seed, flow.requirement())
                    .isEqualTo(anyDenied);
        }
    }

    private static List<Integer> protocols(MandatoryFlow flow) {
        return flow.protocol() == Protocol.ANY
                ? List.of(1, 6, 17, 47, 50)
                : List.of(flow.protocol().number());
    }

    /** What admin rules make of a packet; null when they leave it to the security group. */
    private static @Nullable Access settled(
            RuleList list, AdminRules admin, int protocol, Address source, Address destination, int port) {
        int entry = list.table().match(source.bits(), 50_000, destination.bits(), port, protocol);
        if (entry == RuleTable.NONE) return null;
        SecurityRule rule = list.entries().get(entry).rule().rule();
        if (rule.access().is(Access.DENY)) return Access.DENY;
        return admin.rules().contains(new AdminRules.Rule(rule, true)) ? Access.ALLOW : null;
    }

    private static boolean denied(RuleList list, Era era, int protocol, Address source, Address destination, int port) {
        int entry = -1;
        do {
            entry = list.table().nextMatch(entry + 1, source.bits(), 50_000, destination.bits(), port, protocol);
            if (entry == RuleTable.NONE) return true;
            // The deprecated mode does not count what the platform's own rules allow.
        } while (era.equals(Era.MANUAL_2020)
                && list.entries().get(entry).kind() == RuleList.Kind.CERTAIN
                && list.entries().get(entry).rule().isDefault()
                && list.entries().get(entry).rule().rule().access().is(Access.ALLOW));
        RuleList.Entry deciding = list.entries().get(entry);
        return deciding.kind() != RuleList.Kind.PLATFORM_ADDRESS
                && deciding.rule().rule().access().is(Access.DENY);
    }

    private static boolean holds(FlowLine line, int protocol, Address source, Address destination, int port) {
        String name = switch (protocol) {
            case 1 -> "ICMP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 50 -> "ESP";
            default -> FlowLine.OTHER;
        };
        boolean ports = protocol != 6 && protocol != 17
                || line.destinationPorts().stream().anyMatch(range -> range.contains(port));
        return (line.protocols().isEmpty() || line.protocols().contains(name))
                && ports
                && line.source().contains(source)
                && line.destination().contains(destination);
    }

    private static Set<Integer> ports(List<RuleList> lists, FlowBox box) {
        Set<Integer> corners = new TreeSet<>();
        List<PortRange> ranges = new ArrayList<>(box.destinationPorts());
        for (RuleList.Entry entry : entries(lists)) {
            entry.rule()
                    .rule()
                    .match()
                    .destinationPorts()
                    .forEach(port -> port.value().ifPresent(ranges::add));
        }
        for (PortRange range : ranges) {
            for (int port : List.of(range.first() - 1, range.first(), range.last(), range.last() + 1)) {
                if (box.destinationPorts().stream().anyMatch(own -> own.contains(port))) corners.add(port);
            }
        }
        return corners;
    }

    private static List<RuleList.Entry> entries(List<RuleList> lists) {
        return lists.stream().flatMap(list -> list.entries().stream()).toList();
    }

    private static Set<Address> corners(List<RuleList> lists, AddressSet box, boolean source) {
        Set<Address> corners = new TreeSet<>();
        addCorners(box, box, corners);
        for (RuleList.Entry entry : entries(lists)) {
            AddressSet set = source ? entry.source() : entry.destination();
            // A tag as wide as the Internet has hundreds of ranges; those inside the box are the ones that part it.
            addCorners(set.intersection(box), box, corners);
        }
        return corners;
    }

    private static void addCorners(AddressSet set, AddressSet box, Set<Address> corners) {
        // The Internet has hundreds of ranges; of what a rule names in few, every one can be the only one denied.
        boolean narrow = set.ranges().size() <= 8;
        for (AddressRange range : set.ranges()) {
            @Nullable Address before = range.first().previous();
            @Nullable Address behind = range.last().next();
            if (before != null && box.contains(before)) corners.add(before);
            if (behind != null && box.contains(behind)) corners.add(behind);
            if (narrow || corners.size() < 60) corners.addAll(List.of(range.first(), range.last()));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("A route that steals an address of a mandatory prefix is found, and exactly that address")
    void routes(int seed) {
        Dice dice = new Dice(seed);
        Era era = dice.of(Era.Y2020, Era.MANUAL_2020);
        Healthy healthy = new Healthy(era);
        List<Prefix> mandatory = new ArrayList<>();
        Era.Y2020.routes().forEach(route -> mandatory.add(requireNonNull(route.prefix())));
        Prefix stolen = dice.oneIn(3) ? Prefix.host(dice.in(dice.of(mandatory))) : dice.inside(dice.of(mandatory), 12);
        // A route of the same prefix would not be stolen from but given up by the customer: still the same meaning.
        healthy.routes.removeIf(route -> route.destination().toString().equals(stolen.toString()));
        healthy.routes.add(Healthy.route("steal", stolen.toString(), NextHopType.VIRTUAL_APPLIANCE));
        // Longer mandatory prefixes inside the stolen one keep their own routes.
        AddressSet lost = AddressSet.of(stolen);
        for (Prefix prefix : mandatory) {
            if (stolen.contains(prefix) && !stolen.equals(prefix)) lost = lost.minus(AddressSet.of(prefix));
        }
        @Nullable Finding finding = Healthy.find(healthy.examine(), Requirement.ROUTES_TO_AZURE);
        assertThat(finding).as("seed %d %s", seed, stolen).isNotNull();
        if (finding == null) return;
        assertThat(finding.flows().get(0).destination())
                .as("seed %d %s", seed, stolen)
                .isEqualTo(lost);
        assertThat(finding.subjects()).containsExactly("steal");
    }
}
