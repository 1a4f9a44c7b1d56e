package dev.mipath.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A scheduler of ns-3 behind JNI, when its shim was built (profile {@code native-peers}); otherwise these rows are left
 * out. {@code src/main/native/ns3.cpp} is the other half: one call makes many holds, and no event object is made.
 */
final class Ns3 implements Race.Contestant {
    /** Its default, and the others that grow with the number of events as theirs should. */
    static final List<String> SCHEDULERS = List.of("map", "heap", "calendar", "priority-queue");

    private static final boolean LOADED = load();

    private final long scheduler;

    Ns3(String name, int pending, long seed) {
        scheduler = open(SCHEDULERS.indexOf(name), Delays.start(pending, seed), new Delays(seed).all());
    }

    static boolean loaded() {
        return LOADED;
    }

    private static boolean load() {
        Path library = Path.of(System.getProperty("mipath.ns3", "benchmarks/target/native/libmipathns3.so"))
                .toAbsolutePath();
        if (!Files.exists(library)) return false;
        System.load(library.toString());
        return true;
    }

    @Override
    public long run(int from, int to) {
        return hold(scheduler, to - from);
    }

    private static native long open(int scheduler, long[] start, long[] delays);

    private static native long hold(long scheduler, int count);
}
