package dev.mipath.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;

/**
 * Who of Microsoft's management plane calls an instance's management endpoint in an era, and on which ports: what the
 * service's own inbound rules let in (facts 4.21, 4.31, 8.11). The eras after November 2022 have no such endpoint (fact
 * 4.27).
 *
 * @param callers who calls
 */
public record ManagementPlane(ImmutableList<Caller> callers) {
    /**
     * One kind of caller.
     *
     * @param tag the service tag of its addresses
     * @param ports the ports it calls
     */
    public record Caller(String tag, ImmutableList<Integer> ports) {}

    /** The management plane of an era; nothing when instances of that era have no management endpoint. */
    public static Optional<ManagementPlane> of(Era era) {
        // The deprecated mode has the same endpoint; only its rules are the customer's to write.
        Era rules = era.provisions() ? era : Era.Y2020;
        ImmutableList.Builder<Caller> callers = ImmutableList.builder();
        for (Era.ServiceRule rule : rules.rules()) {
            if (rule.inbound() && !rule.ports().isEmpty()) callers.add(new Caller(rule.from(), rule.ports()));
        }
        ImmutableList<Caller> all = callers.build();
        return all.isEmpty() ? Optional.empty() : Optional.of(new ManagementPlane(all));
    }

    /** Every port that is called. */
    public ImmutableSet<Integer> ports() {
        ImmutableSet.Builder<Integer> ports = ImmutableSet.builder();
        for (Caller caller : callers) ports.addAll(caller.ports());
        return ports.build();
    }

    /** The caller whose addresses this service tag holds. */
    public Optional<Caller> caller(String tag) {
        for (Caller caller : callers) if (caller.tag().equalsIgnoreCase(tag)) return Optional.of(caller);
        return Optional.empty();
    }
}
