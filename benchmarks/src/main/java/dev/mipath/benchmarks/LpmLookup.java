package dev.mipath.benchmarks;

import com.google.common.collect.ImmutableRangeMap;
import com.google.common.collect.Range;
import dev.mipath.lookup.LpmTable;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressAssociativeTrie;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Longest-prefix match, one fork a contestant: nanoseconds a lookup. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx4g", "-XX:+UseSerialGC", "-XX:+UseTransparentHugePages"})
public class LpmLookup {
    private static final int STEP = 1 << 10;

    /** Which prefixes. */
    @Param({"169", "32k", "bgp"})
    public String routes = "";

    /** Which addresses. */
    @Param({"uniform", "inprefix", "zipf"})
    public String trace = "";

    private int[] queries = {};
    private int[] answers = {};
    private int at;
    private LpmTable table = new LpmTable.Builder().build();
    private IPv4Address[] addresses = {};
    private IPv4AddressAssociativeTrie<Integer> trie = new IPv4AddressAssociativeTrie<>();
    private Long[] numbers = {};
    private NavigableMap<Long, Integer> floor = new TreeMap<>();
    private ImmutableRangeMap<Long, Integer> ranges = ImmutableRangeMap.of();

    /** Builds every contestant. */
    @Setup
    public void load() {
        Routes prefixes = switch (routes) {
            case "169" -> Inputs.udr();
            case "32k" -> Inputs.tags();
            default -> Inputs.bgp();
        };
        queries = switch (trace) {
            case "uniform" -> Traces.uniform(1);
            case "inprefix" -> Traces.inPrefix(prefixes, 2);
            default -> Traces.zipf(prefixes, 3);
        };
        answers = new int[STEP];
        table = prefixes.table();
        addresses = new IPv4Address[queries.length];
        numbers = new Long[queries.length];
        for (int i = 0; i < queries.length; i++) {
            addresses[i] = new IPv4Address(queries[i]);
            numbers[i] = Integer.toUnsignedLong(queries[i]);
        }
        for (int i = 0; i < prefixes.size(); i++) trie.put(RouteRaces.block(prefixes, i), prefixes.value(i));
        floor = RouteRaces.disjoint(prefixes);
        ImmutableRangeMap.Builder<Long, Integer> builder = ImmutableRangeMap.builder();
        for (Map.Entry<Long, Integer> entry : floor.entrySet()) {
            Long next = floor.higherKey(entry.getKey());
            builder.put(Range.closedOpen(entry.getKey(), next == null ? 1L << 32 : next), entry.getValue());
        }
        ranges = builder.build();
    }

    /** Moves on in the trace, so that the predictor meets new addresses. */
    @Setup(Level.Invocation)
    public void advance() {
        at = at + STEP & queries.length - 1;
    }

    /** The cost of reading the addresses; part of every line below. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public long baseline() {
        long sum = 0;
        for (int i = at; i < at + STEP; i++) sum += queries[i];
        return sum;
    }

    /** Ours. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public long mipath() {
        long sum = 0;
        for (int i = at; i < at + STEP; i++) sum += table.match(queries[i]);
        return sum;
    }

    /** Ours, many at a time. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public int mipathBatch() {
        table.match(queries, at, STEP, answers);
        return answers[0];
    }

    /** IPAddress, addresses made beforehand. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public long ipAddressTrie() {
        long sum = 0;
        for (int i = at; i < at + STEP; i++) {
            var node = trie.longestPrefixMatchNode(addresses[i]);
            sum += node == null ? LpmTable.NONE : node.getValue();
        }
        return sum;
    }

    /** Guava, keys boxed beforehand. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public long guavaRangeMap() {
        long sum = 0;
        for (int i = at; i < at + STEP; i++) {
            Integer value = ranges.get(numbers[i]);
            sum += value == null ? LpmTable.NONE : value;
        }
        return sum;
    }

    /** The JDK, keys boxed beforehand. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public long treeMapFloor() {
        long sum = 0;
        for (int i = at; i < at + STEP; i++) sum += floor.floorEntry(numbers[i]).getValue();
        return sum;
    }
}
