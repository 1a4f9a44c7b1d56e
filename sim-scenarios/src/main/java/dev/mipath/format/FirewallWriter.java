package dev.mipath.format;

import dev.mipath.net.Address;
import dev.mipath.topology.Access;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import org.jspecify.annotations.Nullable;

/** Writes firewalls and security admin rules. */
final class FirewallWriter {
    private final IdentityWriter identities;
    private final RuleWriter rules;

    FirewallWriter(IdentityWriter identities) {
        this.identities = identities;
        this.rules = new RuleWriter(identities);
    }

    void write(Topology topology, Members members) {
        members.listed("firewalls", topology.services(Firewall.class), this::firewall)
                .listed("adminRules", topology.services(AdminRules.class), this::adminRules);
    }

    private Node firewall(Firewall firewall) {
        @Nullable Given<ResourceId> subnet = firewall.subnet();
        @Nullable Given<Address> address = firewall.privateIpAddress();
        return identities
                .named(ResourceKind.FIREWALL, firewall.id())
                .put("subnet", subnet == null ? null : identities.given(ResourceKind.SUBNET, subnet))
                .put("privateIpAddress", address, known -> Members.text(known.toString()))
                .listed("rules", firewall.rules(), this::firewallRule)
                .build();
    }

    private Node firewallRule(SecurityRule rule) {
        Members members = new Members().put("name", rule.name()).put("priority", rule.priority(), Members::number);
        if (!rule.access().is(Access.ALLOW)) {
            members.put("access", rule.access(), access -> Members.text(access.azureName()));
        }
        return rules.match(members, rule).build();
    }

    private Node adminRules(AdminRules collection) {
        boolean usual = collection.onInstances() == AdminRules.Reach.NONE;
        return identities
                .named(ResourceKind.ADMIN_RULES, collection.id())
                .listed("vnets", collection.vnets(), vnet -> identities.given(ResourceKind.VNET, vnet))
                .put("onInstances", usual ? null : collection.onInstances().azureName())
                .listed("rules", collection.rules(), this::adminRule)
                .build();
    }

    private Node adminRule(AdminRules.Rule rule) {
        SecurityRule own = rule.rule();
        Members members = new Members()
                .put("name", own.name())
                .put("priority", own.priority(), Members::number)
                .put("direction", own.direction(), direction -> Members.text(direction.azureName()));
        Given<Access> access = own.access();
        if (rule.always()) members.put("access", FirewallReader.ALWAYS);
        else members.put("access", access, does -> Members.text(does.azureName()));
        return rules.match(members, own).build();
    }
}
