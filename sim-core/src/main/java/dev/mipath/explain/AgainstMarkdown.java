package dev.mipath.explain;

import dev.mipath.explain.Comparison.Row;
import dev.mipath.topology.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Two eras side by side, for a ticket: a Markdown table in at most {@value TraceMarkdown#LINES_MAX} lines. */
public final class AgainstMarkdown {
    private AgainstMarkdown() {}

    /** Tells both answers; what differs is bold. */
    public static String tell(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        lines.add(cell(TraceText.ends(comparison.here().conversation())));
        lines.add("");
        lines.add("| | profile " + comparison.here().profile() + " | profile "
                + comparison.there().profile() + " |");
        lines.add("|---|---|---|");
        for (Row row : comparison.rows()) {
            String bold = row.differs() ? "**" : "";
            lines.add("| " + row.title() + " | " + bold + cell(row.here()) + bold + " | " + bold + cell(row.there())
                    + bold + " |");
        }
        lines.add("");
        only(comparison.here(), comparison.onlyHere(), lines);
        only(comparison.there(), comparison.onlyThere(), lines);
        return String.join("\n", lines) + "\n";
    }

    private static void only(TraceReport report, List<Notice> notices, List<String> lines) {
        if (notices.isEmpty()) return;
        lines.add("Only under profile " + report.profile() + ": "
                + notices.stream().map(Notice::code).distinct().collect(Collectors.joining(", ")) + ".  ");
    }

    private static String cell(String text) {
        return TraceMarkdown.markdown(text).replace("|", "\\|").replace("`", "'");
    }
}
