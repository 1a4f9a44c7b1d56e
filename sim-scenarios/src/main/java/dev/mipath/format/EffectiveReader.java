package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.EffectiveRouteTable;
import dev.mipath.topology.EffectiveSecurityRules;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import org.jspecify.annotations.Nullable;

/** Reads recorded answers of Azure. */
final class EffectiveReader {
    private static final ImmutableMap<String, Boolean> STATES = ImmutableMap.of("Active", true, "Invalid", false);

    private final Resources resources;
    private final Values values;
    private final RuleReader rules;

    EffectiveReader(Resources resources, RuleReader rules) {
        this.resources = resources;
        this.rules = rules;
        values = resources.values();
    }

    @Nullable
    EffectiveSecurityRules securityRules(Node item) {
        Fields fields = Fields.of(item, "an effective security answer", values.problems());
        if (fields == null) return null;
        Node group = fields.required("networkSecurityGroup");
        ResourceId association = association(fields);
        ImmutableList<SecurityRule> answered = values.rows(fields.required("rules"), rules::rule);
        ImmutableListMultimap<String, Prefix> tags = tags(fields.optional("tags"));
        fields.done();
        ResourceId id = group == null ? null : resources.reference(ResourceKind.NETWORK_SECURITY_GROUP, group);
        if (id == null || association == null) return null;
        return new EffectiveSecurityRules(fields.place(), id, association, answered, tags);
    }

    private @Nullable ResourceId association(Fields fields) {
        Node subnet = fields.optional("subnet");
        Node nic = fields.optional("networkInterface");
        Node exactly = fields.optional("association");
        int given = (subnet == null ? 0 : 1) + (nic == null ? 0 : 1) + (exactly == null ? 0 : 1);
        if (given != 1) {
            return values.wrong(
                    fields.place(),
                    fields.what() + " belongs to one subnet or one NIC",
                    "write one of `subnet`, `networkInterface`, and `association` with an id");
        }
        if (subnet != null) return resources.reference(ResourceKind.SUBNET, subnet);
        if (nic != null) return resources.reference(ResourceKind.NETWORK_INTERFACE, nic);
        String id = exactly == null ? null : values.text(exactly);
        return id == null ? null : new ResourceId(id);
    }

    private ImmutableListMultimap<String, Prefix> tags(@Nullable Node value) {
        if (value == null) return ImmutableListMultimap.of();
        if (!(value instanceof Node.Obj object)) {
            Fields.of(value, "the table of tags", values.problems());
            return ImmutableListMultimap.of();
        }
        ImmutableListMultimap.Builder<String, Prefix> tags = ImmutableListMultimap.builder();
        for (Node.Member tag : object.members()) tags.putAll(tag.name(), values.list(tag.value(), values::prefix));
        return tags.build();
    }

    @Nullable
    EffectiveRouteTable routeTable(Node item) {
        Fields fields = Fields.of(item, "an effective route answer", values.problems());
        if (fields == null) return null;
        Node nic = fields.optional("networkInterface");
        ImmutableList<EffectiveRouteTable.Row> rows = values.rows(fields.required("routes"), this::row);
        fields.done();
        @Nullable ResourceId asked = nic == null ? null : resources.reference(ResourceKind.NETWORK_INTERFACE, nic);
        return new EffectiveRouteTable(fields.place(), asked, rows);
    }

    private EffectiveRouteTable.@Nullable Row row(Node item) {
        Fields fields = Fields.of(item, "an effective route", values.problems());
        if (fields == null) return null;
        @Nullable String name = resources.optionalText(fields, "name");
        @Nullable String source = resources.requiredText(fields, "source");
        Node state = fields.required("state");
        Node hop = fields.required("nextHopType");
        ImmutableList<Prefix> prefixes = values.list(fields.required("addressPrefixes"), values::prefix);
        ImmutableList<Address> addresses = values.list(fields.optional("nextHopIpAddresses"), values::address);
        fields.done();
        @Nullable Boolean active = state == null ? null : values.word(state, STATES);
        @Nullable NextHopType type = hop == null ? null : rules.nextHop(hop);
        if (source == null || active == null || type == null) return null;
        return new EffectiveRouteTable.Row(fields.place(), name, source, active, prefixes, type, addresses);
    }
}
