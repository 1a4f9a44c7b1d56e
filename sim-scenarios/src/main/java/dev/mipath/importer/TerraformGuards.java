package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Firewalls with their policies and rules, and the security admin rules of network managers, of Terraform in Azure's words.
 * The rules of a firewall without a policy are resources of their own here and stand inside the firewall there.
 */
final class TerraformGuards {
    private static final String NETWORK_RULES = "network_rule_collection";
    private static final String APPLICATION_RULES = "application_rule_collection";
    private static final String NAT_RULES = "nat_rule_collection";

    private final TerraformIds ids;
    private final ImmutableList<TerraformInstance> instances;

    TerraformGuards(TerraformIds ids, ImmutableList<TerraformInstance> instances) {
        this.ids = ids;
        this.instances = instances;
    }

    /** The body of a resource of these types; null for every other type. */
    Node.@Nullable Obj body(TerraformInstance instance) {
        return switch (instance.type()) {
            case "azurerm_firewall" -> firewall(instance);
            case "azurerm_firewall_policy" ->
                named(instance)
                        .refer("basePolicy", ids.reference(instance, List.of("base_policy_id"), TerraformIds.POLICY))
                        .build();
            case "azurerm_firewall_policy_rule_collection_group" -> group(instance);
            case "azurerm_network_manager", "azurerm_network_manager_network_group" ->
                named(instance).build();
            case "azurerm_network_manager_static_member" ->
                named(instance)
                        .put(
                                "resourceId",
                                ids.reference(instance, List.of("target_virtual_network_id"), TerraformIds.VNET))
                        .build();
            case "azurerm_network_manager_security_admin_configuration" ->
                named(instance)
                        .copy(
                                "apply_on_network_intent_policy_based_services",
                                "applyOnNetworkIntentPolicyBasedServices")
                        .build();
            case "azurerm_network_manager_admin_rule_collection" -> adminCollection(instance);
            case "azurerm_network_manager_admin_rule" -> adminRule(instance);
            default -> null;
        };
    }

    private static TerraformBody named(TerraformInstance instance) {
        return of(instance.values()).copy("name", "name");
    }

    private static TerraformBody of(Node.Obj values) {
        return new TerraformBody(values, values.place());
    }

    /** Objects translated one by one; what is not known stays as it is. */
    private static Node.Arr each(Node.Obj from, String block, Function<Node.Obj, Node> translated) {
        ImmutableList.Builder<Node> all = ImmutableList.builder();
        Node list = from.get(block);
        List<Node> items = list instanceof Node.Arr array ? array.items() : list == null ? List.of() : List.of(list);
        for (Node item : items) {
            if (item instanceof Node.Obj object) all.add(translated.apply(object));
            else if (!(item instanceof Node.Null)) all.add(item);
        }
        return new Node.Arr(list == null ? from.place() : list.place(), all.build());
    }

    private Node.Obj firewall(TerraformInstance firewall) {
        int[] number = {0};
        Node.Arr configurations = each(
                firewall.values(),
                "ip_configuration",
                block -> of(block)
                        .copy("name", "name")
                        .put("privateIPAddress", known(block.get("private_ip_address")))
                        .refer(
                                "subnet",
                                ids.reference(
                                        firewall,
                                        List.of("ip_configuration", Integer.toString(number[0]++), "subnet_id"),
                                        TerraformIds.SUBNET))
                        .build());
        return named(firewall)
                .put("ipConfigurations", configurations)
                .refer("firewallPolicy", ids.reference(firewall, List.of("firewall_policy_id"), TerraformIds.POLICY))
                .put("networkRuleCollections", own(firewall, "azurerm_firewall_network_rule_collection"))
                .put("applicationRuleCollections", own(firewall, "azurerm_firewall_application_rule_collection"))
                .put("natRuleCollections", own(firewall, "azurerm_firewall_nat_rule_collection"))
                .build();
    }

    /** An address that Azure gives at apply is assumed, as in a template. */
    private static @Nullable Node known(@Nullable Node address) {
        return address instanceof Node.Str text && !text.text().isEmpty() ? text : null;
    }

    /** The rule collections that name this firewall. */
    private static boolean isOf(TerraformInstance collection, TerraformInstance firewall) {
        @Nullable String name = collection.text("azure_firewall_name");
        @Nullable String group = collection.text("resource_group_name");
        @Nullable String own = firewall.text("resource_group_name");
        boolean sameGroup = group == null || own == null || Ascii.equalsIgnoreCase(group, own);
        return name != null && Ascii.equalsIgnoreCase(name, TerraformIds.named(firewall, "name")) && sameGroup;
    }

    private Node.Arr own(TerraformInstance firewall, String type) {
        List<Node> all = new ArrayList<>();
        for (TerraformInstance each : instances) {
            if (!each.type().equals(type) || each.data() || !isOf(each, firewall)) continue;
            boolean application = type.contains("application");
            all.add(collection(each.values(), application ? TerraformGuards::application : TerraformGuards::network)
                    .build());
        }
        return new Node.Arr(firewall.place(), ImmutableList.copyOf(all));
    }

    private static TerraformBody collection(Node.Obj values, Function<Node.Obj, Node> rule) {
        TerraformBody body = of(values).copy("name", "name").copy("priority", "priority");
        Node action = values.get("action");
        if (action != null) body.put("action", TerraformBody.object("type", action));
        return body.put("rules", each(values, "rule", rule));
    }

    private Node.Obj group(TerraformInstance group) {
        ImmutableList.Builder<Node> all = ImmutableList.builder();
        add(group, NETWORK_RULES, "FirewallPolicyFilterRuleCollection", TerraformGuards::network, all);
        add(group, APPLICATION_RULES, "FirewallPolicyFilterRuleCollection", TerraformGuards::application, all);
        add(group, NAT_RULES, "FirewallPolicyNatRuleCollection", TerraformGuards::translation, all);
        return named(group)
                .copy("priority", "priority")
                .put("ruleCollections", new Node.Arr(group.place(), all.build()))
                .build();
    }

    private static void add(
            TerraformInstance group,
            String block,
            String type,
            Function<Node.Obj, Node> rule,
            ImmutableList.Builder<Node> all) {
        Node.Arr collections = each(
                group.values(),
                block,
                values -> collection(values, rule)
                        .put("ruleCollectionType", new Node.Str(values.place(), type))
                        .build());
        all.addAll(collections.items());
    }

    private static Node network(Node.Obj rule) {
        return of(rule).copy("name", "name")
                .put("ruleType", new Node.Str(rule.place(), "NetworkRule"))
                .copy("protocols", "ipProtocols")
                .copy("source_addresses", "sourceAddresses")
                .copy("source_ip_groups", "sourceIpGroups")
                .copy("destination_addresses", "destinationAddresses")
                .copy("destination_ip_groups", "destinationIpGroups")
                .copy("destination_fqdns", "destinationFqdns")
                .copy("destination_ports", "destinationPorts")
                .build();
    }

    /** A rule by names; a firewall's own has other words than a policy's. */
    private static Node application(Node.Obj rule) {
        String protocols = rule.get("protocols") == null ? "protocol" : "protocols";
        return of(rule).copy("name", "name")
                .put("ruleType", new Node.Str(rule.place(), "ApplicationRule"))
                .put(
                        "protocols",
                        each(
                                rule,
                                protocols,
                                protocol -> of(protocol)
                                        .copy("type", "protocolType")
                                        .copy("port", "port")
                                        .build()))
                .copy("source_addresses", "sourceAddresses")
                .copy("source_ip_groups", "sourceIpGroups")
                .copy("destination_addresses", "destinationAddresses")
                .copy(rule.get("target_fqdns") == null ? "destination_fqdns" : "target_fqdns", "targetFqdns")
                .copy(rule.get("fqdn_tags") == null ? "destination_fqdn_tags" : "fqdn_tags", "fqdnTags")
                .copy("destination_urls", "targetUrls")
                .copy("web_categories", "webCategories")
                .build();
    }

    private static Node translation(Node.Obj rule) {
        return of(rule).copy("name", "name")
                .put("ruleType", new Node.Str(rule.place(), "NatRule"))
                .build();
    }

    private Node.Obj adminCollection(TerraformInstance collection) {
        ImmutableList.Builder<Node> groups = ImmutableList.builder();
        Node named = ids.references(collection, List.of("network_group_ids"), TerraformIds.NETWORK_GROUP);
        if (named instanceof Node.Arr all) {
            for (Node group : all.items()) groups.add(TerraformBody.object("networkGroupId", group));
        } else if (named != null) {
            groups.add(TerraformBody.object("networkGroupId", named));
        }
        return named(collection)
                .put("appliesToGroups", new Node.Arr(collection.place(), groups.build()))
                .build();
    }

    private static Node.Obj adminRule(TerraformInstance rule) {
        return named(rule)
                .copy("action", "access")
                .copy("direction", "direction")
                .copy("protocol", "protocol")
                .copy("priority", "priority")
                .copy("source_port_ranges", "sourcePortRanges")
                .copy("destination_port_ranges", "destinationPortRanges")
                .put("sources", each(rule.values(), "source", TerraformGuards::prefix))
                .put("destinations", each(rule.values(), "destination", TerraformGuards::prefix))
                .build();
    }

    private static Node prefix(Node.Obj block) {
        return of(block)
                .copy("address_prefix", "addressPrefix")
                .copy("address_prefix_type", "addressPrefixType")
                .build();
    }
}
