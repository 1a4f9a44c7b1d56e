package dev.mipath.explain;

import dev.mipath.explain.Picture.Box;
import dev.mipath.explain.Picture.Group;
import dev.mipath.explain.Picture.Line;
import dev.mipath.explain.Picture.Tone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A picture as a Mermaid flowchart; groups are subgraphs. */
final class MermaidPrinter {
    private final Picture picture;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final StringBuilder out = new StringBuilder();

    MermaidPrinter(Picture picture) {
        this.picture = picture;
        for (String key : picture.groups().keySet()) ids.put(key, "g" + ids.size());
        for (String key : picture.boxes().keySet()) ids.put(key, "n" + ids.size());
    }

    String print() {
        out.append("%% ").append(safe(picture.title())).append('\n');
        out.append("flowchart TB\n");
        within(null, "  ");
        lines();
        out.append("  classDef path fill:#e6f6ea,stroke:#1a7f37,stroke-width:2px,color:#000\n");
        out.append("  classDef past fill:#fff8e0,stroke:#9a6700,stroke-dasharray:4 3,color:#000\n");
        out.append("  classDef bad fill:#ffe3e3,stroke:#cf222e,stroke-width:3px,color:#000\n");
        out.append("  classDef faint fill:#f6f8fa,stroke:#8c959f,color:#57606a\n");
        for (String key : ids.keySet()) {
            Tone tone = picture.tone(key);
            if (tone == Tone.PLAIN) continue;
            out.append("  class ")
                    .append(ids.get(key))
                    .append(' ')
                    .append(name(tone))
                    .append('\n');
        }
        return out.toString();
    }

    private static String name(Tone tone) {
        return switch (tone) {
            case PLAIN -> "plain";
            case FAINT -> "faint";
            case PATH -> "path";
            case PAST -> "past";
            case BAD -> "bad";
        };
    }

    private void within(@Nullable String group, String indent) {
        for (Map.Entry<String, Box> box : picture.boxes().entrySet()) {
            if (Objects.equals(box.getValue().in(), group)) box(box.getKey(), box.getValue(), indent);
        }
        for (Map.Entry<String, Group> each : picture.groups().entrySet()) {
            if (!Objects.equals(each.getValue().in(), group)) continue;
            out.append(indent).append("subgraph ").append(ids.get(each.getKey()));
            // Mermaid leaves room for one line above a group.
            out.append('[')
                    .append(label(List.of(String.join("   ", each.getValue().lines()))))
                    .append("]\n");
            boolean parts = picture.groups().values().stream()
                    .anyMatch(part -> each.getKey().equals(part.in()));
            out.append(indent)
                    .append("  direction ")
                    .append(parts ? "TB" : "LR")
                    .append('\n');
            within(each.getKey(), indent + "  ");
            out.append(indent).append("end\n");
        }
    }

    private void box(String key, Box box, String indent) {
        String label = label(box.lines());
        out.append(indent).append(ids.get(key));
        out.append(
                switch (box.shape()) {
                    case BOX -> "[" + label + "]";
                    case ROUND -> "(" + label + ")";
                    case NOTE -> "[[" + label + "]]";
                    case CLOUD -> "([" + label + "])";
                });
        out.append('\n');
    }

    private void lines() {
        for (Line line : picture.lines()) {
            Tone tone = picture.tone(line);
            String arrow = tone == Tone.FAINT
                    ? line.dashed() ? "-.-" : "---"
                    : line.dashed() || tone == Tone.PAST ? "-.->" : tone == Tone.PATH ? "==>" : "-->";
            out.append("  ").append(ids.get(line.from())).append(' ').append(arrow);
            if (!line.label().isEmpty()) {
                out.append('|')
                        .append(label(List.of(line.label().split("\n", -1))))
                        .append('|');
            }
            out.append(' ').append(ids.get(line.to())).append('\n');
        }
    }

    private static String label(List<String> lines) {
        StringBuilder text = new StringBuilder("\"");
        for (String line : lines) {
            if (text.length() > 1) text.append("<br/>");
            text.append(safe(line));
        }
        return text.append('"').toString();
    }

    /** Everything that Mermaid or HTML reads as more than text is written as the number of its character. */
    private static String safe(String text) {
        String shown = Safe.text(text);
        StringBuilder safe = new StringBuilder(shown.length());
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if ("\"#&<>`%\\;{}[]|".indexOf(c) >= 0)
                safe.append('#').append((int) c).append(';');
            else safe.append(c);
        }
        return safe.toString();
    }
}
