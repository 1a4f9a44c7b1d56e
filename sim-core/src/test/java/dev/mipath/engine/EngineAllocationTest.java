package dev.mipath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineAllocationTest {
    private static final int EVENTS = 200_000;

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000, 200_000})
    void aSteadyStateAllocatesNothing(int parties) {
        Simulation simulation = new Simulation(new Chatter(1, parties));
        simulation.step(2L * EVENTS + 4L * parties);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        simulation.step(EVENTS);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(bytes).isLessThan(EVENTS / 20);
    }
}
