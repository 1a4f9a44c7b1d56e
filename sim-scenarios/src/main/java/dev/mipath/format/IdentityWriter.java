package dev.mipath.format;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** Writes identities and references as short as they can be read again. */
final class IdentityWriter {
    private final References references;

    IdentityWriter(References references) {
        this.references = references;
    }

    References references() {
        return references;
    }

    /** The name, and the id where it does not follow from the name. */
    @CanIgnoreReturnValue
    Members identity(Members members, ResourceId id, ResourceId fromName) {
        boolean follows = id.text().equals(fromName.text());
        if (!id.name().isEmpty()) members.put("name", id.name());
        return follows ? members : members.put("id", id.text());
    }

    Members named(ResourceKind kind, ResourceId id) {
        return identity(new Members(), id, kind.identity(id.name()));
    }

    Members child(ResourceKind kind, ResourceId vnet, ResourceId id) {
        return identity(new Members(), id, kind.identity(vnet, id.name()));
    }

    Node reference(ResourceKind kind, ResourceId id) {
        String shortest = references.shortest(kind, id);
        return shortest == null ? Members.only("id", Members.text(id.text())) : Members.text(shortest);
    }

    /** What a lock is on. */
    Node scope(ResourceId id) {
        boolean plain =
                id.text().startsWith("/") || references.lockable(id.text()).equals(ImmutableSet.of(id));
        return plain ? Members.text(id.text()) : Members.only("id", Members.text(id.text()));
    }

    @Nullable
    Node referenceOrNull(ResourceKind kind, @Nullable ResourceId id) {
        return id == null ? null : reference(kind, id);
    }

    @Nullable
    Node given(ResourceKind kind, @Nullable Given<ResourceId> id) {
        return id == null ? null : Members.given(id, known -> reference(kind, known));
    }
}
