package dev.mipath.explain;

import dev.mipath.explain.Picture.Box;
import dev.mipath.explain.Picture.Group;
import dev.mipath.explain.Picture.Line;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A picture as an indented list, and what leads where. */
final class PictureText {
    private final Picture picture;
    private final StringBuilder out = new StringBuilder();

    PictureText(Picture picture) {
        this.picture = picture;
    }

    String print() {
        out.append(Safe.text(picture.title())).append('\n');
        within(null, "  ");
        boolean titled = false;
        for (Line line : picture.lines()) {
            if (picture.tone(line) == Picture.Tone.FAINT) continue;
            if (!titled) out.append("\nwhat leads where\n");
            titled = true;
            out.append("  ").append(name(line.from())).append(" → ").append(name(line.to()));
            if (!line.label().isEmpty())
                out.append("   ").append(Safe.text(line.label().replace("\n", "; ")));
            out.append('\n');
        }
        return out.toString();
    }

    private void within(@Nullable String group, String indent) {
        for (Map.Entry<String, Box> box : picture.boxes().entrySet()) {
            if (Objects.equals(box.getValue().in(), group)) row(box.getValue().lines(), indent);
        }
        for (Map.Entry<String, Group> each : picture.groups().entrySet()) {
            if (!Objects.equals(each.getValue().in(), group)) continue;
            row(each.getValue().lines(), indent);
            within(each.getKey(), indent + "  ");
        }
    }

    private void row(List<String> lines, String indent) {
        out.append(indent).append(Safe.text(lines.get(0)));
        if (lines.size() > 1) out.append("   ").append(Safe.text(String.join(", ", lines.subList(1, lines.size()))));
        out.append('\n');
    }

    private String name(String key) {
        Box box = picture.boxes().get(key);
        if (box != null) return Safe.text(box.lines().get(0));
        Group group = picture.groups().get(key);
        return group == null ? "" : Safe.text(group.lines().get(0));
    }
}
