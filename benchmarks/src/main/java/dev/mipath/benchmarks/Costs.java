package dev.mipath.benchmarks;

import dev.mipath.lookup.LiveTable;
import dev.mipath.lookup.LpmTable;
import dev.mipath.lookup.Prefixes;
import dev.mipath.lookup.RouteBase;
import dev.mipath.lookup.RuleTable;
import dev.mipath.net.Prefix;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressAssociativeTrie;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;

/** Prints what the tables cost besides lookups: time to build and to change, and memory. Fastest of five. */
public final class Costs {
    private static final int TRIES = 5;

    /** How many routes are taken out or put back at a time. */
    static final int CHANGES = 20_000;

    private Costs() {}

    /** What to time. */
    interface Work {
        Object run();
    }

    /** Times everything. */
    public static void main(String[] args) {
        build("169", Inputs.udr());
        build("400-tags", Inputs.tags().every(80));
        build("32k", Inputs.tags());
        Routes bgp = Inputs.bgp();
        build("bgp", bgp);
        update(bgp);
        for (int rules : new int[] {20, 200, 1_000}) {
            Filters filters = Filters.nsg(rules, rules == 1_000);
            RuleTable[] table = new RuleTable[1];
            double millis = fastest(TRIES, () -> table[0] = filters.table().prepare());
            print("{\"rules\":%d,\"buildMs\":%.2f,\"bytes\":%d}", filters.size(), millis, table[0].bytes());
        }
    }

    /** Routes come in no order; sorted ones are told too, for they suit whoever inserts one by one. */
    private static void build(String name, Routes sorted) {
        build(name, "shuffled", shuffled(sorted));
        build(name, "sorted", sorted);
    }

    static Routes shuffled(Routes sorted) {
        List<Prefix> shuffled = new ArrayList<>(sorted.prefixes());
        Collections.shuffle(shuffled, new Random(1));
        return new Routes(shuffled);
    }

    private static void build(String name, String order, Routes routes) {
        Build build = build(routes, TRIES);
        print(
                "{\"routes\":\"%s\",\"order\":\"%s\",\"buildMs\":%.2f,\"ipaddressBuildMs\":%.2f,\"bytes\":%d}",
                name, order, build.ours, build.theirs, build.bytes);
    }

    /** The milliseconds that our table and IPAddress's trie of the same routes take to build, and what ours takes. */
    record Build(double ours, double theirs, long bytes) {}

    /** Builds both from keys made beforehand. */
    static Build build(Routes routes, int tries) {
        int[] networks = new int[routes.size()];
        int[] lengths = new int[networks.length];
        int[] values = new int[networks.length];
        IPv4Address[] blocks = new IPv4Address[networks.length];
        for (int i = 0; i < networks.length; i++) {
            networks[i] = routes.network(i);
            lengths[i] = routes.length(i);
            values[i] = routes.value(i);
            blocks[i] = RouteRaces.block(routes, i);
        }
        LpmTable[] table = new LpmTable[1];
        double ours = fastest(tries, () -> {
            Prefixes prefixes = new Prefixes();
            for (int i = 0; i < networks.length; i++) prefixes.add(networks[i], lengths[i], values[i]);
            table[0] = prefixes.table().prepare();
            return table[0];
        });
        double theirs = fastest(tries, () -> {
            IPv4AddressAssociativeTrie<Integer> trie = new IPv4AddressAssociativeTrie<>();
            for (int i = 0; i < blocks.length; i++) trie.put(blocks[i], values[i]);
            return trie;
        });
        return new Build(ours, theirs, table[0].bytes());
    }

    private static void update(Routes routes) {
        print("{\"routes\":\"bgp\",\"updateNs\":%.0f}", change(routes));
    }

    /** The nanoseconds that one route taken out of our live table, or put back, takes. */
    static double change(Routes routes) {
        int[] networks = new int[routes.size()];
        int[] lengths = new int[networks.length];
        RouteBase base = RouteBase.four();
        for (int i = 0; i < networks.length; i++) {
            networks[i] = routes.network(i);
            lengths[i] = routes.length(i);
            base.put(networks[i], lengths[i], i);
        }
        LiveTable live = LiveTable.of(base);
        SplittableRandom random = new SplittableRandom(1);
        double millis = fastest(4 * TRIES, () -> {
            for (int i = 0; i < CHANGES / 2; i++) {
                int route = random.nextInt(networks.length);
                live.remove(networks[route], lengths[route]);
                live.put(networks[route], lengths[route], route);
            }
            return live;
        });
        return millis * 1e6 / CHANGES;
    }

    /** The milliseconds of the fastest try. */
    static double fastest(int tries, Work work) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < tries; i++) {
            long start = Clock.nanos();
            Object made = work.run();
            best = Math.min(best, (Clock.nanos() - start) / 1e6);
            if (made.hashCode() == 0) System.err.println();
        }
        return best;
    }

    private static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
