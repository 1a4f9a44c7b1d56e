package dev.mipath.topology;

import com.google.common.collect.ImmutableList;

/**
 * A collection of security admin rules of Azure Virtual Network Manager: they run before the security groups of the VNets
 * they are for (fact 1.30).
 *
 * @param id the identity
 * @param place where it begins
 * @param vnets the VNets it is for
 * @param onInstances what it does in VNets with managed instances
 * @param rules the rules
 */
public record AdminRules(
        ResourceId id,
        Place place,
        ImmutableList<Given<ResourceId>> vnets,
        Reach onInstances,
        ImmutableList<Rule> rules)
        implements NetworkService {
    /**
     * One rule.
     *
     * @param rule when it matches, and whether it allows or denies
     * @param always whether what it allows is not asked of security groups any more
     */
    public record Rule(SecurityRule rule, boolean always) {}

    /** What happens in a VNet whose services have network intent policies, as managed instances do. */
    public enum Reach {
        /** Nothing applies there, which is the default. */
        NONE("None"),
        /** Only what allows applies there. */
        ALLOW_RULES_ONLY("AllowRulesOnly"),
        /** Everything applies there. */
        ALL("All");

        private final String azureName;

        Reach(String azureName) {
            this.azureName = azureName;
        }

        /** Azure's word. */
        public String azureName() {
            return azureName;
        }
    }
}
