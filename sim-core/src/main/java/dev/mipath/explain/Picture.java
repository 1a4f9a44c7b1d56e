package dev.mipath.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Boxes in groups with lines between them, and no word about how they are drawn. Keys tell them apart and are never
 * shown; labels may hold any text, which the printers make safe.
 */
public final class Picture {
    /** What a box, group or line is to say by its colour. */
    enum Tone {
        PLAIN,
        /** Beside the point. */
        FAINT,
        /** Reached only past a blocker. */
        PAST,
        /** On the way of the packet. */
        PATH,
        /** Stops the packet. */
        BAD
    }

    /** What kind of thing a box is. */
    enum Shape {
        /** A part of the network. */
        BOX,
        /** A machine. */
        ROUND,
        /** A list of rules or routes. */
        NOTE,
        /** Something outside. */
        CLOUD
    }

    /** A group: its label's lines, the group around it or null. */
    record Group(List<String> lines, @Nullable String in) {}

    /** A box: its label's lines, its shape, the group around it or null. */
    record Box(List<String> lines, Shape shape, @Nullable String in) {}

    /** A line between two boxes or groups; dashed for what only belongs to it, a path when the packet goes along. */
    record Line(String from, String to, String label, boolean dashed) {}

    private final String title;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<Object, Tone> tones = new LinkedHashMap<>();

    Picture(String title) {
        this.title = title;
    }

    void group(String key, @Nullable String in, String... label) {
        groups.putIfAbsent(key, new Group(told(label), in));
    }

    void box(String key, @Nullable String in, Shape shape, String... label) {
        boxes.putIfAbsent(key, new Box(told(label), shape, in));
    }

    private static List<String> told(String[] label) {
        List<String> lines = new ArrayList<>();
        for (String line : label) if (!line.isEmpty()) lines.add(line);
        return lines;
    }

    Line line(String from, String to, String label, boolean dashed) {
        Line line = new Line(from, to, label, dashed);
        lines.add(line);
        return line;
    }

    /** Colours a box or group by its key, or a line; the louder tone stays. */
    void paint(Object keyOrLine, Tone tone) {
        tones.merge(keyOrLine, tone, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    Tone tone(Object keyOrLine) {
        return tones.getOrDefault(keyOrLine, Tone.PLAIN);
    }

    boolean has(String key) {
        return boxes.containsKey(key) || groups.containsKey(key);
    }

    String title() {
        return title;
    }

    Map<String, Group> groups() {
        return groups;
    }

    Map<String, Box> boxes() {
        return boxes;
    }

    List<Line> lines() {
        return lines;
    }

    /** For Graphviz. */
    public String dot() {
        return new DotPrinter(this).print();
    }

    /** For Mermaid, which GitHub and many wikis draw. */
    public String mermaid() {
        return new MermaidPrinter(this).print();
    }

    /** For a terminal. */
    public String text() {
        return new PictureText(this).print();
    }
}
