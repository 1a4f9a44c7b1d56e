package dev.mipath.compile;

import dev.mipath.net.Address;

/**
 * Public addresses that the input does not give. Those handed out are of 203.0.113.0/24 and what follows, which is kept
 * for examples (RFC 5737), so that nobody takes one for a real address.
 */
final class PublicAddresses {
    private static final int FIRST = 0xCB00_7104;

    /** 198.51.100.4: a block of the same kind. */
    private static final int FIRST_OF_MANAGEMENT = 0xC633_6404;

    private int handedOut;
    private int handedToManagement;

    Address next() {
        return Address.v4(FIRST + handedOut++);
    }

    /** An address for a management endpoint. */
    Address nextOfManagement() {
        return Address.v4(FIRST_OF_MANAGEMENT + handedToManagement++);
    }
}
