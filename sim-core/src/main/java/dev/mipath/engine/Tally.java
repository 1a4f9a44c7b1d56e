package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts what a run brings. */
final class Tally {
    static final int CONNECT = 0;
    static final int LOGIN = 1;
    static final int FIRST_QUERY = 2;
    static final int QUERY = 3;
    private static final String[] TIMES = {"connect", "login", "first-query", "query"};
    /** A day; nothing takes longer that a run would wait for. */
    private static final long LONGEST = 86_400_000_000_000L;

    static final int NO_SYMPTOM = 0;
    static final int TIMEOUT = 1;
    static final int REFUSED = 2;
    static final int LOGIN_ERROR = 3;
    static final int CERTIFICATE_ERROR = 4;
    static final int NAME_ERROR = 5;
    static final int CUT = 6;
    static final int POOL_BLOCKED = 7;
    /** What MiPath does not know has no symptom that it could name. */
    static final int UNKNOWN = 8;

    private static final String[] SYMPTOMS = {
        "none", "timeout", "refused", "login-error", "certificate-error", "name-error", "cut", "pool-blocked", "unknown"
    };

    private final Histogram[] times = new Histogram[TIMES.length];
    private final long[] symptoms = new long[SYMPTOMS.length];
    private final long[] causes = new long[Causes.SIZE];
    private final long[] cuts = new long[Causes.SIZE];
    /** Drops by element and cause. */
    private long[][] drops = {};

    private List<RunReport.Health> health = new ArrayList<>();
    private long attempts;
    private long queriesRefused;
    private long live;
    private long peak;

    Tally() {
        for (int i = 0; i < times.length; i++) times[i] = new Histogram(LONGEST, 3);
    }

    static ImmutableSet<String> symptoms() {
        return ImmutableSet.copyOf(SYMPTOMS);
    }

    static ImmutableSet<String> times() {
        return ImmutableSet.copyOf(TIMES);
    }

    /** A connection is begun; its number. */
    int begun() {
        if (++live > peak) peak = live;
        return (int) attempts++;
    }

    /** A connection is logged in, or failed. */
    void ended(int cause, int symptom) {
        causes[cause]++;
        symptoms[symptom]++;
    }

    /** A session ended otherwise than by its client: what had worked has not. */
    void cut(int cause) {
        symptoms[NO_SYMPTOM]--;
        symptoms[CUT]++;
        cuts[cause]++;
    }

    /** A connection is gone. */
    void gone() {
        live--;
    }

    long attempts() {
        return attempts;
    }

    long live() {
        return live;
    }

    long ended() {
        return Arrays.stream(causes).sum();
    }

    void took(int what, long nanos) {
        times[what].recordValue(Math.min(nanos, LONGEST));
    }

    /** A node had no room for a query. */
    void queryRefused() {
        queriesRefused++;
    }

    void dropped(int element, int cause) {
        if (element >= drops.length) drops = Arrays.copyOf(drops, Math.max(element + 1, drops.length * 2));
        if (drops[element] == null) drops[element] = new long[Causes.SIZE];
        drops[element][cause]++;
    }

    void health(RunReport.Health change) {
        health.add(change);
    }

    RunReport report(
            long time,
            long events,
            String fingerprint,
            Elements elements,
            ImmutableList<RunReport.SnatUse> snat,
            ImmutableList<RunReport.StationUse> stations,
            ImmutableList<RunReport.Requested> requests) {
        ImmutableSortedMap.Builder<String, Long> felt = ImmutableSortedMap.naturalOrder();
        for (int i = 0; i < SYMPTOMS.length; i++) if (symptoms[i] > 0) felt.put(SYMPTOMS[i], symptoms[i]);
        TreeMap<String, Long> outcomes = new TreeMap<>();
        TreeMap<String, Long> endings = new TreeMap<>();
        for (int i = 0; i < causes.length; i++) {
            if (causes[i] + cuts[i] == 0) continue;
            if (i != Causes.NONE) endings.merge(Causes.name(i), causes[i] + cuts[i], Long::sum);
            if (causes[i] == 0) continue;
            outcomes.merge(Causes.outcome(i), causes[i], Long::sum);
        }
        if (attempts > ended()) outcomes.put("open", attempts - ended());
        ImmutableSortedMap.Builder<String, RunReport.Latency> latencies = ImmutableSortedMap.naturalOrder();
        for (int i = 0; i < TIMES.length; i++) {
            if (times[i].getTotalCount() > 0) latencies.put(TIMES[i], new RunReport.Latency(times[i].copy()));
        }
        ImmutableSortedMap.Builder<String, Long> queries = ImmutableSortedMap.naturalOrder();
        if (times[QUERY].getTotalCount() > 0) queries.put("answered", times[QUERY].getTotalCount());
        if (queriesRefused > 0) queries.put("refused", queriesRefused);
        ImmutableList.Builder<RunReport.Drop> dropped = ImmutableList.builder();
        for (int element = 0; element < drops.length; element++) {
            if (drops[element] == null) continue;
            for (int cause = 0; cause < Causes.SIZE; cause++) {
                long count = drops[element][cause];
                if (count > 0) dropped.add(new RunReport.Drop(elements.name(element), Causes.name(cause), count));
            }
        }
        return new RunReport(
                time,
                events,
                fingerprint,
                attempts,
                ImmutableSortedMap.copyOf(outcomes),
                felt.buildOrThrow(),
                ImmutableSortedMap.copyOf(endings),
                queries.buildOrThrow(),
                latencies.buildOrThrow(),
                dropped.build(),
                ImmutableList.copyOf(health),
                snat,
                stations,
                peak,
                requests);
    }

    World.Memento save() {
        Histogram[] savedTimes = new Histogram[times.length];
        for (int i = 0; i < times.length; i++) savedTimes[i] = times[i].copy();
        long[] savedSymptoms = symptoms.clone();
        long[] savedCauses = causes.clone();
        long[] savedCuts = cuts.clone();
        long[][] savedDrops = copy(drops);
        List<RunReport.Health> savedHealth = new ArrayList<>(health);
        long[] counts = {attempts, live, peak, queriesRefused};
        return () -> {
            for (int i = 0; i < times.length; i++) times[i] = savedTimes[i].copy();
            System.arraycopy(savedSymptoms, 0, symptoms, 0, symptoms.length);
            System.arraycopy(savedCauses, 0, causes, 0, causes.length);
            System.arraycopy(savedCuts, 0, cuts, 0, cuts.length);
            drops = copy(savedDrops);
            health = new ArrayList<>(savedHealth);
            attempts = counts[0];
            live = counts[1];
            peak = counts[2];
            queriesRefused = counts[3];
        };
    }

    private static long[][] copy(long[][] rows) {
        long[][] copy = new long[rows.length][];
        for (int i = 0; i < rows.length; i++) if (rows[i] != null) copy[i] = rows[i].clone();
        return copy;
    }
}
