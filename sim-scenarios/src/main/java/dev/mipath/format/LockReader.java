package dev.mipath.format;

import com.google.common.collect.ImmutableMap;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.ManagementLock.Level;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** Reads locks. */
final class LockReader {
    private static final ImmutableMap<String, Level> LEVELS = Values.words(Level.values(), Level::azureName);

    private final Resources resources;
    private final Values values;

    LockReader(Resources resources) {
        this.resources = resources;
        values = resources.values();
    }

    @Nullable
    ManagementLock lock(Node item) {
        Fields fields = Fields.of(item, "a lock", values.problems());
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.MANAGEMENT_LOCK::identity);
        Node level = fields.required("level");
        Node scope = fields.required("scope");
        fields.done();
        if (id == null || level == null || scope == null) return null;
        Given<Level> forbids = values.given(level, value -> values.word(value, LEVELS));
        return new ManagementLock(id, fields.place(), forbids, values.given(scope, resources::scope));
    }
}
