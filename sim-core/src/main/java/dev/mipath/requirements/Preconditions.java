package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Feature;
import dev.mipath.profile.Feature.Need;
import dev.mipath.profile.RegionPairs;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges what a feature needs before any packet counts. */
public final class Preconditions {
    private static final int DTC_NAME_MAX = 15;

    private final Topology topology;
    private final ManagedInstance instance;
    private final @Nullable ManagedInstance peer;
    private final Peer about;

    /**
     * Whom the instance works with.
     *
     * @param name its name; empty for nobody
     * @param instance the instance that it is, or null
     * @param vnet the VNet it is in, or null when it is in none or that is not known
     */
    public record Peer(
            String name,
            @Nullable ManagedInstance instance,
            @Nullable ResourceId vnet) {}

    /**
     * Preconditions between two.
     *
     * @param topology the input
     * @param instance the instance
     * @param peer whom it works with
     */
    public Preconditions(Topology topology, ManagedInstance instance, Peer peer) {
        this.topology = topology;
        this.instance = instance;
        this.peer = peer.instance();
        this.about = peer;
    }

    /** How a need stands. */
    public enum State {
        MET,
        BROKEN,
        UNKNOWN
    }

    /**
     * A need and how it stands.
     *
     * @param need the need
     * @param state how it stands
     * @param here what holds for the instance, or null when the input does not say
     * @param there what holds for the peer, or null when the input does not say
     */
    public record Judged(
            Need need,
            State state,
            @Nullable String here,
            @Nullable String there) {}

    /** Every need of a feature, judged. */
    public ImmutableList<Judged> of(Feature feature) {
        ImmutableList.Builder<Judged> judged = ImmutableList.builder();
        for (Need need : feature.needs()) judged.add(judge(need));
        return judged.build();
    }

    private Judged judge(Need need) {
        return switch (need) {
            case SHORT_HOST_NAME -> name(need);
            case RESERVED_ZONES, PUBLIC_NAMES, PRIVATE_ENDPOINT_MADE, ZONE_AT_CLIENT, ZONE_NOT_AT_INSTANCE ->
                new NamePreconditions(topology, instance, vnet(instance).orElse(null), about).judge(need);
            case PUBLIC_ENDPOINT_ON -> {
                Given<Boolean> on = instance.publicDataEndpointEnabled();
                State state = on.isUnknown() ? State.UNKNOWN : on.is(true) ? State.MET : State.BROKEN;
                yield new Judged(need, state, null, null);
            }
            case SAME_DNS_ZONE, OTHER_REGION, NO_OVERLAP, OWN_GROUP_AND_TABLE ->
                peer == null ? new Judged(need, State.UNKNOWN, null, null) : between(need, peer);
        };
    }

    private Judged between(Need need, ManagedInstance peer) {
        return switch (need) {
            case SAME_DNS_ZONE -> {
                @Nullable String here = zone(instance);
                @Nullable String there = zone(peer);
                yield known(need, here, there, here != null && here.equalsIgnoreCase(there));
            }
            case OTHER_REGION -> {
                @Nullable String here = region(instance);
                @Nullable String there = region(peer);
                boolean other = here != null
                        && there != null
                        && !RegionPairs.spelling(here).equals(RegionPairs.spelling(there));
                yield known(need, here, there, other);
            }
            case NO_OVERLAP -> overlap(need, peer);
            default -> own(need, peer);
        };
    }

    private static Judged known(Need need, @Nullable String here, @Nullable String there, boolean met) {
        State state = here == null || there == null ? State.UNKNOWN : met ? State.MET : State.BROKEN;
        return new Judged(need, state, here, there);
    }

    private Judged name(Need need) {
        boolean fits = about.name().length() <= DTC_NAME_MAX;
        return new Judged(need, fits ? State.MET : State.BROKEN, null, about.name());
    }

    /** The label of the DNS zone that an instance's host name has, or null where the input does not say. */
    static @Nullable String zone(ManagedInstance instance) {
        if (instance.dnsZone() != null) return instance.dnsZone();
        @Nullable String name = instance.fullyQualifiedDomainName();
        if (name == null) return null;
        String[] labels = name.split("\\.", -1);
        return labels.length > 2 ? labels[1] : null;
    }

    private @Nullable String region(ManagedInstance of) {
        return vnet(of).flatMap(vnet -> vnet.location().value()).orElse(null);
    }

    private Judged overlap(Need need, ManagedInstance other) {
        Optional<AddressSet> here = vnet(instance).flatMap(Preconditions::space);
        Optional<AddressSet> there = vnet(other).flatMap(Preconditions::space);
        if (here.isEmpty() || there.isEmpty()) return new Judged(need, State.UNKNOWN, null, null);
        boolean apart = !here.get().intersects(there.get());
        return known(
                need, here.get().prefixes().toString(), there.get().prefixes().toString(), apart);
    }

    private static Optional<AddressSet> space(Vnet vnet) {
        List<Prefix> prefixes = new ArrayList<>();
        for (Given<Prefix> prefix : vnet.addressPrefixes()) {
            if (prefix.isUnknown()) return Optional.empty();
            prefix.value().ifPresent(prefixes::add);
        }
        return Optional.of(AddressSet.of(prefixes));
    }

    /** What one subnet has attached serves that subnet alone. */
    private Judged own(Need need, ManagedInstance other) {
        Optional<Subnet> here = subnet(instance);
        Optional<Subnet> there = subnet(other);
        if (here.isEmpty() || there.isEmpty()) return new Judged(need, State.UNKNOWN, null, null);
        String ours = attached(here.get());
        String theirs = attached(there.get());
        boolean shared = shares(
                        here.get().attached().networkSecurityGroup(),
                        there.get().attached().networkSecurityGroup())
                || shares(
                        here.get().attached().routeTable(),
                        there.get().attached().routeTable());
        boolean one = here.get().id().equals(there.get().id());
        return new Judged(need, shared && !one ? State.BROKEN : State.MET, ours, theirs);
    }

    private static boolean shares(@Nullable Given<ResourceId> one, @Nullable Given<ResourceId> other) {
        return one != null && other != null && !one.isUnknown() && one.equals(other);
    }

    private static String attached(Subnet subnet) {
        return name(subnet.attached().networkSecurityGroup()) + " and "
                + name(subnet.attached().routeTable());
    }

    private static String name(@Nullable Given<ResourceId> attached) {
        return attached == null ? "none" : attached.map(ResourceId::name).toString();
    }

    private Optional<Subnet> subnet(ManagedInstance of) {
        return of.subnet().value().flatMap(topology::subnet);
    }

    private Optional<Vnet> vnet(ManagedInstance of) {
        @Nullable ResourceId subnet = of.subnet().value().orElse(null);
        for (Vnet vnet : topology.vnets()) {
            for (Subnet each : vnet.subnets()) if (each.id().equals(subnet)) return Optional.of(vnet);
        }
        return Optional.empty();
    }
}
