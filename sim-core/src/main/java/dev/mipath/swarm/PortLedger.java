package dev.mipath.swarm;

import dev.mipath.engine.RunObserver;
import dev.mipath.engine.Setting;
import dev.mipath.engine.Settings;
import dev.mipath.forwarding.SourcePorts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** {@link Law#SNAT_PORTS}: keeps books of who has a source port of which pool, and which ports rest. */
final class PortLedger implements RunObserver {
    private final Settings settings;
    private final Violations violations;
    private final Map<Integer, Pool> pools = new HashMap<>();
    /** The connections that were refused a port because all were taken. */
    private final Map<Integer, Integer> refused = new HashMap<>();

    private static final class Pool {
        /** How many ports each connection has. */
        private final Map<Integer, Integer> holders = new HashMap<>();
        /** When the flows ended whose ports rest. */
        private final Deque<Long> resting = new ArrayDeque<>();

        private int taken;
        /** Whether the last to rest was of a try, which takes no rest. */
        private boolean ofTry;

        int inUse() {
            return taken + resting.size();
        }
    }

    PortLedger(Settings settings, Violations violations) {
        this.settings = settings;
        this.violations = violations;
    }

    private Pool pool(int number) {
        return pools.computeIfAbsent(number, key -> new Pool());
    }

    private long size(SourcePorts ports) {
        return ports.count(settings.count(
                switch (ports.pool()) {
                    case SHARED -> Setting.SNAT_PORTS_NAT_GATEWAY;
                    case OWN -> Setting.SNAT_PORTS_OWN_ADDRESS;
                    case PREALLOCATED -> Setting.SNAT_PORTS_PREALLOCATED;
                }));
    }

    private void broken(long time, int number, String found, String wanted) {
        violations.add(Law.SNAT_PORTS, time, "pool " + number, found, wanted);
    }

    @Override
    public void portTaken(long time, int connection, int number, SourcePorts ports) {
        Pool pool = pool(number);
        int has = pool.holders.merge(connection, 1, Integer::sum);
        pool.taken++;
        if (has > 1) broken(time, number, "connection " + connection + " has " + has + " of its ports", "one a flow");
        if (pool.inUse() > size(ports)) {
            broken(time, number, pool.inUse() + " flows on " + size(ports) + " ports", "a port for each flow");
        }
    }

    @Override
    public void portRefused(long time, int connection, int number, SourcePorts ports) {
        refused.put(connection, number);
        int inUse = pool(number).inUse();
        if (inUse < size(ports)) broken(time, number, "none left with " + inUse + " of " + size(ports), "a port");
    }

    @Override
    public void portReleased(long time, int connection, int number) {
        Pool pool = pool(number);
        if (!pool.holders.containsKey(connection)) {
            broken(time, number, "connection " + connection + " gives back what it has not", "one who has a port");
            return;
        }
        pool.holders.computeIfPresent(connection, (key, has) -> has == 1 ? null : has - 1);
        pool.taken--;
        pool.resting.add(time);
        pool.ofTry = connection < 0;
    }

    @Override
    public void portFreed(long time, int number) {
        Pool pool = pool(number);
        boolean atOnce = pool.ofTry;
        pool.ofTry = false;
        Long released = atOnce ? pool.resting.pollLast() : pool.resting.poll();
        long rest = settings.get(Setting.SNAT_COOL_DOWN);
        if (released == null) {
            broken(time, number, "a port is free again that did not rest", "a port that rests");
        } else if (time - released < rest && !atOnce) {
            broken(time, number, "free after " + (time - released) + " ns", "a rest of " + rest + " ns");
        }
    }

    @Override
    public void gone(long time, int connection) {
        refused.remove(connection);
        for (Iterator<Map.Entry<Integer, Pool>> all = pools.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Integer, Pool> pool = all.next();
            Integer has = pool.getValue().holders.remove(connection);
            if (has == null) continue;
            pool.getValue().taken -= has;
            broken(time, pool.getKey(), "connection " + connection + " is over and kept " + has, "ports given back");
        }
    }

    /** Whether a connection found no port because all were taken. */
    boolean wasRefused(int connection) {
        return refused.containsKey(connection);
    }
}
