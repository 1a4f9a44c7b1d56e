package dev.mipath.topology;

import com.google.common.base.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a resource: its Azure resource id, or its bare name (a subnet's is {@code vnet/subnet}) where
 * the input gives no id. Ids are compared without case, as Azure does.
 *
 * @param text the id as first written
 */
public record ResourceId(String text) {
    /** The characters at the end of an id that tell it from most others: names of a child and of its parent. */
    private static final int HASHED_MAX = 64;

    /** The last part of the id: the resource's own name. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The names of parent and child, {@code vnet/subnet}, for the id of a child resource; else the name. */
    public String qualifiedName() {
        String parent = parentName();
        return parent == null ? name() : parent + "/" + name();
    }

    /** The name of the parent resource of a child such as a subnet, or null for a resource of its own. */
    public @Nullable String parentName() {
        String[] parts = text.split("/", -1);
        if (!text.startsWith("/")) return parts.length == 2 ? parts[0] : null;
        int provider = -1;
        for (int i = 0; i < parts.length; i++) if (parts[i].equalsIgnoreCase("providers")) provider = i;
        // …/providers/NAMESPACE/TYPE/PARENT/CHILDTYPE/CHILD
        return provider >= 0 && parts.length - provider >= 6 ? parts[parts.length - 3] : null;
    }

    /** Whether an id is this one, or that of something in it: of a child, or of a resource in a group or subscription. */
    public boolean isAbove(ResourceId other) {
        int length = text.length();
        boolean begins = other.text.regionMatches(true, 0, text, 0, length);
        return begins && (other.text.length() == length || other.text.charAt(length) == '/');
    }

    // From the end, and only so far for the hash: ids of one subscription begin alike for a hundred characters.
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) return true;
        if (!(other instanceof ResourceId id)) return false;
        int length = text.length();
        if (id.text.length() != length) return false;
        for (int i = length - 1; i >= 0; i--) {
            char a = text.charAt(i);
            char b = id.text.charAt(i);
            if (a != b && Ascii.toLowerCase(a) != Ascii.toLowerCase(b)) return false;
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = text.length();
        for (int i = Math.max(0, text.length() - HASHED_MAX); i < text.length(); i++) {
            hash = hash * 31 + Ascii.toLowerCase(text.charAt(i));
        }
        return hash;
    }

    @Override
    public String toString() {
        return text;
    }
}
