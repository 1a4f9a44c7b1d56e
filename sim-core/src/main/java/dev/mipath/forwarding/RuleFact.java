package dev.mipath.forwarding;

import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;

/**
 * A security rule as one group applies it.
 *
 * @param group the security group
 * @param rule the rule, with the place it was declared at
 * @param isDefault whether it is one of the platform's default rules
 */
public record RuleFact(ResourceId group, SecurityRule rule, boolean isDefault) {
    /** {@code securityRules/X} or {@code defaultSecurityRules/X}, as effective answers name it. */
    public String qualifiedName() {
        return (isDefault ? "defaultSecurityRules/" : "securityRules/") + rule.name();
    }
}
