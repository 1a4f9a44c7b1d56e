package dev.mipath.benchmarks;

import dev.mipath.lookup.LpmTable;
import dev.mipath.lookup.RuleTable;
import java.util.List;

/** Prints how many times faster each work is than each peer, one JSON line a pair. */
public final class Ratios {
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
        if (!quick) {
            for (String name : List.of("acl1_1k", "fw1_1k", "ipc1_1k")) {
                Inputs.classBench(name).ifPresent(lines -> filters("classbench-" + name, Filters.classBench(lines)));
            }
        }
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
