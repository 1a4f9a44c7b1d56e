package dev.mipath.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int LOOKUPS = 100_000;

    /** What one pass of lookups allocates, once everything is laid out and warm. */
    private static long allocated(Runnable pass) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 3; i++) pass.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        pass.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void batchesAllocateNothing() {
        RuleBatch batch = new RuleBatch(new RandomRules(new SplittableRandom(1), 32, 60).table());
        LpmTable routes = new Prefixes().add(0x0A00_0000, 8, 1).table().prepare();
        int[] fields = new SplittableRandom(2).ints(256).toArray();
        int[] ports = new SplittableRandom(3).ints(256, 0, 65_536).toArray();
        int[] protocols = new SplittableRandom(4).ints(256, 0, 256).toArray();
        int[] answers = new int[256];
        long bytes = allocated(() -> {
            for (int i = 0; i < LOOKUPS; i += answers.length) {
                batch.match(fields, ports, fields, ports, protocols, 0, answers.length, answers);
                routes.match(fields, 0, answers.length, answers);
            }
        });
        assertThat(bytes).isLessThan(LOOKUPS / 100);
    }

    @Test
    void lookupsAndVerdictsAllocateNothing() {
        SplittableRandom random = new SplittableRandom(1);
        RuleTable rules = new RandomRules(random, 32, 60).table().prepare();
        LpmTable routes = new Prefixes()
                .add(0x0A00_0000, 8, 1)
                .add(0x0A01_0000, 25, 2)
                .table()
                .prepare();
        VerdictTable verdicts = VerdictTable.of(List.of(rules, rules), routes);
        long[] sums = new long[1];
        long bytes = allocated(() -> {
            long sum = 0;
            for (int i = 0; i < LOOKUPS; i++) {
                int address = i * 0x9E37_79B9;
                sum += routes.match(address) + routes.match(address, i) + rules.match(address, 1, ~address, i, 6);
                sum += verdicts.match(address, 1, ~address, i & 0xFFFF, 17);
            }
            sums[0] += sum;
        });
        assertThat(bytes).isLessThan(LOOKUPS / 100);
    }
}
