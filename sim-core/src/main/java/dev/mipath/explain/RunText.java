package dev.mipath.explain;

import dev.mipath.engine.RunReport;
import java.util.Locale;
import java.util.Map;

/** What came of a simulated run, on one screen. */
public final class RunText {
    private RunText() {}

    /** The summary. */
    public static String of(long seed, RunReport report, Ink ink) {
        StringBuilder out = new StringBuilder();
        out.append(ink.paint(
                count(report.attempts(), "connection attempt") + " in " + time(report.time()) + " of simulated time",
                Ink.Tone.STRONG));
        out.append(", seed ").append(seed).append('\n');
        counts(out, "outcomes", report.outcomes(), ink);
        counts(out, "symptoms", report.symptoms(), ink);
        counts(out, "ended by", report.endings(), ink);
        long refused = report.queries().getOrDefault("refused", 0L);
        if (refused > 0) {
            line(out, "queries")
                    .append(report.queries().getOrDefault("answered", 0L) + " answered, ")
                    .append(ink.verdict(refused + " refused", false))
                    .append('\n');
        }
        latencies(out, report);
        for (RunReport.Requested request : report.requests()) {
            String title = "request";
            for (String text : RequestWords.lines(request)) {
                line(out, title).append(text).append('\n');
                title = "";
            }
        }
        for (RunReport.Drop drop : report.drops()) {
            line(out, "dropped")
                    .append(count(drop.packets(), "packet") + " at " + Safe.text(drop.element()) + ": "
                            + Safe.text(drop.reason()))
                    .append('\n');
        }
        for (RunReport.Health health : report.health()) {
            line(out, "health")
                    .append(time(health.at()) + " " + Safe.text(health.instance()) + " "
                            + health.state().name().toLowerCase(Locale.ROOT) + ", " + Safe.text(health.cause()))
                    .append('\n');
        }
        for (RunReport.SnatUse use : report.snat()) {
            line(out, "SNAT ports")
                    .append(Safe.text(use.element()) + ": " + use.peak() + " at most, " + use.inUse() + " at the end, "
                            + count(use.exhausted(), "packet") + " found none")
                    .append('\n');
        }
        for (RunReport.StationUse use : report.stations()) {
            if (use.served() == 0 && use.refused() == 0) continue;
            line(out, "served")
                    .append(String.format(
                            Locale.ROOT,
                            "%s: %d, on average %.3f busy and %.3f waiting%s%s%n",
                            Safe.text(use.element()),
                            use.served(),
                            use.meanBusy(),
                            use.meanWaiting(),
                            use.meanWait() > 0 ? "; mean wait " + time(Math.round(use.meanWait())) : "",
                            use.refused() == 0 ? "" : ", " + use.refused() + " refused"));
        }
        line(out, "at most").append(count(report.peakConnections(), "connection") + " at a time\n");
        line(out, "events").append(report.events()).append('\n');
        line(out, "fingerprint").append(report.fingerprint()).append('\n');
        return out.toString();
    }

    private static void latencies(StringBuilder out, RunReport report) {
        for (Map.Entry<String, RunReport.Latency> entry : report.latencies().entrySet()) {
            RunReport.Latency latency = entry.getValue();
            if (latency.count() == 0) continue;
            line(out, entry.getKey())
                    .append("median " + time(latency.percentile(50)) + ", 99 % within " + time(latency.percentile(99))
                            + ", longest " + time(latency.histogram().getMaxValue()) + " (" + latency.count() + ")")
                    .append('\n');
        }
    }

    private static void counts(StringBuilder out, String title, Map<String, Long> counts, Ink ink) {
        if (counts.isEmpty()) return;
        line(out, title);
        String between = "";
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            boolean good = count.getKey().equals("connected") || count.getKey().equals("none");
            boolean bad = !good && !count.getKey().equals("open") && !title.equals("ended by");
            String text = count.getValue() + " " + Safe.text(count.getKey());
            out.append(between).append(good || bad ? ink.verdict(text, good) : text);
            between = ", ";
        }
        out.append('\n');
    }

    private static StringBuilder line(StringBuilder out, String title) {
        return out.append("  ").append(title).append(" ".repeat(Math.max(1, 13 - title.length())));
    }

    /** A number of things. */
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** A span of time with four digits at most, in the unit that fits. */
    public static String time(long nanos) {
        double value = nanos;
        String unit = "ns";
        if (nanos >= 60_000_000_000L) {
            value /= 60e9;
            unit = "min";
        } else if (nanos >= 1_000_000_000) {
            value /= 1e9;
            unit = "s";
        } else if (nanos >= 1_000_000) {
            value /= 1e6;
            unit = "ms";
        } else if (nanos >= 1_000) {
            value /= 1e3;
            unit = "µs";
        }
        String text = String.format(Locale.ROOT, value >= 100 ? "%.1f" : "%.3f", value);
        return text.replaceAll("\\.?0+$", "") + " " + unit;
    }
}
