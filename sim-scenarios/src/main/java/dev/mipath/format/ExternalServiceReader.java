package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.profile.Dependency;
import dev.mipath.topology.ExternalService;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** Reads what instances connect to outside the network. */
final class ExternalServiceReader {
    private static final int PORT_MAX = 65_535;

    private final Resources resources;
    private final Values values;

    ExternalServiceReader(Resources resources) {
        this.resources = resources;
        values = resources.values();
    }

    @Nullable
    ExternalService externalService(Node item) {
        Fields fields = Fields.of(item, "an external service", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.EXTERNAL_SERVICE::identity);
        @Nullable String service = service(fields.optional("service"));
        Node given = fields.required("address");
        Given<Address> address =
                given == null ? Given.unknown("address", fields.place()) : values.given(given, values::address);
        @Nullable String hostName = resources.optionalText(fields, "hostName");
        ImmutableList<Integer> ports = values.list(fields.optional("ports"), this::port);
        @Nullable Given<String> location = values.givenOrNull(fields.optional("location"), values::text);
        @Nullable String tls = resources.optionalText(fields, "tlsVersion");
        boolean guarded = fields.has("allowedAddresses") || fields.has("allowedSubnets");
        ExternalService.@Nullable Firewall firewall = guarded
                ? new ExternalService.Firewall(
                        values.givens(fields.optional("allowedAddresses"), values::prefix),
                        resources.list(ResourceKind.SUBNET, fields.optional("allowedSubnets")))
                : null;
        fields.done();
        return id == null
                ? null
                : new ExternalService(id, fields.place(), service, address, hostName, ports, location, tls, firewall);
    }

    private @Nullable String service(@Nullable Node value) {
        @Nullable String name = value == null ? null : values.text(value);
        if (value == null || name == null || Dependency.isName(name)) return name;
        return values.wrong(
                value.place(),
                "there is no built-in dependency " + Printable.quoted(name),
                "write `storage`, `keyvault` or another that docs/cli.md lists, or leave it out");
    }

    private @Nullable Integer port(Node value) {
        @Nullable Integer port = values.number(value);
        if (port == null || port > 0 && port <= PORT_MAX) return port;
        return values.wrong(value.place(), port + " is no port", "write a number from 1 to 65535");
    }
}
