package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Managed instances, and the instances that a virtual cluster holds (facts 8.22 to 8.24). */
final class InstanceReader {
    private static final List<String> CONNECTION_TYPES = List.of("Proxy", "Redirect", "Default");

    private InstanceReader() {}

    static ManagedInstance instance(ResourceId id, Fields fields) {
        Given<ResourceId> subnet = fields.reference("subnetId");
        return new ManagedInstance(
                id,
                fields.place(),
                subnet == null ? Given.unknown("subnet of `" + id.name() + "`", fields.place()) : subnet,
                closed(fields, "fullyQualifiedDomainName"),
                closed(fields, "dnsZone"),
                fields.given(
                        "proxyOverride",
                        "`Proxy`, `Redirect` or `Default`",
                        Fields.oneOf("proxyOverride", CONNECTION_TYPES)),
                publicEndpoint(id, fields),
                tier(fields.nested("sku")),
                null,
                fields.reference("dnsZonePartner"));
    }

    /** A group is told by each of its sides; both name the primary and its partner (fact 4.51). */
    static FailoverGroup group(ResourceId id, Fields fields) {
        for (Node item : fields.items("managedInstancePairs")) {
            Fields pair = NetworkReader.child(item, "a pair of instances", fields);
            if (pair == null) continue;
            Given<ResourceId> primary = pair.reference("primaryManagedInstanceId");
            return new FailoverGroup(
                    new ResourceId(id.name()),
                    fields.place(),
                    primary == null
                            ? Given.unknown("primary of failover group `" + id.name() + "`", item.place())
                            : primary,
                    pair.reference("partnerManagedInstanceId"));
        }
        return new FailoverGroup(
                new ResourceId(id.name()),
                fields.place(),
                Given.unknown("primary of failover group `" + id.name() + "`", fields.place()),
                null);
    }

    /** Off in a template that does not switch it on (fact 4.2); an answer that leaves it out does not say. */
    private static Given<Boolean> publicEndpoint(ResourceId id, Fields fields) {
        boolean answer = fields.has("id");
        if (answer && !fields.has("publicDataEndpointEnabled")) {
            return Given.unknown("public endpoint of `" + id.name() + "`", fields.place());
        }
        return fields.flag("publicDataEndpointEnabled", false);
    }

    private static @Nullable String closed(Fields fields, String name) {
        String text = fields.text(name);
        return text == null || text.isEmpty() || Opaque.isOpen(text) ? null : text;
    }

    /** The tier by its own word, or by the first letters of the size: {@code GP_Gen5}, {@code BC_Gen5}. */
    private static @Nullable Given<String> tier(Fields sku) {
        Given<String> tier = sku.given("tier", "`GeneralPurpose` or `BusinessCritical`", text -> text);
        if (tier != null) return tier;
        Given<String> size = sku.given("name", "a size such as `GP_Gen5`", text -> text);
        if (size == null || size instanceof Given.Unknown) return size;
        String name = Ascii.toUpperCase(size.orElse(""));
        if (name.startsWith("GP_")) return Given.of("GeneralPurpose");
        return name.startsWith("BC_") ? Given.of("BusinessCritical") : null;
    }

    /** The instances of a cluster: of each only its subnet is known from here. */
    static ImmutableList<ManagedInstance> ofCluster(Fields fields) {
        Given<ResourceId> subnet = fields.reference("subnetId");
        if (subnet == null) return ImmutableList.of();
        ImmutableList.Builder<ManagedInstance> instances = ImmutableList.builder();
        for (Node item : fields.items("childResources")) {
            ResourceId id = MachineReader.known(Fields.reference(item, fields.problems()));
            if (id == null) continue;
            Given<Boolean> endpoint = Given.unknown("public endpoint of `" + id.name() + "`", item.place());
            instances.add(new ManagedInstance(id, item.place(), subnet, null, null, null, endpoint, null));
        }
        return instances.build();
    }
}
