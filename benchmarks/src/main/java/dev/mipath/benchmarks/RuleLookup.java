package dev.mipath.benchmarks;

import dev.mipath.lookup.RuleTable;
import dev.mipath.lookup.VerdictTable;
import java.util.List;
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

/** First matching rule, and fused verdict, one fork a contestant: nanoseconds a packet. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx4g", "-XX:+UseSerialGC", "-XX:+UseTransparentHugePages"})
public class RuleLookup {
    private static final int STEP = 1 << 8;
    private static final Filters NONE = new Filters(List.of());

    /** Rules of the NSG. */
    @Param({"20", "200", "1000"})
    public int rules;

    private Filters filters = NONE;
    private RuleTable table = NONE.table();
    private VerdictTable verdicts = VerdictTable.of(List.of(table), Inputs.udr().table());
    private FilterRaces.LinearObjects objects = new FilterRaces.LinearObjects(NONE);
    private FilterRaces.LinearArrays arrays = new FilterRaces.LinearArrays(NONE);
    private TupleSpace tuples = new TupleSpace(NONE);
    private Packets p = new Packets(Filters.nsg(1, false), 0);
    private int at;

    /** Builds every contestant. */
    @Setup
    public void load() {
        filters = Filters.nsg(rules, rules == 1_000);
        table = filters.table().prepare();
        objects = new FilterRaces.LinearObjects(filters);
        arrays = new FilterRaces.LinearArrays(filters);
        tuples = new TupleSpace(filters);
        p = new Packets(filters, 4);
        RuleTable inbound = Filters.nsg(rules + 1, rules == 1_000).table();
        verdicts = VerdictTable.of(List.of(table, inbound), Inputs.udr().table());
    }

    /** Moves on in the trace, so that the predictor meets new packets. */
    @Setup(Level.Invocation)
    public void advance() {
        at = at + STEP & p.sources.length - 1;
    }

    /** Ours. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public long mipath() {
        long sum = 0;
        for (int i = at; i < at + STEP; i++) {
            sum += table.match(
                    p.sources[i], p.sourcePorts[i], p.destinations[i], p.destinationPorts[i], p.protocols[i]);
        }
        return sum;
    }

    /** Two rule tables and the routes in one. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public long verdict() {
        long sum = 0;
        for (int i = at; i < at + STEP; i++) {
            sum += verdicts.match(
                    p.sources[i], p.sourcePorts[i], p.destinations[i], p.destinationPorts[i], p.protocols[i]);
        }
        return sum;
    }

    /** The naive baseline. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public long linearObjects() {
        long sum = 0;
        for (int i = at; i < at + STEP; i++) {
            sum += objects.match(
                    p.sources[i], p.sourcePorts[i], p.destinations[i], p.destinationPorts[i], p.protocols[i]);
        }
        return sum;
    }

    /** The baseline over flat arrays. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public long linearArrays() {
        long sum = 0;
        for (int i = at; i < at + STEP; i++) {
            sum += arrays.match(
                    p.sources[i], p.sourcePorts[i], p.destinations[i], p.destinationPorts[i], p.protocols[i]);
        }
        return sum;
    }

    /** The classifier of software switches. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public long tupleSpace() {
        long sum = 0;
        for (int i = at; i < at + STEP; i++) {
            sum += tuples.match(
                    p.sources[i], p.sourcePorts[i], p.destinations[i], p.destinationPorts[i], p.protocols[i]);
        }
        return sum;
    }
}
