package dev.mipath.explain;

import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import java.util.List;

/** How values look in text answers. */
final class Words {
    private Words() {}

    /** {@code 10.0.1.4:1433}; IPv6 in brackets. */
    static String end(Address address, int port) {
        return (address.v6() ? "[" + address + "]:" : address + ":") + port;
    }

    /** The first entries of a list and how many more there are. */
    static String list(List<?> entries, int most) {
        if (entries.isEmpty()) return "nothing";
        StringBuilder text = new StringBuilder();
        int shown = Math.min(entries.size(), most);
        for (int i = 0; i < shown; i++) {
            if (i > 0) text.append(", ");
            text.append(brief(entries.get(i)));
        }
        if (shown < entries.size()) text.append(" +").append(entries.size() - shown);
        return text.toString();
    }

    /** A value, {@code ?} for one that the input does not give. */
    static String brief(Object value) {
        if (value instanceof Given.Unknown<?>) return "?";
        if (value instanceof dev.mipath.topology.AddressTerm.Unknown) return "?";
        return Safe.text(value.toString());
    }

    /** Where a fact was declared; with {@code whole} its pointer and the place of the value behind it. */
    static String place(Place place, boolean whole) {
        if (place.equals(Place.PLATFORM)) return "";
        if (!whole) return Safe.text(place.brief());
        Place behind = place.behind();
        return Safe.text(behind == null ? place.toString() : place + ", value from " + behind);
    }

    /** As {@link #place}, but without the folders: for tables whose headline has named them. */
    static String lastPart(Place place, boolean whole) {
        String text = place(place, whole);
        int start = whole ? -1 : text.lastIndexOf('/');
        return text.substring(start + 1);
    }

    /** A rule's or route's name in a table; what all of the service's own begin with is cut, as in the contract. */
    static String inTable(String name) {
        String provider = "Microsoft.Sql-managedInstances_";
        return Safe.text(name.startsWith(provider) ? "…_" + name.substring(provider.length()) : name);
    }

    /** Azure's spelling. */
    static String protocol(Given<Protocol> protocol) {
        return protocol.isUnknown() ? "?" : protocol.orElse(Protocol.ANY).azureName();
    }

    /** What a rule does; an admin rule may allow past all security groups. */
    static String access(RuleFact rule) {
        return rule.kind() == RuleFact.Kind.ALWAYS_ALLOW
                ? "AlwaysAllow"
                : access(rule.rule().access());
    }

    private static String access(Given<Access> access) {
        return access.value().isEmpty() ? "?" : access.is(Access.ALLOW) ? "Allow" : "Deny";
    }

    static String prefixes(List<Prefix> prefixes, int most) {
        return prefixes.isEmpty() ? "?" : list(prefixes, most);
    }

    /** Whether a name stands for a resource that the input does not hold, such as {@code ‹rules of nsg›}. */
    static boolean isPlaceholder(String name) {
        return name.startsWith("‹") && name.indexOf(' ') > 0;
    }

    /** {@code 1 rule}, {@code 3 rules}. */
    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
