package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object of Azure, each read as the type it should have.
 *
 * <p>ARM nests them in {@code properties}, {@code az} prints them flat; both read the same here. A wrong type is a problem
 * at the value's place, and the value is then unknown so that reading can go on to the next problem. Of an object that is
 * itself unknown every member is.
 */
final class Fields {
    /** What stands beside {@code properties}, whatever those are. */
    private static final ImmutableSet<String> ENVELOPE =
            ImmutableSet.of("id", "name", "type", "location", "sku", "provisioningState");

    private final Node.Obj object;
    private final Node.Obj properties;
    private final Problems problems;
    private final Node.@Nullable Unknown open;

    private Fields(Node.Obj object, Node.Obj properties, Problems problems, Node.@Nullable Unknown open) {
        this.object = object;
        this.properties = properties;
        this.problems = problems;
        this.open = open;
    }

    static Fields of(Node.Obj object, Problems problems) {
        Node nested = object.get("properties");
        if (nested instanceof Node.Obj properties) return new Fields(object, properties, problems, null);
        if (nested instanceof Node.Unknown unknown) return new Fields(object, object, problems, unknown);
        if (nested == null || nested instanceof Node.Null) return new Fields(object, object, problems, null);
        wrong(nested, "properties", "an object", "write it in braces", problems);
        // What it lacks because of that is not told once more.
        return new Fields(object, object, problems, new Node.Unknown(nested.place(), "properties"));
    }

    /** The members of an item that should be an object, or null after the problem is reported. */
    static @Nullable Fields ofItem(Node item, String what, Problems problems) {
        if (item instanceof Node.Obj object) return of(object, problems);
        problems.add(item.place(), what + " is " + kind(item) + ", not an object", remedy(item, "write it in braces"));
        return null;
    }

    /** What a value is, with its article. */
    static String kind(Node node) {
        if (node instanceof Node.Obj) return "an object";
        if (node instanceof Node.Arr) return "a list";
        if (node instanceof Node.Str text) return text.text().isEmpty() ? "an empty text" : "a text";
        if (node instanceof Node.Num) return "a number";
        return node instanceof Node.Bool bool ? "`" + bool.value() + "`" : "null";
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
        if (node == null && open != null && !ENVELOPE.contains(name))
            return new Node.Unknown(open.place(), open.what() + "." + name);
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
        return ImmutableList.of(wrong(node, name, "a list", "write it in brackets", problems));
    }

    /** The members of a nested object; empty when it is absent. */
    Fields nested(String name) {
        Node node = node(name);
        if (node instanceof Node.Obj nested) return of(nested, problems);
        Node.Obj empty = new Node.Obj(node == null ? place() : node.place(), ImmutableList.of());
        if (node == null) return of(empty, problems);
        Node.Unknown unknown = node instanceof Node.Unknown given
                ? given
                : wrong(node, name, "an object", "write it in braces", problems);
        return new Fields(empty, empty, problems, unknown);
    }

    /** The text with placeholders for unknowns, or null when absent. */
    @Nullable
    String text(String name) {
        Node node = node(name);
        if (node == null) return null;
        String text = Opaque.text(node);
        if (text == null) wrong(node, name, "a text", "write it in quotes", problems);
        return text;
    }

    /** The bare name of an object that must have one. */
    String named(String what) {
        String name = name();
        if (name.isEmpty()) problems.add(place(), what + " has no name", "give it a `name`");
        return name;
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
        missing(name, expected);
        return Given.unknown(name, place());
    }

    /** Tells that something is missing that must be there. */
    void missing(String name, String expected) {
        problems.add(place(), "`" + name + "` is missing", "give " + expected);
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
            problems.add(node.place(), "`" + name + "` is " + kind(node), "give " + expected);
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
            if (id != null && !(id instanceof Node.Null)) return reference(id, problems);
            if (object.members().stream().allMatch(member -> member.value() instanceof Node.Null)) return null;
            problems.add(node.place(), "`" + name + "` names no resource", "give the `id` of the resource");
            return Given.unknown(name, node.place());
        }
        return reference(node, problems);
    }

    /** An id as text; one with a placeholder is an id still, for it names its resource well enough. */
    static Given<ResourceId> reference(Node node, Problems problems) {
        if (node instanceof Node.Unknown unknown) return Given.unknown(unknown.what(), node.place());
        if (node instanceof Node.Str text && !text.text().isBlank()) return Given.of(new ResourceId(text.text()));
        problems.add(node.place(), "a resource id is " + kind(node), "write the id as a text, in quotes");
        return Given.unknown("resource id", node.place());
    }

    /** The ids of a list of references; an unknown one is left out. */
    ImmutableList<ResourceId> references(String name) {
        ImmutableList.Builder<ResourceId> ids = ImmutableList.builder();
        for (Node item : items(name)) {
            Node id = item instanceof Node.Obj object ? object.get("id") : item;
            if (id == null) {
                problems.add(item.place(), "an entry of `" + name + "` names no resource", "write `{\"id\": \"…\"}`");
            } else if (!(id instanceof Node.Unknown)) {
                reference(id, problems).value().ifPresent(ids::add);
            }
        }
        return ids.build();
    }

    /** One of a few words of Azure in any case, spelled as Azure spells it. */
    static Function<String, String> oneOf(String name, List<String> words) {
        return text -> {
            for (String word : words) if (Ascii.equalsIgnoreCase(word, text)) return word;
            throw new IllegalArgumentException("`" + name + "` is " + Printable.quoted(text));
        };
    }

    /** PowerShell writes the name of a type where it cuts an object off, and does so early by default. */
    private static String remedy(Node node, String usual) {
        boolean cutOff = node instanceof Node.Str text
                && (text.text().startsWith("Microsoft.Azure.")
                        || text.text().startsWith("System.")
                        || text.text().startsWith("@{"));
        return cutOff ? "PowerShell has cut it off; save it again with `ConvertTo-Json -Depth 20`" : usual;
    }

    private static Node.Unknown wrong(Node node, String name, String expected, String remedy, Problems problems) {
        problems.add(node.place(), "`" + name + "` is " + kind(node) + ", not " + expected, remedy(node, remedy));
        return new Node.Unknown(node.place(), name);
    }
}
