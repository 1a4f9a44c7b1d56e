package dev.mipath.topology;

/** A resource that serves subnets without being one: public addresses, translation, names. */
public sealed interface NetworkService permits PublicIpAddress, NatGateway, PrivateDnsZone, DnsServer {
    /** The identity. */
    ResourceId id();

    /** Where it begins. */
    Place place();
}
