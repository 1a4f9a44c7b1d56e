package dev.mipath.library;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Nearest;
import java.util.Optional;

/** The built-in situations in the order in which a newcomer may read them. */
public final class ScenarioLibrary {
    private static final ImmutableList<Scenario> ALL = ImmutableList.of(
            new Scenario(
                    "hub-spoke-redirect-works",
                    "Two connections, both open",
                    Scenario.Kind.STATIC,
                    "Redirect means two connections: one to the gateway on 1433, one to the node on 11000-11999. Both"
                            + " need an open door."),
            new Scenario(
                    "redirect-range-closed",
                    "The door behind the door",
                    Scenario.Kind.STATIC,
                    "A green test of port 1433 proves the first connection only. With Redirect, look for 11000-11999"
                            + " as well."));

    private ScenarioLibrary() {}

    /** All scenarios. */
    public static ImmutableList<Scenario> all() {
        return ALL;
    }

    /** The scenario of this name, which may carry the prefix {@code scenario:}. */
    public static Optional<Scenario> named(String name) {
        String bare = name.startsWith(Scenario.PREFIX) ? name.substring(Scenario.PREFIX.length()) : name;
        for (Scenario scenario : ALL) if (scenario.name().equals(bare)) return Optional.of(scenario);
        return Optional.empty();
    }

    /** The name that was most likely meant by one that is not there. */
    public static Optional<String> nearest(String name) {
        return Nearest.to(name, ALL.stream().map(Scenario::name).toList());
    }
}
