package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Address;
import dev.mipath.topology.DnsServer;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Given;
import dev.mipath.topology.NatGateway;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PublicIpAddress;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** Reads public addresses, NAT gateways, private DNS zones and DNS servers. */
final class ServiceReader {
    private static final ImmutableMap<String, DnsServer.Forwarding> FORWARDING =
            Values.words(DnsServer.Forwarding.values(), DnsServer.Forwarding::word);

    private final Resources resources;
    private final Values values;

    ServiceReader(Resources resources) {
        this.resources = resources;
        values = resources.values();
    }

    @Nullable
    PublicIpAddress publicAddress(Node item) {
        Fields fields = Fields.of(item, "a public IP address", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.PUBLIC_IP_ADDRESS::identity);
        @Nullable Given<Address> address = values.givenOrNull(fields.optional("ipAddress"), values::address);
        fields.done();
        return id == null ? null : new PublicIpAddress(id, fields.place(), address);
    }

    @Nullable
    NatGateway natGateway(Node item) {
        Fields fields = Fields.of(item, "a NAT gateway", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.NAT_GATEWAY::identity);
        ImmutableList<ResourceId> addresses =
                resources.list(ResourceKind.PUBLIC_IP_ADDRESS, fields.optional("publicIpAddresses"));
        fields.done();
        return id == null ? null : new NatGateway(id, fields.place(), addresses);
    }

    @Nullable
    PrivateDnsZone zone(Node item) {
        Fields fields = Fields.of(item, "a private DNS zone", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.PRIVATE_DNS_ZONE::identity);
        ImmutableList<PrivateDnsZone.Link> links = values.list(
                fields.optional("links"), value -> new PrivateDnsZone.Link(resources.given(ResourceKind.VNET, value)));
        ImmutableList<PrivateDnsZone.Entry> records = values.rows(fields.optional("records"), this::entry);
        fields.done();
        return id == null ? null : new PrivateDnsZone(id, fields.place(), links, records);
    }

    @Nullable
    DnsServer dnsServer(Node item) {
        Fields fields = Fields.of(item, "a DNS server", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.DNS_SERVER::identity);
        Node address = fields.required("address");
        @Nullable Address known = address == null ? null : values.address(address);
        Node forwarding = fields.optional("forwardsTo");
        DnsServer.@Nullable Forwarding where =
                forwarding == null ? DnsServer.Forwarding.AZURE : values.word(forwarding, FORWARDING);
        ImmutableList<PrivateDnsZone.Entry> records = values.rows(fields.optional("records"), this::entry);
        fields.done();
        if (id == null || known == null || where == null) return null;
        return new DnsServer(id, fields.place(), known, where, records);
    }

    @Nullable
    FailoverGroup failoverGroup(Node item) {
        Fields fields = Fields.of(item, "a failover group", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.FAILOVER_GROUP::identity);
        Given<ResourceId> primary = resources.givenRequired(ResourceKind.MANAGED_INSTANCE, fields, "primary");
        Node other = fields.optional("secondary");
        @Nullable
        Given<ResourceId> secondary = other == null ? null : resources.given(ResourceKind.MANAGED_INSTANCE, other);
        fields.done();
        return id == null ? null : new FailoverGroup(id, fields.place(), primary, secondary);
    }

    private PrivateDnsZone.@Nullable Entry entry(Node item) {
        Fields fields = Fields.of(item, "a record", values.problems());
        if (fields == null) return null;
        @Nullable String name = resources.requiredText(fields, "name");
        ImmutableList<Given<Address>> addresses = values.givens(fields.required("addresses"), values::address);
        fields.done();
        return name == null ? null : new PrivateDnsZone.Entry(name, addresses);
    }
}
