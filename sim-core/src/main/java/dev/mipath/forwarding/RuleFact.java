package dev.mipath.forwarding;

import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import org.jspecify.annotations.Nullable;

/**
 * A security rule as one group applies it.
 *
 * @param group the security group
 * @param rule the rule, with the place it was declared at
 * @param kind whose rule it is
 */
public record RuleFact(ResourceId group, SecurityRule rule, Kind kind) {
    /** Whose rule a rule is. */
    public enum Kind {
        /** The customer's, of a security group or a firewall. */
        CUSTOMERS("securityRules/"),
        /** The platform's, behind all others. */
        DEFAULT("defaultSecurityRules/"),
        /** A security admin rule. */
        ADMIN("securityAdminRules/"),
        /** A security admin rule that allows past the security groups. */
        ALWAYS_ALLOW("securityAdminRules/");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** {@code securityRules/X} or {@code defaultSecurityRules/X}, as effective answers name it. */
    public String qualifiedName() {
        return kind.prefix + rule.name();
    }

    /** Whether it is one of the platform's default rules. */
    public boolean isDefault() {
        return kind == Kind.DEFAULT;
    }

    /** Whether it is a security admin rule. */
    public boolean isAdmin() {
        return kind == Kind.ADMIN || kind == Kind.ALWAYS_ALLOW;
    }

    // Written out: what the compiler generates for records is linked at run time, which costs a cold start dearly.
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) return true;
        return other instanceof RuleFact that
                && kind == that.kind
                && rule.name().equals(that.rule.name())
                && group.equals(that.group)
                && rule.equals(that.rule);
    }

    @Override
    public int hashCode() {
        return group.hashCode() * 31 + rule.name().hashCode();
    }
}
