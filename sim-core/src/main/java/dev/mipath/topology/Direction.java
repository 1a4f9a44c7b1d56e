package dev.mipath.topology;

/** The direction of a flow as seen from the machine that the security rules protect. */
public enum Direction {
    INBOUND("Inbound"),
    OUTBOUND("Outbound");

    private final String azureName;

    Direction(String azureName) {
        this.azureName = azureName;
    }

    /** Azure's spelling. */
    public String azureName() {
        return azureName;
    }
}
