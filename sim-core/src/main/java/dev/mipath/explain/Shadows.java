package dev.mipath.explain;

import dev.mipath.azure.RuleList;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule.Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules that never decide, because one rule before them matches whatever they match. Only what is sure is said: two
 * rules that cover a third together are not found.
 */
final class Shadows {
    private final Compilation compilation;
    private final ResourceId subnet;
    private final Map<AddressTerm, AddressSet> certain = new HashMap<>();

    private Shadows(Compilation compilation, ResourceId subnet) {
        this.compilation = compilation;
        this.subnet = subnet;
    }

    /** Each rule that never decides, with the rule that stands before it. */
    static Map<RuleFact, RuleFact> of(RuleList list, Compilation compilation, ResourceId subnet) {
        Shadows shadows = new Shadows(compilation, subnet);
        Map<RuleFact, RuleFact> found = new LinkedHashMap<>();
        List<RuleFact> before = new ArrayList<>();
        for (RuleList.Entry entry : list.entries()) {
            RuleFact rule = entry.rule();
            if (before.contains(rule) || entry.kind() == RuleList.Kind.PLATFORM_ADDRESS) continue;
            for (RuleFact earlier : before) {
                if (!shadows.covers(earlier, rule)) continue;
                found.put(rule, earlier);
                break;
            }
            before.add(rule);
        }
        return found;
    }

    private boolean covers(RuleFact earlier, RuleFact later) {
        Match wide = earlier.rule().match();
        Match narrow = later.rule().match();
        return isSure(earlier)
                && (wide.protocol().is(Protocol.ANY)
                        || !narrow.protocol().isUnknown() && narrow.protocol().equals(wide.protocol()))
                && ports(wide.sourcePorts(), narrow.sourcePorts())
                && ports(wide.destinationPorts(), narrow.destinationPorts())
                && addresses(wide.source(), narrow.source())
                && addresses(wide.destination(), narrow.destination());
    }

    private static boolean isSure(RuleFact fact) {
        return !fact.rule().priority().isUnknown()
                && !fact.rule().direction().isUnknown()
                && fact.rule().present().is(true);
    }

    private static boolean ports(List<Given<PortRange>> wide, List<Given<PortRange>> narrow) {
        for (Given<PortRange> each : narrow) {
            boolean covered = false;
            for (Given<PortRange> by : wide) {
                if (by.isUnknown()) continue;
                PortRange range = by.orElse(PortRange.ANY);
                PortRange inner = each.orElse(PortRange.ANY);
                covered |= range.first() <= inner.first() && inner.last() <= range.last();
            }
            if (!covered) return false;
        }
        return true;
    }

    private boolean addresses(List<AddressTerm> wide, List<AddressTerm> narrow) {
        for (AddressTerm term : wide) if (term instanceof AddressTerm.Any) return true;
        AddressSet all = AddressSet.empty();
        for (AddressTerm term : wide) all = all.union(certain(term));
        for (AddressTerm term : narrow) {
            boolean same = wide.contains(term) && !(term instanceof AddressTerm.Unknown);
            boolean within = term instanceof AddressTerm.Block block && all.containsAll(block.prefix());
            if (!same && !within) return false;
        }
        return !narrow.isEmpty();
    }

    private AddressSet certain(AddressTerm term) {
        AddressSet known = certain.get(term);
        if (known != null) return known;
        Iterable<Prefix> prefixes = compilation.expansion(subnet, term);
        AddressSet made = AddressSet.of(prefixes);
        certain.put(term, made);
        return made;
    }
}
