package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;

/**
 * Traffic that an instance needs to be well: the specification says that harm to it makes the instance fail and become
 * unavailable.
 *
 * @param instance the instance's resource name
 * @param name what people call the other side, such as {@code SqlManagement} or {@code storage}
 * @param direction who calls whom
 * @param other the address of the other side
 * @param ports the ports, in order
 */
public record Upkeep(String instance, String name, Direction direction, Address other, ImmutableList<Integer> ports) {
    /** Who calls whom. */
    public enum Direction {
        /** The management plane calls the instance's management endpoint (fact 4.31). */
        MANAGEMENT,
        /** The instance calls a service that it depends on (facts 4.22, 4.27, 4.59). */
        DEPENDENCY
    }
}
