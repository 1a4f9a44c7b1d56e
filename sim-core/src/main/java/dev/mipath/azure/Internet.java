package dev.mipath.azure;

import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.lookup.LpmTable;
import dev.mipath.profile.PlatformRanges;

/**
 * Everybody outside: whoever has a public address has it here, and nobody has a private one. What is for a public address
 * of the network itself is handed back to it.
 *
 * <p>Models: next hop Internet, facts 2.2, 2.12 and trap 17 (read 2026-11-22).
 */
public final class Internet implements Element {
    /** What people call it. */
    public static final String NAME = "Internet";

    private final LpmTable frontends;

    /** {@code frontends} leads from the network's own public addresses to the elements that answer for them. */
    public Internet(LpmTable frontends) {
        this.frontends = frontends;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        int frontend = header.v6()
                ? frontends.match(header.destinationHigh(), header.destinationLow())
                : frontends.match((int) header.destinationLow());
        if (frontend != LpmTable.NONE) return Decision.forward(frontend, 0);
        boolean known = header.destinationIn(PlatformRanges.PUBLIC_SPACE);
        return Decision.end(known ? Ending.DELIVERED : Ending.ROUTE_NO_PATH, 0);
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        return new Evidence.At(NAME, null);
    }
}
