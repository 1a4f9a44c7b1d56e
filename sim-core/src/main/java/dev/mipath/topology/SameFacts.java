package dev.mipath.topology;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares declared facts with their places left aside: the same statement twice is one fact. */
public final class SameFacts {
    private SameFacts() {}

    /** Whether both topologies declare the same facts, notices aside. */
    public static boolean in(Topology one, Topology other) {
        return of(one.everything(), other.everything());
    }

    /** Whether two resources, or lists of them, say the same. */
    public static boolean of(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Place && other instanceof Place) return true;
        if (one instanceof Iterable<?> ones && other instanceof Iterable<?> others) return sameItems(ones, others);
        // An id compares without case; taken apart it would not.
        boolean apart = one instanceof Record && !(one instanceof ResourceId);
        if (one == null || other == null || !apart) return Objects.equals(one, other);
        return one.getClass() == other.getClass() && sameComponents(one, other);
    }

    private static boolean sameItems(Iterable<?> ones, Iterable<?> others) {
        Iterator<?> left = ones.iterator();
        Iterator<?> right = others.iterator();
        while (left.hasNext() && right.hasNext()) if (!of(left.next(), right.next())) return false;
        return !left.hasNext() && !right.hasNext();
    }

    private static boolean sameComponents(Object one, Object other) {
        try {
            for (RecordComponent component : one.getClass().getRecordComponents()) {
                var accessor = component.getAccessor();
                if (!of(accessor.invoke(one), accessor.invoke(other))) return false;
            }
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a declared fact cannot be read", e);
        }
    }
}
