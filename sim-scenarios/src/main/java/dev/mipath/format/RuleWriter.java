package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.mipath.net.PortRange;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Given;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.SecurityRule.Match;

/** Writes security rules and routes. */
final class RuleWriter {
    private final IdentityWriter identities;

    RuleWriter(IdentityWriter identities) {
        this.identities = identities;
    }

    Node rule(SecurityRule rule) {
        return rule(new Members(), rule).build();
    }

    /** The keys of one rule behind others. */
    @CanIgnoreReturnValue
    Members rule(Members members, SecurityRule rule) {
        members.put("name", rule.name())
                .put("priority", rule.priority(), Members::number)
                .put("direction", rule.direction(), direction -> Members.text(direction.azureName()))
                .put("access", rule.access(), access -> Members.text(access.azureName()));
        return match(members, rule);
    }

    /** What a rule matches, and whether it is there. */
    @CanIgnoreReturnValue
    Members match(Members members, SecurityRule rule) {
        Match match = rule.match();
        if (!match.protocol().equals(Match.ANY.protocol())) {
            members.put(
                    "protocol",
                    match.protocol(),
                    protocol -> Members.text(protocol.number() < 0 ? "Any" : protocol.azureName()));
        }
        terms(members, "source", match.source());
        ports(members, "sourcePorts", match.sourcePorts());
        terms(members, "destination", match.destination());
        ports(members, "destinationPorts", match.destinationPorts());
        return members.flag("present", rule.present(), true);
    }

    private void terms(Members members, String key, ImmutableList<AddressTerm> terms) {
        if (terms.equals(Match.ANY.source())) return;
        members.put(key, terms.size() == 1 ? term(terms.get(0)) : Members.list(terms, this::term));
    }

    private Node term(AddressTerm term) {
        if (term instanceof AddressTerm.Any) return Members.text("Any");
        if (term instanceof AddressTerm.Block block)
            return Members.text(block.prefix().toString());
        if (term instanceof AddressTerm.Unknown unknown) {
            return Members.only("unknown", Members.text(unknown.what()));
        }
        if (term instanceof AddressTerm.Group group) {
            return Members.only(
                    "applicationSecurityGroup",
                    identities.reference(ResourceKind.APPLICATION_SECURITY_GROUP, group.id()));
        }
        return tag(((AddressTerm.Tag) term).name());
    }

    /** A tag stands alone unless it could be taken for something else. */
    private static Node tag(String name) {
        boolean clear = !RuleReader.isAny(name) && !RuleReader.looksLikeBlock(name);
        return clear ? Members.text(name) : Members.only("tag", Members.text(name));
    }

    private static void ports(Members members, String key, ImmutableList<Given<PortRange>> ports) {
        if (ports.equals(Match.ANY.sourcePorts())) return;
        members.put(key, ports.size() == 1 ? ports(ports.get(0)) : Members.list(ports, RuleWriter::ports));
    }

    private static Node ports(Given<PortRange> ports) {
        return Members.given(ports, range -> {
            if (range.equals(PortRange.ANY)) return Members.text("Any");
            return range.first() == range.last() ? Members.number(range.first()) : Members.text(range.toString());
        });
    }

    Node route(Route route) {
        return route(new Members(), route).build();
    }

    /** The keys of one route behind others. */
    @CanIgnoreReturnValue
    Members route(Members members, Route route) {
        return members.put("name", route.name())
                .put("addressPrefix", route.destination(), RuleWriter::destination)
                .put("nextHopType", route.nextHopType(), type -> Members.text(type.azureName()))
                .put("nextHopIpAddress", route.nextHopIpAddress(), address -> Members.text(address.toString()))
                .put("hasBgpOverride", route.hasBgpOverride() ? Members.truth(true) : null)
                .flag("present", route.present(), true);
    }

    private static Node destination(RouteDestination destination) {
        if (destination instanceof RouteDestination.Tag tag) {
            boolean clear = !RuleReader.looksLikeBlock(tag.name());
            return clear ? Members.text(tag.name()) : Members.only("tag", Members.text(tag.name()));
        }
        return Members.text(destination.toString());
    }
}
