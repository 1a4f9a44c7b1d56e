package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Prefix;

/**
 * An on-premises site as Azure knows it.
 *
 * @param id the identity
 * @param place where it begins
 * @param addressPrefixes the site's ranges
 */
public record LocalNetworkGateway(ResourceId id, Place place, ImmutableList<Given<Prefix>> addressPrefixes)
        implements Identified {}
