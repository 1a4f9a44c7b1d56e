package dev.mipath.cli;

import com.google.common.collect.ImmutableMap;

/** For every code that an answer may hold, a network and a question that bring it out. */
@SuppressWarnings("StringConcatToTextBlock") // YAML is clearer line by line beside what it is put into.
final class CodeCases {
    private static final String TO_NVA = "nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4";
    private static final String TO_INSTANCE = "name: to-mi, addressPrefix: 10.0.1.0/24, ";
    private static final String ZONE = "0a1b2c3d4e5f.database.windows.net";
    private static final String OUT = "--from mi-prod --to ";

    private CodeCases() {}

    /**
     * A question.
     *
     * @param world the topology, or the template or plan, that {@code FILE} stands for; empty for a built-in scenario
     * @param line the command line
     */
    record Case(String world, String line) {}

    private static Case of(World world, String options) {
        return new Case(world.yaml(), "trace FILE " + options);
    }

    private static Case app(World world, String options) {
        return of(world, "--from app-vm " + options);
    }

    private static Case scenario(String name) {
        return new Case("", "trace scenario:" + name);
    }

    private static World usual() {
        return World.usual();
    }

    /** What stops a packet or a session, in the order of {@code Ending}. */
    static ImmutableMap<String, Case> blockers() {
        return ImmutableMap.<String, Case>builder()
                .put("NSG_DENY_INBOUND", scenario("redirect-range-closed"))
                .put(
                        "NSG_DENY_OUTBOUND",
                        app(
                                usual().clientRules("name: deny_sql, priority: 200, direction: Outbound, access: Deny,"
                                        + " destination: 10.0.0.0/16"),
                                ""))
                .put("ROUTE_NONE", app(usual().clientRoutes(TO_INSTANCE + "nextHopType: None"), ""))
                .put("ROUTE_NO_PATH", app(usual().clientRoutes(TO_INSTANCE + "nextHopType: Internet"), ""))
                .put("ROUTE_LOOP", app(circle(), ""))
                .put(
                        "APPLIANCE_NOT_FORWARDING",
                        app(
                                usual().clientRoutes(TO_INSTANCE + TO_NVA)
                                        .with("enableIpForwarding: true", "enableIpForwarding: false"),
                                ""))
                .put("APPLIANCE_UNKNOWN", app(usual().clientRoutes(TO_INSTANCE + TO_NVA.replace("2.4", "2.77")), ""))
                .put("PEERING_NOT_CONNECTED", scenario("peering-one-sided"))
                .put(
                        "PEERING_ACCESS_OFF",
                        app(
                                usual().with(
                                                "remoteVnet: vnet-spoke, state: Connected",
                                                "remoteVnet: vnet-spoke, state: Connected,"
                                                        + " allowVirtualNetworkAccess: false"),
                                ""))
                .put("PEERING_FORWARDED_OFF", app(spokes(), "--to 10.2.0.9:1433"))
                .put("PEERING_NOT_TRANSITIVE", scenario("spoke-to-spoke"))
                .put("GATEWAY_TRANSIT_MISMATCH", scenario("gateway-not-lent"))
                .put("GLOBAL_PEERING_BASIC_LB", scenario("global-peering-2020"))
                .put("NO_HEALTHY_BACKEND", scenario("deny-all-above-probe"))
                .put("NO_LISTENER", app(open("1434"), "--to 10.0.1.5:1434"))
                .put("NO_LOAD_BALANCING_RULE", app(open("1434"), "--to " + World.NAME + ":1434"))
                .put("LOAD_BALANCER_HAIRPIN", scenario("hairpin"))
                .put("PRIVATE_ENDPOINT_PORT", app(endpoint("vnet-spoke"), "--to " + World.NAME + ":11000"))
                .put(
                        "NO_OUTBOUND_ACCESS",
                        app(
                                usual().with(
                                                "routeTable: rt-app}",
                                                "routeTable: rt-app, defaultOutboundAccess: false}"),
                                "--to 20.1.2.3:443"))
                .put("NO_CUSTOMER_ACCESS", app(open("3389"), "--to 10.0.1.7:3389"))
                .put("CLIENT_OUTSIDE_VNET", scenario("app-service-outside"))
                .put("CLIENT_ROUTE_MISSING", scenario("laptop-old-routes"))
                .put("CLIENT_KIND_CANNOT", of(client("kind: app-service, subnet: snet-mi"), "--from client"))
                .put("ASYMMETRIC_RETURN", scenario("nva-asymmetric-return"))
                .put("DNS_NAME_UNKNOWN", scenario("dns-server-without-forwarder"))
                .put(
                        "DNS_SERVER_UNREACHABLE",
                        app(
                                usual().with(
                                                "addressPrefixes: 10.1.0.0/16\n",
                                                "addressPrefixes: 10.1.0.0/16\n    dnsServers: [10.9.9.9]\n"),
                                ""))
                .put(
                        "PLATFORM_DNS_BLOCKED",
                        app(
                                usual().clientRules("name: deny_dns, priority: 200, direction: Outbound, access: Deny,"
                                        + " destination: AzurePlatformDNS"),
                                ""))
                .put("GATEWAY_NAME_UNKNOWN", scenario("connect-by-ip"))
                .put(
                        "REDIRECT_NAME_UNRESOLVED",
                        app(open("11000-11999").redirect(), "--resolve " + World.NAME + "=10.0.1.4 --resolve *=none"))
                .put("CERTIFICATE_NAME", app(usual(), "--to 10.0.1.4 --validate-certificate"))
                .put("BUILT_IN_FIREWALL", scenario("builtin-firewall-refuses-scanner"))
                .put("CLIENT_CERTIFICATE", scenario("builtin-firewall-refuses-scanner"))
                .put("SERVICE_FIREWALL", scenario("same-region-storage-firewall"))
                .put("FIREWALL_DENY", scenario("firewall-misses-redirect"))
                .put("ADMIN_RULE_DENY", scenario("admin-rule-denies"))
                .put("TLS_VERSION", of(linkedServer(), OUT + "erp"))
                .put("ELEMENT_REMOVED", of(usual(), "--from SqlManagement --to mi-prod --profile 2022-11"))
                .put("DRIVER_CANNOT_REDIRECT", app(open("11000-11999").redirect(), "--driver freetds@1.3.17"))
                .put("LOGIN_NOT_FOR_NODE", app(open("11000-11999").redirect(), "--login windows"))
                .put("UNDETERMINED", app(usual(), "--to other.contoso.com"))
                .buildOrThrow();
    }

    /** What was assumed, and what a reader must know beside the verdict. */
    static ImmutableMap<String, Case> notices() {
        return ImmutableMap.<String, Case>builder()
                .putAll(assumptions())
                .putAll(caveats())
                .putAll(ofFiles())
                .putAll(recorded())
                .buildOrThrow();
    }

    private static World dynamic() {
        return usual().with("privateIpAddress: 10.1.0.4, virtualMachine: app-vm", "virtualMachine: app-vm");
    }

    private static ImmutableMap<String, Case> assumptions() {
        return ImmutableMap.<String, Case>builder()
                .put("ADDRESS_ASSUMED", app(dynamic(), ""))
                .put("CLIENT_ADDRESS_ASSUMED", scenario("laptop-old-routes"))
                .put("CLIENT_ROUTES_ASSUMED", of(laptop(), "--from laptop"))
                .put("INSTANCE_ADDRESSES_ASSUMED", app(usual(), ""))
                .put("MANAGEMENT_ADDRESS_ASSUMED", of(usual(), "--from SqlManagement --to mi-prod"))
                .put("OUTBOUND_ADDRESS_ASSUMED", app(usual(), "--to 20.1.2.3:443"))
                .put("PUBLIC_ADDRESS_ASSUMED", app(publicEndpoint(), "--to mi-prod.public." + ZONE))
                .put(
                        "PUBLIC_NAMES_ASSUMED",
                        of(
                                usual().with(
                                                "addressPrefixes: 10.0.0.0/16",
                                                "addressPrefixes: 10.0.0.0/16\n    dnsServers: 10.0.2.4"),
                                OUT + "storage"))
                .put("SERVICE_AIDED_ROUTES_ASSUMED", app(usual(), ""))
                .put("SERVICE_AIDED_RULES_ASSUMED", app(usual(), ""))
                .put("SITE_RESOLVER_ASSUMED", scenario("laptop-old-routes"))
                .buildOrThrow();
    }

    private static ImmutableMap<String, Case> caveats() {
        String everything = "name: all, addressPrefix: 0.0.0.0/0, " + TO_NVA;
        return ImmutableMap.<String, Case>builder()
                .put(
                        "ADDRESS_DEPENDS",
                        app(
                                dynamic()
                                        .instanceRules(
                                                "name: one, priority: 1000, direction: Inbound, access: Allow, protocol:"
                                                        + " Tcp, source: 10.1.0.4, destinationPorts: 1433",
                                                "name: deny_all, priority: 4096, direction: Inbound, access: Deny"),
                                ""))
                .put(
                        "PORT_DEPENDS",
                        app(
                                usual().redirect()
                                        .instanceRules(
                                                "name: some, priority: 1000, direction: Inbound, access: Allow, protocol:"
                                                        + " Tcp, destinationPorts: [1433, 11000]",
                                                "name: deny_all, priority: 4096, direction: Inbound, access: Deny"),
                                ""))
                .put(
                        "CLIENT_ADDRESS_TRANSLATED",
                        of(
                                client("kind: aks-overlay, subnet: snet-app, addressPrefixes: 10.244.0.0/16"),
                                "--from client"))
                .put("CERTIFICATE_NAME", app(usual(), "--to 10.0.1.4"))
                .put("DRIVER_MESSAGE", app(usual().redirect(), "--driver mssql-jdbc@12.8"))
                .put("DRIVER_PROXIED", app(usual().redirect(), "--driver jTDS@1.3.1"))
                .put("ADMIN_RULES_SPARE_INSTANCES", scenario("admin-rule-denies"))
                .put(
                        "FAILOVER_GROUP_ZONES",
                        app(
                                usual().with(
                                                "{name: snet-nva,",
                                                "{name: snet-b, addressPrefix: 10.0.8.0/24}\n      - {name: snet-nva,")
                                        .with(
                                                "managedInstances:\n",
                                                "failoverGroups: [{name: fog, primary: mi-prod, secondary: mi-b}]\n"
                                                        + "managedInstances:\n  - {name: mi-b, subnet: snet-b, dnsZone:"
                                                        + " 00112233aabb}\n"),
                                "--to mi-prod"))
                .put("FORCED_TUNNELLING", of(usual().instanceRoutes(everything), OUT + "mail"))
                // Trap 34.
                .put(
                        "GATEWAY_ROUTE_NOT_VPN",
                        app(
                                usual().withSite()
                                        .with("type: Vpn}", "type: ExpressRoute}")
                                        .instanceRoutes("name: office, addressPrefix: 192.168.0.0/16, nextHopType:"
                                                + " VirtualNetworkGateway"),
                                ""))
                .put("MANAGEMENT_HARMED", scenario("management-broken-by-udr"))
                .put("PROFILE_DECIDES", app(usual().global().with("profile: \"2020\"\n", ""), ""))
                .put("SAME_REGION_NOT_TRANSLATED", of(usual(), OUT + "storage"))
                .put("SERVICE_ENDPOINT_SOURCE", scenario("service-endpoint-source"))
                .put(
                        "SUBNET_TOO_SMALL",
                        app(usual().with("addressPrefix: 10.0.1.0/24", "addressPrefix: 10.0.1.0/29"), ""))
                .put(
                        "TAG_GROWN_BY_ROUTES",
                        new Case(
                                usual().clientRoutes(everything).yaml(),
                                "test-ip-flow FILE --vm app-vm --direction Outbound --protocol TCP --local"
                                        + " 10.1.0.4:50000 --remote 20.1.2.3:443"))
                .put(
                        "TAG_SAMPLED",
                        new Case(usual().yaml(), "trace FILE --from app-vm --to Storage --tag Storage=20.60.0.0/16"))
                .put("TRAFFIC_NOT_PLAYED", new Case("", "simulate scenario:login-hangs-21s"))
                .put("ZONE_HARMS_INSTANCE", app(endpoint("vnet-hub"), ""))
                .buildOrThrow();
    }

    private static World circle() {
        return usual().with(
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24}",
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24, routeTable: rt-nva}")
                .with(
                        "routeTables:\n",
                        "routeTables:\n  - name: rt-nva\n    routes: [{" + TO_INSTANCE + TO_NVA + "}]\n")
                .clientRoutes(TO_INSTANCE + TO_NVA);
    }

    /** Two spokes with routes to each other by way of the hub's appliance. */
    private static World spokes() {
        return usual().withFarSpoke("")
                .with(
                        "  - {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}\n",
                        "  - {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}\n"
                                + "      - {name: hub-to-far, remoteVnet: vnet-far, state: Connected}\n")
                .with(
                        "routeTables:\n",
                        "routeTables:\n  - name: rt-far\n    routes: [{name: via, addressPrefix: 10.1.0.0/16, " + TO_NVA
                                + "}]\n")
                .clientRoutes("name: via, addressPrefix: 10.2.0.0/16, " + TO_NVA);
    }

    private static World open(String ports) {
        return usual().with("destinationPorts: 1433", "destinationPorts: [1433, " + ports + "]");
    }

    private static World client(String keys) {
        return new World(usual().yaml() + "clients:\n  - {name: client, " + keys + "}\n");
    }

    private static World laptop() {
        return new World(usual().withSite().yaml() + "clients:\n  - {name: laptop, kind: point-to-site,"
                + " virtualNetworkGateway: vgw, addressPrefixes: 172.16.9.0/24}\n");
    }

    private static World publicEndpoint() {
        return usual().with("dnsZone: 0a1b2c3d4e5f,", "dnsZone: 0a1b2c3d4e5f, publicDataEndpointEnabled: true,")
                .with("destinationPorts: 1433", "destinationPorts: [1433, 3342]");
    }

    private static World linkedServer() {
        return usual().with(
                        "networkSecurityGroups:\n",
                        "externalServices:\n  - {name: erp, address: 10.1.0.4, tlsVersion: \"1.0\"}\n"
                                + "networkSecurityGroups:\n");
    }

    /** A private endpoint in the spoke, whose zone is linked to a VNet. */
    private static World endpoint(String linked) {
        return usual().with(
                        "managedInstances:\n",
                        "privateEndpoints:\n  - {name: pe-mi, subnet: snet-app, privateIpAddress: 10.1.0.5, service:"
                                + " mi-prod}\nprivateDnsZones:\n  - {name: privatelink." + ZONE + ", links: " + linked
                                + ", records: [{name: mi-prod, addresses: 10.1.0.5}]}\nmanagedInstances:\n");
    }

    /** What is told of the files themselves. */
    private static ImmutableMap<String, Case> ofFiles() {
        String network = "{'type': 'Microsoft.Network/virtualNetworks', 'name': 'v', 'properties': {'addressSpace':"
                + " {'addressPrefixes': ['10.0.0.0/16']}, 'subnets': [{'name': 's', 'properties': {'addressPrefix':"
                + " '10.0.0.0/24'}}]}}";
        String group =
                "{'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'n', 'properties': {'securityRules': [";
        String rule = "{'name': 'r', 'properties': {'priority': 100, 'direction': 'Inbound', 'access': 'Allow',"
                + " 'protocol': '*', 'sourceAddressPrefix': '*', 'sourcePortRange': '*', 'destinationPortRange': '*',"
                + " 'destinationAddressPrefix': ";
        String open = "'parameters': {'open': {'type': 'string'}, 'list': {'type': 'array'}}, ";
        return ImmutableMap.<String, Case>builder()
                .put(
                        "CONDITION_UNKNOWN",
                        template(
                                open,
                                network,
                                "{'type': 'Microsoft.Network/routeTables', 'name': 'rt', 'condition':"
                                        + " '[equals(parameters(\"open\"), \"yes\")]', 'properties': {'routes': []}}"))
                .put(
                        "COPY_COUNT_UNKNOWN",
                        template(
                                open,
                                network,
                                "{'type': 'Microsoft.Network/routeTables', 'name': 'rt', 'properties':"
                                        + " {'copy': [{'name': 'routes', 'count': '[length(parameters(\"list\"))]', 'input':"
                                        + " {'name': 'r', 'properties': {'addressPrefix': '10.9.0.0/16', 'nextHopType':"
                                        + " 'None'}}}]}}"))
                .put("DELETED_BY_PLAN", question(json("""
                        {'format_version': '1.2', 'terraform_version': '1.9.8', 'planned_values': {'root_module': {'resources': [
                          {'address': 'azurerm_virtual_network.v', 'mode': 'managed', 'type': 'azurerm_virtual_network', 'name': 'v',
                           'values': {'name': 'v', 'resource_group_name': 'g', 'location': 'westeurope', 'address_space': ['10.0.0.0/16']}},
                          {'address': 'azurerm_subnet.s', 'mode': 'managed', 'type': 'azurerm_subnet', 'name': 's',
                           'values': {'name': 's', 'resource_group_name': 'g', 'virtual_network_name': 'v', 'address_prefixes': ['10.0.0.0/24']}}]}},
                         'resource_changes': [{'address': 'azurerm_route_table.rt', 'mode': 'managed', 'type': 'azurerm_route_table',
                           'name': 'rt', 'change': {'actions': ['delete'], 'before': {'name': 'rt', 'resource_group_name': 'g'}}}]}
                        """)))
                .put(
                        "FUNCTION_NOT_MODELLED",
                        template(
                                "",
                                network,
                                "{'type': 'Microsoft.Network/routeTables', 'name':"
                                        + " '[format(\"rt{0}\", someday(\"x\"))]', 'properties': {'routes': []}}"))
                .put(
                        "LIST_NOT_GIVEN",
                        template(
                                open,
                                "{'type': 'Microsoft.Network/virtualNetworks', 'name': 'v', 'properties':"
                                        + " {'addressSpace': {'addressPrefixes': ['10.0.0.0/16']}, 'subnets':"
                                        + " '[parameters(\"list\")]'}}"))
                .put(
                        "MICROSOFT_PEERING",
                        template(
                                "",
                                network,
                                "{'type': 'Microsoft.Network/expressRouteCircuits', 'name': 'er', 'properties':"
                                        + " {'peerings': [{'name': 'AzurePrivatePeering', 'properties': {'peeringType':"
                                        + " 'AzurePrivatePeering'}}, {'name': 'MicrosoftPeering', 'properties':"
                                        + " {'peeringType': 'MicrosoftPeering'}}]}}"))
                .put(
                        "NESTED_TEMPLATE",
                        template(
                                open,
                                network,
                                "{'type': 'Microsoft.Resources/deployments', 'name': 'more',"
                                        + " 'properties': {'templateLink': {'uri': 'https://example.com/more.json'}}}"))
                .put(
                        "NOT_MODELLED",
                        template(
                                "",
                                network,
                                "{'type': 'Microsoft.Network/virtualNetworkTaps', 'name': 'tap',"
                                        + " 'properties': {}}"))
                .put(
                        "RULE_ENTRY_OVERLAP",
                        template(
                                "",
                                network,
                                group + rule + "null, 'destinationAddressPrefixes':"
                                        + " ['10.0.0.0/8', '10.1.0.0/16']}}]}}"))
                .put("PLAN_LIST_ASSUMED_EMPTY", question(json("""
                        {'format_version': '1.2', 'terraform_version': '1.9.8', 'planned_values': {'root_module': {'resources': [
                          {'address': 'azurerm_virtual_network.v', 'mode': 'managed', 'type': 'azurerm_virtual_network', 'name': 'v',
                           'values': {'name': 'v', 'resource_group_name': 'g', 'location': 'westeurope', 'address_space': ['10.0.0.0/16']}},
                          {'address': 'azurerm_subnet.s', 'mode': 'managed', 'type': 'azurerm_subnet', 'name': 's',
                           'values': {'name': 's', 'resource_group_name': 'g', 'virtual_network_name': 'v', 'address_prefixes': ['10.0.0.0/24']}}]}},
                         'resource_changes': [{'address': 'azurerm_virtual_network.v', 'mode': 'managed', 'type': 'azurerm_virtual_network',
                           'name': 'v', 'change': {'actions': ['create'], 'before': null, 'after_unknown': {'subnet': true}}}],
                         'configuration': {'root_module': {'resources': [{'address': 'azurerm_virtual_network.v', 'expressions': {}}]}}}
                        """)))
                .put(
                        "REFERENCE_NOT_IN_INPUT",
                        app(usual().with("networkSecurityGroup: nsg-app", "networkSecurityGroup: nsg-elsewhere"), ""))
                .put(
                        "VALUE_NOT_UNDERSTOOD",
                        question(json("{'value': [" + network.replace("'name': 'v'", rest("virtualNetworks/v"))
                                + ", " + group.replace("'name': 'n'", rest("networkSecurityGroups/n")) + rule
                                + "'789', 'provisioningState': 'Succeeded'}}]}}]}")))
                .buildOrThrow();
    }

    private static String rest(String resource) {
        return "'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/" + resource + "', 'name': '"
                + resource.substring(resource.indexOf('/') + 1) + "'";
    }

    private static ImmutableMap<String, Case> recorded() {
        String answer = "effectiveRouteTables:\n  - BOUNDroutes:\n      - {source: Default, state: Active,"
                + " addressPrefixes: 10.1.0.0/16, nextHopType: VnetLocal}\n"
                + "      - {source: User, state: Active, name: gone, addressPrefixes: 10.9.0.0/16, nextHopType: None}\n";
        String ofNic = usual().yaml() + answer.replace("BOUND", "networkInterface: app-nic\n    ");
        String hop = "next-hop FILE --vm app-vm --source-ip 10.1.0.4 --dest-ip 10.0.1.4 --verbose";
        return ImmutableMap.<String, Case>builder()
                .put("EFFECTIVE_DIFFERS", new Case(ofNic, hop))
                .put(
                        "EFFECTIVE_UNBOUND",
                        new Case(usual().yaml() + answer.replace("BOUND", "").replace("10.1.0.0", "10.0.0.0"), hop))
                .put("PLATFORM_ROUTE_DIFFERS", new Case(ofNic, hop))
                .buildOrThrow();
    }

    private static Case template(String parameters, String... resources) {
        return question(
                json("{'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',"
                        + " 'contentVersion': '1.0.0.0', " + parameters + "'resources': [\n"
                        + String.join(",\n", resources)
                        + "]}"));
    }

    private static Case question(String file) {
        return new Case(file, "next-hop FILE --source-ip 10.0.0.4 --dest-ip 10.0.0.5 --verbose");
    }

    /** JSON from a text in which each kind of quote stands for the other, so that expressions stay readable in Java. */
    private static String json(String text) {
        return text.replace('\'', '\1').replace('"', '\'').replace('\1', '"');
    }
}
