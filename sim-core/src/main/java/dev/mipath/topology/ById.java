package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resources of one kind by their ids, the first of each. The map is made when it is first asked: an estate has thousands
 * of each kind and every one is looked for, a small input is not slowed down. Safe under concurrent readers.
 */
final class ById<T extends Identified> {
    private final ImmutableList<T> items;
    private volatile @Nullable Map<ResourceId, T> byId;

    ById(ImmutableList<T> items) {
        this.items = items;
    }

    Optional<T> find(ResourceId id) {
        Map<ResourceId, T> found = byId;
        if (found == null) {
            found = new HashMap<>();
            for (T item : items) found.putIfAbsent(item.id(), item);
            byId = found;
        }
        return Optional.ofNullable(found.get(id));
    }
}
