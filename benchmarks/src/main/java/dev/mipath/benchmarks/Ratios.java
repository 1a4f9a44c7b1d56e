package dev.mipath.benchmarks;

import dev.mipath.benchmarks.WorldThroughput.Measured;
import dev.mipath.compile.Compilation;
import dev.mipath.lookup.LpmTable;
import dev.mipath.lookup.RuleTable;
import java.util.List;

/** Prints how many times faster each work is than each peer, one JSON line a pair. */
public final class Ratios {
    private static final int SMALL_WORLD = 10_000;
    private static final int LARGE_WORLD = 1_000_000;
    private static final int STEADY_WORLD = 50_000;

    private final boolean quick;
    private final int rounds;
    private final String only;

    private Ratios(boolean quick, String only) {
        this.quick = quick;
        this.only = only;
        rounds = quick ? 15 : 41;
    }

    /**
     * Races everything.
     *
     * @param args {@code --quick} ends within a minute; any other word keeps the works that contain it
     */
    public static void main(String[] args) {
        List<String> words = List.of(args);
        new Ratios(
                        words.contains("--quick"),
                        words.stream()
                                .filter(w -> !w.startsWith("--"))
                                .findFirst()
                                .orElse(""))
                .all();
    }

    private void all() {
        System.err.printf(
                "inputs: %s; java %s; slices of 1 ms of processor time, fewest nanoseconds of %d rounds; low and high are quartiles of the rounds%n",
                Inputs.origin(), System.getProperty("java.version"), rounds);
        routes("lpm-169", Inputs.udr());
        if (!quick) routes("lpm-32k", Inputs.tags());
        routes("lpm-bgp", bgp());
        routes6("lpm6-tags-inprefix", Inputs.tags6());
        if (!quick) routes6("lpm6-bgp-inprefix", Inputs.bgp6());
        filters("nsg-20", Filters.nsg(20, false));
        filters("nsg-200", Filters.nsg(200, false));
        filters("nsg-1000-tags", Filters.nsg(1_000, true));
        verdicts("verdict-20", 20);
        verdicts("verdict-200", 200);
        holds("hold-1e2", 100);
        holds("hold-1e4", 10_000);
        holds("hold-1e6", 1_000_000);
        if (isWanted("timers-1e6")) {
            Race race = TimerRaces.race("timers-1e6", 1_000_000);
            race.run(longRounds()).forEach(System.out::println);
        }
        if (isWanted("world")) world();
        if (!quick) {
            for (String name : List.of("acl1_1k", "fw1_1k", "ipc1_1k")) {
                Inputs.classBench(name).ifPresent(lines -> filters("classbench-" + name, Filters.classBench(lines)));
            }
        }
    }

    /** The whole world, small and large in turn; of each the fastest run. There is no peer: what is compared is their sizes. */
    private void world() {
        Compilation compiled = WorldThroughput.compiled();
        Measured small = fastest(compiled, SMALL_WORLD, 20);
        Measured large = fastest(compiled, LARGE_WORLD, 1);
        for (int round = 1; round < (quick ? 1 : 3); round++) {
            small = faster(small, fastest(compiled, SMALL_WORLD, 20));
            large = faster(large, fastest(compiled, LARGE_WORLD, 1));
        }
        print("world-1e4", SMALL_WORLD, small);
        print("world-1e6", LARGE_WORLD, large);
        System.out.printf(
                "{\"work\":\"world-1e6\",\"peer\":\"world-1e4\",\"nanosRatio\":%.2f,\"steadyBytesPerEvent\":%.4f}%n",
                large.nanosPerEvent() / small.nanosPerEvent(),
                WorldThroughput.steadyBytesPerEvent(compiled, STEADY_WORLD));
    }

    private static Measured fastest(Compilation compiled, int clients, int runs) {
        Measured best = WorldThroughput.measure(WorldThroughput.plan(compiled, clients), clients);
        for (int run = 1; run < runs; run++) {
            best = faster(best, WorldThroughput.measure(WorldThroughput.plan(compiled, clients), clients));
        }
        return best;
    }

    private static Measured faster(Measured one, Measured other) {
        return one.nanosPerEvent() <= other.nanosPerEvent() ? one : other;
    }

    private static void print(String work, int clients, Measured measured) {
        if (measured.connected() != clients) throw new IllegalStateException(work + ": " + measured);
        System.out.printf(
                "{\"work\":\"%s\",\"eventsPerSecond\":%.0f,\"connectionsPerSecond\":%.0f,\"ns\":%.1f,\"eventsPerConnection\":%.1f,"
                        + "\"live\":%d,\"bytesPerConnection\":%d}%n",
                work,
                measured.eventsPerSecond(),
                measured.connectionsPerSecond(),
                measured.nanosPerEvent(),
                measured.eventsPerConnection(),
                measured.live(),
                measured.bytesPerConnection());
    }

    private boolean isWanted(String work) {
        return only.isEmpty() || work.contains(only);
    }

    /** Slices are long here, and their work the same in each. */
    private int longRounds() {
        return quick ? 3 : 9;
    }

    private void holds(String work, int pending) {
        if (!isWanted(work)) return;
        Race race = HoldRaces.race(work, pending, !quick || pending < 100_000);
        race.run(longRounds()).forEach(System.out::println);
    }

    private void verdicts(String work, int rules) {
        if (!only.isEmpty() && !work.contains(only)) return;
        run(VerdictRaces.race(work, rules));
    }

    private void routes6(String work, Routes routes) {
        if (!only.isEmpty() && !work.contains(only)) return;
        LpmTable table = routes.table();
        System.err.printf("%s: %d prefixes, %d KB%n", work, routes.size(), table.bytes() >> 10);
        run(RouteRaces6.race(work, routes, table, Traces.inPrefix6(routes, 2)));
    }

    private void filters(String work, Filters filters) {
        if (!only.isEmpty() && !work.contains(only)) return;
        long start = System.nanoTime();
        RuleTable table = filters.table().prepare();
        System.err.printf(
                "%s: %d rules, built in %.1f ms, %d KB%n",
                work, filters.size(), (System.nanoTime() - start) / 1e6, table.bytes() >> 10);
        run(FilterRaces.race(work, filters, table, new Packets(filters, 4)));
    }

    private Routes bgp() {
        return only.isEmpty() || "lpm-bgp".startsWith(only) ? Inputs.bgp() : new Routes(List.of());
    }

    private void routes(String work, Routes routes) {
        if (!only.isEmpty() && !work.contains(only)) return;
        LpmTable table = routes.table();
        run(RouteRaces.race(work + "-inprefix", routes, table, Traces.inPrefix(routes, 2)));
        if (quick && routes.size() > 1_000) return;
        run(RouteRaces.race(work + "-uniform", routes, table, Traces.uniform(1)));
        run(RouteRaces.race(work + "-zipf", routes, table, Traces.zipf(routes, 3)));
    }

    private void run(Race race) {
        race.run(rounds).forEach(System.out::println);
    }
}
