package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Address;
import dev.mipath.topology.ApplicationSecurityGroup;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.VirtualMachine;
import org.jspecify.annotations.Nullable;

/** Reads what has an address in a subnet: NICs and their machines, instances, private endpoints. */
final class MachineReader {
    /** The name of a NIC's only address when the document gives none. */
    static final String ONLY_CONFIGURATION = "ipconfig1";

    static final ImmutableMap<String, String> CONNECTION_TYPES =
            ImmutableMap.of("Proxy", "Proxy", "Redirect", "Redirect", "Default", "Default");

    private final Resources resources;
    private final Values values;

    MachineReader(Resources resources) {
        this.resources = resources;
        values = resources.values();
    }

    @Nullable
    NetworkInterface networkInterface(Node item) {
        Fields fields = Fields.of(item, "a network interface", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.NETWORK_INTERFACE::identity);
        ImmutableList<IpConfiguration> addresses = addresses(fields);
        @Nullable
        Given<ResourceId> group =
                resources.givenOrNull(ResourceKind.NETWORK_SECURITY_GROUP, fields.optional("networkSecurityGroup"));
        Given<Boolean> forwards = values.givenOr(fields.optional("enableIpForwarding"), false, values::truth);
        Node machine = fields.optional("virtualMachine");
        @Nullable
        ResourceId owner = machine == null ? null : resources.reference(ResourceKind.VIRTUAL_MACHINE, machine);
        fields.done();
        return id == null ? null : new NetworkInterface(id, fields.place(), addresses, group, forwards, owner);
    }

    /** The addresses: a list, or the keys of the only one among the NIC's own. */
    private ImmutableList<IpConfiguration> addresses(Fields fields) {
        if (fields.has("ipConfigurations")) {
            return values.rows(fields.optional("ipConfigurations"), this::ipConfiguration);
        }
        return ImmutableList.of(ipConfiguration(ONLY_CONFIGURATION, fields));
    }

    private @Nullable IpConfiguration ipConfiguration(Node item) {
        Fields fields = Fields.of(item, "an IP configuration", values.problems());
        if (fields == null) return null;
        Node name = fields.required("name");
        String text = name == null ? null : values.text(name);
        IpConfiguration configuration = ipConfiguration(text == null ? ONLY_CONFIGURATION : text, fields);
        fields.done();
        return text == null ? null : configuration;
    }

    private IpConfiguration ipConfiguration(String name, Fields fields) {
        Given<ResourceId> subnet = resources.givenRequired(ResourceKind.SUBNET, fields, "subnet");
        @Nullable Given<Address> address = privateAddress(fields);
        Node publicAddress = fields.optional("publicIpAddress");
        return new IpConfiguration(
                name,
                fields.place(),
                subnet,
                address,
                publicAddress == null ? null : resources.reference(ResourceKind.PUBLIC_IP_ADDRESS, publicAddress),
                resources.list(ResourceKind.APPLICATION_SECURITY_GROUP, fields.optional("applicationSecurityGroups")),
                values.list(fields.optional("loadBalancerBackendAddressPools"), this::poolId));
    }

    private @Nullable ResourceId poolId(Node value) {
        @Nullable String text = values.text(value);
        return text == null ? null : new ResourceId(text);
    }

    private @Nullable Given<Address> privateAddress(Fields fields) {
        return values.givenOrNull(fields.optional("privateIpAddress"), values::address);
    }

    @Nullable
    VirtualMachine virtualMachine(Node item) {
        Fields fields = Fields.of(item, "a virtual machine", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.VIRTUAL_MACHINE::identity);
        ImmutableList<ResourceId> interfaces =
                resources.list(ResourceKind.NETWORK_INTERFACE, fields.optional("networkInterfaces"));
        fields.done();
        return id == null ? null : new VirtualMachine(id, fields.place(), interfaces);
    }

    /** A group has nothing but its identity, so a bare name is enough. */
    @Nullable
    ApplicationSecurityGroup applicationSecurityGroup(Node item) {
        if (item instanceof Node.Str) {
            String name = resources.name(item);
            return name == null ? null : new ApplicationSecurityGroup(new ResourceId(name), item.place());
        }
        Fields fields = Fields.of(item, "an application security group", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.APPLICATION_SECURITY_GROUP::identity);
        fields.done();
        return id == null ? null : new ApplicationSecurityGroup(id, fields.place());
    }

    @Nullable
    ManagedInstance managedInstance(Node item) {
        Fields fields = Fields.of(item, "a managed instance", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.MANAGED_INSTANCE::identity);
        Given<ResourceId> subnet = resources.givenRequired(ResourceKind.SUBNET, fields, "subnet");
        @Nullable String domainName = resources.optionalText(fields, "fullyQualifiedDomainName");
        @Nullable String zone = resources.optionalText(fields, "dnsZone");
        @Nullable
        Given<String> proxyOverride =
                values.givenOrNull(fields.optional("proxyOverride"), value -> values.word(value, CONNECTION_TYPES));
        Given<Boolean> publicEndpoint =
                values.givenOr(fields.optional("publicDataEndpointEnabled"), false, values::truth);
        @Nullable Given<String> tier = values.givenOrNull(fields.optional("tier"), values::text);
        @Nullable
        Given<Address> management = values.givenOrNull(fields.optional("managementIpAddress"), values::address);
        Node named = fields.optional("dnsZonePartner");
        @Nullable
        Given<ResourceId> partner = named == null ? null : resources.given(ResourceKind.MANAGED_INSTANCE, named);
        fields.done();
        if (id == null) return null;
        return new ManagedInstance(
                id, fields.place(), subnet, domainName, zone, proxyOverride, publicEndpoint, tier, management, partner);
    }

    @Nullable
    PrivateEndpoint privateEndpoint(Node item) {
        Fields fields = Fields.of(item, "a private endpoint", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.PRIVATE_ENDPOINT::identity);
        Given<ResourceId> subnet = resources.givenRequired(ResourceKind.SUBNET, fields, "subnet");
        @Nullable Given<Address> address = privateAddress(fields);
        @Nullable
        Given<ResourceId> service = resources.givenOrNull(ResourceKind.MANAGED_INSTANCE, fields.optional("service"));
        fields.done();
        return id == null ? null : new PrivateEndpoint(id, fields.place(), subnet, address, service);
    }
}
