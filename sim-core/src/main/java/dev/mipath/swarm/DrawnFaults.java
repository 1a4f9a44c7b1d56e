package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import dev.mipath.engine.Setting;
import dev.mipath.engine.TimedAction;
import dev.mipath.engine.TimedAction.Action;
import dev.mipath.engine.TimedAction.Link;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Random faults for a first phase of a run, all of which are over when that ends. Whole kinds are left out of a world at
 * random, so that one kind does not always hide another (swarm testing, Groce et al., ISSTA 2012).
 */
final class DrawnFaults {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    /** One fault in so many nanoseconds, about. */
    private static final long GAP = 6 * SECOND;

    private static final int FAULTS_MAX = 40;

    private enum Kind {
        PARTITION,
        HOLD,
        CLOG,
        SLOW,
        LOSE,
        CRASH,
        RESTART,
        DRAIN,
        FAIL_OVER,
        REVOKE,
        SCALE,
        CHANGE
    }

    private final Draws draws;
    private final long until;
    /** Neighbours on the ways of clients. */
    private final List<Link> links;

    private final List<String> machines;
    private final List<String> instances;
    private final DrawnChanges changes;
    private final int gatewayServers;
    private final ImmutableList.Builder<TimedAction> actions = ImmutableList.builder();
    private final ImmutableList.Builder<Fault> faults = ImmutableList.builder();
    private final Set<Link> touched = new LinkedHashSet<>();

    DrawnFaults(
            Draws draws,
            SwarmScene scene,
            List<Link> links,
            List<String> machines,
            List<String> instances,
            DrawnChanges changes) {
        this.draws = draws;
        this.until = scene.until();
        this.links = links;
        this.machines = machines;
        this.instances = instances;
        this.changes = changes;
        this.gatewayServers = scene.settings().count(Setting.GATEWAY_SERVERS);
    }

    /** Draws them all. */
    void draw() {
        List<Kind> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) if (!draws.oneIn(3)) kinds.add(kind);
        if (kinds.isEmpty()) kinds.add(Kind.CRASH);
        int count = 1 + draws.below((int) Math.min(FAULTS_MAX, 2 + 2 * until / GAP));
        for (int i = 0; i < count; i++) {
            long from = draws.time(until * 3 / 4);
            long to = Math.min(until - 1, from + 1 + draws.time(until / 3));
            draw(draws.of(kinds), from, to);
        }
        for (Link link : touched) at(until, new Action.Repair(link));
        for (String machine : machines) at(until, new Action.Start(machine));
        for (String instance : instances) at(until, new Action.Renew(instance));
        at(until, new Action.ScaleGateways(gatewayServers));
    }

    private void draw(Kind kind, long from, long to) {
        switch (kind) {
            case PARTITION, HOLD, CLOG, SLOW, LOSE -> {
                if (!links.isEmpty()) onLink(kind, link(), from, to);
            }
            case CRASH, RESTART, DRAIN -> {
                if (!machines.isEmpty()) onMachine(kind, draws.of(machines), from, to);
            }
            case FAIL_OVER, REVOKE -> {
                if (!instances.isEmpty()) onInstance(kind, draws.of(instances), from, to);
            }
            case SCALE -> {
                at(from, new Action.ScaleGateways(1 + draws.below(3)));
                tell(from, until, "scale", "every gateway");
            }
            case CHANGE -> changes.draw(from, to).ifPresent(faults::add);
        }
    }

    /** Two neighbours, or all that meets one element. */
    private Link link() {
        Link link = draws.of(links);
        return draws.oneIn(2) ? link : new Link(link.element(), null);
    }

    private void onLink(Kind kind, Link link, long from, long to) {
        touched.add(link);
        String where = link.next() == null ? link.element() : link.element() + " to " + link.next();
        switch (kind) {
            case PARTITION -> at(from, new Action.Partition(link));
            case HOLD -> at(from, new Action.Hold(link));
            case CLOG -> at(from, new Action.Clog(link, to - from));
            case SLOW -> at(from, new Action.Slow(link, 1 + draws.time(250 * MILLI)));
            default -> at(from, new Action.Lose(link, 1 + draws.below(4), 10));
        }
        if (kind == Kind.HOLD) at(to, new Action.Release(link));
        else if (kind != Kind.CLOG) at(to, new Action.Repair(link));
        tell(from, to, kind.name().toLowerCase(Locale.ROOT), where);
    }

    private void onMachine(Kind kind, String machine, long from, long to) {
        if (kind == Kind.RESTART) {
            at(from, new Action.Restart(machine, to - from));
            tell(from, to, "restart", machine);
        } else if (kind == Kind.CRASH || !machine.startsWith("gateway ")) {
            at(from, new Action.Crash(machine));
            at(to, new Action.Start(machine));
            tell(from, to, "crash", machine);
        } else {
            at(from, new Action.Drain(machine));
            at(to, new Action.Start(machine));
            tell(from, to, "drain", machine);
        }
    }

    private void onInstance(Kind kind, String instance, long from, long to) {
        if (kind == Kind.FAIL_OVER) {
            at(from, new Action.FailOver(instance));
            tell(from, from, "fail over", instance);
        } else {
            at(from, new Action.Revoke(instance));
            at(to, new Action.Renew(instance));
            tell(from, to, "revoke", instance);
        }
    }

    private void at(long time, Action action) {
        actions.add(new TimedAction(time, action));
    }

    private void tell(long from, long to, String kind, String where) {
        faults.add(new Fault(from, to, kind, where));
    }

    ImmutableList<TimedAction> actions() {
        return actions.build();
    }

    ImmutableList<Fault> faults() {
        return faults.build();
    }
}
