package dev.mipath.explain;

import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.ManagementLock.Level;
import dev.mipath.topology.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What locks are and do, in words. */
final class LockWords {
    private LockWords() {}

    /** What a lock on an instance's network hinders; names as they are. */
    static String hindrance(String lock, String level, String on) {
        String what = "lock " + lock + " (" + level + ") on " + on + " ";
        return what
                + (level.equals(Level.READ_ONLY.azureName())
                        ? "keeps the service from writing its rules and routes there; no instance can be created and"
                                + " upkeep may fail"
                        : "keeps the service from deleting what it has there; upkeep may fail, and after the last instance"
                                + " the virtual cluster stays");
    }

    /** Why a request is refused; safe to show. */
    static String refusal(ManagementLock lock) {
        return Safe.text("lock " + lock.id().name() + " (" + level(lock) + ") on " + on(lock) + " forbids it"
                + (lock.place().isInInput() ? " (" + lock.place().brief() + ")" : ""));
    }

    static Map<String, @Nullable Object> json(ManagementLock lock) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", lock.id().name());
        members.put("level", level(lock));
        members.put("scope", lock.scope().map(ResourceId::text).toString());
        members.put("location", Locations.of(lock.place()));
        return members;
    }

    private static String level(ManagementLock lock) {
        return lock.level().map(Level::azureName).toString();
    }

    private static String on(ManagementLock lock) {
        return lock.scope().map(ResourceId::name).toString();
    }
}
