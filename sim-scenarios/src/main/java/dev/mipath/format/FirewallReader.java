package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Address;
import dev.mipath.topology.Access;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads firewalls, whose rules count in the order they stand in, and security admin rules. */
final class FirewallReader {
    static final String ALWAYS = "AlwaysAllow";

    private static final ImmutableMap<String, Access> ACCESSES = Values.words(Access.values(), Access::azureName);
    private static final ImmutableMap<String, Direction> DIRECTIONS =
            Values.words(Direction.values(), Direction::azureName);
    private static final ImmutableMap<String, AdminRules.Reach> REACHES =
            Values.words(AdminRules.Reach.values(), AdminRules.Reach::azureName);

    private final Resources resources;
    private final Values values;
    private final RuleReader rules;

    FirewallReader(Resources resources) {
        this.resources = resources;
        this.values = resources.values();
        this.rules = new RuleReader(resources);
    }

    @Nullable
    Firewall firewall(Node item) {
        Fields fields = Fields.of(item, "a firewall", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.FIREWALL::identity);
        Node in = fields.optional("subnet");
        @Nullable Given<ResourceId> subnet = in == null ? null : resources.given(ResourceKind.SUBNET, in);
        @Nullable Given<Address> address = values.givenOrNull(fields.optional("privateIpAddress"), values::address);
        if (subnet == null && address == null) {
            values.problems()
                    .add(
                            fields.place(),
                            "a firewall stands nowhere",
                            "write its `subnet`, or the `privateIpAddress` of the NIC that forwards");
        }
        List<SecurityRule> listed = new ArrayList<>();
        values.rows(fields.optional("rules"), rule -> firewallRule(rule, listed.size() + 1, listed));
        fields.done();
        return id == null ? null : new Firewall(id, fields.place(), subnet, address, ImmutableList.copyOf(listed));
    }

    private @Nullable SecurityRule firewallRule(Node item, int position, List<SecurityRule> listed) {
        Fields fields = Fields.of(item, "a rule of a firewall", values.problems());
        if (fields == null) return null;
        Node access = fields.optional("access");
        Given<Access> does =
                access == null ? Given.of(Access.ALLOW) : values.given(access, value -> values.word(value, ACCESSES));
        @Nullable SecurityRule rule = rules.ordered(fields, position, does);
        fields.done();
        if (rule != null) listed.add(rule);
        return rule;
    }

    @Nullable
    AdminRules adminRules(Node item) {
        Fields fields = Fields.of(item, "admin rules", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.ADMIN_RULES::identity);
        ImmutableList<Given<ResourceId>> vnets =
                values.list(fields.optional("vnets"), value -> resources.given(ResourceKind.VNET, value));
        Node reach = fields.optional("onInstances");
        AdminRules.@Nullable Reach onInstances = reach == null ? AdminRules.Reach.NONE : values.word(reach, REACHES);
        ImmutableList<AdminRules.Rule> listed = values.rows(fields.optional("rules"), this::adminRule);
        fields.done();
        if (id == null || onInstances == null) return null;
        return new AdminRules(id, fields.place(), vnets, onInstances, listed);
    }

    private AdminRules.@Nullable Rule adminRule(Node item) {
        Fields fields = Fields.of(item, "an admin rule", values.problems());
        if (fields == null) return null;
        fields.required("priority");
        Node direction = fields.required("direction");
        Node access = fields.required("access");
        boolean always = access instanceof Node.Str text && text.text().equalsIgnoreCase(ALWAYS);
        Given<Access> does = always || access == null
                ? Given.of(Access.ALLOW)
                : values.given(access, value -> values.word(value, ACCESSES));
        @Nullable SecurityRule rule = rules.ordered(fields, 0, does);
        fields.done();
        if (rule == null || direction == null) return null;
        Given<Direction> way = values.given(direction, value -> values.word(value, DIRECTIONS));
        return new AdminRules.Rule(
                new SecurityRule(
                        rule.name(), rule.place(), rule.priority(), way, rule.access(), rule.match(), rule.present()),
                always);
    }
}
