package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import dev.mipath.topology.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Azure ids of Terraform's instances. One that the plan will create has none yet; it gets the id it will have, with
 * placeholders for what nobody knows, so that everything that belongs to it can name it.
 */
final class TerraformIds {
    static final String VNET = "Microsoft.Network/virtualNetworks";
    static final String SUBNET = VNET + "/subnets";
    static final String GROUP = "Microsoft.Network/networkSecurityGroups";
    static final String TABLE = "Microsoft.Network/routeTables";
    static final String NIC = "Microsoft.Network/networkInterfaces";
    static final String APPLICATION_GROUP = "Microsoft.Network/applicationSecurityGroups";
    static final String NAT = "Microsoft.Network/natGateways";
    static final String ADDRESS = "Microsoft.Network/publicIPAddresses";
    static final String GATEWAY = "Microsoft.Network/virtualNetworkGateways";
    static final String SITE = "Microsoft.Network/localNetworkGateways";
    static final String BALANCER = "Microsoft.Network/loadBalancers";
    static final String POOL = BALANCER + "/backendAddressPools";
    static final String PROBE = BALANCER + "/probes";
    static final String ZONE = "Microsoft.Network/privateDnsZones";
    static final String POLICY = "Microsoft.Network/firewallPolicies";
    static final String MANAGER = "Microsoft.Network/networkManagers";
    static final String NETWORK_GROUP = MANAGER + "/networkGroups";
    static final String CIRCUIT = "Microsoft.Network/expressRouteCircuits";
    static final String INSTANCE = "Microsoft.Sql/managedInstances";
    static final String RESOURCE_GROUP = "Microsoft.Resources/resourceGroups";

    private static final String CIRCUIT_PEERING = "azurerm_express_route_circuit_peering";
    private static final String ADMIN = MANAGER + "/securityAdminConfigurations";

    /** What a lock of a network is usually on. */
    private static final ImmutableList<String> LOCKABLE =
            ImmutableList.of(RESOURCE_GROUP, VNET, SUBNET, GROUP, TABLE, INSTANCE);

    private static final ImmutableMap<String, String> TYPES = ImmutableMap.<String, String>builder()
            .put("azurerm_resource_group", RESOURCE_GROUP)
            .put("azurerm_virtual_network", VNET)
            .put("azurerm_subnet", SUBNET)
            .put("azurerm_virtual_network_peering", VNET + "/virtualNetworkPeerings")
            .put("azurerm_network_security_group", GROUP)
            .put("azurerm_network_security_rule", GROUP + "/securityRules")
            .put("azurerm_route_table", TABLE)
            .put("azurerm_route", TABLE + "/routes")
            .put("azurerm_network_interface", NIC)
            .put("azurerm_application_security_group", APPLICATION_GROUP)
            .put("azurerm_nat_gateway", NAT)
            .put("azurerm_public_ip", ADDRESS)
            .put("azurerm_lb", BALANCER)
            .put("azurerm_lb_backend_address_pool", POOL)
            .put("azurerm_lb_probe", PROBE)
            .put("azurerm_private_dns_zone", ZONE)
            .put("azurerm_private_dns_zone_virtual_network_link", ZONE + "/virtualNetworkLinks")
            .put("azurerm_private_dns_a_record", ZONE + "/A")
            .put("azurerm_private_endpoint", "Microsoft.Network/privateEndpoints")
            .put("azurerm_virtual_network_gateway", GATEWAY)
            .put("azurerm_local_network_gateway", SITE)
            .put("azurerm_virtual_network_gateway_connection", "Microsoft.Network/connections")
            .put("azurerm_linux_virtual_machine", "Microsoft.Compute/virtualMachines")
            .put("azurerm_windows_virtual_machine", "Microsoft.Compute/virtualMachines")
            .put("azurerm_virtual_machine", "Microsoft.Compute/virtualMachines")
            .put("azurerm_express_route_circuit", CIRCUIT)
            .put(CIRCUIT_PEERING, CIRCUIT + "/peerings")
            .put("azurerm_management_lock", LockReader.TYPE)
            .put("azurerm_firewall", "Microsoft.Network/azureFirewalls")
            .put("azurerm_firewall_policy", POLICY)
            .put("azurerm_firewall_policy_rule_collection_group", POLICY + "/ruleCollectionGroups")
            .put("azurerm_network_manager", MANAGER)
            .put("azurerm_network_manager_network_group", NETWORK_GROUP)
            .put("azurerm_network_manager_static_member", NETWORK_GROUP + "/staticMembers")
            .put("azurerm_network_manager_security_admin_configuration", ADMIN)
            .put("azurerm_network_manager_admin_rule_collection", ADMIN + "/ruleCollections")
            .put("azurerm_network_manager_admin_rule", ADMIN + "/ruleCollections/rules")
            .put("azurerm_mssql_managed_instance", INSTANCE)
            .put("azurerm_sql_managed_instance", INSTANCE)
            .put("azurerm_mssql_managed_instance_failover_group", "Microsoft.Sql/locations/instanceFailoverGroups")
            .put("azurerm_sql_managed_instance_failover_group", "Microsoft.Sql/locations/instanceFailoverGroups")
            .buildOrThrow();

    /** What a made-up id begins with where only Azure knows the subscription. */
    static final String NO_SUBSCRIPTION = "/subscriptions/‹subscription›/";

    /** The attribute that names the resource which a child is a part of. */
    private static final ImmutableMap<String, String> PARENTS = ImmutableMap.<String, String>builder()
            .put("azurerm_subnet", "virtual_network_name")
            .put("azurerm_virtual_network_peering", "virtual_network_name")
            .put("azurerm_network_security_rule", "network_security_group_name")
            .put("azurerm_route", "route_table_name")
            .put("azurerm_lb_backend_address_pool", "loadbalancer_id")
            .put("azurerm_lb_probe", "loadbalancer_id")
            .put("azurerm_private_dns_zone_virtual_network_link", "private_dns_zone_name")
            .put("azurerm_private_dns_a_record", "zone_name")
            .put("azurerm_firewall_policy_rule_collection_group", "firewall_policy_id")
            .put(CIRCUIT_PEERING, "express_route_circuit_name")
            .put("azurerm_network_manager_network_group", "network_manager_id")
            .put("azurerm_network_manager_static_member", "network_group_id")
            .put("azurerm_network_manager_security_admin_configuration", "network_manager_id")
            .put("azurerm_network_manager_admin_rule_collection", "security_admin_configuration_id")
            .put("azurerm_network_manager_admin_rule", "admin_rule_collection_id")
            .buildOrThrow();

    private final TerraformConfiguration configuration;
    private final Map<String, TerraformInstance> byName = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();

    TerraformIds(TerraformConfiguration configuration, ImmutableList<TerraformInstance> instances) {
        this.configuration = configuration;
        for (TerraformInstance instance : instances) {
            String type = azureType(instance);
            String name = instance.text("name");
            if (type == null || name == null) continue;
            TerraformInstance had = byName.putIfAbsent(key(type, instance.text("resource_group_name"), name), instance);
            // What a plan makes is named by its parts before what it only looked up.
            if (had != null && had.data() && !instance.data())
                byName.put(key(type, instance.text("resource_group_name"), name), instance);
        }
    }

    /** The Azure type of an instance; null for what is no resource of Azure or none that matters. */
    static @Nullable String azureType(TerraformInstance instance) {
        return TerraformAzapi.is(instance) ? TerraformAzapi.type(instance) : TYPES.get(instance.type());
    }

    private static String key(String type, @Nullable String group, String name) {
        return Ascii.toLowerCase(type + " " + group + " " + name);
    }

    /** The id of an instance whose type {@link #azureType} knows. */
    String idOf(TerraformInstance instance) {
        String had = ids.get(instance.address());
        if (had != null) return had;
        String id = find(instance);
        ids.put(instance.address(), id);
        return id;
    }

    private String find(TerraformInstance instance) {
        String own = instance.text("id");
        if (own != null && own.startsWith("/")) return own;
        String azure = azureType(instance);
        String type = azure == null ? instance.type() : azure;
        // A peering of a circuit is called by its type.
        String name = named(instance, instance.type().equals(CIRCUIT_PEERING) ? "peering_type" : "name");
        if (LockReader.isType(type)) {
            Node scope = scope(instance);
            String open = NO_SUBSCRIPTION + "resourceGroups/" + Opaque.placeholder(instance.address() + ".scope");
            return LockReader.id(scope instanceof Node.Str known ? known.text() : open, name);
        }
        if (TerraformAzapi.is(instance)) return TerraformAzapi.id(azapiParent(instance, type), type, name);
        String parent = PARENTS.get(instance.type());
        if (parent != null) return parentOf(instance) + "/" + type.substring(type.lastIndexOf('/') + 1) + "/" + name;
        String subscription = NO_SUBSCRIPTION + "resourceGroups/";
        if (type.equals(RESOURCE_GROUP)) return subscription + name;
        return subscription + groupOf(instance) + "/providers/" + type + "/" + name;
    }

    /** What a lock is on; an unknown where neither the plan nor the configuration leaves no doubt. */
    @Nullable
    Node scope(TerraformInstance lock) {
        List<String> attribute = List.of(TerraformAzapi.is(lock) ? "parent_id" : "scope");
        for (String type : LOCKABLE) {
            if (reference(lock, attribute, type) instanceof Node.Str id) return id;
        }
        return lock.attribute(attribute.get(0));
    }

    /** The id of the resource group or resource that an azapi resource is made in. */
    private String azapiParent(TerraformInstance instance, String type) {
        Node parent = reference(instance, List.of("parent_id"), TerraformAzapi.parentType(type));
        if (parent instanceof Node.Str text) return text.text();
        String group = NO_SUBSCRIPTION + "resourceGroups/‹resourceGroup›";
        int slash = type.lastIndexOf('/');
        if (type.indexOf('/') == slash) return group;
        return group + "/providers/" + type.substring(0, slash) + "/" + named(instance, "parent_id");
    }

    /** The id of the resource that an instance is a part of; {@code instance} must be of such a type. */
    String parentOf(TerraformInstance instance) {
        String own = instance.text("id");
        String outer = own == null ? null : ResourceTypes.parentOf(own);
        if (outer != null) return outer;
        String attribute = PARENTS.getOrDefault(instance.type(), "");
        String type = TYPES.getOrDefault(instance.type(), "");
        String parentType = type.substring(0, type.lastIndexOf('/'));
        List<TerraformInstance> targets = configuration.targets(instance, List.of(attribute), parentType);
        if (targets.size() == 1) return idOf(targets.get(0));
        String name = named(instance, attribute);
        if (name.startsWith("/")) return name;
        TerraformInstance parent = byName.get(key(parentType, instance.text("resource_group_name"), name));
        if (parent != null) return idOf(parent);
        return NO_SUBSCRIPTION + "resourceGroups/" + groupOf(instance) + "/providers/" + parentType + "/" + name;
    }

    private String groupOf(TerraformInstance instance) {
        if (instance.text("resource_group_name") != null) return named(instance, "resource_group_name");
        List<TerraformInstance> groups =
                configuration.targets(instance, List.of("resource_group_name"), RESOURCE_GROUP);
        return groups.size() == 1 ? named(groups.get(0), "name") : "‹resourceGroup›";
    }

    /** A name, or a placeholder for one that is known after apply. */
    static String named(TerraformInstance instance, String attribute) {
        String text = instance.text(attribute);
        return text != null ? text : Opaque.placeholder(instance.address() + "." + attribute);
    }

    /**
     * What a reference leads to: a known id as it stands, an unknown one joined by the configuration where that leaves no
     * doubt, null when there is no reference.
     *
     * @param path the attribute, or a block, the number of the block among its like, and the attribute
     */
    @Nullable
    Node reference(TerraformInstance instance, List<String> path, String type) {
        Node node = at(instance, path);
        if (!(node instanceof Node.Unknown))
            return node instanceof Node.Str text && text.text().isEmpty() ? null : node;
        List<TerraformInstance> targets = configuration.targets(instance, path, type);
        if (targets.size() == 1) return new Node.Str(node.place(), idOf(targets.get(0)));
        String inside = type.equals(SUBNET) && targets.isEmpty() ? onlySubnet(instance, path) : null;
        return inside == null ? node : new Node.Str(node.place(), inside);
    }

    /** The id of the only subnet inside a VNet whose {@code subnet} blocks a reference picks from. */
    private @Nullable String onlySubnet(TerraformInstance instance, List<String> path) {
        List<TerraformInstance> vnets = configuration.targets(instance, path, VNET, "subnet");
        if (vnets.size() != 1) return null;
        ImmutableList<Node> blocks = vnets.get(0).blocks("subnet");
        boolean one = blocks.size() == 1 && blocks.get(0) instanceof Node.Obj;
        if (!one || !(((Node.Obj) blocks.get(0)).get("name") instanceof Node.Str name)) return null;
        return idOf(vnets.get(0)) + "/subnets/" + name.text();
    }

    /** The references of a list: every unknown one is joined when there are as many unknowns as targets. */
    @Nullable
    Node references(TerraformInstance instance, List<String> path, String type) {
        Node node = at(instance, path);
        if (node == null) return null;
        ImmutableList<Node> items = node instanceof Node.Arr array ? array.items() : ImmutableList.of();
        long open = items.stream().filter(Node.Unknown.class::isInstance).count();
        if (!(node instanceof Node.Unknown) && open == 0) return node;
        List<TerraformInstance> targets = configuration.targets(instance, path, type);
        if (targets.isEmpty() || node instanceof Node.Arr && targets.size() != open) return node;
        Place place = node.place();
        ImmutableList.Builder<Node> joined = ImmutableList.builder();
        int next = 0;
        for (Node item : items) {
            joined.add(item instanceof Node.Unknown ? new Node.Str(item.place(), idOf(targets.get(next++))) : item);
        }
        if (node instanceof Node.Unknown) targets.forEach(target -> joined.add(new Node.Str(place, idOf(target))));
        return new Node.Arr(place, joined.build());
    }

    /** The instances that may be meant by a reference that leads nowhere for certain. */
    List<TerraformInstance> candidates(TerraformInstance instance, String attribute, String type) {
        return configuration.targets(instance, List.of(attribute), type);
    }

    private static @Nullable Node at(TerraformInstance instance, List<String> path) {
        Node node = instance.attribute(path.get(0));
        if (path.size() == 1 || node == null || node instanceof Node.Unknown) return node;
        Node block = instance.blocks(path.get(0)).get(Integer.parseInt(path.get(1)));
        Node value = block instanceof Node.Obj object ? object.get(path.get(2)) : block;
        return value instanceof Node.Null ? null : value;
    }
}
