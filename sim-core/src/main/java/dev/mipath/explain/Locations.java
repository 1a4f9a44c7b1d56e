package dev.mipath.explain;

import dev.mipath.topology.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Places as JSON. */
final class Locations {
    private Locations() {}

    /** The place, or null for what the platform itself brings or an answer assumes. */
    static @Nullable Map<String, @Nullable Object> of(Place place) {
        if (!place.isInInput()) return null;
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("file", place.file());
        members.put("line", place.line());
        members.put("pointer", place.pointer());
        return members;
    }
}
