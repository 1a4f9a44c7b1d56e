package dev.mipath.topology;

/** Where a route sends a packet; the first five can be declared, the rest only Azure itself installs (facts 2.9, §8.4). */
public enum NextHopType {
    INTERNET("Internet"),
    VIRTUAL_APPLIANCE("VirtualAppliance"),
    VIRTUAL_NETWORK_GATEWAY("VirtualNetworkGateway"),
    VNET_LOCAL("VnetLocal"),
    NONE("None"),
    VNET_PEERING("VNetPeering"),
    VNET_GLOBAL_PEERING("VNetGlobalPeering"),
    VIRTUAL_NETWORK_SERVICE_ENDPOINT("VirtualNetworkServiceEndpoint"),
    INTERFACE_ENDPOINT("InterfaceEndpoint");

    private final String azureName;

    NextHopType(String azureName) {
        this.azureName = azureName;
    }

    /** Azure's spelling in effective routes. */
    public String azureName() {
        return azureName;
    }

    /**
     * Reads Azure's spellings in any case; {@code VirtualNetwork}, which Network Watcher answers, equals
     * {@code VnetLocal} (fact 8.27).
     *
     * @throws IllegalArgumentException when the text names no next hop type
     */
    public static NextHopType parse(String text) {
        if (text.equalsIgnoreCase("VirtualNetwork")) return VNET_LOCAL;
        for (NextHopType type : values()) if (type.azureName.equalsIgnoreCase(text)) return type;
        throw new IllegalArgumentException("`" + text + "` is not a next hop type");
    }
}
