package dev.mipath.topology;

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
 */
public record ManagedInstance(
        ResourceId id,
        Place place,
        Given<ResourceId> subnet,
        @Nullable String fullyQualifiedDomainName,
        @Nullable String dnsZone,
        @Nullable Given<String> proxyOverride,
        Given<Boolean> publicDataEndpointEnabled,
        @Nullable Given<String> tier) {
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
                tier);
    }
}
