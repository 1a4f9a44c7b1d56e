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

    private Costs() {}

    /** What to time. */
    private interface Work {
        Object run();
    }

    /** Times everything. */
    public static void main(String[] args) {
        build("169", Inputs.udr());
        build("32k", Inputs.tags());
        Routes bgp = Inputs.bgp();
        build("bgp", bgp);
        update(bgp);
        for (int rules : new int[] {20, 200, 1_000}) {
            Filters filters = Filters.nsg(rules, rules == 1_000);
            RuleTable[] table = new RuleTable[1];
            double millis = fastest(() -> table[0] = filters.table().prepare());
            print("{\"rules\":%d,\"buildMs\":%.2f,\"bytes\":%d}", filters.size(), millis, table[0].bytes());
        }
    }

    private static void build(String name, Routes sorted) {
        // Routes come in no order; sorted ones would flatter whoever inserts one by one.
        List<Prefix> shuffled = new ArrayList<>(sorted.prefixes());
        Collections.shuffle(shuffled, new Random(1));
        Routes routes = new Routes(shuffled);
        LpmTable[] table = new LpmTable[1];
        double ours = fastest(() -> {
            Prefixes prefixes = new Prefixes();
            for (int i = 0; i < routes.size(); i++) {
                prefixes.add(routes.network(i), routes.length(i), routes.value(i));
            }
            table[0] = prefixes.table().prepare();
            return table[0];
        });
        IPv4Address[] blocks = new IPv4Address[routes.size()];
        for (int i = 0; i < blocks.length; i++) blocks[i] = RouteRaces.block(routes, i);
        double theirs = fastest(() -> {
            IPv4AddressAssociativeTrie<Integer> trie = new IPv4AddressAssociativeTrie<>();
            for (int i = 0; i < blocks.length; i++) trie.put(blocks[i], routes.value(i));
            return trie;
        });
        print(
                "{\"routes\":\"%s\",\"buildMs\":%.2f,\"ipaddressBuildMs\":%.2f,\"bytes\":%d}",
                name, ours, theirs, table[0].bytes());
    }

    private static void update(Routes routes) {
        RouteBase base = RouteBase.four();
        for (int i = 0; i < routes.size(); i++) base.put(routes.network(i), routes.length(i), routes.value(i));
        LiveTable live = LiveTable.of(base);
        SplittableRandom random = new SplittableRandom(1);
        int changes = 20_000;
        double millis = fastest(() -> {
            for (int i = 0; i < changes / 2; i++) {
                int route = random.nextInt(routes.size());
                live.remove(routes.network(route), routes.length(route));
                live.put(routes.network(route), routes.length(route), routes.value(route));
            }
            return live;
        });
        print("{\"routes\":\"bgp\",\"updateNs\":%.0f}", millis * 1e6 / changes);
    }

    private static double fastest(Work work) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
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
