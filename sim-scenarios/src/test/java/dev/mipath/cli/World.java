package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hub with an instance and an appliance, and a spoke with a client, as an engineer writes them down.
 *
 * @param yaml the topology file
 */
record World(String yaml) {
    static final String NAME = "mi-prod.0a1b2c3d4e5f.database.windows.net";

    private static final String TEXT = """
            mipath: topology/1
            profile: "2020"
            vnets:
              - name: vnet-hub
                location: westeurope
                addressPrefixes: 10.0.0.0/16
                subnets:
                  - {name: snet-mi, addressPrefix: 10.0.1.0/24, networkSecurityGroup: nsg-mi, routeTable: rt-mi, delegations: Microsoft.Sql/managedInstances}
                  - {name: snet-nva, addressPrefix: 10.0.2.0/24}
                peerings:
                  - {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}
              - name: vnet-spoke
                location: westeurope
                addressPrefixes: 10.1.0.0/16
                subnets:
                  - {name: snet-app, addressPrefix: 10.1.0.0/24, networkSecurityGroup: nsg-app, routeTable: rt-app}
                peerings:
                  - {name: spoke-to-hub, remoteVnet: vnet-hub, state: Connected}
            virtualMachines:
              - {name: app-vm, networkInterfaces: app-nic}
              - {name: nva, networkInterfaces: nva-nic}
            networkInterfaces:
              - {name: app-nic, subnet: snet-app, privateIpAddress: 10.1.0.4, virtualMachine: app-vm}
              - {name: nva-nic, subnet: snet-nva, privateIpAddress: 10.0.2.4, enableIpForwarding: true, virtualMachine: nva}
            managedInstances:
              - {name: mi-prod, subnet: snet-mi, fullyQualifiedDomainName: mi-prod.0a1b2c3d4e5f.database.windows.net, dnsZone: 0a1b2c3d4e5f, proxyOverride: Proxy, tier: GeneralPurpose}
            networkSecurityGroups:
              - name: nsg-app
                rules:
                  # of the client
              - name: nsg-mi
                rules:
                  - {name: allow_tds, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 1433}
                  - {name: deny_all_inbound, priority: 4096, direction: Inbound, access: Deny}
            routeTables:
              - name: rt-app
                routes:
                  # of the client
              - name: rt-mi
                routes:
                  # of the instance
            """;

    static World usual() {
        return new World(TEXT.replace("rules:\n      # of the client\n", "rules: []\n"))
                .with("routes:\n      # of the client\n", "routes: []\n")
                .with("routes:\n      # of the instance\n", "routes: []\n");
    }

    World with(String old, String replacement) {
        assertThat(yaml).contains(old);
        return new World(yaml.replace(old, replacement));
    }

    /** The client's own security group holds these rules. */
    World clientRules(String... rules) {
        return with("- name: nsg-app\n    rules: []\n", "- name: nsg-app\n    rules:\n" + lines(rules));
    }

    World instanceRules(String... rules) {
        int start = yaml.indexOf("- name: nsg-mi\n    rules:\n");
        int end = yaml.indexOf("routeTables:");
        assertThat(start).isPositive();
        return new World(
                yaml.substring(0, start) + "- name: nsg-mi\n    rules:\n" + lines(rules) + yaml.substring(end));
    }

    World clientRoutes(String... routes) {
        return with("- name: rt-app\n    routes: []\n", "- name: rt-app\n    routes:\n" + lines(routes));
    }

    World instanceRoutes(String... routes) {
        return with("- name: rt-mi\n    routes: []\n", "- name: rt-mi\n    routes:\n" + lines(routes));
    }

    World redirect() {
        return with("proxyOverride: Proxy", "proxyOverride: Redirect");
    }

    /** An on-premises site behind a VPN gateway of the hub. */
    World withSite() {
        return with(
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24}",
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24}\n      - {name: GatewaySubnet, addressPrefix: 10.0.3.0/24}")
                .with("managedInstances:\n", """
                        virtualNetworkGateways:
                          - {name: vgw, subnet: vnet-hub/GatewaySubnet, type: Vpn}
                        localNetworkGateways:
                          - {name: head-office, addressPrefixes: 192.168.0.0/16}
                        gatewayConnections:
                          - {name: to-office, virtualNetworkGateway: vgw, localNetworkGateway: head-office}
                        managedInstances:
                        """);
    }

    /** A second spoke, whose subnet uses table {@code rt-far}; {@code flags} are of its link to the hub. */
    World withFarSpoke(String flags) {
        return with("virtualMachines:\n", """
                  - name: vnet-far
                    location: westeurope
                    addressPrefixes: 10.2.0.0/16
                    subnets:
                      - {name: snet-far, addressPrefix: 10.2.0.0/24, routeTable: rt-far}
                    peerings:
                      - {name: far-to-hub, remoteVnet: vnet-hub, state: ConnectedFLAGS}
                virtualMachines:
                """.replace("FLAGS", flags));
    }

    World global() {
        int spoke = yaml.indexOf("- name: vnet-spoke");
        return new World(yaml.substring(0, spoke) + yaml.substring(spoke).replace("westeurope", "northeurope"));
    }

    private static String lines(String... items) {
        StringBuilder text = new StringBuilder();
        for (String item : items) text.append("      - {").append(item).append("}\n");
        return text.toString();
    }
}
