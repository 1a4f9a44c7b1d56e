package dev.mipath.topology;

import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * A SQL managed instance as declared (facts §6, 8.23, 8.24).
 *
 * @param id the identity
 * @param place where it begins
 * @param subnet the subnet it is deployed in
 * @param fullyQualifiedDomainName its host name, or null while it is being created
 * @param dnsZone its zone id, or null when the input does not say
 * @param proxyOverride {@code Proxy}, {@code Redirect} or {@code Default}; null when absent
 * @param publicDataEndpointEnabled whether the public endpoint is on
 * @param tier the service tier, such as {@code GeneralPurpose}; null when the input does not say
 * @param managementIpAddress the public address of its cluster's management endpoint (fact 4.32); null when absent
 * @param dnsZonePartner the instance whose DNS zone it was made with (fact 4.50); null when absent
 */
public record ManagedInstance(
        ResourceId id,
        Place place,
        Given<ResourceId> subnet,
        @Nullable String fullyQualifiedDomainName,
        @Nullable String dnsZone,
        @Nullable Given<String> proxyOverride,
        Given<Boolean> publicDataEndpointEnabled,
        @Nullable Given<String> tier,
        @Nullable Given<Address> managementIpAddress,
        @Nullable Given<ResourceId> dnsZonePartner)
        implements Identified {
    /** An instance of which the input does not give the management endpoint's address, as none of Azure's files does. */
    public ManagedInstance(
            ResourceId id,
            Place place,
            Given<ResourceId> subnet,
            @Nullable String fullyQualifiedDomainName,
            @Nullable String dnsZone,
            @Nullable Given<String> proxyOverride,
            Given<Boolean> publicDataEndpointEnabled,
            @Nullable Given<String> tier) {
        this(
                id,
                place,
                subnet,
                fullyQualifiedDomainName,
                dnsZone,
                proxyOverride,
                publicDataEndpointEnabled,
                tier,
                null,
                null);
    }

    /** The same instance with another connection type. */
    public ManagedInstance withProxyOverride(String connectionType) {
        return new ManagedInstance(
                id,
                place,
                subnet,
                fullyQualifiedDomainName,
                dnsZone,
                Given.of(connectionType),
                publicDataEndpointEnabled,
                tier,
                managementIpAddress,
                dnsZonePartner);
    }

    /** The same instance in another service tier. */
    public ManagedInstance withTier(String newTier) {
        return new ManagedInstance(
                id,
                place,
                subnet,
                fullyQualifiedDomainName,
                dnsZone,
                proxyOverride,
                publicDataEndpointEnabled,
                Given.of(newTier),
                managementIpAddress,
                dnsZonePartner);
    }
}
