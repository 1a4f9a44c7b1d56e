package dev.mipath.azure;

import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.profile.PlatformRanges;

/**
 * Everybody outside: whoever has a public address has it here, and nobody has a private one.
 *
 * <p>Models: next hop Internet, facts 2.2, 2.12 and trap 17 (read 2026-11-22).
 *
 * <p>Leaves out: address translation and default outbound access (facts 3.14 to 3.18).
 */
public final class Internet implements Element {
    private static final String NAME = "Internet";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        boolean known = PlatformRanges.PUBLIC_SPACE.contains(header.destination());
        return Decision.end(known ? Ending.DELIVERED : Ending.ROUTE_NO_PATH, 0);
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        return new Evidence.At(NAME, null);
    }
}
