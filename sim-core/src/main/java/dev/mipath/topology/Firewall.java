package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * A stateful firewall that routes lead through: Azure Firewall, or an appliance whose rules are known.
 *
 * @param id the identity
 * @param place where it begins
 * @param subnet the subnet it stands in; null for an appliance whose NIC is declared
 * @param privateIpAddress the address that routes name, or null when Azure assigns it
 * @param rules its rules in order of evaluation; what none lets pass is denied
 */
public record Firewall(
        ResourceId id,
        Place place,
        @Nullable Given<ResourceId> subnet,
        @Nullable Given<Address> privateIpAddress,
        ImmutableList<SecurityRule> rules)
        implements NetworkService {}
