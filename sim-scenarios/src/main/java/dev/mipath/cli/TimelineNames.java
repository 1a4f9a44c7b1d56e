package dev.mipath.cli;

import com.google.common.base.Ascii;
import dev.mipath.compile.Compilation;
import dev.mipath.engine.Population;
import dev.mipath.engine.Requests;
import dev.mipath.engine.TimedAction.Action;
import dev.mipath.engine.TimedAction.Link;
import dev.mipath.format.Nearest;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.format.TimeScript;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.topology.Place;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells which names of a timeline mean nothing in the networks of the run. */
final class TimelineNames {
    private final Set<String> elements = new TreeSet<>();
    private final Set<String> instances = new TreeSet<>();
    /** The names that clients look up: what they connect to, and the nodes that they are sent on to. */
    private final Set<String> hosts = new TreeSet<>();

    private final List<Compilation> networks;
    private final Problems problems;

    /** What the control plane is asked for. */
    private final Set<String> requests = new TreeSet<>();

    TimelineNames(List<Compilation> networks, List<Population> clients, Requests asked, Problems problems) {
        this.networks = networks;
        asked.all().forEach(request -> requests.add(request.name()));
        this.problems = problems;
        for (Population population : clients) {
            String host = population.target().host();
            if (Where.parsed(host) == null) hosts.add(Ascii.toLowerCase(host));
        }
        for (Compilation compiled : networks) {
            for (int i = 0; i < compiled.network().size(); i++) {
                elements.add(compiled.network().name(i));
            }
            for (Hosted instance : compiled.estate().instances()) {
                instances.add(instance.name());
                instance.nodes().forEach(node -> hosts.add(Ascii.toLowerCase(node.hostName())));
            }
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
        if (action instanceof Action.MoveName move) move(move, place);
        @Nullable Link link = link(action);
        if (link == null) return;
        element(link.element(), place);
        if (link.next() != null) element(link.next(), place);
    }

    /** Tells when a figure that is expected is none of a run of these networks. */
    void check(TimeScript.Figure figure) {
        FigureNames.problem(figure.name(), elements, instances, requests)
                .ifPresent(wrong -> problems.add(figure.place(), wrong.what(), wrong.remedy()));
    }

    private void move(Action.MoveName move, Place place) {
        if (!hosts.contains(Ascii.toLowerCase(move.name()))) {
            problems.add(
                    place,
                    "nobody looks up the name " + Printable.quoted(move.name()),
                    Nearest.to(move.name(), hosts)
                            .map(near -> "did you mean `" + near + "`?")
                            .orElse("write a host name that clients of the workload connect to"));
        }
        if (move.instance() != null) {
            instance(move.instance(), place);
            return;
        }
        for (Compilation compiled : networks) {
            for (VirtualCluster cluster : compiled.estate().clusters()) {
                boolean shared = cluster.instances().size() > 1
                        && cluster.loadBalancer().equals(move.to())
                        && cluster.instances().stream().noneMatch(each -> each.isNamed(move.name()));
                if (!shared) continue;
                String names = cluster.instances().stream()
                        .map(each -> "`" + each.name() + "`")
                        .collect(Collectors.joining(" or "));
                problems.add(place, move.to() + " is the address of several instances", "name the one: write " + names);
                return;
            }
        }
    }

    private static @Nullable Link link(Action action) {
        if (action instanceof Action.Partition partition) return partition.link();
        if (action instanceof Action.Hold hold) return hold.link();
        if (action instanceof Action.Release release) return release.link();
        if (action instanceof Action.Repair repair) return repair.link();
        if (action instanceof Action.Clog clog) return clog.link();
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
        check(name, known, what, place, problems);
    }

    /** Reports a name that is none of those known. */
    static void check(String name, Set<String> known, String what, Place place, Problems problems) {
        if (known.contains(name)) return;
        problems.add(
                place,
                "there is no " + what + " " + Printable.quoted(name),
                Nearest.to(name, known)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElseGet(() -> "the names are those that `trace` shows at each hop"));
    }
}
