package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object of Azure, each read as the type it should have.
 *
 * <p>ARM nests them in {@code properties}, {@code az} prints them flat; both read the same here. A wrong type is a problem
 * at the value's place, and the value is then unknown so that reading can go on to the next problem.
 */
final class Fields {
    private final Node.Obj object;
    private final Node.Obj properties;
    private final Problems problems;

    private Fields(Node.Obj object, Problems problems) {
        this.object = object;
        this.problems = problems;
        properties = object.get("properties") instanceof Node.Obj nested ? nested : object;
    }

    static Fields of(Node.Obj object, Problems problems) {
        return new Fields(object, problems);
    }

    /** The members of an item that should be an object, or null after the problem is reported. */
    static @Nullable Fields ofItem(Node item, String what, Problems problems) {
        if (item instanceof Node.Obj object) return of(object, problems);
        problems.add(item.place(), what + " is not an object", "write it in braces");
        return null;
    }

    Place place() {
        return object.place();
    }

    Problems problems() {
        return problems;
    }

    /** The member, wherever it stands; null when it is absent or null. */
    @Nullable
    Node node(String name) {
        Node node = properties.get(name);
        if (node == null) node = object.get(name);
        return node instanceof Node.Null ? null : node;
    }

    boolean has(String name) {
        return node(name) != null;
    }

    /** The items of a list; none when it is absent. An unknown list is one unknown item. */
    ImmutableList<Node> items(String name) {
        Node node = node(name);
        if (node == null) return ImmutableList.of();
        if (node instanceof Node.Arr array) return array.items();
        if (node instanceof Node.Unknown) return ImmutableList.of(node);
        return ImmutableList.of(wrong(node, name, "a list", "write it in brackets"));
    }

    /** The members of a nested object; empty when it is absent. */
    Fields nested(String name) {
        Node node = node(name);
        if (node instanceof Node.Obj nested) return of(nested, problems);
        if (node != null && !(node instanceof Node.Unknown)) wrong(node, name, "an object", "write it in braces");
        return of(new Node.Obj(node == null ? place() : node.place(), ImmutableList.of()), problems);
    }

    /** The text with placeholders for unknowns, or null when absent. */
    @Nullable
    String text(String name) {
        Node node = node(name);
        if (node == null) return null;
        String text = Opaque.text(node);
        if (text == null) wrong(node, name, "a text", "write it in quotes");
        return text;
    }

    /** The bare name of the object, the last part when the name holds its parents too. */
    String name() {
        String name = text("name");
        if (name == null && text("id") != null) name = text("id");
        if (name == null) return "";
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** A value that must be there; absent it is unknown. */
    <T> Given<T> required(String name, String expected, Function<String, T> parse) {
        Given<T> given = given(name, expected, parse);
        if (given != null) return given;
        problems.add(place(), "`" + name + "` is missing", "give " + expected);
        return Given.unknown(name, place());
    }

    /** A value, or null when it is absent or an empty text. */
    <T> @Nullable Given<T> given(String name, String expected, Function<String, T> parse) {
        Node node = node(name);
        return node == null || node instanceof Node.Str text && text.text().isEmpty()
                ? null
                : given(node, name, expected, parse, problems);
    }

    /** One scalar read by a function that throws {@link IllegalArgumentException} with a user's words. */
    static <T> Given<T> given(Node node, String name, String expected, Function<String, T> parse, Problems problems) {
        if (node instanceof Node.Unknown unknown) return Given.unknown(unknown.what(), node.place());
        String text = Opaque.text(node);
        if (text != null && Opaque.isOpen(text)) return Given.unknown(text, node.place());
        try {
            if (text != null && !(node instanceof Node.Null)) return Given.of(parse.apply(text));
            problems.add(node.place(), "`" + name + "` is not " + expected, "give " + expected);
        } catch (IllegalArgumentException e) {
            problems.add(node.place(), Printable.text(String.valueOf(e.getMessage())), "give " + expected);
        }
        return Given.unknown(name, node.place());
    }

    /** Every item of a list read the same way. */
    <T> ImmutableList<Given<T>> givens(String name, String expected, Function<String, T> parse) {
        ImmutableList.Builder<Given<T>> all = ImmutableList.builder();
        for (Node item : items(name)) all.add(given(item, name, expected, parse, problems));
        return all.build();
    }

    /** A switch; absent it has its standard position. */
    Given<Boolean> flag(String name, boolean standard) {
        Given<Boolean> given = given(name, "true or false", Fields::truth);
        return given == null ? Given.of(standard) : given;
    }

    private static boolean truth(String text) {
        if (Ascii.equalsIgnoreCase(text, "true")) return true;
        if (Ascii.equalsIgnoreCase(text, "false")) return false;
        throw new IllegalArgumentException(Printable.quoted(text) + " is neither true nor false");
    }

    /** A reference such as {@code {"id": "/subscriptions/…"}}; null when it is absent. */
    @Nullable
    Given<ResourceId> reference(String name) {
        Node node = node(name);
        if (node == null) return null;
        if (node instanceof Node.Obj object) {
            Node id = object.get("id");
            // `{}` is how some tools print that nothing is attached.
            return id == null || id instanceof Node.Null ? null : reference(id, problems);
        }
        return reference(node, problems);
    }

    /** An id as text; one with a placeholder is an id still, for it names its resource well enough. */
    static Given<ResourceId> reference(Node node, Problems problems) {
        if (node instanceof Node.Unknown unknown) return Given.unknown(unknown.what(), node.place());
        if (node instanceof Node.Str text && !text.text().isBlank()) return Given.of(new ResourceId(text.text()));
        problems.add(node.place(), "a resource id is not a text", "write it in quotes");
        return Given.unknown("resource id", node.place());
    }

    /** The ids of a list of references; an unknown one is left out. */
    ImmutableList<ResourceId> references(String name) {
        ImmutableList.Builder<ResourceId> ids = ImmutableList.builder();
        for (Node item : items(name)) {
            Node id = item instanceof Node.Obj object ? object.get("id") : item;
            if (id != null && !(id instanceof Node.Unknown))
                reference(id, problems).value().ifPresent(ids::add);
        }
        return ids.build();
    }

    private Node wrong(Node node, String name, String expected, String remedy) {
        problems.add(node.place(), "`" + name + "` is not " + expected, remedy);
        return new Node.Unknown(node.place(), name);
    }
}
