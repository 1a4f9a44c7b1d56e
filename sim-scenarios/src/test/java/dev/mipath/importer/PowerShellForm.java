package dev.mipath.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Get-Az… | ConvertTo-Json} makes of an answer of Azure Resource Manager, as the modules' models lay it out:
 * names with capitals, no {@code properties}, null for what is absent, a list where a model has one. It shares nothing with
 * the importer.
 */
final class PowerShellForm {
    /** What models of rules and subnets hold in lists, where the answer may have one value. */
    private static final Set<String> LISTS = Set.of(
            "sourcePortRange",
            "destinationPortRange",
            "sourceAddressPrefix",
            "destinationAddressPrefix",
            "addressPrefix");

    private PowerShellForm() {}

    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> answer) {
        String type = String.valueOf(answer.get("type"));
        Map<String, @Nullable Object> properties = Json.members(answer.get("properties"));
        String name = String.valueOf(answer.get("name"));
        String id = String.valueOf(answer.get("id"));
        if (type.contains("/privateDnsZones")) return ofZone(type, name, id, properties);
        if (type.endsWith("/ruleCollectionGroups")) return ofRuleGroup(name, id, properties);
        boolean rules = type.endsWith("networkSecurityGroups") || type.endsWith("virtualNetworks");
        Map<String, @Nullable Object> model = flat(properties, rules);
        boolean instance = type.endsWith("managedInstances");
        model.put(instance ? "ManagedInstanceName" : "Name", name);
        model.put("Id", id);
        model.put("Etag", answer.get("etag"));
        model.put("ResourceGroupName", "g1");
        model.put("Location", answer.get("location"));
        if (answer.get("sku") != null) model.put("Sku", value(answer.get("sku"), false));
        if (type.endsWith("publicIPAddresses")) model.putIfAbsent("IpAddress", "Not Assigned");
        if (type.endsWith("connections")) model.putIfAbsent("LocalNetworkGateway2", null);
        model.put("Tag", null);
        return model;
    }

    /** PSPrivateDnsZone, PSPrivateDnsVirtualNetworkLink and PSPrivateDnsRecordSet. */
    private static Map<String, @Nullable Object> ofZone(
            String type, String name, String id, Map<String, @Nullable Object> properties) {
        Map<String, @Nullable Object> model = Json.of("Name", name, "ResourceGroupName", "g1", "Etag", "W/1");
        model.put(type.endsWith("/A") || type.endsWith("/SOA") ? "Id" : "ResourceId", id);
        if (type.endsWith("/virtualNetworkLinks")) {
            model.put("ZoneName", "z");
            model.put(
                    "VirtualNetworkId",
                    Json.members(properties.get("virtualNetwork")).get("id"));
            model.put("RegistrationEnabled", properties.get("registrationEnabled"));
        } else if (type.endsWith("/A")) {
            model.put("ZoneName", "z");
            model.put("Ttl", properties.get("ttl"));
            model.put("RecordType", 0);
            model.put("Records", value(properties.get("aRecords"), false));
            model.put("Metadata", null);
        } else {
            model.put("NumberOfRecordSets", properties.get("numberOfRecordSets"));
        }
        return model;
    }

    /** PSAzureFirewallPolicyRuleCollectionGroupWrapper around PSAzureFirewallPolicyRuleCollectionGroup. */
    private static Map<String, @Nullable Object> ofRuleGroup(
            String name, String id, Map<String, @Nullable Object> properties) {
        List<@Nullable Object> collections = new ArrayList<>();
        for (Object item : (List<?>) properties.getOrDefault("ruleCollections", List.of())) {
            Map<String, @Nullable Object> collection = flat(Json.members(item), false);
            List<@Nullable Object> rules = new ArrayList<>();
            for (Object rule : (List<?>) collection.getOrDefault("Rules", List.of())) {
                Map<String, @Nullable Object> model = Json.members(rule);
                Object protocols = model.remove("IpProtocols");
                if (protocols != null) model.put("protocols", protocols);
                rules.add(model);
            }
            collection.remove("Rules");
            collection.put("rules", rules);
            collections.add(collection);
        }
        return Json.of(
                "name",
                name,
                "properties",
                Json.of(
                        "Priority",
                        properties.get("priority"),
                        "ruleCollection",
                        collections,
                        "Name",
                        name,
                        "Etag",
                        "W/1",
                        "Id",
                        id));
    }

    private static Map<String, @Nullable Object> flat(Map<String, @Nullable Object> object, boolean lists) {
        Map<String, @Nullable Object> model = Json.of();
        object.forEach((name, member) -> {
            if (name.equals("properties")) model.putAll(flat(Json.members(member), lists));
            else if (lists && LISTS.contains(name)) model.put(Json.capitalized(name), List.of(String.valueOf(member)));
            else model.put(Json.capitalized(name), value(member, lists));
        });
        return model;
    }

    private static @Nullable Object value(@Nullable Object value, boolean lists) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Object item : list) items.add(value(item, lists));
            return items;
        }
        if (!(value instanceof Map<?, ?>)) return value;
        Map<String, @Nullable Object> model = flat(Json.members(value), lists);
        // A reference is a whole model of which only the id is known.
        if (model.keySet().equals(Set.of("Id"))) {
            model.put("Name", null);
            model.put("Etag", null);
            model.put("ProvisioningState", null);
        }
        return model;
    }
}
