package dev.mipath.forwarding;

import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import org.jspecify.annotations.Nullable;

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

    // Written out: what the compiler generates for records is linked at run time, which costs a cold start dearly.
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) return true;
        return other instanceof RuleFact that
                && isDefault == that.isDefault
                && rule.name().equals(that.rule.name())
                && group.equals(that.group)
                && rule.equals(that.rule);
    }

    @Override
    public int hashCode() {
        return group.hashCode() * 31 + rule.name().hashCode();
    }
}
