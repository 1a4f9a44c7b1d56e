package dev.mipath.compile;

import dev.mipath.net.Address;

/**
 * Public addresses that the input does not give. Those handed out are of 203.0.113.0/24 and what follows, which is kept
 * for examples (RFC 5737), so that nobody takes one for a real address.
 */
final class PublicAddresses {
    private static final int FIRST = 0xCB00_7104;

    private int handedOut;

    Address next() {
        return Address.v4(FIRST + handedOut++);
    }
}
