package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Security rules, declared and recorded (facts 1.1, 1.8, 1.13, 1.14). */
final class RuleReader {
    private static final Pattern TAG = Pattern.compile("[A-Za-z][A-Za-z0-9_.\\-]*");
    private static final String ADDRESS = "a block such as `10.0.0.0/24`, a service tag or `*`";
    private static final String PORTS = "a port such as `1433`, a range such as `11000-11999` or `*`";

    private final Notices notices;

    RuleReader(Notices notices) {
        this.notices = notices;
    }

    /** A rule of a group as the customer declared it. */
    SecurityRule declared(Fields rule, boolean certain) {
        SecurityRule read = read(rule, rule.named("a security rule"), 100, 4096, certain);
        noticeOverlap(read);
        return read;
    }

    /** A rule of a recorded answer, where the default rules stand too. */
    SecurityRule recorded(Fields rule) {
        return read(rule, rule.named("an effective rule"), 100, 65_500, true);
    }

    /** The rules of a list that the input does not give: there may be any rule here. */
    static SecurityRule anything(String what, Place place) {
        AddressTerm anywhere = new AddressTerm.Unknown(what, place);
        Given<PortRange> anyPort = Given.unknown(what, place);
        return new SecurityRule(
                "‹" + what + "›",
                place,
                Given.unknown(what, place),
                Given.unknown(what, place),
                Given.unknown(what, place),
                new SecurityRule.Match(
                        Given.unknown(what, place),
                        ImmutableList.of(anywhere),
                        ImmutableList.of(anyPort),
                        ImmutableList.of(anywhere),
                        ImmutableList.of(anyPort)),
                Given.unknown(what, place));
    }

    private SecurityRule read(Fields rule, String name, int lowest, int highest, boolean certain) {
        return new SecurityRule(
                name,
                rule.place(),
                rule.required("priority", "a number from 100 to 4096", text -> priority(text, lowest, highest)),
                rule.required("direction", "`Inbound` or `Outbound`", RuleReader::direction),
                rule.required("access", "`Allow` or `Deny`", RuleReader::access),
                new SecurityRule.Match(
                        rule.required("protocol", "`Tcp`, `Udp`, `Icmp`, `Esp`, `Ah` or `*`", Protocol::parse),
                        addresses(rule, "source"),
                        ports(rule, "source"),
                        addresses(rule, "destination"),
                        ports(rule, "destination")),
                certain ? Given.of(true) : Given.unknown("condition of rule `" + name + "`", rule.place()));
    }

    private static int priority(String text, int lowest, int highest) {
        Long priority = Wholes.parse(text);
        if (priority == null)
            throw new IllegalArgumentException("priority " + Printable.quoted(text) + " is not a number");
        if (priority < lowest) throw new IllegalArgumentException("priority " + priority + " is below " + lowest);
        if (priority > highest) throw new IllegalArgumentException("priority " + priority + " is above " + highest);
        return priority.intValue();
    }

    private static Direction direction(String text) {
        for (Direction direction : Direction.values())
            if (direction.azureName().equalsIgnoreCase(text)) return direction;
        throw new IllegalArgumentException("`direction` is " + Printable.quoted(text));
    }

    private static Access access(String text) {
        for (Access access : Access.values()) if (access.azureName().equalsIgnoreCase(text)) return access;
        throw new IllegalArgumentException("`access` is " + Printable.quoted(text));
    }

    /** Singular, plural and groups are one list; where the plural is used the singular is empty or absent. */
    private ImmutableList<AddressTerm> addresses(Fields rule, String side) {
        Set<AddressTerm> terms = new LinkedHashSet<>();
        boolean answered = rule.has("provisioningState");
        String singular = side + "AddressPrefix";
        for (Node item : both(rule, singular, side + "AddressPrefixes")) {
            Given<AddressTerm> term = Fields.given(
                    item,
                    singular,
                    ADDRESS,
                    answered ? text -> answeredAddress(text, item) : RuleReader::address,
                    rule.problems());
            if (term instanceof Given.Unknown<AddressTerm> unknown) {
                terms.add(new AddressTerm.Unknown(unknown.what(), unknown.place()));
            } else {
                term.value().ifPresent(terms::add);
            }
        }
        String groups = side + "ApplicationSecurityGroups";
        for (Node item : rule.items(groups)) {
            Node id = item instanceof Node.Obj object && object.get("id") != null ? object.get("id") : item;
            if (id instanceof Node.Unknown unknown) terms.add(new AddressTerm.Unknown(unknown.what(), unknown.place()));
            else if (id instanceof Node.Str text) terms.add(new AddressTerm.Group(new ResourceId(text.text())));
            else rule.problems().add(item.place(), "a group is not named by its id", "write `{\"id\": \"…\"}`");
        }
        if (terms.isEmpty()) {
            rule.problems().add(rule.place(), "the rule names no " + side, "give `" + singular + "`: " + ADDRESS);
            terms.add(new AddressTerm.Unknown(singular, rule.place()));
        }
        return ImmutableList.copyOf(terms);
    }

    /** Azure has been seen to keep text that is no address; what a rule that was accepted with it matches is unknown. */
    private AddressTerm answeredAddress(String text, Node item) {
        try {
            return address(text);
        } catch (IllegalArgumentException e) {
            String quoted = Printable.quoted(text);
            notices.add(
                    Notices.VALUE_NOT_UNDERSTOOD,
                    item.place(),
                    "Azure holds " + quoted + " here, which is no block, tag or `*`; what it matches is unknown");
            return new AddressTerm.Unknown("what " + quoted + " matches", item.place());
        }
    }

    /** A block, a tag or everything. */
    static AddressTerm address(String text) {
        if (text.equals("*") || text.equalsIgnoreCase("any") || text.equals("0.0.0.0/0")) return new AddressTerm.Any();
        if (TAG.matcher(text).matches() && !text.contains(":")) return new AddressTerm.Tag(text);
        return new AddressTerm.Block(Prefix.parseDroppingHostBits(text));
    }

    private static ImmutableList<Given<PortRange>> ports(Fields rule, String side) {
        Set<Given<PortRange>> ports = new LinkedHashSet<>();
        String singular = side + "PortRange";
        for (Node item : both(rule, singular, side + "PortRanges")) {
            ports.add(Fields.given(item, singular, PORTS, PortRange::parse, rule.problems()));
        }
        if (ports.isEmpty()) {
            rule.problems()
                    .add(rule.place(), "the rule names no " + side + " port", "give `" + singular + "`: " + PORTS);
            ports.add(Given.unknown(singular, rule.place()));
        }
        return ImmutableList.copyOf(ports);
    }

    private static List<Node> both(Fields rule, String singular, String plural) {
        List<Node> items = new ArrayList<>();
        Node one = rule.node(singular);
        // PowerShell has a list under the singular name.
        if (one instanceof Node.Arr several) items.addAll(several.items());
        else if (one != null && !(one instanceof Node.Str text && text.text().isEmpty())) items.add(one);
        items.addAll(rule.items(plural));
        return items;
    }

    private void noticeOverlap(SecurityRule rule) {
        SecurityRule.Match match = rule.match();
        boolean overlap = overlap(prefixes(match.source()), Prefix::overlaps)
                || overlap(prefixes(match.destination()), Prefix::overlaps)
                || overlap(known(match.sourcePorts()), RuleReader::overlap)
                || overlap(known(match.destinationPorts()), RuleReader::overlap);
        if (overlap) {
            notices.add(
                    Notices.RULE_ENTRY_OVERLAP,
                    rule.place(),
                    "rule `" + Printable.text(rule.name())
                            + "` names the same addresses or ports more than once; it matches" + " them all the same");
        }
    }

    private static List<Prefix> prefixes(List<AddressTerm> terms) {
        List<Prefix> prefixes = new ArrayList<>();
        for (AddressTerm term : terms) if (term instanceof AddressTerm.Block block) prefixes.add(block.prefix());
        return prefixes;
    }

    private static List<PortRange> known(List<Given<PortRange>> ports) {
        List<PortRange> known = new ArrayList<>();
        for (Given<PortRange> port : ports) port.value().ifPresent(known::add);
        return known;
    }

    private static boolean overlap(PortRange one, PortRange other) {
        return one.first() <= other.last() && other.first() <= one.last();
    }

    /** Sorted, overlapping entries are neighbours or share a wide one, so comparing with the widest so far is enough. */
    private static <T> boolean overlap(List<T> entries, java.util.function.BiPredicate<T, T> overlaps) {
        if (entries.size() > 200) return false;
        for (int i = 0; i < entries.size(); i++) {
            for (int j = i + 1; j < entries.size(); j++) if (overlaps.test(entries.get(i), entries.get(j))) return true;
        }
        return false;
    }
}
