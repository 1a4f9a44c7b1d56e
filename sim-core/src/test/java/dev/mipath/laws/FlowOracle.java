package dev.mipath.laws;

import static dev.mipath.laws.PlainFacts.anyHolds;
import static dev.mipath.laws.PlainFacts.known;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.CompileOptions.TagRoutes;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which rule decides a flow, worked out rule by rule and address by address as the facts word it. */
final class FlowOracle {
    static final Address HOST_SERVICES = Address.parse("168.63.129.16");
    static final Address METADATA = Address.parse("169.254.169.254");
    private static final List<Prefix> LOAD_BALANCER =
            RandomTopologies.blocks("168.63.129.16/32", "fe80::1234:5678:9abc/128");

    private final PlainFacts facts;
    private final List<Prefix> internet =
            ServiceTags.builtIn().prefixes("Internet").orElseThrow();

    private final Map<String, List<Listed>> lists = new HashMap<>();

    FlowOracle(PlainFacts facts) {
        this.facts = facts;
    }

    /** What IP flow verify says; no rule where a platform address passes, no group where none is attached. */
    record Answer(
            Access access,
            @Nullable ResourceId group,
            @Nullable String rule,
            @Nullable Integer priority) {}

    /** A rule of a list with the platform's default rules at the end. */
    record Listed(String name, int priority, Access access, SecurityRule.Match match) {}

    Answer ask(PlainFacts.Site site, Direction direction, Packet packet) {
        Answer answer = new Answer(Access.ALLOW, null, null, null);
        for (ResourceId group : layers(site, direction)) {
            answer = ask(group, site, direction, packet);
            if (answer.access() == Access.DENY) return answer;
        }
        return answer;
    }

    /** Fact 1.5: inbound subnet then NIC, outbound NIC then subnet. */
    private static List<ResourceId> layers(PlainFacts.Site site, Direction direction) {
        List<ResourceId> layers = new ArrayList<>();
        Given<ResourceId> subnet = site.subnet().attached().networkSecurityGroup();
        Given<ResourceId> nic = site.nic() == null ? null : site.nic().networkSecurityGroup();
        if (subnet != null) layers.add(known(subnet));
        if (nic != null) layers.add(direction == Direction.INBOUND ? layers.size() : 0, known(nic));
        return layers;
    }

    /** What a firewall says: its rules as they stand, and nothing else passes. */
    Answer ask(Firewall firewall, PlainFacts.Site site, Packet packet) {
        for (SecurityRule rule : firewall.rules()) {
            Listed listed = new Listed(
                    "securityRules/" + rule.name(), known(rule.priority()), known(rule.access()), rule.match());
            if (matches(listed, site, Direction.INBOUND, packet)) {
                return new Answer(listed.access, firewall.id(), listed.name, listed.priority);
            }
        }
        return new Answer(Access.DENY, firewall.id(), "defaultSecurityRules/default deny", null);
    }

    /** What one group says. */
    Answer ask(ResourceId group, PlainFacts.Site site, Direction direction, Packet packet) {
        for (Listed rule : rules(group, direction)) {
            if (matches(rule, site, direction, packet)) {
                return new Answer(rule.access, group, rule.name, rule.priority);
            }
        }
        if (direction == Direction.OUTBOUND && isPlatform(packet.destination())) {
            return new Answer(Access.ALLOW, group, null, null);
        }
        throw new IllegalStateException("the last default rule matches everything");
    }

    /** The rules of a group in one direction in order of evaluation. */
    List<Listed> rules(ResourceId id, Direction direction) {
        return lists.computeIfAbsent(direction + " " + id, key -> list(id, direction));
    }

    private List<Listed> list(ResourceId id, Direction direction) {
        NetworkSecurityGroup group =
                facts.world.topology().networkSecurityGroup(id).orElseThrow();
        List<Listed> list = new ArrayList<>();
        for (SecurityRule rule : group.rules()) {
            if (known(rule.direction()) != direction) continue;
            list.add(new Listed(
                    "securityRules/" + rule.name(), known(rule.priority()), known(rule.access()), rule.match()));
        }
        list.sort(Comparator.comparingInt(Listed::priority));
        String suffix = direction == Direction.INBOUND ? "InBound" : "OutBound";
        list.add(byDefault("AllowVnet" + suffix, 65_000, Access.ALLOW, "VirtualNetwork", "VirtualNetwork"));
        list.add(
                direction == Direction.INBOUND
                        ? byDefault("AllowAzureLoadBalancerInBound", 65_001, Access.ALLOW, "AzureLoadBalancer", "*")
                        : byDefault("AllowInternetOutBound", 65_001, Access.ALLOW, "*", "Internet"));
        list.add(byDefault("DenyAll" + suffix, 65_500, Access.DENY, "*", "*"));
        return list;
    }

    private static Listed byDefault(String name, int priority, Access access, String source, String destination) {
        return new Listed(
                "defaultSecurityRules/" + name,
                priority,
                access,
                new SecurityRule.Match(
                        Given.of(Protocol.ANY),
                        ImmutableList.of(term(source)),
                        SecurityRule.Match.ANY.sourcePorts(),
                        ImmutableList.of(term(destination)),
                        SecurityRule.Match.ANY.destinationPorts()));
    }

    private static AddressTerm term(String text) {
        return text.equals("*") ? new AddressTerm.Any() : new AddressTerm.Tag(text);
    }

    private boolean matches(Listed rule, PlainFacts.Site site, Direction direction, Packet packet) {
        boolean hasPorts = packet.protocol() == Protocol.TCP || packet.protocol() == Protocol.UDP;
        Protocol protocol = known(rule.match.protocol());
        return (protocol == Protocol.ANY || protocol == packet.protocol())
                && (!hasPorts || anyPort(rule.match.sourcePorts(), packet.sourcePort()))
                && (!hasPorts || anyPort(rule.match.destinationPorts(), packet.destinationPort()))
                && any(rule.match.source(), site, packet.source())
                && any(rule.match.destination(), site, packet.destination())
                && !spared(rule, direction, packet);
    }

    /** The fields that match: 1 source, 2 source port, 4 destination, 8 destination port, 16 protocol. */
    int fields(Listed rule, PlainFacts.Site site, Direction direction, Packet packet) {
        boolean hasPorts = packet.protocol() == Protocol.TCP || packet.protocol() == Protocol.UDP;
        Protocol protocol = known(rule.match.protocol());
        int bits = 0;
        if (any(rule.match.source(), site, packet.source())) bits |= 1;
        if (!hasPorts || anyPort(rule.match.sourcePorts(), packet.sourcePort())) bits |= 2;
        if (any(rule.match.destination(), site, packet.destination()) && !spared(rule, direction, packet)) bits |= 4;
        if (!hasPorts || anyPort(rule.match.destinationPorts(), packet.destinationPort())) bits |= 8;
        if (protocol == Protocol.ANY || protocol == packet.protocol()) bits |= 16;
        return bits;
    }

    /** Fact 1.27: an ordinary outbound deny does not stop the platform's own addresses. */
    private static boolean spared(Listed rule, Direction direction, Packet packet) {
        if (direction == Direction.INBOUND || rule.access == Access.ALLOW) return false;
        if (!isPlatform(packet.destination())) return false;
        for (AddressTerm term : rule.match.destination()) {
            if (term instanceof AddressTerm.Tag tag
                    && tag.name().toLowerCase(Locale.ROOT).startsWith("azureplatform")) return false;
        }
        return true;
    }

    static boolean isPlatform(Address address) {
        return address.equals(HOST_SERVICES) || address.equals(METADATA);
    }

    private static boolean anyPort(List<Given<PortRange>> ranges, int port) {
        for (Given<PortRange> range : ranges) {
            if (known(range).first() <= port && port <= known(range).last()) return true;
        }
        return false;
    }

    private boolean any(List<AddressTerm> terms, PlainFacts.Site site, Address address) {
        for (AddressTerm term : terms) if (holds(term, site, address)) return true;
        return false;
    }

    private boolean holds(AddressTerm term, PlainFacts.Site site, Address address) {
        if (term instanceof AddressTerm.Any) return true;
        if (term instanceof AddressTerm.Block block) return block.prefix().contains(address);
        if (term instanceof AddressTerm.Group group)
            return facts.members(group.id()).contains(address);
        String tag = ((AddressTerm.Tag) term).name().toLowerCase(Locale.ROOT);
        return switch (tag) {
            case "virtualnetwork" -> inVirtualNetwork(site, address);
            case "internet" -> anyHolds(internet, address) && !isOwnOrPeered(site, address);
            case "azureloadbalancer" -> anyHolds(LOAD_BALANCER, address);
            case "azureplatformdns" -> address.equals(HOST_SERVICES);
            case "azureplatformimds" -> address.equals(METADATA);
            default -> anyHolds(facts.tag(tag), address);
        };
    }

    /** Fact 1.20: VNet, peers, learnt ranges, 168.63.129.16, and what the subnet's own routes cover. */
    private boolean inVirtualNetwork(PlainFacts.Site site, Address address) {
        return isOwnOrPeered(site, address)
                || anyHolds(facts.learnt(site.vnet()), address)
                || address.equals(HOST_SERVICES)
                || coveredByRoute(site, address);
    }

    /** Fact 3.3: the tag follows the own link only, which must be Connected with access on. */
    private boolean isOwnOrPeered(PlainFacts.Site site, Address address) {
        if (anyHolds(PlainFacts.ranges(site.vnet()), address)) return true;
        for (Peering link : site.vnet().peerings()) {
            boolean open =
                    facts.connected(site.vnet(), link) && known(link.flags().allowVirtualNetworkAccess());
            if (open && anyHolds(facts.ranges(link), address)) return true;
        }
        return false;
    }

    /** Fact 1.20a. */
    private boolean coveredByRoute(PlainFacts.Site site, Address address) {
        Given<ResourceId> id = site.subnet().attached().routeTable();
        if (id == null) return false;
        Optional<RouteTable> table = facts.world.topology().routeTable(known(id));
        for (Route route : table.orElseThrow().routes()) {
            boolean widens = facts.world.routesWiden() == TagRoutes.ALL
                    || known(route.nextHopType()) == NextHopType.VIRTUAL_APPLIANCE;
            if (!widens) continue;
            RouteDestination destination = known(route.destination());
            boolean covers = destination instanceof RouteDestination.Block block
                    ? block.prefix().contains(address)
                    : anyHolds(facts.tag(((RouteDestination.Tag) destination).name()), address);
            if (covers) return true;
        }
        return false;
    }
}
