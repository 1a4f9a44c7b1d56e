package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/** Collects the violations of one run; after the first few they are only counted. */
final class Violations {
    /** So many are kept. */
    static final int KEPT_MAX = 20;

    private final List<Violation> kept = new ArrayList<>();
    private long count;

    void add(Law law, long at, String subject, String found, String wanted) {
        count++;
        if (kept.size() < KEPT_MAX) kept.add(new Violation(law, at, subject, found, wanted));
    }

    ImmutableList<Violation> kept() {
        return ImmutableList.copyOf(kept);
    }

    long count() {
        return count;
    }
}
