package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import dev.mipath.engine.Population;
import dev.mipath.engine.RunObserver;
import dev.mipath.engine.RunReport;
import dev.mipath.net.Address;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@link Law#CONSERVATION}: counts every connection from its begin to its end by itself. */
final class Conservation implements RunObserver {
    /** A client whose patience is over may still wait for the event that says so. */
    private static final long SECOND = 1_000_000_000L;
    /** Who has more patience than this is not held to it. */
    private static final long PATIENT = 1_000_000 * SECOND;

    private final ImmutableList<Population> populations;
    private final Violations violations;
    private final Map<Integer, Live> live = new LinkedHashMap<>();
    private long begun;
    private long ended;
    private long open;

    private static final class Live {
        private final long since;
        private final int population;
        private String outcome = "";

        Live(long since, int population) {
            this.since = since;
            this.population = population;
        }
    }

    Conservation(ImmutableList<Population> populations, Violations violations) {
        this.populations = populations;
        this.violations = violations;
    }

    private void broken(long time, int connection, String found, String wanted) {
        violations.add(Law.CONSERVATION, time, "connection " + connection, found, wanted);
    }

    @Override
    public void begun(long time, int connection, int population, Address client) {
        if (connection != begun) broken(time, connection, "begun as number " + begun, "begun once, in order");
        begun++;
        open++;
        live.put(connection, new Live(time, population));
    }

    @Override
    public void ended(long time, int connection, String outcome, String ending, String instance) {
        Live one = live.get(connection);
        if (one == null) {
            broken(time, connection, "ended " + outcome + " and does not live", "an end of a live connection");
        } else if (!one.outcome.isEmpty()) {
            broken(time, connection, "ended " + one.outcome + " and then " + outcome, "one outcome");
        } else {
            one.outcome = outcome;
            ended++;
            open--;
        }
    }

    @Override
    public void gone(long time, int connection) {
        Live one = live.remove(connection);
        if (one == null) {
            broken(time, connection, "over and does not live", "over once");
        } else if (one.outcome.isEmpty()) {
            open--;
            broken(time, connection, "over without an outcome", "one outcome");
        }
    }

    /** At the end of a run. */
    void check(RunReport report, long liveConnections) {
        long now = report.time();
        long told = 0;
        for (Map.Entry<String, Long> outcome : report.outcomes().entrySet()) {
            if (!outcome.getKey().equals("open")) told += outcome.getValue();
        }
        same(now, "attempts in the report", report.attempts(), begun);
        same(now, "outcomes in the report", told, ended);
        same(now, "open attempts in the report", report.outcomes().getOrDefault("open", 0L), open);
        same(now, "live connections", liveConnections, live.size());
        live.forEach((connection, one) -> {
            long patience = populations.get(one.population).client().loginTimeout();
            if (!one.outcome.isEmpty() || patience > PATIENT) return;
            long late = now - one.since - patience;
            if (late > SECOND) broken(now, connection, late + " ns past its patience without an outcome", "an outcome");
        });
    }

    private void same(long now, String what, long found, long counted) {
        if (found != counted) violations.add(Law.CONSERVATION, now, what, "" + found, "" + counted);
    }
}
