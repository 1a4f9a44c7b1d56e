package dev.mipath.cli;

/** A VNet with an instance that redirects, for stories of what happens there in time. */
final class TimedNetwork {
    /** The network; clients are to be written behind it. */
    static final String TEXT = """
            mipath: topology/1
            profile: "2020"
            vnets:
              - name: vnet-hub
                location: westeurope
                addressPrefixes: 10.0.0.0/16
                subnets:
                  - {name: snet-mi, addressPrefix: 10.0.1.0/24, networkSecurityGroup: nsg-mi, routeTable: rt-mi, delegations: Microsoft.Sql/managedInstances}
                  - {name: snet-app, addressPrefix: 10.0.2.0/24}
            managedInstances:
              - {name: mi1, subnet: snet-mi, fullyQualifiedDomainName: mi1.0123abcd4567.database.windows.net, dnsZone: 0123abcd4567, proxyOverride: Redirect}
            networkSecurityGroups:
              - name: nsg-mi
                rules:
                  - {name: allow_tds, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 1433}
                  - {name: allow_redirect, priority: 1100, direction: Inbound, access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 11000-11999}
                  - {name: deny_all_inbound, priority: 4096, direction: Inbound, access: Deny}
            routeTables:
              - {name: rt-mi, routes: []}
            """;

    /** From 2 s on, no client reaches its node. */
    static final String CLOSES = """
            timeline:
              - at: 2s
                change:
                  - removeRule: {networkSecurityGroup: nsg-mi, name: allow_redirect}
            """;

    private TimedNetwork() {}
}
