package dev.mipath.explain;

import dev.mipath.explain.Picture.Tone;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.SqlSession;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The topology with the way of a conversation's packets marked on it; answers take the way of their own phase back. */
final class TracedTopology {
    private final TopologyPicture topology;

    /** A stretch between two boxes, and the phases that go along it. */
    private record Stretch(String from, String to, boolean onReturn) {}

    private final Map<Stretch, String> phases = new LinkedHashMap<>();
    private final Map<Stretch, Tone> tones = new LinkedHashMap<>();

    private TracedTopology(TraceReport report) {
        Conversation conversation = report.conversation();
        this.topology = new TopologyPicture(
                report.context().compilation(),
                "MiPath: " + conversation.outcome() + ", " + TraceText.ends(conversation) + ", profile "
                        + report.profile());
    }

    static Picture of(TraceReport report) {
        TracedTopology traced = new TracedTopology(report);
        boolean past = false;
        for (Phase phase : report.conversation().phases()) {
            // A lookup, and what gateway and node say to each other, are on the picture only where they go wrong.
            boolean failed = phase.outcome() == Conversation.PhaseOutcome.FAILED;
            boolean inside = phase.state() == SqlSession.State.LOGIN;
            if (phase.connection() > 0 && !inside || failed) {
                past = traced.way(phase, false, past);
                past = traced.way(phase, true, past);
            }
            past |= failed;
        }
        traced.draw();
        return traced.topology.picture();
    }

    private boolean way(Phase phase, boolean onReturn, boolean pastBefore) {
        boolean past = pastBefore;
        @Nullable String before = onReturn || phase.connection() == 0 ? null : start(phase);
        for (RecordedHop hop : RecordedHop.of(phase, onReturn)) {
            Step step = hop.step();
            boolean stops = !hop.goesOn() && !hop.decision().equals("deliver");
            @Nullable String box = topology.box(step.at());
            if (box == null) {
                if (stops && step.why() instanceof Evidence.PeeringMet && before != null) {
                    topology.picture().paint(before, Tone.BAD);
                }
                past |= stops;
                continue;
            }
            topology.picture().paint(box, stops ? Tone.BAD : past ? Tone.PAST : Tone.PATH);
            if (before != null && !before.equals(box)) {
                Stretch stretch = new Stretch(before, box, onReturn);
                String name = phase.state().phase() + (onReturn ? " back" : "");
                phases.merge(stretch, name, (one, other) -> one.contains(other) ? one : one + "\n" + other);
                tones.merge(
                        stretch, past ? Tone.PAST : Tone.PATH, (one, other) -> one.compareTo(other) >= 0 ? one : other);
            }
            before = box;
            past |= stops;
        }
        return past;
    }

    /** The client itself is no element on its way out, but it is on its way back. */
    private @Nullable String start(Phase phase) {
        int last = phase.back().size() - 1;
        if (last < 0 || phase.state() == SqlSession.State.LOGIN) return null;
        return topology.box(phase.back().get(last).at());
    }

    private void draw() {
        Picture picture = topology.picture();
        for (Map.Entry<Stretch, String> each : phases.entrySet()) {
            Stretch stretch = each.getKey();
            Picture.Line line = picture.line(stretch.from, stretch.to, each.getValue(), stretch.onReturn);
            picture.paint(line, tones.getOrDefault(stretch, Tone.PATH));
        }
    }
}
