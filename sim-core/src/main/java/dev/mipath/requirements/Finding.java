package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.space.FlowLine;
import dev.mipath.topology.Change;
import dev.mipath.topology.Place;
import org.jspecify.annotations.Nullable;

/**
 * A requirement that is not met.
 *
 * @param requirement the requirement
 * @param reason what is wrong
 * @param place the customer's line to look at
 * @param subjects the names of what is at fault, such as rules or peerings; may be empty
 * @param flows the packets that suffer; empty where no packet is meant
 * @param remedy the edits that mend it, proven; empty where no edit of the network's vocabulary does
 * @param because the requirement whose own finding causes this one, or null
 */
public record Finding(
        Requirement requirement,
        Reason reason,
        Place place,
        ImmutableList<String> subjects,
        ImmutableList<FlowLine> flows,
        ImmutableList<Change> remedy,
        @Nullable Requirement because) {
    /** What is wrong, for renderers to word. */
    public enum Reason {
        /** Something that has to be there is not. */
        MISSING,
        /** Something that must not be there is. */
        FORBIDDEN,
        /** Packets are stolen from what has to pass. */
        STOLEN,
        /** Packets are stolen by security admin rules, which stand before every security group. */
        OVERRULED,
        /** A number is too small; the subjects are what there is and what is needed. */
        TOO_SMALL,
        /** Two settings do not fit. */
        MISMATCH
    }

    static Finding of(Requirement requirement, Reason reason, Place place, String... subjects) {
        return new Finding(
                requirement,
                reason,
                place,
                ImmutableList.copyOf(subjects),
                ImmutableList.of(),
                ImmutableList.of(),
                null);
    }

    /** How much it matters. */
    public Severity severity() {
        return requirement.severity();
    }

    Finding with(Iterable<? extends Change> edits) {
        return new Finding(requirement, reason, place, subjects, flows, ImmutableList.copyOf(edits), because);
    }

    Finding because(Requirement cause) {
        return new Finding(requirement, reason, place, subjects, flows, remedy, cause);
    }
}
