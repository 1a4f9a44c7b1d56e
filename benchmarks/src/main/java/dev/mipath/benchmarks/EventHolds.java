package dev.mipath.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Taking the earliest event and scheduling it again, one fork a contestant: nanoseconds a hold. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx4g", "-XX:+UseSerialGC", "-XX:+UseTransparentHugePages"})
public class EventHolds {
    private static final int STEP = 1 << 10;

    /** Events pending. */
    @Param({"100", "10000", "1000000"})
    public int pending;

    /** Whose queue. */
    @Param({"mipath", "priority-queue", "ssj-splay", "dsol", "cloudsim-plus"})
    public String queue = "mipath";

    private Race.Contestant contestant = (from, to) -> 0;

    /** Fills the queue. */
    @Setup
    public void fill() {
        contestant = switch (queue) {
            case "mipath" -> new HoldRaces.Ladder(pending);
            case "priority-queue" -> new HoldRaces.Heap(pending);
            case "ssj-splay" -> new HoldRaces.Splay(pending);
            case "dsol" -> new HoldRaces.RedBlack(pending);
            default -> new HoldRaces.SortedSet(pending);
        };
    }

    /** A stretch of holds. */
    @Benchmark
    @OperationsPerInvocation(STEP)
    public long hold() {
        return contestant.run(0, STEP);
    }
}
