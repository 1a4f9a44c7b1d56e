package dev.mipath.trace;

import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells which route is to blame for where a packet was stopped. */
public final class RouteBehind {
    private RouteBehind() {}

    /** The step that chose the route to where the packet ended, or null where the route has no part in it. */
    public static @Nullable Step of(Ending ending, List<Step> steps) {
        if (ending == Ending.ROUTE_LOOP) return last(steps);
        boolean byRoute = ending == Ending.ROUTE_NO_PATH
                || ending == Ending.APPLIANCE_UNKNOWN
                || ending == Ending.ASYMMETRIC_RETURN;
        return byRoute && steps.get(steps.size() - 1).why() instanceof Evidence.At ? last(steps) : null;
    }

    /** The step that chose the last route, or null. */
    static @Nullable Step last(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).why() instanceof Evidence.RouteChosen) return steps.get(i);
        }
        return null;
    }
}
