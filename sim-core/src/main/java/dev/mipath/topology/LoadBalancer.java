package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A customer's load balancer (facts 3.9 to 3.12).
 *
 * @param id the identity
 * @param place where it begins
 * @param sku {@code Basic} or {@code Standard}; null when the input does not say
 * @param frontends its frontends
 * @param pools its backend pools
 * @param probes its health probes
 * @param rules its load-balancing rules
 */
public record LoadBalancer(
        ResourceId id,
        Place place,
        @Nullable String sku,
        ImmutableList<Frontend> frontends,
        ImmutableList<Pool> pools,
        ImmutableList<Probe> probes,
        ImmutableList<Rule> rules)
        implements Identified {
    /** The word of a rule that shares flows by source and destination address. */
    public static final String SOURCE_IP = "SourceIP";

    /** The word of a rule that shares flows by both addresses and the protocol. */
    public static final String SOURCE_IP_PROTOCOL = "SourceIPProtocol";

    /**
     * A frontend: private with a subnet, public with a public address.
     *
     * @param name the bare name
     * @param subnet the subnet it takes its address from, or null when it is public
     * @param privateIpAddress its private address, or null when Azure assigns it later
     * @param publicIpAddress its public address, or null when it is private
     */
    public record Frontend(
            String name,
            @Nullable Given<ResourceId> subnet,
            @Nullable Given<Address> privateIpAddress,
            @Nullable ResourceId publicIpAddress) {}

    /**
     * A backend pool; NICs may name it too.
     *
     * @param name the bare name
     * @param networkInterfaces NICs in it
     * @param addresses members by address
     */
    public record Pool(
            String name, ImmutableList<ResourceId> networkInterfaces, ImmutableList<Given<Address>> addresses) {}

    /**
     * A health probe.
     *
     * @param name the bare name
     * @param protocol {@code Tcp}, {@code Http} or {@code Https}
     * @param port the port it tries
     */
    public record Probe(String name, String protocol, Given<Integer> port) {}

    /**
     * A load-balancing rule.
     *
     * @param name the bare name
     * @param place where it begins
     * @param frontend the frontend's name
     * @param pool the pool's name, or null when it has none yet
     * @param probe the probe's name, or null when its backends are not probed
     * @param protocol the protocol, any for all ports of an internal load balancer
     * @param frontendPort the port it listens on; 0 for all
     * @param backendPort the port of the backends; 0 for all
     * @param loadDistribution {@code Default}, {@code SourceIP} or {@code SourceIPProtocol}
     * @param enableFloatingIp whether the backends see the frontend's own address
     */
    public record Rule(
            String name,
            Place place,
            String frontend,
            @Nullable String pool,
            @Nullable String probe,
            Given<Protocol> protocol,
            Given<Integer> frontendPort,
            Given<Integer> backendPort,
            String loadDistribution,
            Given<Boolean> enableFloatingIp) {}
}
