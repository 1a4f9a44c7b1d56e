package dev.mipath.recordings;

import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import dev.mipath.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A value of a recorded answer, walked by names.
 *
 * @param node the value
 */
record Recorded(Node node) {
    /** The answer in a file of the recorded data; skips the calling test when the file is absent. */
    static Recorded in(String file) {
        try {
            return new Recorded(JsonReader.read(file, Files.readAllBytes(SharedData.require("azure/" + file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer itself: examples of the REST specification wrap it. */
    Recorded body() {
        return has("responses") ? at("responses", "200", "body") : this;
    }

    boolean has(String name) {
        return node instanceof Node.Obj object && object.get(name) != null;
    }

    Recorded at(String... names) {
        Recorded here = this;
        for (String name : names) {
            Node next = here.node instanceof Node.Obj object ? object.get(name) : null;
            if (next == null) throw new AssertionError("no `" + name + "` at " + here.node.place());
            here = new Recorded(next);
        }
        return here;
    }

    String text(String... names) {
        Node value = at(names).node;
        if (value instanceof Node.Str text) return text.text();
        if (value instanceof Node.Num number) return number.text();
        if (value instanceof Node.Bool truth) return Boolean.toString(truth.value());
        throw new AssertionError("no text at " + value.place());
    }

    boolean is(String name) {
        return text(name).equals("true");
    }

    List<Recorded> items(String... names) {
        if (!(at(names).node instanceof Node.Arr array)) throw new AssertionError("no list at " + node.place());
        return array.items().stream().map(Recorded::new).toList();
    }

    /** The texts of a list; a bare text is a list of one, an absent or empty one a list of none. */
    List<String> texts(String name) {
        if (!has(name)) return List.of();
        if (!(at(name).node instanceof Node.Arr)) return text(name).isEmpty() ? List.of() : List.of(text(name));
        return items(name).stream().map(item -> item.text()).toList();
    }

    /** Every object in here, this one first. */
    List<Recorded> objects() {
        List<Recorded> found = new ArrayList<>();
        visit(found::add);
        return found;
    }

    private void visit(Consumer<Recorded> visitor) {
        if (node instanceof Node.Obj object) {
            visitor.accept(this);
            object.members().forEach(member -> new Recorded(member.value()).visit(visitor));
        } else if (node instanceof Node.Arr array) {
            array.items().forEach(item -> new Recorded(item).visit(visitor));
        }
    }
}
