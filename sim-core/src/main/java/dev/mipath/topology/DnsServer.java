package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;

/**
 * A DNS server of the customer's, as people describe it: no file of Azure tells how it answers.
 *
 * @param id the identity
 * @param place where it begins
 * @param address its address
 * @param forwardsTo where it asks for names it does not know itself
 * @param records the names it answers by itself
 */
public record DnsServer(
        ResourceId id, Place place, Address address, Forwarding forwardsTo, ImmutableList<PrivateDnsZone.Entry> records)
        implements NetworkService {
    /** Where a server asks for names that it does not know itself. */
    public enum Forwarding {
        /** Azure's own resolver, which knows the private zones of the server's VNet. */
        AZURE("Azure"),
        /** Public DNS. */
        PUBLIC("Public"),
        /** Nowhere: it answers for its own names only. */
        NOTHING("Nothing");

        private final String word;

        Forwarding(String word) {
            this.word = word;
        }

        /** How it is written. */
        public String word() {
            return word;
        }
    }
}
