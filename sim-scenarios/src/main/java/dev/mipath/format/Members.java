package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members of one object while it is written; what is null or empty is left out. */
final class Members {
    private final ImmutableList.Builder<Node.Member> members = ImmutableList.builder();

    /** A text as a value. */
    static Node text(String text) {
        return new Node.Str(Place.PLATFORM, text);
    }

    /** A number as a value. */
    static Node number(int number) {
        return new Node.Num(Place.PLATFORM, Integer.toString(number));
    }

    /** A truth value. */
    static Node truth(boolean truth) {
        return new Node.Bool(Place.PLATFORM, truth);
    }

    /** {@code {name: value}}. */
    static Node only(String name, Node value) {
        return new Members().put(name, value).build();
    }

    /** A known value as the function writes it, an unknown one as {@code {unknown: what}}. */
    static <T> Node given(Given<T> given, Function<T, Node> write) {
        if (given instanceof Given.Unknown<T> unknown) return only("unknown", text(unknown.what()));
        return given.value().map(write).orElseThrow();
    }

    /** A list of values. */
    static <T> Node list(List<T> items, Function<T, Node> write) {
        return new Node.Arr(Place.PLATFORM, items.stream().map(write).collect(ImmutableList.toImmutableList()));
    }

    @CanIgnoreReturnValue
    Members put(String name, @Nullable Node value) {
        if (value != null) members.add(new Node.Member(name, Place.PLATFORM, value));
        return this;
    }

    @CanIgnoreReturnValue
    Members put(String name, @Nullable String text) {
        return put(name, text == null ? null : text(text));
    }

    @CanIgnoreReturnValue
    <T> Members put(String name, @Nullable Given<T> given, Function<T, Node> write) {
        return put(name, given == null ? null : given(given, write));
    }

    /** A truth value that is left out when it is the usual one. */
    @CanIgnoreReturnValue
    Members flag(String name, Given<Boolean> given, boolean usual) {
        return given.is(usual) ? this : put(name, given, Members::truth);
    }

    /** A list that is left out when it is empty. */
    @CanIgnoreReturnValue
    <T> Members listed(String name, List<T> items, Function<T, Node> write) {
        return items.isEmpty() ? this : put(name, list(items, write));
    }

    /** Members that another writes. */
    @CanIgnoreReturnValue
    Members also(Consumer<Members> writer) {
        writer.accept(this);
        return this;
    }

    Node.Obj build() {
        return new Node.Obj(Place.PLATFORM, members.build());
    }
}
