package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import org.jspecify.annotations.Nullable;

/** Network groups, security admin configurations, their collections and rules. */
final class AdminRuleReader {
    private static final String ALWAYS = "AlwaysAllow";
    private static final String PORTS = "a port, a range such as `1433-1440`, or `*`";

    private AdminRuleReader() {}

    static Drafts.OfNetworkGroup networkGroup(ResourceId id, Fields fields) {
        @Nullable String condition = fields.text("conditionalMembership");
        return new Drafts.OfNetworkGroup(id, fields.place(), condition != null && !condition.isBlank());
    }

    static Drafts.OfMember member(ResourceId id, Fields fields) {
        Node named = fields.node("resourceId");
        Given<ResourceId> vnet = named == null
                ? Given.unknown("resource of member `" + id.name() + "`", fields.place())
                : Fields.reference(named, fields.problems());
        return new Drafts.OfMember(id, fields.place(), vnet);
    }

    static Drafts.OfConfiguration configuration(ResourceId id, Fields fields) {
        AdminRules.Reach reach = AdminRules.Reach.NONE;
        for (Node item : fields.items("applyOnNetworkIntentPolicyBasedServices")) {
            for (AdminRules.Reach each : AdminRules.Reach.values()) {
                if (item instanceof Node.Str text && text.text().equalsIgnoreCase(each.azureName())) reach = each;
            }
        }
        return new Drafts.OfConfiguration(id, fields.place(), reach);
    }

    static Drafts.OfAdminCollection collection(ResourceId id, Fields fields) {
        ImmutableList.Builder<ResourceId> groups = ImmutableList.builder();
        for (Node item : fields.items("appliesToGroups")) {
            Fields entry = NetworkReader.child(item, "a network group", fields);
            @Nullable Given<ResourceId> group = entry == null ? null : entry.reference("networkGroupId");
            if (group != null) group.value().ifPresent(groups::add);
        }
        return new Drafts.OfAdminCollection(id, fields.place(), groups.build());
    }

    static Drafts.OfAdminRule rule(ResourceId id, Fields fields) {
        @Nullable String access = fields.text("access");
        boolean always = access != null && access.equalsIgnoreCase(ALWAYS);
        Given<Access> does = always
                ? Given.of(Access.ALLOW)
                : fields.required("access", "`Allow`, `AlwaysAllow` or `Deny`", AdminRuleReader::access);
        SecurityRule rule = new SecurityRule(
                id.name(),
                fields.place(),
                fields.required("priority", "a number from 1 to 4096", AdminRuleReader::priority),
                fields.required("direction", "`Inbound` or `Outbound`", AdminRuleReader::direction),
                does,
                new SecurityRule.Match(
                        fields.required(
                                "protocol", "`Tcp`, `Udp`, `Icmp`, `Esp`, `Ah` or `Any`", AdminRuleReader::protocol),
                        terms(fields, "sources"),
                        ports(fields, "sourcePortRanges"),
                        terms(fields, "destinations"),
                        ports(fields, "destinationPortRanges")));
        return new Drafts.OfAdminRule(id, fields.place(), new AdminRules.Rule(rule, always));
    }

    private static Access access(String text) {
        for (Access access : Access.values()) if (access.azureName().equalsIgnoreCase(text)) return access;
        throw new IllegalArgumentException("`access` is " + Printable.quoted(text));
    }

    private static Direction direction(String text) {
        for (Direction direction : Direction.values()) {
            if (direction.azureName().equalsIgnoreCase(text)) return direction;
        }
        throw new IllegalArgumentException("`direction` is " + Printable.quoted(text));
    }

    private static int priority(String text) {
        Long number = Wholes.parse(text);
        if (number == null || number < 0 || number > 4096) {
            throw new IllegalArgumentException("priority " + Printable.quoted(text) + " is not in 0..4096");
        }
        return number.intValue();
    }

    private static Protocol protocol(String text) {
        return Protocol.parse(text.equalsIgnoreCase("any") ? "*" : text);
    }

    /** Without a list the rule is for any. */
    private static ImmutableList<AddressTerm> terms(Fields fields, String list) {
        ImmutableList.Builder<AddressTerm> terms = ImmutableList.builder();
        for (Node item : fields.items(list)) {
            Fields entry = NetworkReader.child(item, "an address of an admin rule", fields);
            if (entry == null) continue;
            Given<AddressTerm> term =
                    entry.required("addressPrefix", "a block, a service tag or `*`", RuleReader::address);
            if (term instanceof Given.Unknown<AddressTerm> unknown) {
                Place place = unknown.place();
                terms.add(new AddressTerm.Unknown(unknown.what(), place));
            } else {
                term.value().ifPresent(terms::add);
            }
        }
        ImmutableList<AddressTerm> all = terms.build();
        return all.isEmpty() ? ImmutableList.of(new AddressTerm.Any()) : all;
    }

    private static ImmutableList<Given<PortRange>> ports(Fields fields, String list) {
        ImmutableList<Given<PortRange>> ports = fields.givens(list, PORTS, AdminRuleReader::port);
        return ports.isEmpty() ? ImmutableList.of(Given.of(PortRange.ANY)) : ports;
    }

    private static PortRange port(String text) {
        return PortRange.parse(text);
    }
}
