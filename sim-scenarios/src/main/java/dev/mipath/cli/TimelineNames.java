package dev.mipath.cli;

import dev.mipath.compile.Compilation;
import dev.mipath.engine.TimedAction.Action;
import dev.mipath.engine.TimedAction.Link;
import dev.mipath.format.Nearest;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.topology.Place;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells which names of a timeline mean nothing in the networks of the run. */
final class TimelineNames {
    private final Set<String> elements = new TreeSet<>();
    private final Set<String> instances = new TreeSet<>();
    private final Problems problems;

    TimelineNames(List<Compilation> networks, Problems problems) {
        this.problems = problems;
        for (Compilation compiled : networks) {
            for (int i = 0; i < compiled.network().size(); i++) {
                elements.add(compiled.network().name(i));
            }
            for (Hosted instance : compiled.estate().instances()) instances.add(instance.name());
        }
    }

    void check(Action action, Place place) {
        if (action instanceof Action.Crash crash) element(crash.element(), place);
        if (action instanceof Action.Start start) element(start.element(), place);
        if (action instanceof Action.Restart restart) element(restart.element(), place);
        if (action instanceof Action.Drain drain) element(drain.element(), place);
        if (action instanceof Action.Revoke revoke) instance(revoke.instance(), place);
        if (action instanceof Action.Renew renew) instance(renew.instance(), place);
        if (action instanceof Action.FailOver failOver) instance(failOver.instance(), place);
        @Nullable Link link = link(action);
        if (link == null) return;
        element(link.element(), place);
        if (link.next() != null) element(link.next(), place);
    }

    private static @Nullable Link link(Action action) {
        if (action instanceof Action.Partition partition) return partition.link();
        if (action instanceof Action.Hold hold) return hold.link();
        if (action instanceof Action.Release release) return release.link();
        if (action instanceof Action.Repair repair) return repair.link();
        if (action instanceof Action.Slow slow) return slow.link();
        if (action instanceof Action.Lose lose) return lose.link();
        return null;
    }

    private void element(String name, Place place) {
        check(name, elements, "element of the network", place);
    }

    private void instance(String name, Place place) {
        check(name, instances, "managed instance", place);
    }

    private void check(String name, Set<String> known, String what, Place place) {
        if (known.contains(name)) return;
        problems.add(
                place,
                "there is no " + what + " " + Printable.quoted(name),
                Nearest.to(name, known)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElseGet(() -> "the names are those that `trace` shows at each hop"));
    }
}
