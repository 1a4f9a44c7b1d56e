package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The private addresses of NICs: those declared, and for the others the ones Azure would probably hand out, in
 * document order, the lowest free from the fifth of the subnet (fact 4.45; contract: Sources).
 */
final class AssumedAddresses {
    private static final int RESERVED_AT_START = 4;

    private final Topology topology;
    private final Map<ResourceId, Set<Address>> taken;
    private final Set<Address> stated = new HashSet<>();
    private @Nullable Map<ResourceId, Set<Address>> declared;
    private final ImmutableList<Assignment> assignments;
    private final List<Notice> notices;
    private final List<Guess> guesses = new ArrayList<>();
    private final List<Outsider> outsiders = new ArrayList<>();
    private final Map<ResourceId, List<Assignment>> bySubnet = new HashMap<>();

    /**
     * One address of one NIC.
     *
     * @param networkInterface the NIC
     * @param configuration which of its configurations
     * @param subnet the subnet it is in
     * @param address the address, or null when not even a guess is possible
     * @param assumed whether the address is a guess
     */
    record Assignment(
            NetworkInterface networkInterface,
            IpConfiguration configuration,
            ResourceId subnet,
            @Nullable Address address,
            boolean assumed) {}

    /** An address that is assumed in a subnet. */
    record Guess(ResourceId subnet, Address address) {}

    /** An address that is assumed of somebody in no subnet, who may have any of these ranges. */
    record Outsider(ImmutableList<Prefix> ranges, Address address) {}

    private AssumedAddresses(
            Topology topology,
            Map<ResourceId, Set<Address>> taken,
            List<Assignment> assignments,
            List<Notice> notices) {
        this.topology = topology;
        this.taken = taken;
        this.assignments = ImmutableList.copyOf(assignments);
        this.notices = notices;
        for (Assignment assignment : assignments) {
            @Nullable List<Assignment> within = bySubnet.get(assignment.subnet());
            if (within == null) {
                within = new ArrayList<>();
                bySubnet.put(assignment.subnet(), within);
            }
            within.add(assignment);
            @Nullable Address address = assignment.address();
            if (assignment.assumed() && address != null) guess(assignment.subnet(), address);
        }
    }

    static AssumedAddresses of(Topology topology) {
        Map<ResourceId, Set<Address>> taken = takenBySubnet(topology);
        List<Assignment> assignments = new ArrayList<>();
        List<Notice> notices = new ArrayList<>();
        for (NetworkInterface nic : topology.networkInterfaces()) {
            for (IpConfiguration configuration : nic.ipConfigurations()) {
                Optional<ResourceId> subnetId = configuration.subnet().value();
                if (subnetId.isEmpty()) continue;
                @Nullable Given<Address> declared = configuration.privateIpAddress();
                if (declared != null) {
                    @Nullable Address address = declared.value().orElse(null);
                    assignments.add(new Assignment(nic, configuration, subnetId.get(), address, false));
                    continue;
                }
                Optional<Address> free = topology.subnet(subnetId.get())
                        .flatMap(subnet ->
                                lowestFree(subnet, taken.computeIfAbsent(subnetId.get(), id -> new HashSet<>())));
                free.ifPresent(address ->
                        notices.add(notice("NIC " + nic.id().name(), address, subnetId.get(), configuration.place())));
                assignments.add(
                        new Assignment(nic, configuration, subnetId.get(), free.orElse(null), free.isPresent()));
            }
        }
        return new AssumedAddresses(topology, taken, assignments, notices);
    }

    private static Map<ResourceId, Set<Address>> takenBySubnet(Topology topology) {
        Map<ResourceId, Set<Address>> taken = new HashMap<>();
        for (NetworkInterface nic : topology.networkInterfaces()) {
            for (IpConfiguration ip : nic.ipConfigurations()) take(taken, ip.subnet(), ip.privateIpAddress());
        }
        for (LoadBalancer balancer : topology.loadBalancers()) {
            for (LoadBalancer.Frontend frontend : balancer.frontends()) {
                take(taken, frontend.subnet(), frontend.privateIpAddress());
            }
        }
        for (PrivateEndpoint endpoint : topology.privateEndpoints()) {
            take(taken, endpoint.subnet(), endpoint.privateIpAddress());
        }
        return taken;
    }

    private static void take(
            Map<ResourceId, Set<Address>> taken, @Nullable Given<ResourceId> subnet, @Nullable Given<Address> address) {
        if (subnet == null || address == null || subnet.isUnknown() || address.isUnknown()) return;
        taken.computeIfAbsent(subnet.value().orElseThrow(), id -> new HashSet<>())
                .add(address.value().orElseThrow());
    }

    private static Optional<Address> lowestFree(Subnet subnet, Set<Address> taken) {
        for (Given<Prefix> given : subnet.prefixes()) {
            Optional<Prefix> prefix = given.value();
            if (prefix.isEmpty()) continue;
            @Nullable Address address = prefix.get().first();
            for (int i = 0; i < RESERVED_AT_START && address != null; i++) address = address.next();
            while (address != null
                    && !address.equals(prefix.get().last())
                    && prefix.get().contains(address)) {
                if (taken.add(address)) return Optional.of(address);
                address = address.next();
            }
        }
        return Optional.empty();
    }

    /** Notes an address that is assumed of somebody in a subnet. */
    void guess(ResourceId subnet, Address address) {
        guesses.add(new Guess(subnet, address));
    }

    /** Notes an address that is assumed of somebody in no subnet. */
    void guess(List<Prefix> ranges, Address address) {
        outsiders.add(new Outsider(ImmutableList.copyOf(ranges), address));
    }

    /** What is assumed of clients in no subnet. */
    ImmutableList<Outsider> outsiders() {
        return ImmutableList.copyOf(outsiders);
    }

    /** Everything that is assumed of NICs, frontends and clients; the machines of instances are told elsewhere. */
    ImmutableList<Guess> guesses() {
        return ImmutableList.copyOf(guesses);
    }

    /** Assumes the lowest free address of a subnet for {@code what}, and says so. */
    Optional<Address> assume(Subnet subnet, String what, Place place) {
        Optional<Address> free = nextFree(subnet);
        free.ifPresent(address -> {
            notices.add(notice(what, address, subnet.id(), place));
            guess(subnet.id(), address);
        });
        return free;
    }

    private static Notice notice(String what, Address address, ResourceId subnet, Place place) {
        return new Notice(
                "ADDRESS_ASSUMED",
                "Azure assigns the address of " + what + " later; " + address
                        + " is assumed, the lowest free of subnet " + subnet.name(),
                place);
    }

    /** Hands out the lowest free address of a subnet. */
    Optional<Address> nextFree(Subnet subnet) {
        return lowestFree(subnet, taken.computeIfAbsent(subnet.id(), id -> new HashSet<>()));
    }

    /** Takes an address that somebody states for a machine of this subnet; false when it cannot be that machine's. */
    boolean state(Subnet subnet, Address address) {
        for (Given<Prefix> prefix : subnet.prefixes()) {
            if (!prefix.value().map(known -> isUsable(known, address)).orElse(false)) continue;
            boolean free =
                    taken.computeIfAbsent(subnet.id(), id -> new HashSet<>()).add(address);
            if (free) stated.add(address);
            return free;
        }
        return false;
    }

    /** Whether somebody stated the address, so that it is no guess. */
    boolean isStated(Address address) {
        return stated.contains(address);
    }

    private static boolean isUsable(Prefix prefix, Address address) {
        @Nullable Address reserved = prefix.first();
        for (int i = 0; i < RESERVED_AT_START && reserved != null; i++, reserved = reserved.next()) {
            if (reserved.equals(address)) return false;
        }
        return prefix.contains(address) && !address.equals(prefix.last());
    }

    /** The lowest usable address from {@code first} to before {@code behind} that is neither declared nor occupied. */
    @Nullable
    Address firstUndeclared(
            Subnet subnet, Prefix prefix, Address first, @Nullable Address behind, Set<Address> occupied) {
        Set<Address> declared = declared().getOrDefault(subnet.id(), Set.of());
        @Nullable Address address = first;
        while (address != null && !address.equals(behind) && prefix.contains(address)) {
            boolean free = !declared.contains(address) && !occupied.contains(address) && !isStated(address);
            if (free && isUsable(prefix, address)) return address;
            address = address.next();
        }
        return null;
    }

    private Map<ResourceId, Set<Address>> declared() {
        if (declared == null) declared = takenBySubnet(topology);
        return declared;
    }

    ImmutableList<Assignment> assignments() {
        return assignments;
    }

    /** The first address of each NIC. */
    ImmutableMap<ResourceId, Address> byNetworkInterface() {
        Map<ResourceId, Address> first = new LinkedHashMap<>();
        for (Assignment assignment : assignments) {
            @Nullable Address address = assignment.address();
            if (address != null) first.putIfAbsent(assignment.networkInterface().id(), address);
        }
        return ImmutableMap.copyOf(first);
    }

    /** The addresses that are guesses. */
    ImmutableSet<Address> assumed() {
        ImmutableSet.Builder<Address> assumed = ImmutableSet.builder();
        for (Guess guess : guesses) assumed.add(guess.address());
        return assumed.build();
    }

    List<Assignment> in(ResourceId subnet) {
        List<Assignment> within = bySubnet.get(subnet);
        return within == null ? List.of() : within;
    }

    ImmutableList<Notice> notices() {
        return ImmutableList.copyOf(notices);
    }

    /** The members of application security groups: an address that is only assumed may be any of its subnet. */
    ImmutableMap<ResourceId, Meaning> groupMembers(Topology topology) {
        Map<ResourceId, Meaning> members = new HashMap<>();
        for (Assignment assignment : assignments) {
            Meaning addresses = meaning(assignment, topology);
            for (ResourceId group : assignment.configuration().applicationSecurityGroups()) {
                members.merge(group, addresses, Meaning::union);
            }
        }
        for (NetworkInterface nic : topology.networkInterfaces()) {
            for (IpConfiguration configuration : nic.ipConfigurations()) {
                if (!configuration.subnet().isUnknown()) continue;
                for (ResourceId group : configuration.applicationSecurityGroups()) {
                    members.merge(group, somewhere(nic, configuration), Meaning::union);
                }
            }
        }
        return ImmutableMap.copyOf(members);
    }

    /** The address of a NIC in an unknown subnet: the declared one, or any. */
    private static Meaning somewhere(NetworkInterface nic, IpConfiguration configuration) {
        @Nullable Given<Address> declared = configuration.privateIpAddress();
        Optional<Address> known = declared == null ? Optional.empty() : declared.value();
        return known.map(address -> Meaning.of(AddressSet.of(Prefix.host(address))))
                .orElseGet(() -> Meaning.atMost(
                        AddressSet.any(),
                        "the private address of NIC " + nic.id().name()));
    }

    private static Meaning meaning(Assignment assignment, Topology topology) {
        @Nullable Address address = assignment.address();
        if (address != null && !assignment.assumed()) {
            return Meaning.of(AddressSet.of(Prefix.host(address)));
        }
        Meaning subnet = topology.subnet(assignment.subnet())
                .map(found -> Meaning.ofPrefixes(found.prefixes()))
                .orElse(Meaning.of(AddressSet.any()));
        return Meaning.atMost(
                subnet.possible(),
                "the private address of NIC "
                        + assignment.networkInterface().id().name());
    }
}
