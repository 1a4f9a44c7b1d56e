package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Address;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param time the virtual time at its end, in nanoseconds
 * @param events how many events there were
 * @param fingerprint SHA-256 over all event records
 * @param attempts how many connections were begun, tries after a failure included
 * @param outcomes how many attempts ended how: {@code connected}, {@code blocked}, {@code refused}, {@code misrouted},
 *     {@code undetermined}, and {@code open} for those that had not ended
 * @param symptoms what clients felt: {@code none}, {@code timeout}, {@code refused}, {@code login-error}, {@code
 *     certificate-error}, {@code name-error}, {@code pool-blocked}; {@code cut} for those that were logged in and ended
 *     otherwise than by their client; {@code unknown} where it is not known how they end. Together they are the attempts
 *     that are not {@code open}
 * @param endings how many attempts ended by what: the code of an ending, or what only time brings, such as {@code IDLE}
 * @param queries how many queries were {@code answered}, or {@code refused} by a node that had no room for them
 * @param latencies how long things took: {@code connect}, {@code login}, {@code first-query}, {@code query}
 * @param drops packets that did not arrive
 * @param health what the management plane thinks of the instances
 * @param snat source ports
 * @param stations gateways and nodes
 * @param peakConnections the most connections that lived at a time
 * @param requests what became of what Azure's control plane was asked for, in order of asking
 */
public record RunReport(
        long time,
        long events,
        String fingerprint,
        long attempts,
        ImmutableSortedMap<String, Long> outcomes,
        ImmutableSortedMap<String, Long> symptoms,
        ImmutableSortedMap<String, Long> endings,
        ImmutableSortedMap<String, Long> queries,
        ImmutableSortedMap<String, Latency> latencies,
        ImmutableList<Drop> drops,
        ImmutableList<Health> health,
        ImmutableList<SnatUse> snat,
        ImmutableList<StationUse> stations,
        long peakConnections,
        ImmutableList<Requested> requests) {

    /** How attempts end. */
    public static final ImmutableSet<String> OUTCOMES =
            ImmutableSet.of("connected", "blocked", "refused", "misrouted", "undetermined", "open");

    /** What clients feel. */
    public static final ImmutableSet<String> SYMPTOMS = Tally.symptoms();

    /** What attempts end by, and packets are dropped for. */
    public static final ImmutableSet<String> ENDINGS = Causes.names();

    /** What becomes of queries. */
    public static final ImmutableSet<String> QUERIES = ImmutableSet.of("answered", "refused");

    /** What takes time. */
    public static final ImmutableSet<String> LATENCIES = Tally.times();

    /** How long this took; with no values when it never happened. */
    public Latency latency(String what) {
        Latency found = latencies.get(what);
        return found == null ? new Latency(new Histogram(3)) : found;
    }

    /**
     * How long something took, in nanoseconds.
     *
     * @param histogram every value, to three digits; not to be changed
     */
    public record Latency(Histogram histogram) {
        /** How many values there are. */
        public long count() {
            return histogram.getTotalCount();
        }

        /** The mean in nanoseconds. */
        public double mean() {
            return histogram.getMean();
        }

        /** The value in nanoseconds below which this share of all lies, in percent. */
        public long percentile(double percent) {
            return histogram.getValueAtPercentile(percent);
        }
    }

    /**
     * Packets that one element stopped for one reason.
     *
     * @param element the element's name
     * @param reason why
     * @param packets how many
     */
    public record Drop(String element, String reason, long packets) {}

    /** What the management plane thinks of an instance. */
    public enum State {
        HEALTHY,
        /** Something it needs failed, and it still serves. */
        DEGRADED,
        /** It has failed for so long that the service does not vouch for it any more. */
        UNAVAILABLE
    }

    /**
     * A change in an instance's health.
     *
     * @param at when, in nanoseconds
     * @param instance the instance
     * @param state what it is from then on
     * @param cause what was tried and how that went, such as {@code storage: NSG_DENY_OUTBOUND at nsg-mi}
     */
    public record Health(long at, String instance, State state, String cause) {}

    /**
     * The source ports of one translator.
     *
     * @param element the translator's name
     * @param inUse how many are taken at the end
     * @param peak the most that were
     * @param exhausted how many packets that begin a flow found none; each repetition counts
     */
    public record SnatUse(String element, long inUse, long peak, long exhausted) {}

    /**
     * One machine as a queue.
     *
     * @param element the machine's name
     * @param arrived how many came
     * @param served how many were served, or sent away when the machine stopped
     * @param meanBusy the mean number of busy servers
     * @param meanWaiting the mean number that waited
     * @param refused how many found no room
     * @param meanWait the mean time that those who no longer wait have waited, in nanoseconds; those who did not wait count
     * @param utilisation the share of its servers' time that it was busy, from 0 to 1
     */
    public record StationUse(
            String element,
            long arrived,
            long served,
            double meanBusy,
            double meanWaiting,
            long refused,
            double meanWait,
            double utilisation) {
        /** The mean number in the station, waiting or served. */
        public double meanPresent() {
            return meanBusy + meanWaiting;
        }

        /** The share of those who came that found no room, from 0 to 1. */
        public double blocking() {
            return arrived == 0 ? 0 : refused / (double) arrived;
        }
    }

    /** What became of a request. */
    public enum Outcome {
        /** All was done. */
        DONE,
        /** All was done, and the service put its own rules and routes back. */
        CORRECTED,
        /** Nothing was done: a check or the network intent policy is against it. */
        REFUSED,
        /** Something it needs did not come about, and what was begun was taken back. */
        FAILED,
        /** The run ended first. */
        RUNNING
    }

    /**
     * What became of something that Azure's control plane was asked for.
     *
     * @param name the request
     * @param at when it was asked for, in nanoseconds
     * @param end when it was over, or when the run was
     * @param outcome what became of it
     * @param code Azure's error code, or null
     * @param reason why it was refused; empty for others
     * @param phases its parts, as far as it came
     * @param failures the calls of the last part that did not pass
     * @param notes what else a reader has to know, in order of time
     */
    public record Requested(
            String name,
            long at,
            long end,
            Outcome outcome,
            @Nullable String code,
            String reason,
            ImmutableList<PhaseTime> phases,
            ImmutableList<Failure> failures,
            ImmutableList<String> notes) {}

    /**
     * A part of an operation.
     *
     * @param name the part
     * @param from when it began, in nanoseconds
     * @param to when it was over, or when the operation failed, or the run was over
     */
    public record PhaseTime(String name, long from, long to) {}

    /**
     * A connection that did not come about.
     *
     * @param call what people call the other side, such as {@code SqlManagement} or {@code storage}
     * @param other the address of the other side
     * @param port the port
     * @param ending how it ended: the code of an ending, or what only time brings, such as {@code PARTITIONED}
     * @param element the element where it ended
     * @param steps the packet's way, up to there
     * @param onReturn whether that was the answer
     */
    public record Failure(
            String call,
            Address other,
            int port,
            String ending,
            String element,
            ImmutableList<Step> steps,
            boolean onReturn) {}
}
