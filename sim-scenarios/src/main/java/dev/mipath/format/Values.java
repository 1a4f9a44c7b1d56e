package dev.mipath.format;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The single values of a hand-written document; whatever is wrong with one is reported and gives null. */
final class Values {
    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    /** How one value is read; null when it cannot be, which is then reported. */
    interface Reading<T> {
        @Nullable
        T read(Node value);
    }

    Problems problems() {
        return problems;
    }

    /** A value, or the statement {@code {unknown: what}}. */
    <T> Given<T> given(Node value, Reading<T> reading) {
        String what = unknown(value);
        if (what != null) return Given.unknown(what, value.place());
        T read = reading.read(value);
        return read == null ? Given.unknown("an unreadable value", value.place()) : Given.of(read);
    }

    /** As {@link #given}, and null stays null. */
    <T> @Nullable Given<T> givenOrNull(@Nullable Node value, Reading<T> reading) {
        return value == null ? null : given(value, reading);
    }

    /** As {@link #given}, with the value that holds when nothing is said. */
    <T> Given<T> givenOr(@Nullable Node value, T otherwise, Reading<T> reading) {
        return value == null ? Given.of(otherwise) : given(value, reading);
    }

    /** What would have to be known, when the value is the statement that it is not; else null. */
    @Nullable
    String unknown(Node value) {
        if (value instanceof Node.Unknown unknown) return unknown.what();
        if (!(value instanceof Node.Obj object) || object.members().size() != 1) return null;
        Node.Member only = object.members().get(0);
        if (!only.name().equals("unknown")) return null;
        String what = text(only.value());
        return what == null ? "" : what;
    }

    /** A list of objects; nothing counts as the empty list. */
    <T> ImmutableList<T> rows(@Nullable Node value, Reading<T> reading) {
        if (value == null || value instanceof Node.Arr) return list(value, reading);
        problems.add(
                value.place(),
                "a list is expected, but here stands " + kind(value),
                "begin each item with `- `, or put `[` and `]` around it");
        return list(value, reading);
    }

    /** A list; a single value counts as a list of one, and nothing as the empty list. */
    <T> ImmutableList<T> list(@Nullable Node value, Reading<T> reading) {
        if (value == null) return ImmutableList.of();
        if (!(value instanceof Node.Arr array)) {
            T only = reading.read(value);
            return only == null ? ImmutableList.of() : ImmutableList.of(only);
        }
        ImmutableList.Builder<T> items = ImmutableList.builder();
        for (Node item : array.items()) {
            T read = reading.read(item);
            if (read != null) items.add(read);
        }
        return items.build();
    }

    /** A list of values each of which may be unknown. */
    <T> ImmutableList<Given<T>> givens(@Nullable Node value, Reading<T> reading) {
        return list(value, item -> given(item, reading));
    }

    @Nullable
    String text(Node value) {
        if (value instanceof Node.Str text) {
            if (!text.text().isEmpty()) return text.text();
            return wrong(value.place(), "the text is empty", "write a name or value");
        }
        boolean quotable = value instanceof Node.Num || value instanceof Node.Bool;
        return wrong(
                value.place(),
                "text is expected, but here stands " + kind(value),
                quotable ? "put it in quotes" : "write one word or a quoted text");
    }

    @Nullable
    Boolean truth(Node value) {
        if (value instanceof Node.Bool truth) return truth.value();
        return wrong(
                value.place(),
                "`true` or `false` is expected, but here stands " + kind(value),
                "write `true` or `false`, without quotes");
    }

    @Nullable
    Integer number(Node value) {
        if (value instanceof Node.Num number) {
            try {
                return Integer.valueOf(number.text());
            } catch (NumberFormatException e) {
                boolean whole = number.text().matches("-?[0-9]+");
                return wrong(
                        value.place(),
                        Printable.quoted(number.text()) + (whole ? " is out of range" : " is no whole number"),
                        whole ? "write a number from 0 to " + Integer.MAX_VALUE : "write digits only");
            }
        }
        return wrong(value.place(), "a number is expected, but here stands " + kind(value), "write digits only");
    }

    /** A span of time in nanoseconds; nothing stays nothing. */
    @Nullable
    Long span(@Nullable Node value) {
        if (value instanceof Node.Num number) {
            return wrong(
                    value.place(), Printable.quoted(number.text()) + " is a number without a unit", Durations.REMEDY);
        }
        return value == null ? null : parsed(value, Durations::parse, Durations.REMEDY);
    }

    @Nullable
    Prefix prefix(Node value) {
        return parsed(value, Prefix::parse, "write a block such as `10.0.1.0/24`");
    }

    @Nullable
    Address address(Node value) {
        return parsed(value, Address::parse, "write an address such as `10.0.1.4`");
    }

    @Nullable
    Protocol protocol(Node value) {
        return parsed(value, Protocol::parse, "write `Tcp`, `Udp`, `Icmp`, `Esp`, `Ah` or `Any`");
    }

    /** {@code 1433}, {@code 11000-11999} or {@code Any}; a port alone may be a number. */
    @Nullable
    PortRange ports(Node value) {
        String remedy = "write a port such as 1433, a range such as 11000-11999, or `Any`";
        if (value instanceof Node.Num number) {
            return parsed(new Node.Str(value.place(), number.text()), PortRange::parse, remedy);
        }
        return parsed(
                value, text -> Ascii.equalsIgnoreCase(text, "any") ? PortRange.ANY : PortRange.parse(text), remedy);
    }

    /** One word of a closed list, in any case. */
    <T> @Nullable T word(Node value, ImmutableMap<String, T> words) {
        String text = text(value);
        if (text == null) return null;
        for (Map.Entry<String, T> word : words.entrySet()) {
            if (word.getKey().equalsIgnoreCase(text)) return word.getValue();
        }
        return wrong(
                value.place(),
                Printable.quoted(text) + " is none of the words that can stand here",
                Nearest.to(text, words.keySet())
                        .map(near -> "did you mean `" + near + "`?")
                        .orElseGet(() -> "write `" + String.join("`, `", words.keySet()) + "`"));
    }

    /** The words of an enum, in the order of its constants. */
    static <E> ImmutableMap<String, E> words(E[] constants, Function<E, String> word) {
        ImmutableMap.Builder<String, E> words = ImmutableMap.builder();
        for (E constant : constants) words.put(word.apply(constant), constant);
        return words.buildOrThrow();
    }

    private <T> @Nullable T parsed(Node value, Function<String, T> parse, String remedy) {
        String text = text(value);
        if (text == null) return null;
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            return wrong(value.place(), String.valueOf(e.getMessage()), remedy);
        }
    }

    /** Reports a problem and gives null, in whatever type the caller returns. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    <T> @Nullable T wrong(Place place, String problem, String remedy) {
        problems.add(place, problem, remedy);
        return null;
    }

    /** What stands there, in a user's words. */
    static String kind(Node value) {
        if (value instanceof Node.Obj) return "an object";
        if (value instanceof Node.Arr) return "a list";
        if (value instanceof Node.Str) return "text";
        if (value instanceof Node.Num) return "a number";
        if (value instanceof Node.Bool) return "`true` or `false`";
        return "nothing";
    }
}
