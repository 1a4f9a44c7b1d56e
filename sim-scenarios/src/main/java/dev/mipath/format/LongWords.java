package dev.mipath.format;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words of Azure's templates for which this format has shorter or other ones; whoever pastes them is told. */
final class LongWords {
    private static final Map<String, String> SHORT = Map.ofEntries(
            entry("sourceaddressprefix", "source"),
            entry("sourceaddressprefixes", "source"),
            entry("sourceapplicationsecuritygroups", "source"),
            entry("sourceportrange", "sourcePorts"),
            entry("sourceportranges", "sourcePorts"),
            entry("destinationaddressprefix", "destination"),
            entry("destinationaddressprefixes", "destination"),
            entry("destinationapplicationsecuritygroups", "destination"),
            entry("destinationportrange", "destinationPorts"),
            entry("destinationportranges", "destinationPorts"),
            entry("ports", "destinationPorts"),
            entry("port", "destinationPorts"),
            entry("addressspace", "addressPrefixes"),
            entry("localnetworkaddressspace", "addressPrefixes"),
            entry("dhcpoptions", "dnsServers"),
            entry("virtualnetworkpeerings", "peerings"),
            entry("remotevirtualnetwork", "remoteVnet"),
            entry("peeringstate", "state"),
            entry("remotevirtualnetworkaddressspace", "remoteAddressPrefixes"),
            entry("securityrules", "rules"),
            entry("nsg", "networkSecurityGroup"),
            entry("frontendipconfigurations", "frontends"),
            entry("gatewaytype", "type"),
            entry("nexthopip", "nextHopIpAddress"),
            entry("subnetid", "subnet"),
            entry("connectiontype", "proxyOverride"),
            entry("fqdn", "fullyQualifiedDomainName"),
            entry("virtualnetworks", "vnets"),
            entry("nsgs", "networkSecurityGroups"),
            entry("nics", "networkInterfaces"),
            entry("vms", "virtualMachines"),
            entry("connections", "gatewayConnections"));

    private LongWords() {}

    /** This format's word for one of Azure's. */
    static Optional<String> shortFor(String azureWord) {
        return Optional.ofNullable(SHORT.get(azureWord.toLowerCase(Locale.ROOT)));
    }
}
