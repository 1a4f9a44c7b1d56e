package dev.mipath.swarm;

import dev.mipath.engine.RunObserver;
import dev.mipath.engine.TimedAction.Action;
import dev.mipath.engine.TimedAction.Link;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which faults are in force, as told by what was done; nothing in a run asks it. */
final class FaultLedger implements RunObserver {
    private record Fault(Kind kind, Link link) {}

    private enum Kind {
        CRASHED,
        PARTITIONED,
        HELD,
        CLOGGED,
        LOSSY
    }

    private Set<Fault> faults = new LinkedHashSet<>();

    @Override
    public void acted(long time, Action action) {
        if (action instanceof Action.Crash crash) {
            add(Kind.CRASHED, new Link(crash.element(), null));
        } else if (action instanceof Action.Restart restart) {
            add(Kind.CRASHED, new Link(restart.element(), null));
        } else if (action instanceof Action.Partition on) {
            add(Kind.PARTITIONED, on.link());
        } else if (action instanceof Action.Hold on) {
            add(Kind.HELD, on.link());
        } else if (action instanceof Action.Clog on) {
            add(Kind.CLOGGED, on.link());
        } else if (action instanceof Action.Lose on) {
            add(Kind.LOSSY, on.link());
        } else if (action instanceof Action.Release on) {
            faults.remove(new Fault(Kind.HELD, on.link()));
        } else if (action instanceof Action.Repair on) {
            faults.removeIf(fault -> fault.kind != Kind.CRASHED && fault.link.equals(on.link()));
        }
    }

    @Override
    public void unclogged(long time, Link link) {
        faults.remove(new Fault(Kind.CLOGGED, link));
    }

    @Override
    public void started(long time, String machine) {
        faults.remove(new Fault(Kind.CRASHED, new Link(machine, null)));
    }

    private void add(Kind kind, Link link) {
        faults.add(new Fault(kind, link));
    }

    /** What surely stops a packet that comes from one element to the next; empty for nothing. */
    String stopping(@Nullable String before, String element) {
        for (Fault fault : faults) {
            if (fault.kind != Kind.LOSSY && meets(fault.link, before, element)) {
                return fault.kind.name();
            }
        }
        return "";
    }

    /** Whether a packet that comes from one element to the next may be lost. */
    boolean isLossy(@Nullable String before, String element) {
        for (Fault fault : faults) {
            if (fault.kind == Kind.LOSSY && meets(fault.link, before, element)) return true;
        }
        return false;
    }

    private static boolean meets(Link link, @Nullable String before, String element) {
        @Nullable String next = link.next();
        return next == null ? link.element().equals(element) : link.element().equals(before) && next.equals(element);
    }
}
