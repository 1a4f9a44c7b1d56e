package dev.mipath.topology;

/** A resource that serves subnets without being one: public addresses, translation, names, what instances connect to. */
public sealed interface NetworkService permits PublicIpAddress, NatGateway, PrivateDnsZone, DnsServer, ExternalService {
    /** The identity. */
    ResourceId id();

    /** Where it begins. */
    Place place();
}
