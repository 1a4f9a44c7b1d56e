package dev.mipath.topology;

import dev.mipath.net.Prefix;
import org.jspecify.annotations.Nullable;

/** One entry of the source or destination of a security rule. */
public sealed interface AddressTerm {
    /** Every address of both families; Azure writes {@code *} or {@code Any}. */
    record Any() implements AddressTerm {
        @Override
        public String toString() {
            return "*";
        }
    }

    /**
     * A block of addresses.
     *
     * @param prefix the block
     */
    record Block(Prefix prefix) implements AddressTerm {
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
     * A service tag; what it stands for depends on the subnet and on the loaded tags.
     *
     * @param name the tag as written; compared without case (trap 25)
     */
    record Tag(String name) implements AddressTerm {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The members of an application security group.
     *
     * @param id the group
     */
    record Group(ResourceId id) implements AddressTerm {
        @Override
        public String toString() {
            return id.name();
        }
    }

    /**
     * An entry whose value the input does not give.
     *
     * @param what what would have to be known
     * @param place where it would stand
     */
    record Unknown(String what, Place place) implements AddressTerm {
        @Override
        public String toString() {
            return "unknown: " + what;
        }
    }
}
