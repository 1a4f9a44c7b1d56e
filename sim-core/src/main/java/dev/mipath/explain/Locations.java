package dev.mipath.explain;

import dev.mipath.topology.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Places as JSON. */
final class Locations {
    private Locations() {}

    /** The place, or null for what has none, what the platform itself brings and what an answer assumes. */
    static @Nullable Map<String, @Nullable Object> of(@Nullable Place place) {
        if (place == null || !place.isInInput()) return null;
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("file", place.file());
        members.put("line", place.line());
        members.put("pointer", place.pointer());
        return members;
    }
}
