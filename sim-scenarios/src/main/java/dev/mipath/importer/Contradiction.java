package dev.mipath.importer;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Access;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Client;
import dev.mipath.topology.Direction;
import dev.mipath.topology.DnsServer;
import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.ExternalService;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.NatGateway;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.PublicIpAddress;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.VirtualMachine;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells of two statements that cannot both be true: the resource, its property in Azure's words, both places. */
final class Contradiction {
    /** Longer values say less than their place does. */
    private static final int SHOWN_MAX = 60;

    private static final ImmutableMap<Class<?>, String> KINDS = ImmutableMap.<Class<?>, String>builder()
            .put(Vnet.class, "VNet")
            .put(Subnet.class, "subnet")
            .put(Peering.class, "peering")
            .put(NetworkSecurityGroup.class, "security group")
            .put(SecurityRule.class, "rule")
            .put(RouteTable.class, "route table")
            .put(Route.class, "route")
            .put(NetworkInterface.class, "NIC")
            .put(NetworkInterface.IpConfiguration.class, "IP configuration")
            .put(VirtualMachine.class, "VM")
            .put(ManagedInstance.class, "managed instance")
            .put(VirtualNetworkGateway.class, "gateway")
            .put(LocalNetworkGateway.class, "local network gateway")
            .put(GatewayConnection.class, "gateway connection")
            .put(PrivateEndpoint.class, "private endpoint")
            .put(LoadBalancer.class, "load balancer")
            .put(LoadBalancer.Rule.class, "load-balancing rule")
            .put(LoadBalancer.OutboundRule.class, "outbound rule")
            .put(PublicIpAddress.class, "public IP address")
            .put(NatGateway.class, "NAT gateway")
            .put(PrivateDnsZone.class, "private DNS zone")
            .put(DnsServer.class, "DNS server")
            .put(Client.class, "client")
            .put(ExternalService.class, "external service")
            .put(ExpressRouteCircuit.class, "ExpressRoute circuit")
            .put(FailoverGroup.class, "failover group")
            .put(Firewall.class, "firewall")
            .put(AdminRules.class, "admin rules")
            .put(ManagementLock.class, "lock")
            .put(Drafts.OfFirewall.class, "firewall")
            .put(Drafts.OfGroup.class, "rule collection group")
            .put(Drafts.OfAdminRule.class, "admin rule")
            .buildOrThrow();

    /** Parts that Azure does not know: their members stand directly in the resource. */
    private static final ImmutableSet<String> TRANSPARENT = ImmutableSet.of("attached", "match", "flags");

    /** Azure's words where ours differ; {@code Type.part} where a word depends on its resource. */
    private static final ImmutableMap<String, String> AZURE = ImmutableMap.<String, String>builder()
            .put("Vnet.addressPrefixes", "addressSpace")
            .put("Subnet.prefixes", "addressPrefix")
            .put("Route.destination", "addressPrefix")
            .put("ManagedInstance.subnet", "subnetId")
            .put("LocalNetworkGateway.addressPrefixes", "localNetworkAddressSpace")
            .put("VirtualNetworkGateway.type", "gatewayType")
            .put("GatewayConnection.virtualNetworkGateway", "virtualNetworkGateway1")
            .put("GatewayConnection.localNetworkGateway", "localNetworkGateway2")
            .put("dnsServers", "dhcpOptions")
            .put("peerings", "virtualNetworkPeerings")
            .put("remoteVnet", "remoteVirtualNetwork")
            .put("state", "peeringState")
            .put("remoteAddressPrefixes", "remoteAddressSpace")
            .put("rules", "securityRules")
            .put("source", "sourceAddressPrefix")
            .put("sourcePorts", "sourcePortRange")
            .put("destination", "destinationAddressPrefix")
            .put("destinationPorts", "destinationPortRange")
            .put("enableIpForwarding", "enableIPForwarding")
            .put("privateIpAddress", "privateIPAddress")
            .put("publicIpAddress", "publicIPAddress")
            .put("frontends", "frontendIPConfigurations")
            .put("tier", "sku")
            .put("present", "condition")
            .buildOrThrow();

    private Contradiction() {}

    static void report(FactMerger.Difference difference, Problems problems) {
        Record one = difference.one();
        Record other = difference.other();
        String here = difference.right() == null ? "none" : shown(difference.right());
        String there = difference.left() == null ? "none" : shown(difference.left());
        boolean brief = !here.isEmpty() && !there.isEmpty() && !here.equals(there);
        String only = onlyInOne(difference.left(), difference.right());
        problems.add(
                FactMerger.placeOf(other),
                named(one) + " has another `" + property(one, difference.component()) + "`"
                        + (brief ? " here (" + here + ")" : " here") + " than in " + FactMerger.placeOf(one)
                        + (brief ? " (" + there + ")" : "")
                        + (only.isEmpty() ? "" : ": only one of them holds " + only),
                "they are of different dates or places; keep the true one");
    }

    private static String named(Record fact) {
        String kind = KINDS.getOrDefault(fact.getClass(), "resource");
        return kind + " " + Printable.quoted(nameOf(fact));
    }

    private static String nameOf(Record fact) {
        if (fact instanceof SecurityRule rule) return rule.name();
        if (fact instanceof Route route) return route.name();
        if (fact instanceof NetworkInterface.IpConfiguration configuration) return configuration.name();
        return FactMerger.idOf(fact).qualifiedName();
    }

    private static String property(Record fact, List<String> component) {
        List<String> words = new ArrayList<>();
        for (String part : component) {
            if (TRANSPARENT.contains(part)) continue;
            String own = fact.getClass().getSimpleName() + "." + part;
            String word = AZURE.get(own);
            words.add(word != null ? word : AZURE.getOrDefault(part, part));
        }
        return String.join(".", words);
    }

    /** The value in a few words, empty when it takes more. */
    private static String shown(@Nullable Object value) {
        String text = text(value);
        return text == null || text.isEmpty() || text.length() > SHOWN_MAX ? "" : Printable.quoted(text);
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof Given.Unknown<?>) return null;
        if (value instanceof Given<?> given) return text(given.value().orElseThrow());
        if (value instanceof ResourceId id) return id.qualifiedName();
        if (value instanceof NextHopType type) return type.azureName();
        if (value instanceof Access access) return access.azureName();
        if (value instanceof Direction direction) return direction.azureName();
        if (value instanceof Peering.State state) return state.azureName();
        if (value instanceof Iterable<?> items) {
            List<String> texts = new ArrayList<>();
            for (Object item : items) {
                String text = text(item);
                if (text == null) return null;
                texts.add(text);
            }
            return String.join(", ", texts);
        }
        boolean plain = value instanceof Prefix || value instanceof PortRange || !(value instanceof Record);
        return value == null || !plain ? null : String.valueOf(value);
    }

    /** The names of rules or routes that one list has and the other has not. */
    private static String onlyInOne(@Nullable Object left, @Nullable Object right) {
        Set<String> ones = names(left);
        Set<String> others = names(right);
        Set<String> only = new TreeSet<>(ones);
        only.addAll(others);
        ones.retainAll(others);
        only.removeAll(ones);
        List<String> few = only.stream().limit(3).map(Printable::quoted).toList();
        return String.join(", ", few)
                + (only.size() > few.size() ? " and " + (only.size() - few.size()) + " more" : "");
    }

    private static Set<String> names(@Nullable Object value) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (value instanceof Iterable<?> items) {
            for (Object item : items) {
                if (item instanceof SecurityRule rule) names.add(rule.name());
                else if (item instanceof Route route) names.add(route.name());
            }
        }
        return names;
    }
}
