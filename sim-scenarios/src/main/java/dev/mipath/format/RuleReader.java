package dev.mipath.format;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.SecurityRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads security rules and routes. */
final class RuleReader {
    static final ImmutableMap<String, Direction> DIRECTIONS = Values.words(Direction.values(), Direction::azureName);
    static final ImmutableMap<String, Access> ACCESSES = Values.words(Access.values(), Access::azureName);

    private static final int PRIORITY_MIN = 100;
    private static final int PRIORITY_MAX = 4096;

    private final Resources resources;
    private final Values values;

    RuleReader(Resources resources) {
        this.resources = resources;
        values = resources.values();
    }

    /** The rules of one security group: names, and priorities of one direction, stand once. */
    ImmutableList<SecurityRule> rules(@Nullable Node list) {
        Resources.Once names = resources.new Once();
        ImmutableList<SecurityRule> rules = values.rows(list, item -> {
            SecurityRule rule = rule(item);
            if (rule == null) return null;
            names.check("the rule", rule.name(), item);
            checkRange(rule, item.place());
            return rule;
        });
        Conflicts.ofRules(rules, values.problems());
        return rules;
    }

    /** One rule of a customer among other keys. */
    @Nullable
    SecurityRule customerRule(Fields fields) {
        SecurityRule rule = rule(fields);
        if (rule != null) checkRange(rule, fields.place());
        return rule;
    }

    private void checkRange(SecurityRule rule, Place at) {
        int priority = rule.priority().orElse(PRIORITY_MIN);
        if (priority >= PRIORITY_MIN && priority <= PRIORITY_MAX) return;
        values.problems()
                .add(
                        at,
                        "priority " + priority + " of rule " + Printable.quoted(rule.name()) + " is not in "
                                + PRIORITY_MIN + ".." + PRIORITY_MAX,
                        "choose a free one; lower wins");
    }

    /** One rule, or null when it has no name. */
    @Nullable
    SecurityRule rule(Node item) {
        Fields fields = Fields.of(item, "a security rule", values.problems());
        if (fields == null) return null;
        SecurityRule rule = rule(fields);
        fields.done();
        return rule;
    }

    /** One rule among other keys; the caller ends the reading of the object. */
    @Nullable
    SecurityRule rule(Fields fields) {
        Node name = fields.required("name");
        Node priority = fields.required("priority");
        Node direction = fields.required("direction");
        Node access = fields.required("access");
        SecurityRule.Match match = match(fields);
        Given<Boolean> present = values.givenOr(fields.optional("present"), true, values::truth);
        String text = name == null ? null : values.text(name);
        if (text == null || priority == null || direction == null || access == null) return null;
        return new SecurityRule(
                text,
                fields.place(),
                values.given(priority, values::number),
                values.given(direction, value -> values.word(value, DIRECTIONS)),
                values.given(access, value -> values.word(value, ACCESSES)),
                match,
                present);
    }

    /**
     * One rule of a list in which the order counts, with a number that may be left out.
     *
     * @param fields its keys; the caller ends the reading of the object
     * @param position the place in the list, which is the number where none is written
     * @param access what it does
     */
    @Nullable
    SecurityRule ordered(Fields fields, int position, Given<Access> access) {
        Node name = fields.required("name");
        Given<Integer> priority = values.givenOr(fields.optional("priority"), position, values::number);
        SecurityRule.Match match = match(fields);
        Given<Boolean> present = values.givenOr(fields.optional("present"), true, values::truth);
        String text = name == null ? null : values.text(name);
        if (text == null) return null;
        return new SecurityRule(text, fields.place(), priority, Given.of(Direction.INBOUND), access, match, present);
    }

    private SecurityRule.Match match(Fields fields) {
        return new SecurityRule.Match(
                values.givenOr(fields.optional("protocol"), Protocol.ANY, values::protocol),
                terms(fields, "source"),
                ports(fields, "sourcePorts"),
                terms(fields, "destination"),
                ports(fields, "destinationPorts"));
    }

    private ImmutableList<AddressTerm> terms(Fields fields, String key) {
        if (!fields.has(key)) return ImmutableList.of(new AddressTerm.Any());
        return values.list(fields.optional(key), this::term);
    }

    private ImmutableList<Given<PortRange>> ports(Fields fields, String key) {
        if (!fields.has(key)) return ImmutableList.of(Given.of(PortRange.ANY));
        return values.givens(fields.optional(key), values::ports);
    }

    private @Nullable AddressTerm term(Node item) {
        String what = values.unknown(item);
        if (what != null) return new AddressTerm.Unknown(what, item.place());
        if (item instanceof Node.Obj) return namedTerm(item);
        String text = values.text(item);
        if (text == null) return null;
        if (isAny(text)) return new AddressTerm.Any();
        if (!looksLikeBlock(text)) return new AddressTerm.Tag(text);
        try {
            return new AddressTerm.Block(Prefix.parseDroppingHostBits(text));
        } catch (IllegalArgumentException e) {
            return values.wrong(
                    item.place(), String.valueOf(e.getMessage()), "write a block, an address, a service tag or `Any`");
        }
    }

    private @Nullable AddressTerm namedTerm(Node item) {
        Fields fields = Fields.of(item, "an address entry", values.problems());
        if (fields == null) return null;
        Node group = fields.optional("applicationSecurityGroup");
        Node tag = fields.optional("tag");
        fields.has("unknown");
        fields.done();
        if (group != null && tag == null) {
            ResourceId id = resources.reference(ResourceKind.APPLICATION_SECURITY_GROUP, group);
            return id == null ? null : new AddressTerm.Group(id);
        }
        if (tag != null && group == null) {
            String name = values.text(tag);
            return name == null ? null : new AddressTerm.Tag(name);
        }
        return values.wrong(
                item.place(),
                "an address entry is one of a block, a tag, or a group",
                "write one of `{applicationSecurityGroup: NAME}`, `{tag: NAME}`, `{unknown: WHAT}`");
    }

    /** Whether the text means every address. */
    static boolean isAny(String text) {
        return text.equals("*") || Ascii.equalsIgnoreCase(text, "any");
    }

    /** Whether the text is meant as a block or address and not as a service tag. */
    static boolean looksLikeBlock(String text) {
        return text.indexOf(':') >= 0 || Character.isDigit(text.charAt(0));
    }

    /** The routes of one table: names and destinations stand once. */
    ImmutableList<Route> routes(@Nullable Node list) {
        Resources.Once names = resources.new Once();
        ImmutableList<Route> routes = values.rows(list, item -> {
            Route route = route(item);
            if (route != null) names.check("the route", route.name(), item);
            return route;
        });
        Conflicts.ofRoutes(routes, values.problems());
        return routes;
    }

    private @Nullable Route route(Node item) {
        Fields fields = Fields.of(item, "a route", values.problems());
        if (fields == null) return null;
        Route route = route(fields);
        fields.done();
        return route;
    }

    /** One route among other keys; the caller ends the reading of the object. */
    @Nullable
    Route route(Fields fields) {
        Node name = fields.required("name");
        Node prefix = fields.required("addressPrefix");
        Node hop = fields.required("nextHopType");
        @Nullable Given<Address> hopAddress = values.givenOrNull(fields.optional("nextHopIpAddress"), values::address);
        Node override = fields.optional("hasBgpOverride");
        Given<Boolean> present = values.givenOr(fields.optional("present"), true, values::truth);
        String text = name == null ? null : values.text(name);
        if (text == null || prefix == null || hop == null) return null;
        boolean beatsBgp = override != null && Objects.equals(values.truth(override), true);
        return new Route(
                text,
                fields.place(),
                values.given(prefix, this::destination),
                values.given(hop, this::declaredHop),
                hopAddress,
                beatsBgp,
                present);
    }

    private @Nullable RouteDestination destination(Node item) {
        if (item instanceof Node.Obj) {
            Fields fields = Fields.of(item, "a route's destination", values.problems());
            if (fields == null) return null;
            Node tag = fields.required("tag");
            fields.done();
            String name = tag == null ? null : values.text(tag);
            return name == null ? null : new RouteDestination.Tag(name);
        }
        String text = values.text(item);
        if (text == null) return null;
        if (!looksLikeBlock(text)) return new RouteDestination.Tag(text);
        Prefix prefix = values.prefix(item);
        return prefix == null ? null : new RouteDestination.Block(prefix);
    }

    private @Nullable NextHopType declaredHop(Node item) {
        NextHopType type = nextHop(item);
        if (type == null || type.compareTo(NextHopType.NONE) <= 0) return type;
        return values.wrong(
                item.place(),
                "only Azure itself installs routes to `" + type.azureName() + "`",
                "write `Internet`, `VirtualAppliance`, `VirtualNetworkGateway`, `VnetLocal` or `None`");
    }

    /** Any next hop type, as answers of Azure hold them. */
    @Nullable
    NextHopType nextHop(Node item) {
        String text = values.text(item);
        if (text == null) return null;
        try {
            return NextHopType.parse(text);
        } catch (IllegalArgumentException e) {
            return values.word(item, Values.words(NextHopType.values(), NextHopType::azureName));
        }
    }
}
