package dev.mipath.topology;

/**
 * A resource that serves or rules subnets without being one: public addresses, translation, names, what instances connect
 * to, locks.
 */
public sealed interface NetworkService extends Identified
        permits PublicIpAddress,
                NatGateway,
                PrivateDnsZone,
                DnsServer,
                ExternalService,
                ExpressRouteCircuit,
                FailoverGroup,
                Firewall,
                AdminRules,
                ManagementLock {
    /** Where it begins. */
    Place place();
}
