package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Load balancers with their frontends, pools, probes, rules and outbound rules. */
final class BalancerReader {
    private static final String PORT = "a port (0..65535)";
    private static final String CONFIGURATIONS = "/ipConfigurations/";
    /** Azure's own, of outbound rules that do not say. */
    private static final int IDLE_MINUTES = 4;

    private BalancerReader() {}

    static LoadBalancer loadBalancer(ResourceId id, Fields fields) {
        return new LoadBalancer(
                id,
                fields.place(),
                fields.nested("sku").text("name"),
                each(fields, "frontendIPConfigurations", "a frontend", BalancerReader::frontend),
                both(
                        each(fields, "backendAddressPools", "a backend pool", BalancerReader::pool),
                        each(fields, "inboundNatRules", "an inbound NAT rule", BalancerReader::natTarget)),
                each(fields, "probes", "a probe", BalancerReader::probe),
                both(
                        each(fields, "loadBalancingRules", "a load-balancing rule", BalancerReader::rule),
                        each(fields, "inboundNatRules", "an inbound NAT rule", BalancerReader::natRule)),
                each(fields, "outboundRules", "an outbound rule", BalancerReader::outboundRule));
    }

    private static <T> ImmutableList<T> both(ImmutableList<T> ones, ImmutableList<T> others) {
        return ImmutableList.<T>builder().addAll(ones).addAll(others).build();
    }

    /** The name of the pool that stands for the one machine of an inbound NAT rule. */
    static String natPool(String rule) {
        return "target of " + rule;
    }

    private static LoadBalancer.Pool natTarget(Fields entry) {
        return natTarget(entry.name(), entry);
    }

    private static LoadBalancer.Pool natTarget(String name, Fields entry) {
        Given<ResourceId> configuration = entry.reference("backendIPConfiguration");
        String text =
                configuration == null ? "" : configuration.map(ResourceId::text).orElse("");
        int end = text.indexOf(CONFIGURATIONS);
        ImmutableList<ResourceId> nic =
                end > 0 ? ImmutableList.of(new ResourceId(text.substring(0, end))) : ImmutableList.of();
        return new LoadBalancer.Pool(natPool(name), nic, ImmutableList.of());
    }

    /** An inbound NAT rule that is a resource of its own. */
    static Drafts.OfNatRule natRule(ResourceId id, Fields fields) {
        return new Drafts.OfNatRule(id, fields.place(), natRule(id.name(), fields), natTarget(id.name(), fields));
    }

    /** An inbound NAT rule is a rule for one machine that nobody probes. */
    private static LoadBalancer.Rule natRule(Fields entry) {
        return natRule(entry.name(), entry);
    }

    private static LoadBalancer.Rule natRule(String name, Fields entry) {
        return new LoadBalancer.Rule(
                name,
                entry.place(),
                nameOf(entry, "frontendIPConfiguration", ""),
                natPool(name),
                null,
                entry.required("protocol", "Tcp, Udp or All", BalancerReader::protocol),
                entry.required("frontendPort", PORT, BalancerReader::port),
                entry.required("backendPort", PORT, BalancerReader::port),
                "Default",
                entry.flag("enableFloatingIP", false),
                // "When only inbound NAT rules are used, no outbound NAT is provided" (Outbound rules, read
                // 2026-11-27).
                Given.of(true));
    }

    private static LoadBalancer.OutboundRule outboundRule(Fields entry) {
        @Nullable Given<ResourceId> pool = entry.reference("backendAddressPool");
        return new LoadBalancer.OutboundRule(
                entry.name(),
                entry.place(),
                entry.references("frontendIPConfigurations").stream()
                        .map(ResourceId::name)
                        .collect(ImmutableList.toImmutableList()),
                pool == null ? null : pool.map(ResourceId::name).value().orElse(null),
                entry.required("protocol", "Tcp, Udp or All", BalancerReader::protocol),
                number(entry, "allocatedOutboundPorts", "a number of ports (0..64000)", 0),
                number(entry, "idleTimeoutInMinutes", "a number of minutes (4..120)", IDLE_MINUTES),
                entry.flag("enableTcpReset", false));
    }

    private static <T> ImmutableList<T> each(Fields fields, String list, String what, Function<Fields, T> read) {
        ImmutableList.Builder<T> all = ImmutableList.builder();
        for (Node item : fields.items(list)) {
            Fields entry = NetworkReader.child(item, what, fields);
            if (entry != null) all.add(read.apply(entry));
        }
        return all.build();
    }

    private static LoadBalancer.Frontend frontend(Fields entry) {
        return new LoadBalancer.Frontend(
                entry.name(),
                entry.has("subnet") ? MachineReader.subnet(entry) : null,
                entry.given("privateIPAddress", MachineReader.ADDRESS, Address::parse),
                MachineReader.known(entry.reference("publicIPAddress")));
    }

    /** The NICs by the ids of their configurations, and members by address. */
    private static LoadBalancer.Pool pool(Fields entry) {
        List<ResourceId> interfaces = new ArrayList<>();
        for (ResourceId configuration : entry.references("backendIPConfigurations")) {
            int end = configuration.text().indexOf(CONFIGURATIONS);
            if (end > 0) interfaces.add(new ResourceId(configuration.text().substring(0, end)));
        }
        ImmutableList.Builder<Given<Address>> addresses = ImmutableList.builder();
        for (Node item : entry.items("loadBalancerBackendAddresses")) {
            Fields member = NetworkReader.child(item, "a backend address", entry);
            if (member == null) continue;
            Given<Address> address = member.given("ipAddress", MachineReader.ADDRESS, Address::parse);
            if (address != null) addresses.add(address);
        }
        return new LoadBalancer.Pool(entry.name(), ImmutableList.copyOf(interfaces), addresses.build());
    }

    private static LoadBalancer.Probe probe(Fields entry) {
        @Nullable String protocol = entry.text("protocol");
        return new LoadBalancer.Probe(
                entry.name(), protocol == null ? "Tcp" : protocol, entry.required("port", PORT, BalancerReader::port));
    }

    private static LoadBalancer.Rule rule(Fields entry) {
        @Nullable String distribution = entry.text("loadDistribution");
        return new LoadBalancer.Rule(
                entry.name(),
                entry.place(),
                nameOf(entry, "frontendIPConfiguration", ""),
                pool(entry, "backendAddressPool"),
                entry.has("probe") ? nameOf(entry, "probe", "") : null,
                entry.required("protocol", "Tcp, Udp or All", BalancerReader::protocol),
                entry.required("frontendPort", PORT, BalancerReader::port),
                entry.required("backendPort", PORT, BalancerReader::port),
                distribution == null ? "Default" : distribution,
                entry.flag("enableFloatingIP", false),
                entry.flag("disableOutboundSnat", false));
    }

    /** A rule names its pool, newer ones in a list. */
    private static @Nullable String pool(Fields entry, String name) {
        if (entry.has(name)) return nameOf(entry, name, "");
        ImmutableList<ResourceId> several = entry.references("backendAddressPools");
        return several.isEmpty() ? null : several.get(0).name();
    }

    private static Given<Integer> number(Fields entry, String name, String expected, int otherwise) {
        @Nullable Given<Integer> given = entry.given(name, expected, BalancerReader::port);
        return given == null ? Given.of(otherwise) : given;
    }

    private static String nameOf(Fields entry, String name, String otherwise) {
        Given<ResourceId> reference = entry.reference(name);
        return reference == null ? otherwise : reference.map(ResourceId::name).orElse(otherwise);
    }

    private static Protocol protocol(String text) {
        return text.equalsIgnoreCase("All") ? Protocol.ANY : Protocol.parse(text);
    }

    private static int port(String text) {
        Long port = Wholes.parse(text);
        if (port == null || port < 0 || port > 65_535) throw new IllegalArgumentException("a port is out of range");
        return port.intValue();
    }
}
