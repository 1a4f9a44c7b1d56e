package dev.mipath.topology;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A declared value, or the honest statement that the input does not give it.
 *
 * <p>Nothing may guess an unknown: an answer that depends on one is undetermined.
 *
 * @param <T> the type of the value
 */
public sealed interface Given<T> {
    /** The value that the input declares. */
    static <T> Given<T> of(T value) {
        return new Known<>(value);
    }

    /** A value that the input does not give. */
    static <T> Given<T> unknown(String what, Place place) {
        return new Unknown<>(what, place);
    }

    /** The value, or nothing when it is unknown. */
    Optional<T> value();

    /** The value, or the given one when it is unknown; only for display and for places where either is right. */
    default T orElse(T other) {
        return this instanceof Known<T> given ? given.known : other;
    }

    /** Whether the value is unknown. */
    default boolean isUnknown() {
        return this instanceof Unknown;
    }

    /** Whether the value is known and equals this one. */
    default boolean is(T expected) {
        return this instanceof Known<T> given && given.known.equals(expected);
    }

    /** Whether the value equals this one, or is unknown and so may equal it. */
    default boolean mayBe(T expected) {
        return isUnknown() || is(expected);
    }

    /** The value put through a function; an unknown stays the same unknown. */
    default <R> Given<R> map(Function<? super T, ? extends R> function) {
        if (this instanceof Unknown<T> unknown) return new Unknown<>(unknown.what(), unknown.place());
        return new Known<>(function.apply(value().orElseThrow()));
    }

    /**
     * A value the input declares.
     *
     * @param known the value
     */
    record Known<T>(T known) implements Given<T> {
        @Override
        public Optional<T> value() {
            return Optional.of(known);
        }

        // Written out: what the compiler generates for records is linked at run time, which costs a cold start dearly.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Known<?> that && known.equals(that.known);
        }

        @Override
        public int hashCode() {
            return known.hashCode();
        }

        @Override
        public String toString() {
            return known.toString();
        }
    }

    /**
     * A value the input does not give.
     *
     * @param what what would have to be known, such as {@code parameters('port')}; equal texts are equal unknowns
     * @param place where the value would stand
     */
    record Unknown<T>(String what, Place place) implements Given<T> {
        @Override
        public Optional<T> value() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "unknown: " + what;
        }
    }
}
