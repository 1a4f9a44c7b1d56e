package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * Something outside, or on a machine, that instances connect to: a storage account, a linked server.
 *
 * @param id the identity
 * @param place where it begins
 * @param service the built-in dependency it is one of, such as {@code storage}; null for anything else
 * @param address its address
 * @param hostName the name by which it is looked up, or null
 * @param ports its TCP ports; empty for those of the built-in dependency, or 1433
 * @param location its region, when it is a service of Azure's; null when the input does not say
 * @param tlsVersion the newest version of TLS that it speaks, such as {@code 1.0}; null for a new one
 * @param firewall whom it lets in; null when it lets in everybody
 */
public record ExternalService(
        ResourceId id,
        Place place,
        @Nullable String service,
        Given<Address> address,
        @Nullable String hostName,
        ImmutableList<Integer> ports,
        @Nullable Given<String> location,
        @Nullable String tlsVersion,
        @Nullable Firewall firewall)
        implements NetworkService {
    /**
     * The firewall of a service, as storage accounts have it.
     *
     * @param allowedAddresses the public addresses that it lets in
     * @param allowedSubnets the subnets that it lets in by their service endpoints
     */
    public record Firewall(ImmutableList<Given<Prefix>> allowedAddresses, ImmutableList<ResourceId> allowedSubnets) {}
}
