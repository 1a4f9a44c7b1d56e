package dev.mipath.engine;

import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens at a time of its own.
 *
 * @param at when, in nanoseconds
 * @param action what
 */
public record TimedAction(long at, Action action) {
    public TimedAction {
        if (at < 0) throw new IllegalArgumentException("nothing happens before the start");
    }

    /**
     * A place where packets pass.
     *
     * @param element the element's name
     * @param next the name of the element behind, or null for all that the element passes on or takes
     */
    public record Link(String element, @Nullable String next) {}

    /** What can happen; the networks' own changes are in {@link NetworkTimeline}. Elements go by their names. */
    public sealed interface Action {
        /** A machine stops: what it served is cut, and nothing answers any more. */
        record Crash(String element) implements Action {}

        /** A machine that stopped serves again; it knows nothing of what was before, and says so with a reset. */
        record Start(String element) implements Action {}

        /** A machine stops and serves again {@code down} nanoseconds later. */
        record Restart(String element, long down) implements Action {}

        /** A gateway fails its probe and takes nothing new; what it serves goes on. */
        record Drain(String element) implements Action {}

        /** Packets vanish on a link. */
        record Partition(Link link) implements Action {}

        /** Packets wait on a link until they are released. */
        record Hold(Link link) implements Action {}

        /** Packets wait on a link for {@code time} nanoseconds; then they go on, and new ones pass. */
        record Clog(Link link, long time) implements Action {}

        /** The waiting packets go on, and new ones pass. */
        record Release(Link link) implements Action {}

        /** The link is as it was at the start. */
        record Repair(Link link) implements Action {}

        /** A link takes {@code extra} nanoseconds more. */
        record Slow(Link link, long extra) implements Action {}

        /** A link loses {@code numerator} packets of {@code denominator} at random. */
        record Lose(Link link, int numerator, int denominator) implements Action {}

        /** The certificate that an instance shows is revoked: who checks closes the connection. */
        record Revoke(String instance) implements Action {}

        /** The instance's certificate is good again. */
        record Renew(String instance) implements Action {}

        /** The next node of an instance becomes the primary; sessions on the old one are cut. */
        record FailOver(String instance) implements Action {}

        /**
         * A name leads elsewhere from now on, as the listener of a failover group does (fact 4.51): to an address, or to an
         * instance, whose gateways then take the name in a login for it.
         */
        record MoveName(
                String name, @Nullable Address to, @Nullable String instance) implements Action {
            public MoveName {
                if ((to == null) == (instance == null)) {
                    throw new IllegalArgumentException("a name leads to an address or to an instance");
                }
            }

            /** A name leads to an address. */
            public MoveName(String name, Address to) {
                this(name, to, null);
            }

            /** The address or the instance's name. */
            public String target() {
                return to == null ? String.valueOf(instance) : to.toString();
            }
        }

        /** Each gateway works on so many logins at a time. */
        record ScaleGateways(int servers) implements Action {}
    }
}
