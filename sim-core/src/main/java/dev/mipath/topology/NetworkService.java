package dev.mipath.topology;

/** A resource that serves subnets without being one: public addresses, translation, names, what instances connect to. */
public sealed interface NetworkService extends Identified
        permits PublicIpAddress,
                NatGateway,
                PrivateDnsZone,
                DnsServer,
                ExternalService,
                ExpressRouteCircuit,
                FailoverGroup,
                Firewall,
                AdminRules {
    /** Where it begins. */
    Place place();
}
