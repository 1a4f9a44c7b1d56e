package dev.mipath.importer;

import dev.mipath.format.Node;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;

/**
 * One resource of the input before anyone asked what it means: the same shape whether a template declared it, Azure
 * answered it or {@code az} printed it.
 *
 * @param id the identity; a bare name where the input gives no id
 * @param type the full type, such as {@code Microsoft.Network/virtualNetworks/subnets}
 * @param body the resource as it stands, with or without {@code properties}
 * @param certain false when an unknown condition decides whether the resource exists
 */
record Resource(ResourceId id, String type, Node.Obj body, boolean certain) {
    Place place() {
        return body.place();
    }

    boolean is(String otherType) {
        return type.equalsIgnoreCase(otherType);
    }
}
