package dev.mipath.format;

import com.google.common.base.Ascii;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** The kinds of resources that others can refer to, and what people and the Azure command line call them. */
enum ResourceKind {
    VNET("VNet", "network vnet", null),
    SUBNET("subnet", "network vnet subnet", "subnets"),
    PEERING("peering", "network vnet peering", "virtualNetworkPeerings"),
    NETWORK_SECURITY_GROUP("security group", "network nsg", null),
    ROUTE_TABLE("route table", "network route-table", null),
    NETWORK_INTERFACE("NIC", "network nic", null),
    VIRTUAL_MACHINE("virtual machine", "vm", null),
    APPLICATION_SECURITY_GROUP("application security group", "network asg", null),
    MANAGED_INSTANCE("managed instance", "sql mi", null),
    VIRTUAL_NETWORK_GATEWAY("virtual network gateway", "network vnet-gateway", null),
    LOCAL_NETWORK_GATEWAY("local network gateway", "network local-gateway", null),
    GATEWAY_CONNECTION("gateway connection", "network vpn-connection", null),
    PRIVATE_ENDPOINT("private endpoint", "network private-endpoint", null),
    EXTERNAL_SERVICE("external service", "resource", null),
    EXPRESS_ROUTE_CIRCUIT("ExpressRoute circuit", "network express-route", null),
    LOAD_BALANCER("load balancer", "network lb", null),
    CLIENT("client", "webapp", null),
    NAT_GATEWAY("NAT gateway", "network nat gateway", null),
    PUBLIC_IP_ADDRESS("public IP address", "network public-ip", null),
    PRIVATE_DNS_ZONE("private DNS zone", "network private-dns zone", null),
    DNS_SERVER("DNS server", "vm", null),
    FAILOVER_GROUP("failover group", "sql instance-failover-group", null),
    FIREWALL("firewall", "network firewall", null),
    ADMIN_RULES("admin rules", "network manager security-admin-config rule-collection", null),
    MANAGEMENT_LOCK("lock", "lock", null);

    private final String word;
    private final String command;
    private final @Nullable String childSegment;

    ResourceKind(String word, String command, @Nullable String childSegment) {
        this.word = word;
        this.command = command;
        this.childSegment = childSegment;
    }

    /** What a person calls it. */
    String word() {
        return word;
    }

    /** Whether it lives inside a VNet, so that {@code vnet/name} qualifies it. */
    boolean inVnet() {
        return childSegment != null;
    }

    /** The identity a resource has when only its name is given. */
    ResourceId identity(String name) {
        return new ResourceId(name);
    }

    /** The identity a child of a VNet has when only its name is given: in the form its VNet's identity has. */
    ResourceId identity(ResourceId vnet, String name) {
        boolean azureId = vnet.text().startsWith("/");
        return new ResourceId(azureId ? vnet.text() + "/" + childSegment + "/" + name : vnet.name() + "/" + name);
    }

    /** The kind of resource that an Azure id names, or null for a name and for types that nothing refers to. */
    static @Nullable ResourceKind of(ResourceId id) {
        String[] parts = id.text().split("/", -1);
        if (!id.text().startsWith("/") || parts.length < 3) return null;
        return switch (Ascii.toLowerCase(parts[parts.length - 2])) {
            case "virtualnetworks" -> VNET;
            case "subnets" -> SUBNET;
            case "networksecuritygroups" -> NETWORK_SECURITY_GROUP;
            case "routetables" -> ROUTE_TABLE;
            case "networkinterfaces" -> NETWORK_INTERFACE;
            case "virtualmachines" -> VIRTUAL_MACHINE;
            default -> null;
        };
    }

    /** The command that would fetch the resource. */
    String showCommand(ResourceId id) {
        // Nobody can paste an id with a placeholder in it.
        boolean complete = id.text().startsWith("/") && id.text().indexOf('‹') < 0;
        if (complete) return "az " + command + " show --ids " + id.text();
        String parent = id.parentName();
        boolean child = inVnet() && parent != null;
        return "az " + command + " show -g RESOURCE_GROUP " + (child ? "--vnet-name " + parent + " " : "") + "-n "
                + id.name();
    }
}
