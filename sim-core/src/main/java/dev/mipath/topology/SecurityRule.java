package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;

/**
 * A security rule as declared (facts 1.7 to 1.14).
 *
 * @param name the bare name
 * @param place where the rule begins
 * @param priority 100..4096 in real input; lower wins
 * @param direction the list the rule belongs to
 * @param access what it does with a flow it matches
 * @param match the flows it matches
 * @param present true, or unknown when a condition decides whether the rule exists at all
 */
public record SecurityRule(
        String name,
        Place place,
        Given<Integer> priority,
        Given<Direction> direction,
        Given<Access> access,
        Match match,
        Given<Boolean> present) {

    /** A rule that certainly exists. */
    public SecurityRule(
            String name,
            Place place,
            Given<Integer> priority,
            Given<Direction> direction,
            Given<Access> access,
            Match match) {
        this(name, place, priority, direction, access, match, Given.of(true));
    }

    /**
     * The 5-tuple condition of a rule: each field is a union of its entries, and all fields must match.
     *
     * @param protocol the protocol, {@link Protocol#ANY} for {@code *}
     * @param source the source addresses
     * @param sourcePorts the source ports
     * @param destination the destination addresses
     * @param destinationPorts the destination ports
     */
    public record Match(
            Given<Protocol> protocol,
            ImmutableList<AddressTerm> source,
            ImmutableList<Given<PortRange>> sourcePorts,
            ImmutableList<AddressTerm> destination,
            ImmutableList<Given<PortRange>> destinationPorts) {

        /** Every flow. */
        public static final Match ANY = new Match(
                Given.of(Protocol.ANY),
                ImmutableList.of(new AddressTerm.Any()),
                ImmutableList.of(Given.of(PortRange.ANY)),
                ImmutableList.of(new AddressTerm.Any()),
                ImmutableList.of(Given.of(PortRange.ANY)));
    }
}
