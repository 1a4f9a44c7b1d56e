package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.net.Address;
import dev.mipath.topology.Given;
import dev.mipath.topology.NatGateway;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PublicIpAddress;
import dev.mipath.topology.ResourceId;

/** Public addresses, NAT gateways and private DNS zones. */
final class ServiceReader {
    /** What PowerShell writes in the place of an address that Azure has not assigned yet. */
    private static final String NOT_ASSIGNED = "Not Assigned";

    private ServiceReader() {}

    static PublicIpAddress publicAddress(ResourceId id, Fields fields) {
        boolean assigned = !(fields.node("ipAddress") instanceof Node.Str text
                && text.text().equals(NOT_ASSIGNED));
        return new PublicIpAddress(
                id,
                fields.place(),
                assigned ? fields.given("ipAddress", "an address such as `20.1.2.3`", Address::parse) : null);
    }

    static NatGateway natGateway(ResourceId id, Fields fields) {
        return new NatGateway(id, fields.place(), fields.references("publicIpAddresses"));
    }

    static PrivateDnsZone zone(ResourceId id, Fields fields) {
        return new PrivateDnsZone(id, fields.place(), ImmutableList.of(), ImmutableList.of());
    }

    /** A link is a part of its zone; PowerShell writes the id of the VNet alone. */
    static PrivateDnsZone link(ResourceId zone, Fields fields) {
        Given<ResourceId> vnet =
                fields.reference(fields.has("virtualNetworkId") ? "virtualNetworkId" : "virtualNetwork");
        ImmutableList<PrivateDnsZone.Link> links =
                vnet == null ? ImmutableList.of() : ImmutableList.of(new PrivateDnsZone.Link(vnet));
        return new PrivateDnsZone(zone, fields.place(), links, ImmutableList.of());
    }

    /** The zones in which Azure registers the endpoint above it. */
    static Drafts.OfZoneGroup zoneGroup(ResourceId id, Fields fields) {
        ImmutableList.Builder<ResourceId> zones = ImmutableList.builder();
        for (Node item : fields.items("privateDnsZoneConfigs")) {
            Fields entry = NetworkReader.child(item, "a zone", fields);
            Node zone = entry == null ? null : entry.node("privateDnsZoneId");
            if (zone != null) Fields.reference(zone, fields.problems()).value().ifPresent(zones::add);
        }
        return new Drafts.OfZoneGroup(id, fields.place(), zones.build());
    }

    /** A record is a part of its zone; templates and answers differ in the case of its list, PowerShell in its name. */
    static PrivateDnsZone record(ResourceId zone, ResourceId id, Fields fields) {
        ImmutableList.Builder<Given<Address>> addresses = ImmutableList.builder();
        for (Node item : fields.items(fields.has("records") ? "records" : "aRecords")) {
            Fields entry = NetworkReader.child(item, "an address record", fields);
            if (entry == null) continue;
            Given<Address> address = entry.given("ipv4Address", MachineReader.ADDRESS, Address::parse);
            if (address != null) addresses.add(address);
        }
        PrivateDnsZone.Entry entry = new PrivateDnsZone.Entry(id.name(), addresses.build());
        return new PrivateDnsZone(zone, fields.place(), ImmutableList.of(), ImmutableList.of(entry));
    }
}
