package dev.mipath.explain;

import dev.mipath.explain.Picture.Box;
import dev.mipath.explain.Picture.Group;
import dev.mipath.explain.Picture.Line;
import dev.mipath.explain.Picture.Shape;
import dev.mipath.explain.Picture.Tone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A picture in the language of Graphviz; groups are clusters. */
final class DotPrinter {
    private final Picture picture;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final StringBuilder out = new StringBuilder();

    DotPrinter(Picture picture) {
        this.picture = picture;
        for (String key : picture.groups().keySet()) ids.put(key, "cluster_" + ids.size());
        for (String key : picture.boxes().keySet()) ids.put(key, "n" + ids.size());
    }

    String print() {
        out.append("digraph mipath {\n");
        out.append("  graph [label=").append(quoted(List.of(picture.title())));
        out.append(", labelloc=t, fontsize=16, fontname=\"Helvetica\", compound=true, rankdir=LR, ranksep=0.7]\n");
        out.append("  node [fontname=\"Helvetica\", fontsize=11, shape=box, style=filled, fillcolor=white]\n");
        out.append("  edge [fontname=\"Helvetica\", fontsize=9, color=gray50]\n");
        within(null, "  ");
        for (Line line : picture.lines()) line(line);
        return out.append("}\n").toString();
    }

    private void within(@Nullable String group, String indent) {
        for (Map.Entry<String, Box> box : picture.boxes().entrySet()) {
            if (java.util.Objects.equals(box.getValue().in(), group)) box(box.getKey(), box.getValue(), indent);
        }
        for (Map.Entry<String, Group> each : picture.groups().entrySet()) {
            if (!java.util.Objects.equals(each.getValue().in(), group)) continue;
            out.append(indent)
                    .append("subgraph ")
                    .append(ids.get(each.getKey()))
                    .append(" {\n");
            out.append(indent)
                    .append("  graph [label=")
                    .append(quoted(each.getValue().lines()));
            out.append(", fontsize=12, labeljust=l, style=\"rounded,filled\", color=gray60, fillcolor=\"");
            out.append(each.getValue().in() == null ? "#eef4fb" : "#ffffff").append("\"]\n");
            within(each.getKey(), indent + "  ");
            out.append(indent).append("}\n");
        }
    }

    private void box(String key, Box box, String indent) {
        out.append(indent).append(ids.get(key)).append(" [label=").append(quoted(box.lines()));
        out.append(shape(box.shape()));
        out.append(
                switch (picture.tone(key)) {
                    case PLAIN -> "";
                    case FAINT -> ", color=gray60, fontcolor=gray40";
                    case PATH -> ", color=\"#1a7f37\", penwidth=2, fillcolor=\"#e6f6ea\"";
                    case PAST -> ", color=\"#9a6700\", penwidth=2, fillcolor=\"#fff8e0\"";
                    case BAD -> ", color=\"#cf222e\", penwidth=3, fillcolor=\"#ffe3e3\"";
                });
        out.append("]\n");
    }

    private static String shape(Shape shape) {
        return switch (shape) {
            case BOX -> "";
            case ROUND -> ", style=\"rounded,filled\"";
            case NOTE -> ", shape=note, fontsize=10";
            case CLOUD -> ", shape=ellipse";
        };
    }

    private void line(Line line) {
        String from = end(line.from());
        String to = end(line.to());
        out.append("  ").append(from).append(" -> ").append(to).append(" [");
        if (!line.label().isEmpty()) {
            out.append("label=")
                    .append(quoted(List.of(line.label().split("\n", -1))))
                    .append(", ");
        }
        if (picture.groups().containsKey(line.from()))
            out.append("ltail=").append(ids.get(line.from())).append(", ");
        if (picture.groups().containsKey(line.to()))
            out.append("lhead=").append(ids.get(line.to())).append(", ");
        Tone tone = picture.tone(line);
        out.append(
                switch (tone) {
                    case PLAIN -> "";
                    case FAINT -> "arrowhead=none, ";
                    case PATH -> "color=\"#1a7f37\", fontcolor=\"#1a7f37\", penwidth=2.5, weight=0, ";
                    case PAST -> "color=\"#9a6700\", fontcolor=\"#9a6700\", penwidth=2.5, weight=0, ";
                    case BAD -> "color=\"#cf222e\", fontcolor=\"#cf222e\", penwidth=2.5, weight=0, ";
                });
        out.append("style=")
                .append(line.dashed() || tone == Tone.PAST ? "dashed" : "solid")
                .append("]\n");
    }

    /** Graphviz draws lines between boxes only; a group's line begins or ends at its border. */
    private @Nullable String end(String key) {
        if (!picture.groups().containsKey(key)) return ids.get(key);
        for (Map.Entry<String, Box> box : picture.boxes().entrySet()) {
            for (@Nullable String in = box.getValue().in(); in != null; in = around(in)) {
                if (in.equals(key)) return ids.get(box.getKey());
            }
        }
        throw new IllegalArgumentException("a line ends at an empty group");
    }

    private @Nullable String around(String group) {
        Group within = picture.groups().get(group);
        return within == null ? null : within.in();
    }

    /** The lines of a label between quotes; a backslash would begin one of Graphviz's own escapes. */
    private static String quoted(List<String> lines) {
        StringBuilder text = new StringBuilder("\"");
        for (String line : lines) {
            if (text.length() > 1) text.append("\\n");
            text.append(Safe.text(line).replace("\\", "\\\\").replace("\"", "\\\""));
        }
        return text.append('"').toString();
    }
}
