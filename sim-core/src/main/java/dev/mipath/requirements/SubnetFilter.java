package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.azure.RuleList;
import dev.mipath.compile.AdminLayer;
import dev.mipath.compile.Compilation.Layer;
import dev.mipath.compile.SubnetTables;
import dev.mipath.space.Policy;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What filters a subnet's packets in one direction: security admin rules, and the security group behind them.
 *
 * @param admin the admin rules, or null when none hold
 * @param always those of them whose packets the group is not asked about
 * @param group the rules of the group, or null when none is attached
 */
record SubnetFilter(
        @Nullable RuleList admin,
        ImmutableSet<SecurityRule> always,
        @Nullable RuleList group) {
    static SubnetFilter of(SubnetTables tables, boolean inbound) {
        @Nullable AdminLayer admin = tables.admin();
        @Nullable Layer layer = tables.layer();
        return new SubnetFilter(
                admin == null ? null : inbound ? admin.inbound() : admin.outbound(),
                admin == null ? ImmutableSet.of() : admin.always(),
                layer == null ? null : inbound ? layer.inbound() : layer.outbound());
    }

    /** Whether nothing filters at all. */
    boolean isOpen() {
        return admin == null && group == null;
    }

    /** What becomes of packets; {@code granted} is taken for known though the input does not say it. */
    Policy policy(Set<String> granted) {
        Policy behind = group == null ? Policy.open() : Policy.of(group, granted);
        return admin == null ? behind : behind.behind(admin, always, granted);
    }

    /** The entries of the group, in order. */
    ImmutableList<RuleList.Entry> entries() {
        return group == null ? ImmutableList.of() : group.entries();
    }

    /** Whether rules of this resource are the network manager's, which no security group can overrule. */
    boolean isAdmin(ResourceId owner) {
        return admin != null
                && admin.entries().stream()
                        .anyMatch(entry -> entry.rule().group().equals(owner));
    }

    /** What to call it in a sentence. */
    String name() {
        RuleList named = group == null ? admin : group;
        return named == null ? "nothing" : named.group().name();
    }
}
