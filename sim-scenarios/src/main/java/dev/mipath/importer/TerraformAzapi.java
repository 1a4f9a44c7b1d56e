package dev.mipath.importer;

import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import dev.mipath.format.Problems;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Resources of the azapi provider, which has them in Azure's own words: {@code type} with the API's version, {@code body}
 * as an object (from version 2) or as JSON in a text.
 *
 * <p>Models: Azure/azapi, {@code azapi_resource}. Leaves out: {@code azapi_update_resource} and the actions, which say
 * only what they change.
 */
final class TerraformAzapi {
    private static final String RESOURCE = "azapi_resource";

    private TerraformAzapi() {}

    static boolean is(TerraformInstance instance) {
        return instance.type().equals(RESOURCE) && !instance.data();
    }

    /** The Azure type without the version, such as {@code Microsoft.Network/routeTables}; null when it is not given. */
    static @Nullable String type(TerraformInstance instance) {
        String text = instance.text("type");
        if (text == null) return null;
        int version = text.indexOf('@');
        return version < 0 ? text : text.substring(0, version);
    }

    /** The id below the resource group, or below the resource that a child is a part of. */
    static String id(String parent, String type, String name) {
        if (LockReader.isType(type)) return LockReader.id(parent, name);
        if (parent.contains("/providers/"))
            return parent + "/" + type.substring(type.lastIndexOf('/') + 1) + "/" + name;
        return parent + "/providers/" + type + "/" + name;
    }

    /** The body with the name and location that stand beside it; null, and a problem, when a text is no JSON object. */
    static Node.@Nullable Obj body(TerraformInstance instance, Problems problems) {
        Node given = instance.attribute("body");
        if (given instanceof Node.Str text) {
            Node read = JsonReader.read(text.place().file(), text.text().getBytes(StandardCharsets.UTF_8), problems);
            if (read == null) return null;
            given = read;
        }
        TerraformBody body = new TerraformBody(instance.values(), instance.place())
                .copy("name", "name")
                .copy("location", "location");
        if (given instanceof Node.Obj object) {
            for (Node.Member member : object.members()) body.put(member.name(), member.value());
        } else if (given instanceof Node.Unknown) {
            body.put("properties", given);
        }
        return body.build();
    }

    /** The type of what {@code parent_id} names: a resource group, or the resource that a child is a part of. */
    static String parentType(String type) {
        int slash = type.lastIndexOf('/');
        return type.indexOf('/') == slash ? TerraformIds.RESOURCE_GROUP : type.substring(0, slash);
    }
}
