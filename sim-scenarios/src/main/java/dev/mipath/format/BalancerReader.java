package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** Reads load balancers with their frontends, pools, probes, rules and outbound rules. */
final class BalancerReader {
    static final String DEFAULT_DISTRIBUTION = "Default";
    static final String TCP = "Tcp";
    /** Azure's own, of outbound rules that do not say. */
    static final int IDLE_MINUTES = 4;

    private static final int IDLE_MINUTES_MAX = 120;
    private static final int SOURCE_PORTS_MAX = 64_000;

    private static final ImmutableMap<String, String> DISTRIBUTIONS = ImmutableMap.of(
            DEFAULT_DISTRIBUTION,
            DEFAULT_DISTRIBUTION,
            LoadBalancer.SOURCE_IP,
            LoadBalancer.SOURCE_IP,
            LoadBalancer.SOURCE_IP_PROTOCOL,
            LoadBalancer.SOURCE_IP_PROTOCOL);

    private final Resources resources;
    private final Values values;

    BalancerReader(Resources resources) {
        this.resources = resources;
        values = resources.values();
    }

    @Nullable
    LoadBalancer loadBalancer(Node item) {
        Fields fields = Fields.of(item, "a load balancer", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.LOAD_BALANCER::identity);
        @Nullable String sku = resources.optionalText(fields, "sku");
        ImmutableList<LoadBalancer.Frontend> frontends = values.rows(fields.optional("frontends"), this::frontend);
        ImmutableList<LoadBalancer.Pool> pools = values.rows(fields.optional("pools"), this::pool);
        ImmutableList<LoadBalancer.Probe> probes = values.rows(fields.optional("probes"), this::probe);
        ImmutableList<LoadBalancer.Rule> rules = values.rows(fields.optional("rules"), this::rule);
        ImmutableList<LoadBalancer.OutboundRule> outbound =
                values.rows(fields.optional("outboundRules"), this::outboundRule);
        fields.done();
        return id == null ? null : new LoadBalancer(id, fields.place(), sku, frontends, pools, probes, rules, outbound);
    }

    private LoadBalancer.@Nullable Frontend frontend(Node item) {
        Fields fields = Fields.of(item, "a frontend", values.problems());
        if (fields == null) return null;
        @Nullable String name = resources.requiredText(fields, "name");
        @Nullable Given<ResourceId> subnet = resources.givenOrNull(ResourceKind.SUBNET, fields.optional("subnet"));
        @Nullable Given<Address> address = values.givenOrNull(fields.optional("privateIpAddress"), values::address);
        Node publicAddress = fields.optional("publicIpAddress");
        @Nullable
        ResourceId outside =
                publicAddress == null ? null : resources.reference(ResourceKind.PUBLIC_IP_ADDRESS, publicAddress);
        fields.done();
        return name == null ? null : new LoadBalancer.Frontend(name, subnet, address, outside);
    }

    private LoadBalancer.@Nullable Pool pool(Node item) {
        Fields fields = Fields.of(item, "a backend pool", values.problems());
        if (fields == null) return null;
        @Nullable String name = resources.requiredText(fields, "name");
        ImmutableList<ResourceId> interfaces =
                resources.list(ResourceKind.NETWORK_INTERFACE, fields.optional("networkInterfaces"));
        ImmutableList<Given<Address>> addresses = values.givens(fields.optional("addresses"), values::address);
        fields.done();
        return name == null ? null : new LoadBalancer.Pool(name, interfaces, addresses);
    }

    private LoadBalancer.@Nullable Probe probe(Node item) {
        Fields fields = Fields.of(item, "a probe", values.problems());
        if (fields == null) return null;
        @Nullable String name = resources.requiredText(fields, "name");
        @Nullable String protocol = resources.optionalText(fields, "protocol");
        Given<Integer> port = port(fields, "port");
        fields.done();
        return name == null ? null : new LoadBalancer.Probe(name, protocol == null ? TCP : protocol, port);
    }

    private LoadBalancer.@Nullable Rule rule(Node item) {
        Fields fields = Fields.of(item, "a load-balancing rule", values.problems());
        if (fields == null) return null;
        @Nullable String name = resources.requiredText(fields, "name");
        @Nullable String frontend = resources.requiredText(fields, "frontend");
        @Nullable String pool = resources.optionalText(fields, "pool");
        @Nullable String probe = resources.optionalText(fields, "probe");
        Given<Protocol> protocol = values.givenOr(fields.optional("protocol"), Protocol.TCP, values::protocol);
        Given<Integer> frontendPort = port(fields, "frontendPort");
        Given<Integer> backendPort = fields.has("backendPort") ? port(fields, "backendPort") : frontendPort;
        Node distribution = fields.optional("loadDistribution");
        @Nullable String word = distribution == null ? DEFAULT_DISTRIBUTION : values.word(distribution, DISTRIBUTIONS);
        Given<Boolean> floating = values.givenOr(fields.optional("enableFloatingIp"), false, values::truth);
        Given<Boolean> noSnat = values.givenOr(fields.optional("disableOutboundSnat"), false, values::truth);
        fields.done();
        if (name == null || frontend == null || word == null) return null;
        return new LoadBalancer.Rule(
                name,
                fields.place(),
                frontend,
                pool,
                probe,
                protocol,
                frontendPort,
                backendPort,
                word,
                floating,
                noSnat);
    }

    private LoadBalancer.@Nullable OutboundRule outboundRule(Node item) {
        Fields fields = Fields.of(item, "an outbound rule", values.problems());
        if (fields == null) return null;
        @Nullable String name = resources.requiredText(fields, "name");
        ImmutableList<String> frontends = values.list(fields.required("frontends"), values::text);
        @Nullable String pool = resources.optionalText(fields, "pool");
        Given<Protocol> protocol = values.givenOr(fields.optional("protocol"), Protocol.ANY, values::protocol);
        Given<Integer> ports = values.givenOr(fields.optional("allocatedOutboundPorts"), 0, this::sourcePorts);
        Given<Integer> idle = values.givenOr(fields.optional("idleTimeoutInMinutes"), IDLE_MINUTES, this::minutes);
        Given<Boolean> reset = values.givenOr(fields.optional("enableTcpReset"), false, values::truth);
        fields.done();
        if (name == null) return null;
        return new LoadBalancer.OutboundRule(name, fields.place(), frontends, pool, protocol, ports, idle, reset);
    }

    private @Nullable Integer minutes(Node value) {
        @Nullable Integer minutes = values.number(value);
        if (minutes == null || (minutes >= IDLE_MINUTES && minutes <= IDLE_MINUTES_MAX)) return minutes;
        return values.wrong(value.place(), "`" + minutes + "` minutes", "write a number from 4 to 120");
    }

    private @Nullable Integer sourcePorts(Node value) {
        @Nullable Integer ports = values.number(value);
        if (ports == null || (ports >= 0 && ports <= SOURCE_PORTS_MAX)) return ports;
        return values.wrong(
                value.place(),
                "`" + ports + "` source ports for each machine",
                "write a number up to 64000, or 0 for Azure's own");
    }

    private Given<Integer> port(Fields fields, String key) {
        Node value = fields.required(key);
        return value == null ? Given.unknown(key, fields.place()) : values.given(value, this::port);
    }

    private @Nullable Integer port(Node value) {
        @Nullable Integer port = values.number(value);
        if (port == null || (port >= 0 && port <= 65_535)) return port;
        return values.wrong(value.place(), "`" + port + "` is not a port", "write a port (0..65535; 0 for all)");
    }
}
