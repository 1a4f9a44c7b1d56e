package dev.mipath.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * DPDK's tables behind JNI, when their library was built (profile {@code native-peers}); otherwise the
 * native rows are left out. {@code src/main/native/peers.c} is the other half.
 */
final class NativePeers {
    /** Packets that rte_acl gets at a time by default, as its own examples do. */
    static final int BURST = 32;

    /** Packets that its widest algorithm wants at a time. */
    static final int BEST_BURST = 256;

    /** Lets rte_acl choose. */
    static final int DEFAULT_ALGORITHM = -1;

    private static final boolean LOADED = load();

    private NativePeers() {}

    static boolean loaded() {
        return LOADED;
    }

    private static boolean load() {
        Path library = Path.of(System.getProperty("mipath.native", "benchmarks/target/native/libmipathpeers.so"))
                .toAbsolutePath();
        if (!Files.exists(library)) return false;
        System.load(library.toString());
        boolean huge = Boolean.getBoolean("mipath.hugepages");
        boolean started = start(huge);
        System.err.println(
                started ? "DPDK runs" + (huge ? " on huge pages" : " without huge pages") : "DPDK does not start");
        return started;
    }

    private static native boolean start(boolean huge);

    /** A table of disjoint intervals, and its queries; 0 on failure. */
    static native long lpm(int[] starts, int[] values, int[] queries);

    static native long lpmSingle(long lpm, int from, int to);

    static native long lpmBulk(long lpm, int from, int to);

    static native long lpm6(long[] highs, int[] lengths, int[] values, long[] queries);

    static native long lpm6Single(long lpm, int from, int to);

    /** Rules of eight ints each, and the columns of the packets one after another. */
    static native long acl(int[] rules, int[] columns, int packets);

    static native long aclRun(long acl, int from, int to, int burst, int algorithm);

    static native int aclBest(long acl);

    static native long verdict(long outbound, long inbound, long routes, int from, int to, int algorithm);

    /** A native table of these routes. */
    static long lpm(Routes routes, int[] queries) {
        var floor = RouteRaces.disjoint(routes);
        int[] starts = floor.keySet().stream().mapToInt(Long::intValue).toArray();
        int[] values = floor.values().stream().mapToInt(Integer::intValue).toArray();
        return made(lpm(starts, values, queries));
    }

    /** A native table of these routes, up to /64. */
    static long lpm6(Routes routes, long[] queries) {
        long[] highs = new long[routes.size()];
        int[] lengths = new int[routes.size()];
        int[] values = new int[routes.size()];
        for (int i = 0; i < highs.length; i++) {
            highs[i] = routes.high(i);
            lengths[i] = routes.length(i);
            values[i] = routes.value(i);
        }
        return made(lpm6(highs, lengths, values, queries));
    }

    /** A native classifier of these rules, multiplied out. */
    static long acl(Filters filters, Packets p) {
        int[] rules = Expanded.of(filters).stream()
                .flatMapToInt(r -> java.util.stream.IntStream.of(
                        r.index(),
                        r.protocol(),
                        r.source(),
                        r.sourceLength(),
                        r.sourcePorts().first() << 16 | r.sourcePorts().last(),
                        r.destination(),
                        r.destinationLength(),
                        r.destinationPorts().first() << 16
                                | r.destinationPorts().last()))
                .toArray();
        int count = p.sources.length;
        int[] columns = new int[5 * count];
        System.arraycopy(p.sources, 0, columns, 0, count);
        System.arraycopy(p.sourcePorts, 0, columns, count, count);
        System.arraycopy(p.destinations, 0, columns, 2 * count, count);
        System.arraycopy(p.destinationPorts, 0, columns, 3 * count, count);
        System.arraycopy(p.protocols, 0, columns, 4 * count, count);
        long start = System.nanoTime();
        long acl = made(acl(rules, columns, count));
        System.err.printf(
                "rte_acl of %d rules built in %.1f ms%n", rules.length / 8, (System.nanoTime() - start) / 1e6);
        return acl;
    }

    private static long made(long handle) {
        if (handle == 0) throw new IllegalStateException("DPDK refuses the table (too little memory?)");
        return handle;
    }
}
