package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A customer's load balancer (facts 3.9 to 3.16).
 *
 * @param id the identity
 * @param place where it begins
 * @param sku {@code Basic} or {@code Standard}; null when the input does not say
 * @param frontends its frontends
 * @param pools its backend pools
 * @param probes its health probes
 * @param rules its load-balancing rules
 * @param outboundRules its outbound rules
 */
public record LoadBalancer(
        ResourceId id,
        Place place,
        @Nullable String sku,
        ImmutableList<Frontend> frontends,
        ImmutableList<Pool> pools,
        ImmutableList<Probe> probes,
        ImmutableList<Rule> rules,
        ImmutableList<OutboundRule> outboundRules)
        implements Identified {
    /** The SKU that has outbound rules, and gives its machines no other way out. */
    public static final String STANDARD = "Standard";

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
     * @param disableOutboundSnat whether it gives its backends no way to the Internet; a public rule does unless told
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
            Given<Boolean> enableFloatingIp,
            Given<Boolean> disableOutboundSnat) {}

    /**
     * A rule by which the machines of a pool reach the Internet with the frontends' addresses.
     *
     * @param name the bare name
     * @param place where it begins
     * @param frontends the frontends' names; each address has 64,000 ports
     * @param pool the pool's name, or null when the input does not say
     * @param protocol TCP, UDP, or any for both
     * @param allocatedOutboundPorts source ports of each machine; 0 leaves them to Azure, by the size of the pool
     * @param idleTimeoutInMinutes after so many minutes an idle flow is forgotten
     * @param enableTcpReset whether both sides are told then
     */
    public record OutboundRule(
            String name,
            Place place,
            ImmutableList<String> frontends,
            @Nullable String pool,
            Given<Protocol> protocol,
            Given<Integer> allocatedOutboundPorts,
            Given<Integer> idleTimeoutInMinutes,
            Given<Boolean> enableTcpReset) {}
}
