package dev.mipath.topology;

import com.google.common.collect.ImmutableList;

/**
 * A NAT gateway (fact 3.17).
 *
 * @param id the identity
 * @param place where it begins
 * @param publicIpAddresses the public addresses it gives to flows
 */
public record NatGateway(ResourceId id, Place place, ImmutableList<ResourceId> publicIpAddresses)
        implements NetworkService {}
