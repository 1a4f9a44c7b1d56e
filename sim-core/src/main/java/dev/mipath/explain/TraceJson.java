package dev.mipath.explain;

import com.google.common.base.Ascii;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Packet;
import dev.mipath.profile.Driver;
import dev.mipath.topology.Change;
import dev.mipath.topology.Notice;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Phase;
import dev.mipath.trace.Conversation.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trace document (contract: The trace document), as maps and lists for {@link JsonText}. */
public final class TraceJson {
    private static final String ASSUMED = "_ASSUMED";

    private final TraceReport report;

    private TraceJson(TraceReport report) {
        this.report = report;
    }

    /** The whole document. */
    public static Map<String, @Nullable Object> document(TraceReport report) {
        return new TraceJson(report).document();
    }

    /** The whole document of the one answer, with what the other has instead. */
    public static Map<String, @Nullable Object> document(Comparison comparison) {
        Map<String, @Nullable Object> document = document(comparison.here());
        document.put("against", new TraceJson(comparison.there()).against(comparison));
        return document;
    }

    private Map<String, @Nullable Object> against(Comparison comparison) {
        Conversation conversation = report.conversation();
        Map<String, @Nullable Object> against = new LinkedHashMap<>();
        against.put("profile", report.profile());
        against.put("outcome", TraceText.word(conversation.outcome()));
        against.put("client", client(Symptom.of(conversation)));
        List<Object> phases = new ArrayList<>();
        for (Phase phase : conversation.phases()) phases.add(facts(phase));
        against.put("phases", phases);
        List<Blocker> blockers = report.blockers();
        against.put("firstBlocker", blockers.isEmpty() ? null : blocker(blockers.get(0)));
        against.put("missing", new ArrayList<Object>(MissingFacts.of(conversation)));
        for (boolean assumptions : new boolean[] {false, true}) {
            Map<String, @Nullable Object> only = new LinkedHashMap<>();
            only.put("onlyHere", notices(comparison.onlyHere(), assumptions));
            only.put("onlyThere", notices(comparison.onlyThere(), assumptions));
            against.put(assumptions ? "assumptions" : "caveats", only);
        }
        return against;
    }

    /** How a conversation ends, in one line: the document's words, and code and phase of what stops it first. */
    public static Map<String, @Nullable Object> summary(Conversation conversation) {
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        summary.put("outcome", TraceText.word(conversation.outcome()));
        Map<String, @Nullable Object> felt = client(Symptom.of(conversation));
        summary.put("symptom", felt.get("symptom"));
        summary.put("error", felt.get("error"));
        @Nullable Problem first = conversation.firstBlocker().orElse(null);
        summary.put("code", first == null ? null : first.ending().name());
        summary.put("phase", first == null ? null : first.state().phase());
        return summary;
    }

    /** The whole document of the first client's answer, with what the other has instead and where they part. */
    public static Map<String, @Nullable Object> document(Versus versus) {
        Map<String, @Nullable Object> document = document(versus.here());
        TraceJson there = new TraceJson(versus.there());
        Map<String, @Nullable Object> other = there.against(versus.rows());
        other.put("from", versus.there().conversation().request().client().name());
        other.put(
                "fromAddress",
                versus.there().conversation().request().client().address().toString());
        other.put("firstDifference", versus.first().map(TraceJson::difference).orElse(null));
        document.put("versus", other);
        return document;
    }

    private static Map<String, @Nullable Object> difference(Versus.Difference difference) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("phase", difference.phase());
        map.put("here", decision(difference.here()));
        map.put("there", decision(difference.there()));
        @Nullable Blocker blocker = difference.blocker();
        map.put("code", blocker == null ? null : blocker.problem().ending().name());
        return map;
    }

    private static @Nullable Map<String, @Nullable Object> decision(@Nullable Step step) {
        if (step == null) return null;
        RecordedHop recorded = new RecordedHop(step, step.arrived(), false);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("at", step.at());
        map.put("kind", recorded.kind());
        map.put("packetIn", packet(step.arrived()));
        map.put("decision", recorded.decision());
        map.put("evidence", step.why().fold(new EvidenceFacts()));
        map.put("location", Locations.of(EvidenceFacts.place(step.why())));
        return map;
    }

    private Map<String, @Nullable Object> document() {
        Conversation conversation = report.conversation();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "mipath.trace/1");
        document.put("query", query());
        document.put("outcome", TraceText.word(conversation.outcome()));
        document.put("client", client(Symptom.of(conversation)));
        List<Object> phases = new ArrayList<>();
        for (Phase phase : conversation.phases()) phases.add(phase(phase));
        document.put("phases", phases);
        List<Object> blockers = new ArrayList<>();
        for (Blocker blocker : report.blockers()) blockers.add(blocker(blocker));
        document.put("blockers", blockers);
        document.put("missing", new ArrayList<Object>(MissingFacts.of(conversation)));
        document.put("caveats", notices(false));
        document.put("assumptions", notices(true));
        new TagWays(report).document().ifPresent(spread -> document.put("tagRoutes", spread));
        TraceReport.@Nullable OtherProfile other = report.otherProfile();
        if (other != null) {
            Map<String, @Nullable Object> under = new LinkedHashMap<>();
            under.put("profile", other.profile());
            under.put("outcome", TraceText.word(other.conversation().outcome()));
            document.put("otherProfile", under);
        }
        return document;
    }

    private Map<String, @Nullable Object> query() {
        var request = report.conversation().request();
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        query.put("from", request.client().name());
        query.put("fromAddress", request.client().address().toString());
        query.put("to", request.target().host());
        query.put(
                "toAddress",
                request.target().address() == null
                        ? null
                        : request.target().address().toString());
        query.put("protocol", Ascii.toLowerCase(request.target().protocol().toString()));
        query.put("port", request.target().port());
        @Nullable Driver driver = request.behaviour().dialect().driver();
        if (driver != null) query.put("driver", driver.name() + "@" + driver.since());
        query.put("profile", report.profile());
        query.put("serviceTags", report.context().tags().source());
        return query;
    }

    private static Map<String, @Nullable Object> client(Symptom symptom) {
        Map<String, @Nullable Object> client = new LinkedHashMap<>();
        client.put("symptom", symptom.word());
        client.put("error", symptom.error());
        client.put("message", symptom.message());
        return client;
    }

    private static Map<String, @Nullable Object> phase(Phase phase) {
        Map<String, @Nullable Object> map = facts(phase);
        map.put("forward", hops(RecordedHop.of(phase, false)));
        map.put("return", hops(RecordedHop.of(phase, true)));
        return map;
    }

    private static Map<String, @Nullable Object> facts(Phase phase) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", phase.state().phase());
        map.put("outcome", Ascii.toLowerCase(phase.outcome().name()).replace('_', '-'));
        map.put("connection", phase.connection());
        if (phase.finding() instanceof Finding.Resolved resolved) {
            map.put("address", resolved.address().toString());
        }
        if (phase.finding() instanceof Finding.ManagementPort door) map.put("port", door.port());
        if (phase.finding() instanceof Finding.Redirected redirected) {
            map.put("node", redirected.node() + ":" + redirected.port());
        }
        return map;
    }

    private static List<Object> hops(List<RecordedHop> recorded) {
        List<Object> hops = new ArrayList<>();
        for (RecordedHop each : recorded) {
            Step step = each.step();
            Map<String, @Nullable Object> hop = new LinkedHashMap<>();
            hop.put("at", step.at());
            hop.put("kind", each.kind());
            hop.put("packetIn", packet(step.arrived()));
            hop.put("packetOut", packet(each.out()));
            hop.put("decision", each.decision());
            Map<String, @Nullable Object> evidence = step.why().fold(new EvidenceFacts());
            if (HopWords.isMovedByNoTable(step)) evidence.put("platformAddress", true);
            hop.put("evidence", evidence);
            hop.put("location", Locations.of(EvidenceFacts.place(step.why())));
            hops.add(hop);
        }
        return hops;
    }

    private static Map<String, @Nullable Object> packet(Packet packet) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("src", packet.source().toString());
        map.put("srcPort", packet.sourcePort());
        map.put("dst", packet.destination().toString());
        map.put("dstPort", packet.destinationPort());
        map.put("protocol", Ascii.toLowerCase(packet.protocol().toString()));
        return map;
    }

    private Map<String, @Nullable Object> blocker(Blocker blocker) {
        Problem problem = blocker.problem();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("code", problem.ending().name());
        map.put("phase", problem.state().phase());
        map.put("at", problem.step() == null ? null : problem.step().at());
        map.put(
                "resource",
                blocker.resource() == null ? null : blocker.resource().text());
        map.put("rule", blocker.rule());
        map.put("priority", blocker.priority());
        map.put("direction", problem.onReturn() ? "return" : "forward");
        map.put("assumed", problem.assumed());
        map.put("causedBy", blocker.causedBy());
        map.put("location", Locations.of(blocker.place()));
        map.put("explanation", blocker.explanation());
        map.put("fix", fix(blocker));
        return map;
    }

    private Map<String, @Nullable Object> fix(Blocker blocker) {
        Map<String, @Nullable Object> fix = new LinkedHashMap<>();
        fix.put("summary", RemedyWords.summary(blocker, report.conversation()));
        List<Change> changes = blocker.remedy().changes();
        if (blocker.offered() && !changes.isEmpty()) {
            List<Object> forms = new ArrayList<>();
            for (Change change : changes) forms.add(report.changeForm().apply(change));
            fix.put("change", forms.size() == 1 ? forms.get(0) : forms);
        }
        StringBuilder az = new StringBuilder();
        for (Change change : changes) az.append(az.length() == 0 ? "" : "\n").append(AzCommand.of(change));
        fix.put("az", az.length() == 0 ? null : az.toString());
        List<Object> opens = new ArrayList<>();
        blocker.remedy().opens().forEach(opening -> opens.add(opening.toString()));
        fix.put("opens", opens);
        return fix;
    }

    private List<Object> notices(boolean assumptions) {
        List<Notice> all = new ArrayList<>(report.context().compilation().notices());
        all.addAll(TraceNotices.of(report));
        return notices(all, assumptions);
    }

    static List<Object> notices(List<Notice> all, boolean assumptions) {
        List<Object> list = new ArrayList<>();
        for (Notice notice : all) {
            if (notice.code().endsWith(ASSUMED) != assumptions) continue;
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("code", notice.code());
            map.put("text", notice.text());
            map.put("location", Locations.of(notice.place()));
            list.add(map);
        }
        return list;
    }
}
