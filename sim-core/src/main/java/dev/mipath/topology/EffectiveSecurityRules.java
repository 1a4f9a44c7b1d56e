package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.mipath.net.Prefix;

/**
 * A recorded answer of Azure: the rules one group really applies at one NIC or subnet.
 *
 * @param place where the answer begins
 * @param networkSecurityGroup the group
 * @param association the subnet or NIC it is associated with
 * @param rules the rules as answered, user and default, names without their {@code securityRules/} prefix
 * @param tagMap what each service tag stood for at that moment
 */
public record EffectiveSecurityRules(
        Place place,
        ResourceId networkSecurityGroup,
        ResourceId association,
        ImmutableList<SecurityRule> rules,
        ImmutableListMultimap<String, Prefix> tagMap) {}
