package dev.mipath.cli;

import dev.mipath.engine.RunReport;
import dev.mipath.explain.Ink;
import dev.mipath.explain.RunHtml;
import dev.mipath.explain.RunSummary;
import dev.mipath.explain.RunText;
import dev.mipath.explain.Safe;
import dev.mipath.format.TimeScript;
import dev.mipath.format.TimeScript.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the figures that a scenario expects of its run with those of a run. */
final class FigureCheck {
    private record Checked(Figure figure, String found, boolean holds) {}

    private final List<Checked> checked = new ArrayList<>();

    FigureCheck(@Nullable TimeScript script, RunReport report) {
        if (script == null) return;
        for (Figure figure : script.expect()) {
            String found = RunSummary.figure(report, figure.name()).orElse("none");
            checked.add(new Checked(figure, found, holds(figure, found)));
        }
    }

    private static boolean holds(Figure figure, String found) {
        if (figure.is() != null && !figure.is().equals(found)) return false;
        if (figure.least() == null && figure.most() == null) return true;
        try {
            double number = Double.parseDouble(found);
            return (figure.least() == null || number >= figure.least())
                    && (figure.most() == null || number <= figure.most());
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whether every figure is as expected. */
    boolean holds() {
        return checked.stream().allMatch(Checked::holds);
    }

    /** One line a figure; empty when nothing is expected. */
    String text(Ink ink) {
        StringBuilder out = new StringBuilder();
        for (Checked each : checked) {
            Figure figure = each.figure;
            out.append(ink.verdict(each.holds ? "✓ " : "✗ ", each.holds));
            out.append(Safe.text(figure.name())).append(' ').append(Safe.text(said(figure, each.found)));
            if (!each.holds) {
                out.append(", expected ").append(Safe.text(expected(figure)));
                out.append("  ").append(Safe.text(figure.place().brief()));
            }
            out.append('\n');
        }
        return out.toString();
    }

    /** How many figures are as expected, as a line. */
    String sum() {
        long held = checked.stream().filter(Checked::holds).count();
        return held + " of " + checked.size() + " figures as expected\n";
    }

    private static String wanted(Figure figure) {
        List<String> parts = new ArrayList<>();
        if (figure.is() != null) parts.add(figure.is());
        if (figure.least() != null) parts.add("at least " + Figure.plain(figure.least()));
        if (figure.most() != null) parts.add("at most " + Figure.plain(figure.most()));
        return String.join(" and ", parts);
    }

    /** What was expected, as a person reads it. */
    private static String expected(Figure figure) {
        List<String> parts = new ArrayList<>();
        if (figure.is() != null) parts.add(said(figure, figure.is()));
        if (figure.least() != null) parts.add("at least " + said(figure, Figure.plain(figure.least())));
        if (figure.most() != null) parts.add("at most " + said(figure, Figure.plain(figure.most())));
        return String.join(" and ", parts);
    }

    /** A value of a figure; a time with its unit. */
    private static String said(Figure figure, String value) {
        if (!RunSummary.isTime(figure.name())) return value;
        try {
            return RunText.time(Long.parseLong(value));
        } catch (NumberFormatException e) {
            return value;
        }
    }

    /** The same for a page. */
    List<RunHtml.Expected> shown() {
        return checked.stream()
                .map(each -> new RunHtml.Expected(
                        each.figure.name(), said(each.figure, each.found), expected(each.figure), each.holds))
                .toList();
    }

    /** Adds what was expected to a summary. */
    void addTo(Map<String, Object> summary) {
        if (checked.isEmpty()) return;
        List<Object> figures = new ArrayList<>();
        for (Checked each : checked) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("figure", each.figure.name());
            members.put("found", each.found);
            members.put("expected", wanted(each.figure));
            members.put("holds", each.holds);
            figures.add(members);
        }
        summary.put("expect", figures);
    }
}
