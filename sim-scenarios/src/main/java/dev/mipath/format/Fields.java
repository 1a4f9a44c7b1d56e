package dev.mipath.format;

import dev.mipath.topology.Place;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object while they are read: what was asked for is known, so that {@link #done} can tell what
 * nobody asked for.
 */
final class Fields {
    private final Node.Obj object;
    private final String what;
    private final Problems problems;
    private final Set<String> asked = new LinkedHashSet<>();

    private Fields(Node.Obj object, String what, Problems problems) {
        this.object = object;
        this.what = what;
        this.problems = problems;
    }

    /** The members of the value, or null when it is no object, which is reported. */
    static @Nullable Fields of(Node value, String what, Problems problems) {
        if (value instanceof Node.Obj object) return new Fields(object, what, problems);
        problems.add(
                value.place(),
                what + " is written with keys, but here stands " + Values.kind(value),
                "write `key: value` lines");
        return null;
    }

    Place place() {
        return object.place();
    }

    /** What a person calls the object, with its article. */
    String what() {
        return what;
    }

    /** The value of this key, or null when it is absent. */
    @Nullable
    Node optional(String key) {
        Node.Member member = member(key);
        if (member == null) return null;
        if (!(member.value() instanceof Node.Null)) return member.value();
        problems.add(member.place(), "`" + key + "` has no value", "give it one, or take the key out");
        return null;
    }

    /** The value of this key; its absence is reported. */
    @Nullable
    Node required(String key) {
        Node value = optional(key);
        if (value == null && !has(key)) {
            problems.add(object.place(), what + " lacks `" + key + "`", "add `" + key + ": …`");
        }
        return value;
    }

    /** Whether the key stands here, with or without a value. */
    boolean has(String key) {
        return member(key) != null;
    }

    /** Whether the key stands here with an explicit null. */
    boolean isNull(String key) {
        Node.Member member = member(key);
        return member != null && member.value() instanceof Node.Null;
    }

    // A loop: a route asks six keys, and a cold start pays for every stream.
    private Node.@Nullable Member member(String key) {
        asked.add(key);
        for (Node.Member member : object.members()) if (member.name().equals(key)) return member;
        return null;
    }

    /** Reports the keys that nobody asked for. */
    void done() {
        for (Node.Member member : object.members()) {
            if (asked.contains(member.name())) continue;
            String remedy = LongWords.shortFor(member.name())
                    .filter(asked::contains)
                    .or(() -> Nearest.to(member.name(), asked))
                    .map(near -> "did you mean `" + near + "`?")
                    .orElseGet(() -> "its keys are " + keys());
            problems.add(member.place(), Printable.quoted(member.name()) + " is not a key of " + what, remedy);
        }
    }

    private String keys() {
        return asked.stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
    }
}
