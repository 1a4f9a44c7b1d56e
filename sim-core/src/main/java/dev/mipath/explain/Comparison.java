package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Notice;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Phase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One question answered under two eras of the instance's rules.
 *
 * @param here the answer under the era that was asked for
 * @param there the answer under the other
 */
public record Comparison(TraceReport here, TraceReport there) {
    /** What a row says where one of the two has nothing to say. */
    static final String NOTHING = "–";

    /**
     * One line of the comparison.
     *
     * @param title what is compared
     * @param here what holds under the era that was asked for
     * @param there what holds under the other
     */
    record Row(String title, String here, String there) {
        boolean differs() {
            return !here.equals(there);
        }
    }

    /** Outcome, what the client sees, every phase, the first blocker; in words that are safe to print. */
    ImmutableList<Row> rows() {
        ImmutableList.Builder<Row> rows = ImmutableList.builder();
        rows.add(row("outcome", report -> report.conversation().outcome().name()));
        rows.add(row("client", Comparison::symptom));
        Set<String> names = new LinkedHashSet<>();
        for (TraceReport report : List.of(here, there)) {
            report.conversation()
                    .phases()
                    .forEach(phase -> names.add(phase.state().phase()));
        }
        for (String name : names) rows.add(row(name, report -> phase(report, name)));
        rows.add(row("first blocker", Comparison::firstBlocker));
        Row decider = row("decided by", Comparison::decider);
        if (!decider.here.equals(NOTHING) || decider.differs()) rows.add(decider);
        return rows.build();
    }

    private Row row(String title, Function<TraceReport, String> told) {
        return new Row(title, told.apply(here), told.apply(there));
    }

    private static String symptom(TraceReport report) {
        Symptom symptom = Symptom.of(report.conversation());
        return symptom.error() == null ? symptom.word() : symptom.word() + " " + symptom.error();
    }

    private static String phase(TraceReport report, String name) {
        for (Phase phase : report.conversation().phases()) {
            if (phase.state().phase().equals(name)) return PhaseWords.result(phase) + found(phase.finding());
        }
        return NOTHING;
    }

    private static String found(@Nullable Finding finding) {
        if (finding instanceof Finding.Redirected to) return ", Redirect → " + to.node() + ":" + to.port();
        if (finding instanceof Finding.Proxied by) return ", Proxy → " + by.node() + ":" + by.port();
        return finding instanceof Finding.Resolved resolved ? ", " + resolved.address() : "";
    }

    private static String firstBlocker(TraceReport report) {
        List<Blocker> blockers = report.blockers();
        return blockers.isEmpty() ? NOTHING : blockers.get(0).problem().ending().name();
    }

    private static String decider(TraceReport report) {
        List<Blocker> blockers = report.blockers();
        String decider = blockers.isEmpty() ? "" : TraceText.decider(blockers.get(0), Ink.PLAIN, false);
        return decider.isEmpty() ? NOTHING : decider;
    }

    /** The caveats and assumptions of one answer that the other does not have. */
    ImmutableList<Notice> onlyHere() {
        return only(here, there);
    }

    /** The caveats and assumptions of the other answer that this one does not have. */
    ImmutableList<Notice> onlyThere() {
        return only(there, here);
    }

    private static ImmutableList<Notice> only(TraceReport of, TraceReport other) {
        List<Notice> own = new ArrayList<>(notices(of));
        own.removeAll(notices(other));
        return ImmutableList.copyOf(own);
    }

    private static List<Notice> notices(TraceReport report) {
        List<Notice> notices = new ArrayList<>(report.context().compilation().notices());
        notices.addAll(TraceNotices.of(report));
        return notices;
    }
}
