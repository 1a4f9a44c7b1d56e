package dev.mipath.format;

import com.google.common.base.Ascii;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.SecurityRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Azure refuses inside one security group or route table, so that no input can hold both. */
public final class Conflicts {
    private Conflicts() {}

    /** Two rules of one priority and direction (fact 1.1; Azure's error is {@code SecurityRuleConflict}). */
    public static void ofRules(List<SecurityRule> rules, Problems problems) {
        Map<String, SecurityRule> taken = new HashMap<>();
        for (SecurityRule rule : rules) {
            if (rule.priority().isUnknown() || rule.direction().isUnknown()) continue;
            // Of two rules under conditions only one may exist.
            if (!rule.present().is(true)) continue;
            String slot = rule.direction().value().orElseThrow().azureName() + " priority "
                    + rule.priority().value().orElseThrow();
            SecurityRule other = taken.putIfAbsent(slot, rule);
            if (other == null || other.name().equalsIgnoreCase(rule.name())) continue;
            problems.add(
                    rule.place(),
                    both("rules", other.name(), rule.name()) + "have " + slot + firstIn(other.place()),
                    "give one of them another priority; Azure refuses the two");
        }
    }

    /**
     * Two routes for one block or tag (Azure's error is {@code RouteConflict}: "Routes cannot have the same
     * AddressPrefix").
     */
    public static void ofRoutes(List<Route> routes, Problems problems) {
        Map<String, Route> taken = new HashMap<>();
        for (Route route : routes) {
            if (route.destination().isUnknown() || !route.present().is(true)) continue;
            String destination = text(route.destination());
            Route other = taken.putIfAbsent(destination, route);
            if (other == null || other.name().equalsIgnoreCase(route.name())) continue;
            problems.add(
                    route.place(),
                    both("routes", other.name(), route.name()) + "have the prefix " + Printable.quoted(destination)
                            + firstIn(other.place()),
                    "keep one of them; Azure refuses the two");
        }
    }

    private static String both(String what, String first, String second) {
        return what + " " + Printable.quoted(first) + " and " + Printable.quoted(second) + " both ";
    }

    private static String firstIn(Place place) {
        return "; the first is in " + place;
    }

    private static String text(Given<RouteDestination> given) {
        RouteDestination destination = given.value().orElseThrow();
        if (destination instanceof RouteDestination.Tag tag) return Ascii.toLowerCase(tag.name());
        Prefix prefix = ((RouteDestination.Block) destination).prefix();
        return prefix.toString();
    }
}
