package dev.mipath.repair;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.ManagementPlane;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.repair.Remedy.Kind;
import dev.mipath.repair.Remedy.Opening;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Change;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import dev.mipath.trace.TraceRequest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The narrowest allow that lets one denied packet pass: its source alone, to the subnet it is for (trap 8). */
final class AllowRule {
    private static final int FIRST_PRIORITY = 100;
    private static final int LAST_PRIORITY = 4096;
    private static final int STEP = 10;
    /** The service takes the lowest free priorities for itself, so a new rule keeps away from them. */
    private static final int USUAL_PRIORITY = 1000;
    /** What redirected clients use (fact 4.8); which node of the range they meet changes. */
    private static final PortRange REDIRECT = new PortRange(11_000, 11_999);

    private final Topology topology;
    private final Compilation asFound;
    private final RuleFact deny;
    private final Packet packet;
    private final TraceRequest request;

    /** {@code asFound} knows the priorities that the service has taken and the topology does not declare. */
    AllowRule(Topology topology, Compilation asFound, RuleFact deny, Packet packet, TraceRequest request) {
        this.topology = topology;
        this.asFound = asFound;
        this.deny = deny;
        this.packet = packet;
        this.request = request;
    }

    Remedy remedy() {
        Optional<NetworkSecurityGroup> group = topology.networkSecurityGroup(deny.group());
        if (group.isEmpty()) return Remedy.advice(Kind.NONE);
        Direction direction = deny.rule().direction().orElse(Direction.INBOUND);
        Set<Integer> taken = new HashSet<>();
        for (SecurityRule rule : group.get().rules()) {
            boolean sameList = rule.direction().mayBe(direction);
            if (sameList && rule.priority() instanceof Given.Known<Integer> priority) taken.add(priority.known());
        }
        taken.addAll(asFound.priorities(deny.group(), direction));
        int limit =
                deny.isDefault() ? LAST_PRIORITY + 1 : deny.rule().priority().orElse(FIRST_PRIORITY);
        int priority = priorityBefore(limit, taken, group.get(), direction);
        return priority >= FIRST_PRIORITY ? allow(group.get(), direction, priority) : moveDeny(group.get(), taken);
    }

    /** Ten behind the last allow before the deny, as people number rules; else the next free before the deny. */
    private static int priorityBefore(int limit, Set<Integer> taken, NetworkSecurityGroup group, Direction direction) {
        int lastAllow = -1;
        for (SecurityRule rule : group.rules()) {
            if (!rule.direction().is(direction) || !rule.access().is(Access.ALLOW)) continue;
            int priority = rule.priority().orElse(limit);
            if (priority < limit) lastAllow = Math.max(lastAllow, priority);
        }
        int wanted = lastAllow < 0 ? USUAL_PRIORITY : lastAllow + STEP;
        if (wanted < limit && !taken.contains(wanted)) return wanted;
        for (int priority = limit - 1; priority >= FIRST_PRIORITY; priority--) {
            if (!taken.contains(priority)) return priority;
        }
        return -1;
    }

    private Remedy allow(NetworkSecurityGroup group, Direction direction, int priority) {
        boolean probe = PlatformRanges.HOST_SERVICES.contains(packet.source());
        Prefix destination = subnetOf(packet.destination());
        ImmutableList<Integer> managed = managementPorts();
        ImmutableList<Given<PortRange>> ports = managed.isEmpty()
                ? ImmutableList.of(Given.of(ports(probe)))
                : managed.stream()
                        .map(port -> Given.of(new PortRange(port, port)))
                        .collect(ImmutableList.toImmutableList());
        AddressTerm from = managed.isEmpty() ? new AddressTerm.Block(from()) : new AddressTerm.Tag(caller());
        AddressTerm source = probe ? new AddressTerm.Tag("AzureLoadBalancer") : from;
        SecurityRule rule = new SecurityRule(
                name(group, managed.isEmpty() ? name(probe, ports(probe)) : "allow_management"),
                group.place(),
                Given.of(priority),
                Given.of(direction),
                Given.of(Access.ALLOW),
                new SecurityRule.Match(
                        Given.of(packet.protocol()),
                        ImmutableList.of(source),
                        ImmutableList.of(Given.of(PortRange.ANY)),
                        ImmutableList.of(new AddressTerm.Block(destination)),
                        ports));
        Opening opening = new Opening(new SecurityRule.Match(
                Given.of(packet.protocol()),
                ImmutableList.of(from),
                rule.match().sourcePorts(),
                rule.match().destination(),
                rule.match().destinationPorts()));
        return new Remedy(
                Kind.ALLOW_BEFORE_DENY,
                ImmutableList.of(new Change.AddRule(group.id(), rule)),
                ImmutableList.of(opening));
    }

    private String caller() {
        return request.flow() instanceof TraceRequest.Flow.Management call && call.caller() != null
                ? call.caller()
                : "";
    }

    /** All ports of the caller: Azure wants each set of management ports in one rule (fact 4.34). */
    private ImmutableList<Integer> managementPorts() {
        if (!PlatformRanges.PUBLIC_SPACE.contains(packet.source())) return ImmutableList.of();
        for (VirtualCluster cluster : asFound.estate().clusters()) {
            VirtualCluster.@Nullable Management management = cluster.management();
            if (management == null || !subnetOf(packet.destination()).equals(subnetOf(cluster.loadBalancer())))
                continue;
            Optional<ManagementPlane.Caller> caller = management.plane().caller(caller());
            if (caller.isPresent()) return caller.get().ports();
        }
        return ImmutableList.of();
    }

    /**
     * The client alone, or its subnet while its address is only assumed; of a virtual cluster its subnet, since any of
     * its machines may be the one (fact 4.15).
     */
    private Prefix from() {
        boolean guess = !request.client().stated() && asFound.isAssumed(packet.source());
        if (guess) return subnetOf(packet.source());
        for (VirtualCluster cluster : asFound.estate().clusters()) {
            if (cluster.hasMachine(packet.source())) return subnetOf(packet.source());
        }
        return Prefix.host(packet.source());
    }

    private PortRange ports(boolean probe) {
        if (probe) return PortRange.ANY;
        return REDIRECT.contains(packet.destinationPort())
                ? REDIRECT
                : new PortRange(packet.destinationPort(), packet.destinationPort());
    }

    private Prefix subnetOf(Address address) {
        for (Vnet vnet : topology.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                for (Given<Prefix> prefix : subnet.prefixes()) {
                    boolean holds = prefix instanceof Given.Known<Prefix> block
                            && block.known().contains(address);
                    if (holds) return prefix.orElse(Prefix.host(address));
                }
            }
        }
        return Prefix.host(address);
    }

    private static String name(boolean probe, PortRange ports) {
        return probe ? "allow_health_probe" : ports.equals(REDIRECT) ? "allow_redirect" : "allow_" + ports;
    }

    private static String name(NetworkSecurityGroup group, String wanted) {
        String name = wanted;
        for (int i = 2; isTaken(group, name); i++) name = wanted + "_" + i;
        return name;
    }

    private static boolean isTaken(NetworkSecurityGroup group, String name) {
        for (SecurityRule rule : group.rules()) if (rule.name().equalsIgnoreCase(name)) return true;
        return false;
    }

    /**
     * The deny stands first of all: it moves behind every other rule and goes on catching the rest. What those allow that
     * it has kept out is let through.
     */
    private Remedy moveDeny(NetworkSecurityGroup group, Set<Integer> taken) {
        @Nullable Integer free = null;
        for (int priority = LAST_PRIORITY; priority >= FIRST_PRIORITY && free == null; priority--) {
            if (!taken.contains(priority)) free = priority;
        }
        if (free == null || deny.isDefault()) return Remedy.advice(Kind.NONE);
        SecurityRule rule = deny.rule();
        SecurityRule moved = new SecurityRule(
                rule.name(),
                rule.place(),
                Given.of(free),
                rule.direction(),
                rule.access(),
                rule.match(),
                rule.present());
        return new Remedy(
                Kind.MOVE_DENY,
                ImmutableList.of(new Change.ReplaceRule(group.id(), moved)),
                allowedBefore(group, free));
    }

    private ImmutableList<Opening> allowedBefore(NetworkSecurityGroup group, int priority) {
        Direction direction = deny.rule().direction().orElse(Direction.INBOUND);
        Given<Protocol> denied = deny.rule().match().protocol();
        return group.rules().stream()
                .filter(rule ->
                        rule.direction().mayBe(direction) && rule.access().mayBe(Access.ALLOW))
                .filter(rule -> rule.priority().isUnknown() || rule.priority().orElse(priority) < priority)
                .filter(rule -> denied.mayBe(Protocol.ANY)
                        || rule.match().protocol().mayBe(Protocol.ANY)
                        || denied.mayBe(rule.match().protocol().orElse(Protocol.ANY)))
                .map(rule -> new Opening(rule.match()))
                .collect(ImmutableList.toImmutableList());
    }
}
