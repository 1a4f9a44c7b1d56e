package dev.mipath.explain;

import com.google.common.base.Ascii;
import dev.mipath.explain.FeatureReport.Part;
import dev.mipath.explain.FeatureReport.Walked;
import dev.mipath.requirements.Preconditions.Judged;
import dev.mipath.requirements.Preconditions.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer about a feature as maps and lists for {@link JsonText}. */
public final class FeatureJson {
    private FeatureJson() {}

    /** The whole document. */
    public static Map<String, @Nullable Object> document(FeatureReport report) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "mipath.feature/1");
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        query.put("feature", report.feature().word());
        query.put("from", report.instance());
        query.put("peer", report.peer());
        query.put("profile", report.profile());
        document.put("query", query);
        document.put("outcome", FeatureWords.outcome(report.state()));
        List<Object> needs = new ArrayList<>();
        for (Judged need : report.needs()) needs.add(need(need));
        document.put("preconditions", needs);
        List<Object> flows = new ArrayList<>();
        for (Walked walked : report.flows()) flows.add(flow(walked));
        document.put("flows", flows);
        return document;
    }

    private static Map<String, @Nullable Object> need(Judged judged) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", Ascii.toLowerCase(judged.need().name()).replace('_', '-'));
        map.put("outcome", word(judged.state()));
        map.put("here", judged.here());
        map.put("there", judged.there());
        map.put("text", FeatureWords.told(judged));
        map.put("source", judged.need().source());
        return map;
    }

    private static String word(State state) {
        return switch (state) {
            case MET -> "ok";
            case BROKEN -> "failed";
            case UNKNOWN -> "undetermined";
        };
    }

    private static Map<String, @Nullable Object> flow(Walked walked) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("from", walked.from());
        map.put("to", walked.to());
        map.put("protocol", "tcp");
        map.put("ports", walked.flow().ports());
        map.put("outcome", word(walked.state()));
        map.put("source", walked.flow().source());
        map.put("missing", walked.missing());
        List<Object> parts = new ArrayList<>();
        for (Part part : walked.parts()) {
            Map<String, @Nullable Object> ports = new LinkedHashMap<>();
            ports.put("ports", part.ports());
            ports.put("outcome", word(part.state()));
            ports.put("trace", TraceJson.document(part.report()));
            parts.add(ports);
        }
        map.put("parts", parts);
        return map;
    }
}
