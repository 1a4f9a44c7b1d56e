package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.Address;
import dev.mipath.topology.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the security groups at one place do with a flow; a projection of what the filters decided.
 *
 * @param access the verdict
 * @param group the security group, or collection of admin rules, that decided or may decide, or null
 * @param rule the rule that decided or may decide, or null
 * @param missing what would have to be known; empty unless the verdict is unknown
 */
public record FlowVerdict(
        Access access, @Nullable ResourceId group, @Nullable RuleFact rule, ImmutableList<String> missing) {

    /** The three answers. */
    public enum Access {
        ALLOW("Allow"),
        DENY("Deny"),
        UNKNOWN("Unknown");

        private final String word;

        Access(String word) {
            this.word = word;
        }

        /** Network Watcher's word. */
        public String word() {
            return word;
        }
    }

    /** No security group anywhere, and no admin rule: everything passes (fact 1.4). */
    public static FlowVerdict unfiltered() {
        return new FlowVerdict(Access.ALLOW, null, null, ImmutableList.of());
    }

    /** No declared subnet holds the address. */
    public static FlowVerdict nowhere(Address address) {
        return new FlowVerdict(Access.UNKNOWN, null, null, ImmutableList.of("a subnet that holds " + address));
    }

    /** The verdict of the filter that was asked last. */
    public static FlowVerdict of(long decision, Evidence why) {
        if (why instanceof Evidence.RuleMatched matched) {
            RuleFact rule = matched.rule();
            return new FlowVerdict(
                    Decision.forwards(decision) ? Access.ALLOW : Access.DENY, rule.group(), rule, ImmutableList.of());
        }
        if (why instanceof Evidence.RuleUndetermined open) {
            return new FlowVerdict(Access.UNKNOWN, open.group(), open.maybe(), open.missing());
        }
        if (why instanceof Evidence.PlatformAddress platform) {
            return new FlowVerdict(Access.ALLOW, platform.group(), null, ImmutableList.of());
        }
        throw new IllegalArgumentException("a filter does not decide by " + why);
    }

    private String holder() {
        return rule != null && rule.isAdmin() ? "adminRuleCollection" : "networkSecurityGroup";
    }

    /** The members of the JSON answer, in order. */
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("access", access.word());
        if (access == Access.UNKNOWN) {
            members.put("missing", missing);
            if (rule != null && !Words.isPlaceholder(rule.rule().name()))
                members.put("possibleRule", rule.qualifiedName());
            if (group != null) members.put(holder(), group.name());
            return members;
        }
        members.put("ruleName", rule == null ? null : rule.qualifiedName());
        if (group != null) members.put(holder(), group.name());
        if (rule != null) members.put("priority", rule.rule().priority().value().orElse(null));
        return members;
    }
}
