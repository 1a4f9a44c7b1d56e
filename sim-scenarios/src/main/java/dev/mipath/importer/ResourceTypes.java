package dev.mipath.importer;

import com.google.common.base.Splitter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Azure's resource ids: a scope, then the namespace, then type and name by turns. */
final class ResourceTypes {
    private static final Splitter SLASH = Splitter.on('/');

    private ResourceTypes() {}

    /** The id of a resource of this type and full name, or null when they do not have matching parts. */
    static @Nullable String id(String scope, String type, String fullName) {
        List<String> types = SLASH.splitToList(type);
        List<String> names = SLASH.splitToList(fullName);
        if (types.size() != names.size() + 1) return null;
        StringBuilder id = new StringBuilder(scope).append("/providers/").append(types.get(0));
        for (int i = 0; i < names.size(); i++) {
            id.append('/').append(types.get(i + 1)).append('/').append(names.get(i));
        }
        return id.toString();
    }

    /** The type that an id names, such as {@code Microsoft.Network/virtualNetworks/subnets}; null for other text. */
    static @Nullable String typeOf(String id) {
        List<String> parts = SLASH.splitToList(id);
        int provider = -1;
        for (int i = 0; i < parts.size(); i++) if (parts.get(i).equalsIgnoreCase("providers")) provider = i;
        if (!id.startsWith("/") || provider < 0 || parts.size() - provider < 4) return null;
        StringBuilder type = new StringBuilder(parts.get(provider + 1));
        for (int i = provider + 2; i < parts.size() - 1; i += 2)
            type.append('/').append(parts.get(i));
        return type.toString();
    }

    /** The id of the resource that a child's id stands under, or null when it is no child. */
    static @Nullable String parentOf(String id) {
        String type = typeOf(id);
        if (type == null || SLASH.splitToList(type).size() < 3) return null;
        int last = id.lastIndexOf('/');
        return id.substring(0, id.lastIndexOf('/', last - 1));
    }
}
