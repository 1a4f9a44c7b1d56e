package dev.mipath.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random answers of Azure Resource Manager about a hub: everything around an instance, each resource with the parts it may
 * have or lack.
 */
final class ArmAnswers {
    static final String GROUP = "/subscriptions/s1/resourceGroups/g1/providers/";
    static final String NET = GROUP + "Microsoft.Network/";

    private static final String VNET = NET + "virtualNetworks/hub";
    private static final String NIC = NET + "networkInterfaces/nic-app";
    private static final String BALANCER = NET + "loadBalancers/lb";
    private static final String POLICY = NET + "firewallPolicies/fw-policy";
    private static final String ZONE = NET + "privateDnsZones/privatelink.database.windows.net";
    private static final String MANAGER = NET + "networkManagers/manager";
    private static final String INSTANCES = GROUP + "Microsoft.Sql/managedInstances/";

    private final SplittableRandom random;
    private final List<Map<String, @Nullable Object>> all = new ArrayList<>();

    private ArmAnswers(long seed) {
        random = new SplittableRandom(seed);
    }

    static List<Map<String, @Nullable Object>> of(long seed) {
        ArmAnswers answers = new ArmAnswers(seed);
        answers.networks();
        answers.machines();
        answers.balancer();
        answers.publicServices();
        answers.names();
        answers.gateways();
        answers.firewall();
        answers.manager();
        answers.instances();
        return answers.all;
    }

    private void add(String id, String type, Map<String, @Nullable Object> properties) {
        properties.put("provisioningState", "Succeeded");
        all.add(Json.of(
                "name",
                id.substring(id.lastIndexOf('/') + 1),
                "id",
                id,
                "etag",
                "W/1",
                "type",
                type,
                "location",
                "westeurope",
                "sku",
                skuOf(type),
                "properties",
                properties));
    }

    private @Nullable Object skuOf(String type) {
        if (type.endsWith("loadBalancers") || type.endsWith("natGateways")) return Json.of("name", "Standard");
        return type.endsWith("managedInstances") ? Json.of("name", pick("GP_Gen5", "BC_Gen5"), "tier", null) : null;
    }

    private void networks() {
        List<Object> subnets = new ArrayList<>();
        for (String name : List.of("app", "mi", "GatewaySubnet", "AzureFirewallSubnet")) {
            subnets.add(part(
                    VNET + "/subnets/" + name,
                    "addressPrefix",
                    "10.0." + subnets.size() + ".0/24",
                    "networkSecurityGroup",
                    maybe(Json.reference(NET + "networkSecurityGroups/nsg")),
                    "routeTable",
                    maybe(Json.reference(NET + "routeTables/rt")),
                    "natGateway",
                    maybe(Json.reference(NET + "natGateways/nat"))));
        }
        add(
                VNET,
                "Microsoft.Network/virtualNetworks",
                Json.of(
                        "addressSpace",
                        Json.of("addressPrefixes", List.of("10.0.0.0/16")),
                        "dhcpOptions",
                        maybe(Json.of("dnsServers", List.of("10.0.0.9"))),
                        "subnets",
                        subnets));
        add(
                NET + "networkSecurityGroups/nsg",
                "Microsoft.Network/networkSecurityGroups",
                Json.of("securityRules", List.of(securityRule("in", "Inbound"), securityRule("out", "Outbound"))));
        add(
                NET + "routeTables/rt",
                "Microsoft.Network/routeTables",
                Json.of(
                        "disableBgpRoutePropagation",
                        random.nextBoolean(),
                        "routes",
                        List.of(part(
                                NET + "routeTables/rt/routes/out",
                                "addressPrefix",
                                "0.0.0.0/0",
                                "nextHopType",
                                "VirtualAppliance",
                                "nextHopIpAddress",
                                "10.0.3.4"))));
    }

    private Map<String, @Nullable Object> securityRule(String name, String direction) {
        return part(
                NET + "networkSecurityGroups/nsg/securityRules/" + name,
                "protocol",
                pick("Tcp", "Udp", "*"),
                "sourcePortRange",
                "*",
                "destinationPortRange",
                pick("1433", "11000-11999"),
                "sourceAddressPrefix",
                pick("VirtualNetwork", "10.0.0.0/24", "*"),
                "destinationAddressPrefix",
                "*",
                "access",
                pick("Allow", "Deny"),
                "priority",
                100 + random.nextInt(3900),
                "direction",
                direction);
    }

    private void machines() {
        add(
                NET + "applicationSecurityGroups/asg",
                "Microsoft.Network/applicationSecurityGroups",
                Json.of("resourceGuid", "0"));
        add(
                NIC,
                "Microsoft.Network/networkInterfaces",
                Json.of(
                        "enableIPForwarding",
                        random.nextBoolean(),
                        "ipConfigurations",
                        List.of(part(
                                NIC + "/ipConfigurations/c",
                                "primary",
                                true,
                                "privateIPAddress",
                                maybe("10.0.0.10"),
                                "subnet",
                                Json.reference(VNET + "/subnets/app"),
                                "applicationSecurityGroups",
                                maybe(List.of(Json.reference(NET + "applicationSecurityGroups/asg"))),
                                "loadBalancerBackendAddressPools",
                                maybe(List.of(Json.reference(BALANCER + "/backendAddressPools/pool")))))));
    }

    private void balancer() {
        boolean internal = random.nextBoolean();
        Map<String, @Nullable Object> front = Json.reference(BALANCER + "/frontendIPConfigurations/front");
        List<Object> rules = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            rules.add(part(
                    BALANCER + "/loadBalancingRules/r" + i,
                    "frontendIPConfiguration",
                    front,
                    "backendAddressPool",
                    Json.reference(BALANCER + "/backendAddressPools/pool"),
                    "probe",
                    maybe(Json.reference(BALANCER + "/probes/probe")),
                    "protocol",
                    pick("Tcp", "Udp"),
                    "frontendPort",
                    1433 + i,
                    "backendPort",
                    1433,
                    "loadDistribution",
                    pick("Default", "SourceIP", "SourceIPProtocol"),
                    "enableFloatingIP",
                    random.nextBoolean()));
        }
        add(
                BALANCER,
                "Microsoft.Network/loadBalancers",
                Json.of(
                        "frontendIPConfigurations",
                        List.of(part(
                                BALANCER + "/frontendIPConfigurations/front",
                                "subnet",
                                internal ? Json.reference(VNET + "/subnets/app") : null,
                                "privateIPAddress",
                                internal ? maybe("10.0.0.20") : null,
                                "publicIPAddress",
                                internal ? null : Json.reference(NET + "publicIPAddresses/pip-lb"))),
                        "backendAddressPools",
                        List.of(pool()),
                        "probes",
                        List.of(part(BALANCER + "/probes/probe", "protocol", pick("Tcp", "Http"), "port", 1433)),
                        "loadBalancingRules",
                        rules,
                        "inboundNatRules",
                        random.nextBoolean() ? List.of(natRule(front)) : List.of()));
    }

    private Map<String, @Nullable Object> pool() {
        boolean byNic = random.nextBoolean();
        return part(
                BALANCER + "/backendAddressPools/pool",
                "backendIPConfigurations",
                byNic ? List.of(Json.reference(NIC + "/ipConfigurations/c")) : null,
                "loadBalancerBackendAddresses",
                byNic
                        ? null
                        : List.of(part(
                                BALANCER + "/backendAddressPools/pool/loadBalancerBackendAddresses/one",
                                "ipAddress",
                                "10.0.0.10")));
    }

    private Map<String, @Nullable Object> natRule(Map<String, @Nullable Object> front) {
        return part(
                BALANCER + "/inboundNatRules/nat",
                "frontendIPConfiguration",
                front,
                "backendIPConfiguration",
                maybe(Json.reference(NIC + "/ipConfigurations/c")),
                "protocol",
                "Tcp",
                "frontendPort",
                4022,
                "backendPort",
                22,
                "enableFloatingIP",
                false);
    }

    private void publicServices() {
        for (String name : List.of("pip-lb", "pip-nat")) {
            add(
                    NET + "publicIPAddresses/" + name,
                    "Microsoft.Network/publicIPAddresses",
                    Json.of("ipAddress", maybe("20.1.2." + random.nextInt(256))));
        }
        add(
                NET + "natGateways/nat",
                "Microsoft.Network/natGateways",
                Json.of("publicIpAddresses", List.of(Json.reference(NET + "publicIPAddresses/pip-nat"))));
    }

    private void names() {
        String endpoint = NET + "privateEndpoints/pe";
        add(
                endpoint,
                "Microsoft.Network/privateEndpoints",
                Json.of(
                        "subnet",
                        Json.reference(VNET + "/subnets/app"),
                        pick("privateLinkServiceConnections", "manualPrivateLinkServiceConnections"),
                        List.of(part(
                                endpoint + "/privateLinkServiceConnections/c",
                                "privateLinkServiceId",
                                INSTANCES + "mi1",
                                "groupIds",
                                List.of("managedInstance"))),
                        "customDnsConfigs",
                        List.of(Json.of("fqdn", "mi1.z.database.windows.net", "ipAddresses", List.of("10.0.0.30")))));
        add(
                endpoint + "/privateDnsZoneGroups/default",
                "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
                Json.of(
                        "privateDnsZoneConfigs",
                        List.of(Json.of("name", "zone", "properties", Json.of("privateDnsZoneId", ZONE)))));
        add(ZONE, "Microsoft.Network/privateDnsZones", Json.of("numberOfRecordSets", 2));
        add(
                ZONE + "/virtualNetworkLinks/link",
                "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
                Json.of("virtualNetwork", Json.reference(VNET), "registrationEnabled", false));
        add(
                ZONE + "/A/mi1",
                "Microsoft.Network/privateDnsZones/A",
                Json.of("ttl", 10, "aRecords", List.of(Json.of("ipv4Address", "10.0.0.30"))));
        add(
                ZONE + "/SOA/@",
                "Microsoft.Network/privateDnsZones/SOA",
                Json.of("ttl", 3600, "soaRecord", Json.of("host", "azureprivatedns.net")));
    }

    private void gateways() {
        boolean express = random.nextBoolean();
        String gateway = NET + "virtualNetworkGateways/gw";
        String circuit = NET + "expressRouteCircuits/circuit";
        add(
                gateway,
                "Microsoft.Network/virtualNetworkGateways",
                Json.of(
                        "gatewayType",
                        express ? "ExpressRoute" : "Vpn",
                        "ipConfigurations",
                        List.of(part(
                                gateway + "/ipConfigurations/c",
                                "subnet",
                                Json.reference(VNET + "/subnets/GatewaySubnet")))));
        add(
                NET + "localNetworkGateways/office",
                "Microsoft.Network/localNetworkGateways",
                Json.of("localNetworkAddressSpace", Json.of("addressPrefixes", List.of("192.168.0.0/16"))));
        add(
                circuit,
                "Microsoft.Network/expressRouteCircuits",
                Json.of(
                        "peerings",
                        List.of(part(
                                circuit + "/peerings/p",
                                "peeringType",
                                pick("AzurePrivatePeering", "MicrosoftPeering"),
                                "state",
                                pick("Enabled", "Disabled")))));
        add(
                NET + "connections/cn",
                "Microsoft.Network/connections",
                Json.of(
                        "virtualNetworkGateway1",
                        Json.reference(gateway),
                        "localNetworkGateway2",
                        express ? null : Json.reference(NET + "localNetworkGateways/office"),
                        "peer",
                        express ? Json.reference(circuit) : null));
    }

    private void firewall() {
        boolean classic = random.nextBoolean();
        String firewall = NET + "azureFirewalls/fw";
        add(
                firewall,
                "Microsoft.Network/azureFirewalls",
                Json.of(
                        "ipConfigurations",
                        List.of(part(
                                firewall + "/azureFirewallIpConfigurations/c",
                                "privateIPAddress",
                                maybe("10.0.3.4"),
                                "subnet",
                                Json.reference(VNET + "/subnets/AzureFirewallSubnet"))),
                        "firewallPolicy",
                        classic ? null : Json.reference(POLICY),
                        "networkRuleCollections",
                        classic
                                ? List.of(part(firewall + "/networkRuleCollections/net", collection("protocols")))
                                : null,
                        "applicationRuleCollections",
                        classic
                                ? List.of(part(firewall + "/applicationRuleCollections/app", collection(null)))
                                : null));
        add(POLICY, "Microsoft.Network/firewallPolicies", Json.of("threatIntelMode", "Alert"));
        add(
                POLICY + "/ruleCollectionGroups/rcg",
                "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
                Json.of(
                        "priority",
                        100 + random.nextInt(900),
                        "ruleCollections",
                        List.of(
                                ofPolicy("net", collection("ipProtocols"), "NetworkRule"),
                                ofPolicy("app", collection(null), "ApplicationRule"))));
    }

    /** The same collection as a policy writes it: without nesting, its rules with their kind. */
    private static Map<String, @Nullable Object> ofPolicy(
            String name, Map<String, @Nullable Object> collection, String kind) {
        Map<String, @Nullable Object> flat =
                Json.of("ruleCollectionType", "FirewallPolicyFilterRuleCollection", "name", name);
        flat.putAll(collection);
        for (Object rule : (List<?>) collection.getOrDefault("rules", List.of())) {
            Json.members(rule).put("ruleType", kind);
        }
        return flat;
    }

    /** Network rules with the word for their protocols, application rules without one. */
    private Map<String, @Nullable Object> collection(@Nullable String protocols) {
        Map<String, @Nullable Object> rule = protocols == null
                ? Json.of(
                        "name",
                        "r",
                        "protocols",
                        List.of(Json.of("protocolType", "Https", "port", 443)),
                        "targetFqdns",
                        List.of("*.windows.net"),
                        "sourceAddresses",
                        List.of("10.0.0.0/24"))
                : Json.of(
                        "name",
                        "r",
                        protocols,
                        List.of(pick("TCP", "UDP"), "ICMP"),
                        "sourceAddresses",
                        List.of("10.0.0.0/16"),
                        "destinationAddresses",
                        List.of(pick("*", "Sql.WestEurope", "20.0.0.0/8")),
                        "destinationPorts",
                        List.of("443", "1433-1440"));
        return Json.of(
                "priority",
                100 + random.nextInt(900),
                "action",
                Json.of("type", pick("Allow", "Deny")),
                "rules",
                List.of(rule));
    }

    private void manager() {
        String configuration = MANAGER + "/securityAdminConfigurations/conf";
        add(
                MANAGER + "/networkGroups/ng",
                "Microsoft.Network/networkManagers/networkGroups",
                Json.of("description", "all"));
        add(
                MANAGER + "/networkGroups/ng/staticMembers/m",
                "Microsoft.Network/networkManagers/networkGroups/staticMembers",
                Json.of("resourceId", VNET));
        add(
                configuration,
                "Microsoft.Network/networkManagers/securityAdminConfigurations",
                Json.of("applyOnNetworkIntentPolicyBasedServices", List.of(pick("None", "AllowRulesOnly", "All"))));
        add(
                configuration + "/ruleCollections/rc",
                "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections",
                Json.of("appliesToGroups", List.of(Json.of("networkGroupId", MANAGER + "/networkGroups/ng"))));
        add(
                configuration + "/ruleCollections/rc/rules/r",
                "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections/rules",
                Json.of(
                        "protocol",
                        pick("Tcp", "Any"),
                        "direction",
                        pick("Inbound", "Outbound"),
                        "sources",
                        List.of(Json.of("addressPrefix", "*", "addressPrefixType", "IPPrefix")),
                        "destinations",
                        List.of(Json.of("addressPrefix", "10.0.1.0/24", "addressPrefixType", "IPPrefix")),
                        "destinationPortRanges",
                        List.of("1433"),
                        "access",
                        pick("Allow", "AlwaysAllow", "Deny"),
                        "priority",
                        1 + random.nextInt(4096)));
    }

    private void instances() {
        for (String name : List.of("mi1", "mi2")) {
            add(
                    INSTANCES + name,
                    "Microsoft.Sql/managedInstances",
                    Json.of(
                            "subnetId",
                            VNET + "/subnets/mi",
                            "fullyQualifiedDomainName",
                            name + ".z.database.windows.net",
                            "dnsZone",
                            "z",
                            "proxyOverride",
                            pick("Proxy", "Redirect", "Default"),
                            "publicDataEndpointEnabled",
                            random.nextBoolean()));
        }
        add(
                GROUP + "Microsoft.Sql/locations/westeurope/instanceFailoverGroups/fog",
                "Microsoft.Sql/locations/instanceFailoverGroups",
                Json.of(
                        "managedInstancePairs",
                        List.of(Json.of(
                                "primaryManagedInstanceId",
                                INSTANCES + "mi1",
                                "partnerManagedInstanceId",
                                INSTANCES + "mi2"))));
    }

    /** A part of a resource with a name, an id and members of its own. */
    private static Map<String, @Nullable Object> part(String id, @Nullable Object... properties) {
        return part(id, Json.of(properties));
    }

    private static Map<String, @Nullable Object> part(String id, Map<String, @Nullable Object> properties) {
        return Json.of(
                "name", id.substring(id.lastIndexOf('/') + 1), "id", id, "etag", "W/1", "properties", properties);
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextBoolean() ? value : null;
    }

    private String pick(String... words) {
        return words[random.nextInt(words.length)];
    }
}
