package dev.mipath.swarm;

import dev.mipath.engine.RunObserver;
import dev.mipath.engine.RunReport.State;
import dev.mipath.engine.Setting;
import dev.mipath.engine.Settings;
import dev.mipath.engine.Upkeep;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.SourcePorts;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@link Law#HEALTH}: follows the traffic that keeps an instance well by itself, and counts the failures from which its state
 * follows (the specification: harm to that traffic makes an instance fail and become unavailable).
 */
final class HealthLedger implements RunObserver {
    private final Walker walker;
    private final int failuresOfUpkeep;
    private final Violations violations;
    /** How many tries in a row failed. */
    private final Map<Upkeep, Integer> failures = new LinkedHashMap<>();
    /** How many ports of the try under way passed and did not. */
    private int passed;

    private int stopped;
    private boolean noPort;
    private final Map<String, Long> unavailableSince = new HashMap<>();
    private final Map<Integer, Long> begun = new HashMap<>();
    private long tries;

    HealthLedger(Walker walker, Settings settings, Violations violations) {
        this.walker = walker;
        this.failuresOfUpkeep = settings.count(Setting.HEALTH_FAILURES);
        this.violations = violations;
    }

    /** How many tries there were. */
    long tries() {
        return tries;
    }

    /** Whether the instance is not available. */
    boolean isUnavailable(String instance) {
        return unavailableSince.containsKey(instance);
    }

    @Override
    public void portRefused(long time, int connection, int pool, SourcePorts ports) {
        if (connection < 0) noPort = true;
    }

    @Override
    public void tried(long time, Upkeep upkeep, Edge from, Packet packet, boolean passes) {
        tries++;
        if (passes) passed++;
        else stopped++;
        FlowMemory memory = walker.memory();
        Walker.Way way = walker.walk(time, from, packet, true, memory, !noPort);
        noPort = false;
        boolean lossy = way.lossy();
        if (way.passes() && way.edge() != null) {
            way = walker.walk(time, way.edge(), way.last().reversed(), false, memory);
            lossy |= way.lossy();
        }
        boolean may = way.passes() || way.undetermined();
        boolean chance = may && !passes && lossy;
        if (may == passes || chance) return;
        violations.add(
                Law.HEALTH,
                time,
                upkeep.instance() + ", " + upkeep.name(),
                packet + (passes ? " passes for the watch" : " fails for the watch"),
                way.said());
    }

    @Override
    public void lapsed(long time, Upkeep upkeep) {
        failures.put(upkeep, 0);
    }

    @Override
    public void judged(long time, Upkeep upkeep, State state) {
        boolean called = upkeep.direction() == Upkeep.Direction.MANAGEMENT;
        // Where no network has the caller's address nothing is even sent.
        boolean works = passed + stopped == 0 ? called : stopped == 0;
        passed = 0;
        stopped = 0;
        failures.put(upkeep, works ? 0 : failures.getOrDefault(upkeep, 0) + 1);
        int worst = 0;
        for (Map.Entry<Upkeep, Integer> each : failures.entrySet()) {
            if (each.getKey().instance().equals(upkeep.instance())) worst = Math.max(worst, each.getValue());
        }
        State wanted = worst == 0 ? State.HEALTHY : worst < failuresOfUpkeep ? State.DEGRADED : State.UNAVAILABLE;
        if (state != wanted) {
            String said = worst + " failures in a row: " + wanted;
            violations.add(Law.HEALTH, time, upkeep.instance(), state.name(), said);
        }
        if (state == State.UNAVAILABLE) unavailableSince.putIfAbsent(upkeep.instance(), time);
        else unavailableSince.remove(upkeep.instance());
    }

    @Override
    public void begun(long time, int connection, int population, Address client) {
        begun.put(connection, time);
    }

    @Override
    public void ended(long time, int connection, String outcome, String ending, String instance) {
        Long since = unavailableSince.get(instance);
        Long start = begun.remove(connection);
        if (since == null || start == null || start < since || !outcome.equals("connected")) return;
        violations.add(
                Law.HEALTH,
                time,
                "connection " + connection,
                "connected to " + instance,
                "unavailable since " + since + " ns, and serves nobody");
    }
}
