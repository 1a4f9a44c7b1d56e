package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Edge;
import dev.mipath.profile.Era;
import dev.mipath.topology.Notice;
import dev.mipath.topology.ResourceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run rests on beside its file: whose rules hold, what was assumed, and what was left out.
 *
 * @param context the network at the start
 * @param edges where its clients stand
 * @param subnets the subnets of its instances
 * @param notices caveats and assumptions: of the network at the start, of those that follow, of the plan itself
 * @param marks what happens, in order of time
 */
public record RunBasis(
        Context context,
        ImmutableList<Edge> edges,
        ImmutableList<ResourceId> subnets,
        ImmutableList<Notice> notices,
        ImmutableList<Mark> marks) {
    /**
     * Something that the file lets happen.
     *
     * @param at when, in nanoseconds
     * @param what what, in the words of the file
     */
    public record Mark(long at, String what) {}

    /** What stands below a run's summary: all, or what is about clients, instances and the plan. */
    public String text(Ink ink, boolean all) {
        Remarks remarks = new Remarks(context, ink, all);
        remarks.about(edges, subnets);
        List<Notice> ofInput = context.compilation().notices();
        for (Notice notice : notices) if (!ofInput.contains(notice)) remarks.add(notice);
        StringBuilder out = new StringBuilder();
        remarks.print(out);
        return out.toString();
    }

    /** Adds the same to a document, everything. */
    public void addTo(Map<String, Object> members) {
        members.put("profile", profile());
        members.put("serviceTags", context.tags().source());
        members.put("caveats", TraceJson.notices(notices, false));
        members.put("assumptions", TraceJson.notices(notices, true));
    }

    /** The era's name; empty where no rules of an era hold. */
    String profile() {
        @Nullable Era era = context.compilation().era();
        return era == null ? "" : era.name();
    }
}
