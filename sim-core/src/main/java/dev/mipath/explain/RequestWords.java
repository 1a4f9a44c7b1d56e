package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.RunReport.Failure;
import dev.mipath.engine.RunReport.Outcome;
import dev.mipath.engine.RunReport.PhaseTime;
import dev.mipath.engine.RunReport.Requested;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.SqlSession.State;
import dev.mipath.topology.Place;
import dev.mipath.trace.Conversation.Problem;
import dev.mipath.trace.RouteBehind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of requests to Azure's control plane, in words and as JSON. */
final class RequestWords {
    private RequestWords() {}

    static String outcome(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** What became of a request, in a line or a few. */
    static List<String> lines(Requested request) {
        List<String> lines = new ArrayList<>();
        StringBuilder first = new StringBuilder(RunText.time(request.at()))
                .append(' ')
                .append(Safe.text(request.name()))
                .append(": ")
                .append(outcome(request.outcome()));
        if (request.code() != null) first.append(", ").append(Safe.text(request.code()));
        if (!request.reason().isEmpty()) first.append(": ").append(Safe.text(request.reason()));
        if (request.outcome() == Outcome.FAILED && !request.phases().isEmpty()) {
            first.append(" in ")
                    .append(request.phases().get(request.phases().size() - 1).name());
        }
        if (request.end() > request.at()) first.append(" after ").append(RunText.time(request.end() - request.at()));
        if (request.outcome() != Outcome.FAILED && !request.phases().isEmpty()) {
            first.append(" (").append(phases(request.phases())).append(')');
        }
        lines.add(first.toString());
        for (Failure failure : request.failures()) lines.add("  " + failure(failure));
        for (String note : request.notes()) lines.add("  " + Safe.text(note));
        return lines;
    }

    private static String phases(ImmutableList<PhaseTime> phases) {
        List<String> parts = new ArrayList<>();
        for (PhaseTime phase : phases) parts.add(phase.name() + " " + RunText.time(phase.to() - phase.from()));
        return String.join(", ", parts);
    }

    private static String failure(Failure failure) {
        String text = Safe.text(failure.call()) + " " + failure.other() + ":" + failure.port() + ": " + failure.ending()
                + " at " + Safe.text(failure.element());
        Blocker.@Nullable Decider decider = decider(failure);
        if (decider == null) return text;
        @Nullable Place place = decider.place();
        boolean shown = place != null && place.isInInput();
        return text
                + (decider.rule() == null ? "" : ", " + Safe.text(decider.rule()))
                + (shown ? " (" + Safe.text(String.valueOf(place == null ? "" : place.brief())) + ")" : "");
    }

    /** What stopped a call, told as a trace tells it; null for faults, which no element decides. */
    private static Blocker.@Nullable Decider decider(Failure failure) {
        @Nullable Ending ending = ending(failure.ending());
        if (ending == null || failure.steps().isEmpty()) return null;
        Step last = failure.steps().get(failure.steps().size() - 1);
        return Blocker.decider(new Problem(
                ending, State.CONNECT, last, RouteBehind.of(ending, failure.steps()), failure.onReturn(), false, null));
    }

    private static @Nullable Ending ending(String code) {
        for (Ending ending : Ending.values()) if (ending.name().equals(code)) return ending;
        return null;
    }

    /** A request of this name as the member of a figure's path; null for none. */
    static @Nullable String figure(RunReport report, String name, String member) {
        for (Requested request : report.requests()) {
            if (!request.name().equals(name)) continue;
            Object value = json(request).get(member);
            if (member.equals("rule") || member.equals("place") || member.equals("call")) {
                return stopped(request, member);
            }
            if (member.equals("phase")) {
                return request.phases().isEmpty()
                        ? null
                        : request.phases().get(request.phases().size() - 1).name();
            }
            return value == null ? null : value.toString();
        }
        return null;
    }

    private static @Nullable String stopped(Requested request, String member) {
        if (request.failures().isEmpty()) return null;
        Failure first = request.failures().get(0);
        if (member.equals("call")) return first.call();
        Blocker.@Nullable Decider decider = decider(first);
        if (decider == null) return null;
        @Nullable Place place = decider.place();
        return member.equals("rule") ? decider.rule() : place == null ? null : place.brief();
    }

    static Map<String, @Nullable Object> json(Requested request) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", request.name());
        members.put("at", request.at());
        members.put("duration", request.end() - request.at());
        members.put("outcome", outcome(request.outcome()));
        members.put("code", request.code());
        members.put("reason", request.reason());
        List<Object> phases = new ArrayList<>();
        for (PhaseTime phase : request.phases()) {
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("name", phase.name());
            part.put("from", phase.from());
            part.put("to", phase.to());
            phases.add(part);
        }
        members.put("phases", phases);
        members.put(
                "failures", request.failures().stream().map(RequestWords::json).toList());
        members.put("notes", request.notes());
        return members;
    }

    private static Map<String, @Nullable Object> json(Failure failure) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("call", failure.call());
        members.put("address", failure.other().toString());
        members.put("port", failure.port());
        members.put("code", failure.ending());
        members.put("element", failure.element());
        members.put("onReturn", failure.onReturn());
        Blocker.@Nullable Decider decider = decider(failure);
        members.put(
                "resource",
                decider == null || decider.resource() == null
                        ? null
                        : decider.resource().text());
        members.put("rule", decider == null ? null : decider.rule());
        members.put("location", decider == null ? null : Locations.of(decider.place()));
        members.put("explanation", decider == null ? null : decider.explanation());
        return members;
    }
}
