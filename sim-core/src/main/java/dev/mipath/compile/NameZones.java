package dev.mipath.compile;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.instance.Estate;
import dev.mipath.instance.HostName;
import dev.mipath.instance.PrivateNames;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.DnsServer;
import dev.mipath.topology.Given;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers private endpoints, private DNS zones and DNS servers for the resolution of names. */
final class NameZones {
    private static final String AT_ZONE = "@";
    private static final String PRIVATE_LINK = "privatelink.";

    private final Topology topology;
    private final CompileNotices notices;

    NameZones(Topology topology, CompileNotices notices) {
        this.topology = topology;
        this.notices = notices;
    }

    ImmutableList<Estate.Endpoint> endpoints() {
        ImmutableList.Builder<Estate.Endpoint> known = ImmutableList.builder();
        for (PrivateEndpoint endpoint : topology.privateEndpoints()) {
            @Nullable Given<Address> address = endpoint.privateIpAddress();
            @Nullable Given<ResourceId> service = endpoint.service();
            if (address instanceof Given.Known<Address> given) {
                known.add(new Estate.Endpoint(
                        endpoint.id(),
                        given.known(),
                        service == null ? null : service.value().orElse(null)));
            }
        }
        return known.build();
    }

    PrivateNames names(ImmutableList<VirtualCluster> clusters) {
        ImmutableList.Builder<PrivateNames.Zone> zones = ImmutableList.builder();
        for (PrivateDnsZone zone : topology.services(PrivateDnsZone.class)) {
            String name = Ascii.toLowerCase(zone.id().name());
            ImmutableList.Builder<ResourceId> vnets = ImmutableList.builder();
            for (PrivateDnsZone.Link link : zone.links()) {
                if (link.vnet() instanceof Given.Known<ResourceId> vnet) vnets.add(vnet.known());
            }
            PrivateNames.Zone known =
                    new PrivateNames.Zone(zone.id(), name, vnets.build(), records(zone.records(), "." + name));
            zones.add(known);
            for (VirtualCluster cluster : clusters) tellHarm(zone, known, cluster);
        }
        ImmutableList.Builder<PrivateNames.Server> servers = ImmutableList.builder();
        for (DnsServer server : topology.services(DnsServer.class)) {
            servers.add(new PrivateNames.Server(
                    server.id(),
                    server.address(),
                    vnetOf(server.address()),
                    server.forwardsTo(),
                    records(server.records(), "")));
        }
        return new PrivateNames(zones.build(), servers.build());
    }

    private static ImmutableMap<String, Address> records(ImmutableList<PrivateDnsZone.Entry> entries, String suffix) {
        Map<String, Address> records = new LinkedHashMap<>();
        for (PrivateDnsZone.Entry entry : entries) {
            for (Given<Address> given : entry.addresses()) {
                String lower = Ascii.toLowerCase(entry.name());
                String whole = lower.equals(AT_ZONE) ? suffix.substring(1) : lower + suffix;
                given.value().ifPresent(address -> records.putIfAbsent(whole, address));
            }
        }
        return ImmutableMap.copyOf(records);
    }

    private @Nullable ResourceId vnetOf(Address address) {
        for (Vnet vnet : topology.vnets()) {
            for (Given<Prefix> range : vnet.addressPrefixes()) {
                if (range instanceof Given.Known<Prefix> known && known.known().contains(address)) return vnet.id();
            }
        }
        return null;
    }

    /** Facts 4.3, 4.58, trap 24: names that the instance itself needs must stay those of public DNS in its VNet. */
    private void tellHarm(PrivateDnsZone zone, PrivateNames.Zone known, VirtualCluster cluster) {
        String own = cluster.dnsZone() + HostName.SUFFIX;
        boolean harms =
                known.name().equals(PRIVATE_LINK + own) || own.endsWith("." + known.name()) || own.equals(known.name());
        if (!harms) return;
        for (Vnet vnet : topology.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                if (!subnet.id().equals(cluster.subnet()) || !known.vnets().contains(vnet.id())) continue;
                notices.add(
                        "ZONE_HARMS_INSTANCE",
                        "private DNS zone " + known.name() + " is linked to VNet "
                                + vnet.id().name()
                                + ", where instances of " + own + " live; it takes their own names from them and breaks"
                                + " them (link it to the clients' VNets only)",
                        zone.place());
            }
        }
    }
}
