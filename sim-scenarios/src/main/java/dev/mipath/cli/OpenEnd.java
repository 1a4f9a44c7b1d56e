package dev.mipath.cli;

import com.google.common.base.Ascii;
import dev.mipath.explain.Context;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.Safe;
import dev.mipath.format.Ask;
import dev.mipath.profile.ServiceTags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An end of a question that stands for addresses which the input does not give, so that no packet can be sent. */
final class OpenEnd extends RuntimeException {
    private static final int HTTPS_PORT = 443;

    /** {@code tag} is the name of a service tag whose prefixes are not loaded. */
    OpenEnd(String tag) {
        super("the prefixes of service tag " + Safe.text(tag) + " (" + source(tag) + " --tag " + Safe.text(tag)
                + "=PREFIX, or an IP address)");
    }

    private static String source(String tag) {
        return ServiceTags.isPublished(tag)
                ? "az network list-service-tags -l REGION -o json > service-tags.json and --service-tags"
                        + " service-tags.json; or"
                : "Microsoft publishes none of it; those that its support names, or that the instance's flow logs show on"
                        + " the management ports, with";
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** What a trace answers: undetermined, and what would settle it. */
    int tell(Arguments arguments, @Nullable Ask ask, Context context, String profile, Terminal terminal) {
        String from = arguments.has("--from") || ask == null ? arguments.get("--from") : ask.from();
        String to = arguments.has("--to") || ask == null ? arguments.get("--to") : ask.to();
        if (Answers.json(arguments)) {
            terminal.out().println(JsonText.page(document(arguments, context, profile, from, to)));
        } else {
            terminal.out()
                    .println("UNDETERMINED   " + Safe.text(from) + " → " + Safe.text(to) + "   profile " + profile
                            + "\n          missing: " + getMessage());
        }
        return ExitCode.UNDETERMINED;
    }

    private Map<String, @Nullable Object> document(
            Arguments arguments, Context context, String profile, String from, String to) {
        @Nullable Integer port = Destination.of(to).port();
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        query.put("from", from);
        query.put("to", to);
        query.put("protocol", Ascii.toLowerCase(arguments.get("--protocol")));
        query.put("port", port == null ? HTTPS_PORT : port);
        query.put("profile", profile);
        query.put("serviceTags", context.tags().source());
        Map<String, @Nullable Object> client = new LinkedHashMap<>();
        client.put("symptom", "none");
        client.put("error", null);
        client.put("message", "What the client feels depends on what is missing.");
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "mipath.trace/1");
        document.put("query", query);
        document.put("outcome", "undetermined");
        document.put("client", client);
        document.put("phases", List.of());
        document.put("blockers", List.of());
        document.put("missing", List.of(getMessage()));
        document.put("caveats", List.of());
        document.put("assumptions", List.of());
        return document;
    }
}
