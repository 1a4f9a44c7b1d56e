package dev.mipath.topology;

import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * A public address.
 *
 * @param id the identity
 * @param place where it begins
 * @param ipAddress the address, or null when Azure assigns it later
 */
public record PublicIpAddress(
        ResourceId id, Place place, @Nullable Given<Address> ipAddress) implements NetworkService {}
