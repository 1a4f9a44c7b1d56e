package dev.mipath.topology;

import dev.mipath.net.Prefix;
import org.jspecify.annotations.Nullable;

/** The destinations of a user-defined route. */
public sealed interface RouteDestination {
    /**
     * A block of addresses.
     *
     * @param prefix the block
     */
    record Block(Prefix prefix) implements RouteDestination {
        @Override
        public String toString() {
            return prefix.toString();
        }

        // Written out for the sake of a cold start, as in Given.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Block that && prefix.equals(that.prefix);
        }

        @Override
        public int hashCode() {
            return prefix.hashCode();
        }
    }

    /**
     * A service tag, which Azure expands into its prefixes before it chooses (facts 2.14, 2.15).
     *
     * @param name the tag as written; compared without case
     */
    record Tag(String name) implements RouteDestination {
        @Override
        public String toString() {
            return name;
        }
    }
}
