package dev.mipath.explain;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.RunReport.Latency;
import dev.mipath.topology.Notice;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of a simulated run as one HTML page that needs nothing else: counts, plots over time, tables. */
public final class RunHtml {
    private static final String STYLE = """
            body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:860px;padding:0 1rem;color:#1f2328;background:#fff}
            h1{font-size:1.4rem}h2{font-size:1.05rem;margin:1.6rem 0 .4rem}table{border-collapse:collapse;width:100%}
            th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #d0d7de;vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}code{font-size:.8rem;word-break:break-all}
            .good{color:#1a7f37}.bad{color:#cf222e}.open{color:#57606a}svg{width:100%;height:auto}
            svg text{font:11px system-ui,sans-serif;fill:#57606a}.note{color:#57606a}ol{margin-top:0}
            .well{fill:#2da44e}.ill{fill:#cf222e}.held{fill:#0969da}.mark{stroke:#57606a;stroke-dasharray:4 3}.grid{stroke:#d0d7de}
            .wide{overflow-x:auto}.wide td,.wide th{overflow-wrap:break-word}.axis{fill:none;stroke:#8c959f}
            @media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}th,td{border-color:#30363d}
            .good{color:#3fb950}.bad{color:#f85149}svg text,.note{fill:#8b949e;color:#8b949e}
            .grid{stroke:#30363d}.mark{stroke:#8b949e}.ill{fill:#f85149}.held{fill:#388bfd}}
            @media(max-width:600px){body{margin:1rem auto;font-size:14px}table{font-size:12px}h1{overflow-wrap:anywhere}th,td{padding:.2rem .3rem}svg text{font-size:16px}}
            """;

    /** The columns that hold words; others hold numbers. */
    private static final ImmutableSet<String> OF_WORDS =
            ImmutableSet.of("why", "state", "cause", "outcome", "found", "expected");

    /**
     * A figure that was expected.
     *
     * @param name its path
     * @param found its value, as a person reads it
     * @param expected what it should be
     * @param holds whether it is
     */
    public record Expected(String name, String found, String expected, boolean holds) {}

    private static final String END = "</table></div>\n";

    private final StringBuilder out = new StringBuilder();
    private List<String> columns = List.of();
    private final RunPlots plots = new RunPlots(out);

    private RunHtml() {}

    /**
     * The page.
     *
     * @param expected the figures that were expected
     * @param replay the command that plays the run again
     */
    public static String of(
            String title,
            long seed,
            RunReport report,
            RunSeries series,
            RunBasis basis,
            List<Expected> expected,
            String replay) {
        return new RunHtml().page(title, seed, report, series, basis, expected, replay);
    }

    private String page(
            String title,
            long seed,
            RunReport report,
            RunSeries series,
            RunBasis basis,
            List<Expected> expected,
            String replay) {
        out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(html(title))
                .append("</title>\n<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(html(title))
                .append("</h1>\n<p>")
                .append(RunText.count(report.attempts(), "connection attempt") + " in "
                        + html(RunText.time(report.time()))
                        + " of simulated time, seed " + seed + "; at most "
                        + RunText.count(report.peakConnections(), "connection") + " at a time; "
                        + RunText.count(report.events(), "event") + ".</p>\n");
        expected(expected);
        counts("Outcomes", report.outcomes(), report.attempts());
        counts("What clients felt", report.symptoms(), report.attempts());
        counts("What attempts and sessions failed by", report.endings(), report.attempts());
        out.append("<h2>Over time</h2>\n");
        plots.legend(basis.marks());
        plots.bars(
                "logins that worked (green), attempts and sessions that failed (red)",
                ImmutableMap.of("well", series.worked(), "ill", series.failed()),
                series.until(),
                basis.marks());
        plots.bars(
                "connections, the most at a time",
                ImmutableMap.of("held", series.connections()),
                series.until(),
                basis.marks());
        plots.bars("packets stopped", ImmutableMap.of("ill", series.of("dropped")), series.until(), basis.marks());
        latencies(report.latencies());
        tables(report);
        basis(basis);
        out.append("<h2>Play it again</h2>\n<p><code>" + html(replay) + "</code></p>\n");
        out.append("<h2>Fingerprint</h2>\n<p><code>")
                .append(html(report.fingerprint()))
                .append("</code></p>\n<p class=\"note\">The same input and seed give the same run to the byte.</p>\n")
                .append("</body></html>\n");
        return out.toString();
    }

    private void expected(List<Expected> expected) {
        if (expected.isEmpty()) return;
        long held = expected.stream().filter(Expected::holds).count();
        heading("Expectations: " + held + " of " + expected.size() + " held", "figure", "found", "expected", "outcome");
        for (Expected each : expected) {
            row(
                    html(each.name()),
                    html(each.found()),
                    html(each.expected()),
                    each.holds() ? "<span class=\"good\">held</span>" : "<span class=\"bad\">failed</span>");
        }
        out.append(END);
    }

    private void counts(String title, Map<String, Long> counts, long attempts) {
        if (counts.isEmpty()) return;
        heading(title, "", "number", "share of attempts");
        counts.forEach((name, count) -> {
            boolean good = name.equals("connected") || name.equals("none");
            String tone = good ? "good" : name.equals("open") ? "open" : "bad";
            row(
                    "<span class=\"" + tone + "\">" + html(name) + "</span>",
                    count.toString(),
                    String.format(Locale.ROOT, "%.1f %%", 100.0 * count / Math.max(1, attempts)));
        });
        out.append(END);
    }

    private void latencies(Map<String, Latency> latencies) {
        List<Map.Entry<String, Latency>> measured = latencies.entrySet().stream()
                .filter(entry -> entry.getValue().count() > 0)
                .toList();
        if (measured.isEmpty()) return;
        heading("How long things took", "", "number", "median", "90 %", "99 %", "longest");
        for (Map.Entry<String, Latency> entry : measured) {
            Latency latency = entry.getValue();
            row(
                    html(entry.getKey()),
                    Long.toString(latency.count()),
                    RunText.time(latency.percentile(50)),
                    RunText.time(latency.percentile(90)),
                    RunText.time(latency.percentile(99)),
                    RunText.time(latency.histogram().getMaxValue()));
        }
        out.append(END);
        plots.percentiles(ImmutableMap.copyOf(measured));
    }

    private void tables(RunReport report) {
        if (!report.requests().isEmpty()) {
            heading("Requests to Azure", "request", "outcome");
            report.requests().forEach(request -> {
                List<String> lines = RequestWords.lines(request);
                row(
                        lines.stream().map(RunHtml::html).collect(Collectors.joining("<br>")),
                        RequestWords.outcome(request.outcome()));
            });
            out.append(END);
        }
        if (!report.drops().isEmpty()) {
            heading("Packets that did not arrive", "where", "why", "packets");
            report.drops()
                    .forEach(drop -> row(html(drop.element()), html(drop.reason()), Long.toString(drop.packets())));
            out.append(END);
        }
        if (!report.health().isEmpty()) {
            heading("Health of the instances", "instance", "when", "state", "cause");
            report.health()
                    .forEach(health -> row(
                            html(health.instance()),
                            RunText.time(health.at()),
                            health.state().name().toLowerCase(Locale.ROOT),
                            html(health.cause())));
            out.append(END);
        }
        if (!report.snat().isEmpty()) {
            heading("Source ports", "translator", "most in use", "in use at the end", "packets that found none");
            report.snat()
                    .forEach(use -> row(
                            html(use.element()),
                            Long.toString(use.peak()),
                            Long.toString(use.inUse()),
                            Long.toString(use.exhausted())));
            out.append(END);
        }
        if (report.stations().isEmpty()) return;
        heading("Gateways and nodes", "", "served", "utilisation", "waiting on average", "mean wait", "refused");
        report.stations()
                .forEach(use -> row(
                        html(use.element()),
                        Long.toString(use.served()),
                        String.format(Locale.ROOT, "%.1f %%", 100 * use.utilisation()),
                        String.format(Locale.ROOT, "%.3f", use.meanWaiting()),
                        RunText.time(Math.round(use.meanWait())),
                        Long.toString(use.refused())));
        out.append(END);
    }

    private void basis(RunBasis basis) {
        out.append("<h2>What this rests on</h2>\n<p>");
        if (!basis.profile().isEmpty()) out.append("profile " + html(basis.profile()) + "; ");
        out.append("service tags: " + html(basis.context().tags().source()) + "</p>\n");
        if (basis.notices().isEmpty()) return;
        out.append("<ul>\n");
        for (Notice notice : basis.notices()) {
            out.append("<li><code>" + html(notice.code()) + "</code> " + html(notice.text()) + " <span class=\"note\">"
                    + html(Words.place(notice.place(), true)) + "</span></li>\n");
        }
        out.append("</ul>\n");
    }

    private void heading(String title, String... names) {
        columns = List.of(names);
        out.append("<h2>" + html(title) + "</h2>\n<div class=\"wide\"><table><tr>");
        for (int i = 0; i < names.length; i++) {
            out.append(isOfWords(i) ? "<th>" : "<th class=\"n\">")
                    .append(html(names[i]))
                    .append("</th>");
        }
        out.append("</tr>\n");
    }

    private boolean isOfWords(int column) {
        return column == 0 || OF_WORDS.contains(columns.get(column));
    }

    /** A row of cells that are HTML already. */
    private void row(String... cells) {
        out.append("<tr>");
        for (int i = 0; i < cells.length; i++) {
            out.append(isOfWords(i) ? "<td>" : "<td class=\"n\">")
                    .append(cells[i])
                    .append("</td>");
        }
        out.append("</tr>\n");
    }

    /** Text of the input, which must not become markup. */
    static String html(String text) {
        return Safe.text(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
