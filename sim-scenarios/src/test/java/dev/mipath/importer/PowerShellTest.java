package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Topology;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@code Get-Az… | ConvertTo-Json -Depth 20} writes: names with capitals, lists where the REST answer has one value. */
@DisplayName("What PowerShell saves")
class PowerShellTest {
    private static final String NET = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/";

    @Test
    @DisplayName("is read as what az saves: networks, groups, tables, NICs, machines, instances")
    void resources() {
        Topology topology = Imports.topology(Imports.json("""
            [
             {'Name': 'v', 'Id': '#virtualNetworks/v', 'Location': 'westeurope', 'ProvisioningState': 'Succeeded',
              'AddressSpace': {'AddressPrefixes': ['10.0.0.0/16']}, 'DhcpOptions': {'DnsServers': ['10.0.0.9']},
              'AddressSpaceText': '{...}', 'Subnets': [{'Name': 's', 'Id': '#virtualNetworks/v/subnets/s',
                'AddressPrefix': ['10.0.0.0/24', '10.0.1.0/24'], 'NetworkSecurityGroup': {'Id': '#networkSecurityGroups/n',
                'SecurityRules': null}, 'RouteTable': {'Id': '#routeTables/t'}, 'NatGateway': null,
                'Delegations': [{'ServiceName': 'Microsoft.Sql/managedInstances'}], 'ServiceEndpoints': []}],
              'VirtualNetworkPeerings': [{'Name': 'p', 'PeeringState': 'connected', 'AllowForwardedTraffic': true,
                'RemoteVirtualNetwork': {'Id': '#virtualNetworks/w'},
                'RemoteVirtualNetworkAddressSpace': {'AddressPrefixes': ['10.9.0.0/16']}}]},
             {'Name': 'n', 'Id': '#networkSecurityGroups/n', 'SecurityRules': [{'Name': 'r', 'Protocol': 'TCP',
                'SourcePortRange': ['*'], 'DestinationPortRange': ['1433', '11000-11999'], 'SourceAddressPrefix':
                ['virtualnetwork'], 'DestinationAddressPrefix': ['*'], 'Access': 'allow', 'Priority': 100,
                'Direction': 'INBOUND', 'SourceApplicationSecurityGroups': []}], 'DefaultSecurityRules': []},
             {'Name': 't', 'Id': '#routeTables/t', 'DisableBgpRoutePropagation': false, 'Routes': [{'Name': 'r',
                'AddressPrefix': '0.0.0.0/0', 'NextHopType': 'virtualappliance', 'NextHopIpAddress': '10.0.0.4'}]},
             {'Name': 'i', 'Id': '#networkInterfaces/i', 'EnableIPForwarding': true, 'IpConfigurations': [{'Name': 'c',
                'Primary': true, 'PrivateIpAddress': '10.0.0.4', 'Subnet': {'Id': '#virtualNetworks/v/subnets/s'}}]},
             {'Name': 'm', 'Id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/m',
              'NetworkProfile': {'NetworkInterfaces': [{'Id': '#networkInterfaces/i', 'Primary': null}]}},
             {'Id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/managedInstances/q', 'ManagedInstanceName': 'q',
              'SubnetId': '#virtualNetworks/v/subnets/s', 'FullyQualifiedDomainName': 'q.z.database.windows.net',
              'DnsZone': 'z', 'ProxyOverride': 'proxy', 'PublicDataEndpointEnabled': false, 'Sku': {'Name': 'BC_Gen5'}}
            ]
            """).replace("#", NET));
        assertThat(topology.notices()).noneMatch(notice -> !notice.code().equals("REFERENCE_NOT_IN_INPUT"));
        var subnet = topology.vnets().get(0).subnets().get(0);
        assertThat(subnet.prefixes()).hasToString("[10.0.0.0/24, 10.0.1.0/24]");
        assertThat(subnet.attached().natGateway()).isNull();
        assertThat(subnet.delegations()).containsExactly("Microsoft.Sql/managedInstances");
        assertThat(topology.vnets().get(0).dnsServers()).hasToString("[10.0.0.9]");
        assertThat(topology.vnets().get(0).peerings().get(0).remoteAddressPrefixes())
                .hasToString("[10.9.0.0/16]");
        assertThat(topology.networkSecurityGroups()
                        .get(0)
                        .rules()
                        .get(0)
                        .match()
                        .destinationPorts())
                .hasToString("[1433, 11000-11999]");
        assertThat(topology.routeTables().get(0).routes().get(0).nextHopType().is(NextHopType.VIRTUAL_APPLIANCE))
                .isTrue();
        assertThat(topology.networkInterfaces().get(0).enableIpForwarding().is(true))
                .isTrue();
        assertThat(topology.networkInterfaces().get(0).virtualMachine())
                .isEqualTo(topology.virtualMachines().get(0).id());
        assertThat(topology.managedInstances().get(0).proxyOverride()).hasToString("Proxy");
    }

    @Test
    @DisplayName("of effective rules and routes is read too")
    void effective() {
        Topology topology = Imports.topology(Imports.json("""
            [
             {'NetworkSecurityGroup': {'Id': '#networkSecurityGroups/n'}, 'Association': {'Subnet': {'Id':
              '#virtualNetworks/v/subnets/s'}, 'NetworkInterface': null}, 'EffectiveSecurityRules': [{'Name':
              'DefaultRule_AllowVnetInBound', 'Protocol': 'All', 'SourcePortRange': ['0-65535'], 'DestinationPortRange':
              ['0-65535'], 'SourceAddressPrefix': ['VirtualNetwork'], 'DestinationAddressPrefix': ['VirtualNetwork'],
              'ExpandedSourceAddressPrefix': ['10.0.0.0/16'], 'ExpandedDestinationAddressPrefix': ['10.0.0.0/16'],
              'Access': 'Allow', 'Priority': 65000, 'Direction': 'Inbound'}], 'TagMap': {}},
             {'Name': null, 'State': 'Active', 'Source': 'Default', 'AddressPrefix': ['10.0.0.0/16'], 'NextHopType':
              'VnetLocal', 'NextHopIpAddress': []}
            ]
            """).replace("#", NET));
        assertThat(topology.effectiveSecurityRules())
                .singleElement()
                .satisfies(answer ->
                        assertThat(answer.tagMap().get("VirtualNetwork")).hasToString("[10.0.0.0/16]"));
        assertThat(topology.effectiveRouteTables().get(0).routes()).hasSize(1);
    }

    @Test
    @DisplayName("cut off at its standard depth is refused, with the option that helps")
    void cutOff() {
        assertThat(Imports.problems(Imports.json("""
            {'Name': 'v', 'Id': '#virtualNetworks/v', 'AddressSpace': {'AddressPrefixes': ['10.0.0.0/16']},
             'Subnets': ['Microsoft.Azure.Commands.Network.Models.PSSubnet']}\
            """).replace("#", NET)))
                .containsExactly(
                        "-:2 at /Subnets/0: a subnet is a text, not an object (PowerShell has cut it off; save it"
                                + " again with `ConvertTo-Json -Depth 20`)");
    }

    @Test
    @DisplayName("of Get-AzResource says no more than names, and what is missing")
    void names() {
        Topology topology = Imports.topology(Imports.json("""
            [{'Name': 'n', 'ResourceGroupName': 'g', 'ResourceType': 'Microsoft.Network/networkSecurityGroups',
              'Location': 'westeurope', 'ResourceId': '#networkSecurityGroups/n', 'Tags': null, 'SubscriptionId': 's'}]
            """).replace("#", NET));
        assertThat(topology.networkSecurityGroups()).isEmpty();
        assertThat(topology.notices())
                .singleElement()
                .satisfies(notice ->
                        assertThat(notice.text()).contains("this says no more than the name", "az network nsg show"));
    }
}
