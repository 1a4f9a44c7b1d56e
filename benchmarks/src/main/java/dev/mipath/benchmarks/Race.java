package dev.mipath.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs contestants of one work in turns, in slices too short for a neighbour's load to favour one of them,
 * and compares their fastest slices. All must give the same sum over the same queries.
 */
final class Race {
    /** Answers queries from..to-1 of the trace and returns the sum of the answers. */
    interface Contestant {
        long run(int from, int to);
    }

    /** How long a slice should take: below what the scheduler gives before it takes the core away. */
    private static final long SLICE_NANOS = 1_000_000;

    /** Passes, and time, before the first slice counts: the compiler shares the core and comes late. */
    private static final int WARM_UP = 12;

    private static final long WARM_UP_NANOS = 200_000_000;

    /** Where slices are whole: enough for the compiler, whatever a query costs. */
    private static final int WARM_UP_QUERIES = 200_000;

    /** {@code rival} is the index of the contestant that this one is compared with. */
    private record Entry(String name, Contestant contestant, Contestant checked, int rival) {}

    private final String work;
    private final int queries;
    private final int checked;
    private final List<Entry> entries = new ArrayList<>();
    private boolean whole;

    /**
     * @param queries how long the trace is
     * @param checked how many queries the sums are compared over
     */
    Race(String work, int queries, int checked) {
        this.work = work;
        this.queries = queries;
        this.checked = checked;
    }

    /** Makes the whole trace one slice: for contestants that put off work, so that each slice pays for its share. */
    Race wholeSlices() {
        whole = true;
        return this;
    }

    /** Adds a contestant; the first is ours. */
    Race add(String name, Contestant contestant) {
        return add(name, contestant, contestant);
    }

    /** Adds a contestant whose own answer is not the value: {@code checked} works out the value to compare. */
    Race add(String name, Contestant contestant, Contestant checked) {
        entries.add(new Entry(name, contestant, checked, 0));
        return this;
    }

    /** Adds a contestant that is compared with another than the first: the last one added under the name {@code ours}. */
    Race addAgainst(String ours, String name, Contestant contestant) {
        int rival = entries.size() - 1;
        while (!entries.get(rival).name.equals(ours)) rival--;
        entries.add(new Entry(name, contestant, contestant, rival));
        return this;
    }

    /** Races and returns one JSON line a peer. */
    List<String> run(int rounds) {
        double[][] nanos = nanos(rounds);
        List<String> lines = new ArrayList<>();
        for (int i = 1; i < nanos.length; i++) {
            double[] rival = nanos[entries.get(i).rival];
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) ratios[round] = nanos[i][round] / rival[round];
            Arrays.sort(ratios);
            double ours = fastest(rival);
            double theirs = fastest(nanos[i]);
            lines.add(String.format(
                    Locale.ROOT,
                    "{\"work\":\"%s\",\"peer\":\"%s\",\"ratio\":%.2f,\"low\":%.2f,\"high\":%.2f,\"ns\":%.2f,\"peerNs\":%.2f}",
                    work,
                    entries.get(i).name,
                    theirs / ours,
                    ratios[rounds / 4],
                    ratios[rounds - 1 - rounds / 4],
                    ours,
                    theirs));
        }
        return lines;
    }

    /** Races and returns the nanoseconds a query that each contestant took in its fastest slice. */
    Map<String, Double> fastest(int rounds) {
        double[][] nanos = nanos(rounds);
        Map<String, Double> fastest = new LinkedHashMap<>();
        for (int i = 0; i < nanos.length; i++) fastest.put(entries.get(i).name, fastest(nanos[i]));
        return fastest;
    }

    private static double fastest(double[] slices) {
        return Arrays.stream(slices).min().orElseThrow();
    }

    /** What each contestant took, round by round. */
    private double[][] nanos(int rounds) {
        check();
        int size = entries.size();
        int[] counts = new int[size];
        int[] at = new int[size];
        for (int i = 0; i < size; i++) counts[i] = calibrate(entries.get(i).contestant);
        double[][] nanos = new double[size][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < size; turn++) {
                int i = (turn + round) % size;
                int from = at[i] + counts[i] > queries ? 0 : at[i];
                at[i] = from + counts[i];
                long start = Clock.nanos();
                long sum = entries.get(i).contestant.run(from, from + counts[i]);
                nanos[i][round] = (Clock.nanos() - start) / (double) counts[i];
                sink = sum;
            }
        }
        return nanos;
    }

    /** Read by nobody, but the compiler cannot know: it keeps the answers alive. */
    static volatile long sink;

    private void check() {
        // Each runs once: some go on from where they were.
        long expected = entries.get(0).contestant.run(0, checked);
        for (Entry entry : entries.subList(1, entries.size())) {
            long sum = entry.checked.run(0, checked);
            if (sum != expected) {
                throw new IllegalStateException(work + ": " + entry.name + " answers " + sum + ", "
                        + entries.get(0).name + " answers " + expected);
            }
        }
    }

    /** How many queries make a slice, once the contestant is compiled. */
    private int calibrate(Contestant contestant) {
        if (whole) {
            for (int done = 0; done < WARM_UP_QUERIES; done += queries) sink = contestant.run(0, queries);
            return queries;
        }
        int count = 64;
        long begin = Clock.nanos();
        for (int pass = 0; pass < WARM_UP || Clock.nanos() - begin < WARM_UP_NANOS; ) {
            long start = Clock.nanos();
            sink = contestant.run(0, count);
            long took = Clock.nanos() - start;
            if (took < SLICE_NANOS / 2 && count < queries) {
                count = Math.min(queries, count * 2);
            } else {
                pass++;
                if (took > 2 * SLICE_NANOS && count > 64) count /= 2;
            }
        }
        return count;
    }
}
