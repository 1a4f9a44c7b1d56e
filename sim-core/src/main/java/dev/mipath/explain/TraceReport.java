package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.repair.Repair;
import dev.mipath.topology.Change;
import dev.mipath.trace.Conversation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything an answer to "why can the client not connect" is made of.
 *
 * @param context what it was computed from
 * @param profile the era whose rules hold
 * @param conversation the conversation
 * @param repair what would mend it
 * @param otherProfile how it ends under the other era, when that differs, or null
 * @param changeForm an edit as the value that {@code --apply} reads
 */
public record TraceReport(
        Context context,
        String profile,
        Conversation conversation,
        Repair repair,
        @Nullable OtherProfile otherProfile,
        Function<Change, Object> changeForm) {
    /**
     * The same question under another era.
     *
     * @param profile the era
     * @param conversation the conversation there
     */
    public record OtherProfile(String profile, Conversation conversation) {}

    ImmutableList<Blocker> blockers() {
        ImmutableList.Builder<Blocker> blockers = ImmutableList.builder();
        for (Repair.Mend mend : repair.mends()) blockers.add(Blocker.of(mend, repair.proven()));
        return blockers.build();
    }
}
