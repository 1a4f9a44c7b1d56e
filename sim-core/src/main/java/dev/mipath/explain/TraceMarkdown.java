package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Change;
import dev.mipath.topology.Place;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Phase;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connect story for a ticket: Markdown in at most {@value #LINES_MAX} lines. */
public final class TraceMarkdown {
    /** How long an answer may be. */
    public static final int LINES_MAX = 25;

    private TraceMarkdown() {}

    /** Tells the story. */
    public static String tell(TraceReport report) {
        Conversation conversation = report.conversation();
        List<String> lines = new ArrayList<>();
        var request = conversation.request();
        lines.add("**" + conversation.outcome().name() + "**: "
                + code(request.client().name()) + " → "
                + target(request) + " (profile " + report.profile()
                + ")");
        lines.add("");
        lines.add(Symptom.of(conversation).message());
        lines.add("");
        lines.add(phases(conversation));
        if (conversation.outcome() == Conversation.Outcome.UNDETERMINED) {
            lines.add("");
            lines.add("Not known: " + markdown(String.join("; ", MissingFacts.of(conversation))));
        }
        ImmutableList<Blocker> blockers = report.blockers();
        for (int i = 0; i < blockers.size(); i++) {
            List<String> told = told(i + 1, blockers.get(i), conversation);
            int left = blockers.size() - i;
            // Room is kept for the line that says how much is left out.
            if (lines.size() + told.size() + 1 > LINES_MAX && left > 0) {
                lines.add("");
                lines.add("…and " + left + " more; `mipath trace` tells all.");
                break;
            }
            lines.addAll(told);
        }
        return String.join("\n", lines) + "\n";
    }

    private static String target(TraceRequest request) {
        boolean endpoint = request.flow() instanceof TraceRequest.Flow.Management;
        return (endpoint ? "management endpoint of " : "")
                + code(request.target().host() + ":" + request.target().port());
    }

    private static String phases(Conversation conversation) {
        StringBuilder text = new StringBuilder("Phases: ");
        for (Phase phase : conversation.phases()) {
            if (text.length() > 8) text.append(" → ");
            text.append(phase.state().phase())
                    .append(
                            switch (phase.outcome()) {
                                case OK -> " ✓";
                                case FAILED -> " ✗";
                                case ASSUMED -> " (assumed)";
                                case NOT_REACHED -> " –";
                            });
        }
        return text.toString();
    }

    private static List<String> told(int number, Blocker blocker, Conversation conversation) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        StringBuilder head = new StringBuilder();
        head.append(number)
                .append(". **")
                .append(blocker.problem().ending().name())
                .append("**");
        if (blocker.resource() != null)
            head.append(' ').append(code(blocker.resource().name()));
        if (blocker.rule() != null) head.append(" rule ").append(code(blocker.rule()));
        if (blocker.place() != null && !blocker.place().equals(Place.PLATFORM))
            head.append(" at ").append(code(blocker.place().brief()));
        lines.add(head.toString());
        lines.add("   " + markdown(blocker.explanation()));
        @Nullable Integer cause = blocker.causedBy();
        if (cause != null) {
            lines.add("   Vanishes with the repair of " + cause + ".");
            return lines;
        }
        lines.add("   Fix: " + markdown(RemedyWords.summary(blocker, conversation)));
        for (Change change : blocker.remedy().changes())
            lines.add("   `" + AzCommand.of(change).replace("`", "'") + "`");
        return lines;
    }

    private static String code(String text) {
        return "`" + Safe.text(text).replace("`", "'") + "`";
    }

    /** Names of resources come from files; nothing in them may become markup. */
    static String markdown(String text) {
        return Safe.text(text).replace("<", "&lt;").replace("*", "\\*").replace("[", "\\[");
    }
}
