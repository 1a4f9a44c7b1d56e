package dev.mipath.topology;

/** What a security rule does with the flows it matches. */
public enum Access {
    ALLOW("Allow"),
    DENY("Deny");

    private final String azureName;

    Access(String azureName) {
        this.azureName = azureName;
    }

    /** Azure's spelling. */
    public String azureName() {
        return azureName;
    }
}
