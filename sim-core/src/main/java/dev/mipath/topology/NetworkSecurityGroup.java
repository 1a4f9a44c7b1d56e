package dev.mipath.topology;

import com.google.common.collect.ImmutableList;

/**
 * A network security group: the customer's rules. The default rules are the platform's and not declared.
 *
 * @param id the identity
 * @param place where it begins
 * @param rules the rules of both directions in document order
 */
public record NetworkSecurityGroup(ResourceId id, Place place, ImmutableList<SecurityRule> rules)
        implements Identified {
    /** The same group with other rules. */
    public NetworkSecurityGroup withRules(ImmutableList<SecurityRule> newRules) {
        return new NetworkSecurityGroup(id, place, newRules);
    }
}
