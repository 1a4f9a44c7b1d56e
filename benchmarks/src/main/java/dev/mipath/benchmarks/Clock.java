package dev.mipath.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The processor time of the calling thread: what neighbours take of the core does not count. */
final class Clock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Clock() {}

    static long nanos() {
        return THREADS.getCurrentThreadCpuTime();
    }
}
