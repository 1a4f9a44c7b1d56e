package dev.mipath.recordings;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.forwarding.Edge;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.EffectiveRouteTable;
import dev.mipath.topology.EffectiveSecurityRules;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import org.jspecify.annotations.Nullable;

/**
 * The network that a recording was made in, declared anew: a VNet with one subnet, and a machine's NIC in it, as
 * {@code az vm create} makes them. Nothing of the recorded answer is in it but what a customer declares: the range of
 * the VNet, the groups with the customer's rules, the table with the customer's routes.
 */
final class Rebuilt {
    static final ResourceId VNET = new ResourceId("vm1VNET");
    static final ResourceId SUBNET = new ResourceId("vm1VNET/vm1Subnet");
    static final ResourceId NIC = new ResourceId("vm1VMNic");
    static final Place PLACE = new Place("rebuilt", 1, "");

    private final Given<Prefix> range;
    private Address address;
    private ResourceId subnetId = SUBNET;
    private ResourceId nicId = NIC;
    private final Topology.Builder topology = new Topology.Builder();
    private @Nullable ResourceId subnetGroup;
    private @Nullable ResourceId nicGroup;
    private @Nullable ResourceId table;

    private Rebuilt(Given<Prefix> range, Address address) {
        this.range = range;
        this.address = address;
    }

    /** A VNet of this range with one subnet of the same range; the NIC has the first address Azure would give. */
    static Rebuilt vnet(String range) {
        Prefix prefix = Prefix.parse(range);
        return new Rebuilt(
                Given.of(prefix), new Address(false, 0, prefix.first().low() + 4));
    }

    /** A VNet whose range the recording does not give. */
    static Rebuilt vnetOfUnknownRange() {
        return new Rebuilt(Given.unknown("the address range of " + VNET, PLACE), Address.parse("10.0.0.4"));
    }

    Rebuilt nicAddress(String text) {
        address = Address.parse(text);
        return this;
    }

    /** What the recording calls subnet and NIC. */
    @CanIgnoreReturnValue
    Rebuilt called(String subnet, String nic) {
        subnetId = new ResourceId(subnet);
        nicId = new ResourceId(nic);
        return this;
    }

    Rebuilt nicGroup(NetworkSecurityGroup group) {
        topology.add(group);
        return nicGroup(group.id());
    }

    /** A group whose rules the recording does not give. */
    Rebuilt nicGroup(ResourceId id) {
        nicGroup = id;
        return this;
    }

    Rebuilt subnetGroup(NetworkSecurityGroup group) {
        topology.add(group);
        subnetGroup = group.id();
        return this;
    }

    Rebuilt table(RouteTable routes) {
        topology.add(routes);
        table = routes.id();
        return this;
    }

    /** What Azure answered about the NIC, which then wins over what is derived. */
    Rebuilt recorded(EffectiveSecurityRules answer) {
        topology.add(new EffectiveSecurityRules(
                answer.place(), answer.networkSecurityGroup(), NIC, answer.rules(), answer.tagMap()));
        return this;
    }

    /** What Azure answered about the NIC's routes, which then wins over what is derived. */
    Rebuilt recorded(EffectiveRouteTable answer) {
        topology.add(answer);
        return this;
    }

    Compilation compiled() {
        Subnet.Attached attached = new Subnet.Attached(given(subnetGroup), given(table), null);
        Subnet subnet = new Subnet(
                subnetId, PLACE, ImmutableList.of(range), attached, ImmutableList.of(), ImmutableList.of(), null);
        topology.add(new Vnet(
                VNET,
                PLACE,
                Given.of("westus"),
                ImmutableList.of(range),
                ImmutableList.of(),
                ImmutableList.of(subnet),
                ImmutableList.of()));
        IpConfiguration primary = new IpConfiguration(
                "ipconfigvm1", PLACE, Given.of(subnetId), Given.of(address), null, ImmutableList.of());
        topology.add(new NetworkInterface(
                nicId, PLACE, ImmutableList.of(primary), given(nicGroup), Given.of(false), new ResourceId("vm1")));
        return NetworkCompiler.compile(topology.build(), CompileOptions.DEFAULTS);
    }

    /** Where the machine's NIC meets its network. */
    static Edge nicEdge(Compilation compiled) {
        for (NetworkInterface nic : compiled.topology().networkInterfaces()) {
            Given<Address> own = nic.ipConfigurations().get(0).privateIpAddress();
            if (own == null) continue;
            for (Edge edge : compiled.network().edges(own.value().orElseThrow())) return edge;
        }
        throw new AssertionError("the NIC is in no subnet");
    }

    static NetworkSecurityGroup group(String name, Iterable<SecurityRule> rules) {
        return new NetworkSecurityGroup(new ResourceId(name), PLACE, ImmutableList.copyOf(rules));
    }

    private static @Nullable Given<ResourceId> given(@Nullable ResourceId id) {
        return id == null ? null : Given.of(id);
    }
}
