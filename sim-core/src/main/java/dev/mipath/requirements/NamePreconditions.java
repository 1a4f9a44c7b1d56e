package dev.mipath.requirements;

import com.google.common.base.Ascii;
import dev.mipath.instance.HostName;
import dev.mipath.net.Address;
import dev.mipath.profile.Feature;
import dev.mipath.profile.Feature.Need;
import dev.mipath.requirements.Preconditions.Judged;
import dev.mipath.requirements.Preconditions.Peer;
import dev.mipath.requirements.Preconditions.State;
import dev.mipath.topology.DnsServer;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges what a feature needs of names: zones linked to VNets, DNS servers, private endpoints. */
final class NamePreconditions {
    private static final String PRIVATE_LINK = "privatelink.";

    private final Topology topology;
    private final ManagedInstance instance;
    private final @Nullable Vnet vnet;
    private final Peer peer;

    /** {@code vnet} is the instance's, or null when the input does not hold it. */
    NamePreconditions(Topology topology, ManagedInstance instance, @Nullable Vnet vnet, Peer peer) {
        this.topology = topology;
        this.instance = instance;
        this.vnet = vnet;
        this.peer = peer;
    }

    Judged judge(Need need) {
        return switch (need) {
            case RESERVED_ZONES -> reserved(need);
            case PUBLIC_NAMES -> publicNames(need);
            case PRIVATE_ENDPOINT_MADE -> endpoint(need);
            case ZONE_AT_CLIENT -> atClient(need);
            default -> notAtInstance(need);
        };
    }

    private Judged reserved(Need need) {
        if (vnet == null) return new Judged(need, State.UNKNOWN, null, null);
        State state = State.MET;
        @Nullable String name = null;
        for (PrivateDnsZone zone : topology.services(PrivateDnsZone.class)) {
            State linked = linked(zone, vnet.id());
            boolean worse = linked == State.MET || linked == State.UNKNOWN && state == State.MET;
            if (!Feature.RESERVED_NAMES.contains(name(zone)) || !worse) continue;
            state = linked == State.MET ? State.BROKEN : State.UNKNOWN;
            name = name(zone);
        }
        return new Judged(need, state, name, null);
    }

    /** A server that the input describes and that asks nobody knows no public name; others are taken to ask. */
    private Judged publicNames(Need need) {
        if (vnet == null) return new Judged(need, State.UNKNOWN, null, null);
        Optional<DnsServer> mute = knowsNoPublicName(topology, vnet);
        if (mute.isPresent()) {
            return new Judged(need, State.BROKEN, mute.get().id().name(), null);
        }
        for (Given<Address> each : vnet.dnsServers()) {
            if (each.isUnknown()) return new Judged(need, State.UNKNOWN, null, null);
        }
        return new Judged(need, State.MET, null, null);
    }

    /** The server of the VNet that the input describes as one that asks nobody, if any. */
    static Optional<DnsServer> knowsNoPublicName(Topology topology, Vnet vnet) {
        return topology.services(DnsServer.class).stream()
                .filter(server -> server.forwardsTo() == DnsServer.Forwarding.NOTHING)
                .filter(server -> vnet.dnsServers().stream().anyMatch(each -> each.is(server.address())))
                .findFirst();
    }

    private Judged endpoint(Need need) {
        State state = State.BROKEN;
        for (PrivateEndpoint endpoint : topology.privateEndpoints()) {
            @Nullable Given<ResourceId> service = endpoint.service();
            if (service != null && service.is(instance.id())) {
                return new Judged(need, State.MET, endpoint.id().name(), null);
            }
            if (service == null || service.isUnknown()) state = State.UNKNOWN;
        }
        return new Judged(need, state, null, null);
    }

    private @Nullable String zoneName() {
        return privateLinkZone(instance);
    }

    /** The zone of the instance's private endpoints in lower case, or null when the input does not give its DNS zone. */
    static @Nullable String privateLinkZone(ManagedInstance instance) {
        @Nullable String zone = Preconditions.zone(instance);
        return zone == null ? null : PRIVATE_LINK + Ascii.toLowerCase(zone) + HostName.SUFFIX;
    }

    private Judged atClient(Need need) {
        @Nullable String wanted = zoneName();
        if (wanted == null || peer.vnet() == null) return new Judged(need, State.UNKNOWN, wanted, null);
        State state = State.BROKEN;
        for (PrivateDnsZone zone : topology.services(PrivateDnsZone.class)) {
            if (!name(zone).equals(wanted)) continue;
            State linked = linked(zone, peer.vnet());
            if (linked == State.MET && hasRecord(zone)) return new Judged(need, State.MET, wanted, peer.name());
            if (linked == State.UNKNOWN) state = State.UNKNOWN;
        }
        return new Judged(need, state, wanted, peer.name());
    }

    private boolean hasRecord(PrivateDnsZone zone) {
        return zone.records().stream()
                .anyMatch(record -> record.name().equalsIgnoreCase(instance.id().name())
                        && !record.addresses().isEmpty());
    }

    private Judged notAtInstance(Need need) {
        @Nullable String harmful = zoneName();
        if (harmful == null || vnet == null) return new Judged(need, State.UNKNOWN, harmful, null);
        State state = State.MET;
        for (PrivateDnsZone zone : topology.services(PrivateDnsZone.class)) {
            if (!name(zone).equals(harmful)) continue;
            State linked = linked(zone, vnet.id());
            if (linked == State.MET) return new Judged(need, State.BROKEN, harmful, null);
            if (linked == State.UNKNOWN) state = State.UNKNOWN;
        }
        return new Judged(need, state, harmful, null);
    }

    /** Whether a zone is linked to a VNet: met, broken when it is not, unknown when a link's VNet is not known. */
    static State linked(PrivateDnsZone zone, ResourceId vnet) {
        State state = State.BROKEN;
        for (PrivateDnsZone.Link link : zone.links()) {
            if (link.vnet().is(vnet)) return State.MET;
            if (link.vnet().isUnknown()) state = State.UNKNOWN;
        }
        return state;
    }

    private static String name(PrivateDnsZone zone) {
        return Ascii.toLowerCase(zone.id().name());
    }
}
