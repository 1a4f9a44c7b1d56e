package dev.mipath.explain;

import dev.mipath.explain.Picture.Shape;
import dev.mipath.explain.Picture.Tone;
import dev.mipath.topology.Place;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Phase;
import dev.mipath.trace.Conversation.PhaseOutcome;
import org.jspecify.annotations.Nullable;

/** The way of a conversation's packets, a group a phase, a box a hop. */
final class PathPicture {
    private final Conversation conversation;
    private final Picture picture;

    private PathPicture(TraceReport report) {
        this.conversation = report.conversation();
        this.picture = new Picture("MiPath: " + conversation.outcome() + ", " + TraceText.ends(conversation)
                + ", profile " + report.profile());
    }

    static Picture of(TraceReport report) {
        PathPicture drawn = new PathPicture(report);
        drawn.phases();
        drawn.end();
        return drawn.picture;
    }

    private void phases() {
        @Nullable String before = null;
        boolean past = false;
        int number = 0;
        for (Phase phase : conversation.phases()) {
            String key = "phase " + ++number;
            String head = number + " " + phase.state().phase() + ": " + PhaseWords.result(phase);
            String about = phase.connection() == 0 || phase.forward().isEmpty() ? PhaseWords.about(phase) : "";
            if (phase.forward().isEmpty()) {
                picture.box(key, null, Shape.ROUND, head, about);
            } else {
                picture.group(key, null, head, about);
                boolean pastBack = way(key + " out", key, phase, false, past);
                if (!phase.back().isEmpty()) {
                    way(key + " back", key, phase, true, pastBack);
                    picture.line(key + " out", key + " back", "", true);
                }
            }
            picture.paint(key, tone(phase));
            if (before != null) picture.line(before, key, "", false);
            before = key;
            past |= phase.outcome() == PhaseOutcome.FAILED;
        }
    }

    private void end() {
        int phases = conversation.phases().size();
        picture.box(
                "end",
                null,
                Shape.CLOUD,
                conversation.outcome().name(),
                Symptom.of(conversation).message());
        boolean bad = conversation.outcome() != Conversation.Outcome.CONNECTED;
        picture.paint(
                "end",
                conversation.outcome() == Conversation.Outcome.UNDETERMINED ? Tone.PAST : bad ? Tone.BAD : Tone.PATH);
        if (phases > 0) picture.line("phase " + phases, "end", "", false);
    }

    private static Tone tone(Phase phase) {
        return switch (phase.outcome()) {
            case OK -> Tone.PATH;
            case FAILED -> Tone.BAD;
            case ASSUMED -> Tone.PAST;
            case NOT_REACHED -> Tone.FAINT;
        };
    }

    private static String translated(RecordedHop hop) {
        if (!hop.translates()) return "";
        boolean source = !hop.out().source().equals(hop.step().arrived().source());
        return source
                ? "now from " + Words.end(hop.out().source(), hop.out().sourcePort())
                : "now to " + Words.end(hop.out().destination(), hop.out().destinationPort());
    }

    private boolean way(String key, String in, Phase phase, boolean onReturn, boolean pastBefore) {
        picture.group(key, in, onReturn ? "back" : "out");
        @Nullable String before = null;
        boolean past = pastBefore;
        int number = 0;
        for (RecordedHop hop : RecordedHop.of(phase, onReturn)) {
            String box = key + " " + ++number;
            @Nullable Place place = EvidenceFacts.place(hop.step().why());
            picture.box(
                    box,
                    key,
                    hop.kind().equals("nsg") || hop.kind().equals("route") ? Shape.NOTE : Shape.BOX,
                    hop.step().at(),
                    HopWords.of(hop.step()),
                    translated(hop),
                    place == null ? "" : Words.place(place, false));
            boolean stops = !hop.goesOn() && !hop.decision().equals("deliver");
            picture.paint(box, stops ? Tone.BAD : past ? Tone.PAST : Tone.PATH);
            if (before != null) picture.line(before, box, "", past);
            past |= stops;
            before = box;
        }
        return past;
    }
}
