package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.mipath.engine.RunReport;

/**
 * What came of one world; nothing of the world itself, so that many can be kept.
 *
 * @param seed its seed, which is the whole reproduction
 * @param attempts how many attempts there were
 * @param outcomes how many of them ended how, as in {@link RunReport#outcomes}
 * @param exhausted how many flows found no source port
 * @param fingerprint a hash of all its events
 * @param faults what went wrong, in order of drawing
 * @param packets how many packets were taken, each compared with what the network says
 * @param judged how many attempts were compared with a trace, when all was repaired
 * @param tries how many tries of the traffic that keeps instances well were followed
 * @param violations the laws that it broke, the first few
 * @param broken how many times it broke a law
 */
public record SwarmRun(
        long seed,
        long attempts,
        ImmutableSortedMap<String, Long> outcomes,
        long exhausted,
        String fingerprint,
        ImmutableList<Fault> faults,
        long packets,
        long judged,
        long tries,
        ImmutableList<Violation> violations,
        long broken) {
    /** Whether every law held. */
    public boolean holds() {
        return broken == 0;
    }
}
