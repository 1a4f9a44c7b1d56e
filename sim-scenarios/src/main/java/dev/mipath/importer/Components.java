package dev.mipath.importer;

import dev.mipath.topology.ResourceId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The components of declared facts, for what treats all kinds of them alike. */
final class Components {
    private Components() {}

    static @Nullable Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a declared fact cannot be read", e);
        }
    }

    /** The component of this name, or null when there is none or it is null. */
    static @Nullable Object named(Record fact, String name) {
        for (RecordComponent component : fact.getClass().getRecordComponents()) {
            if (component.getName().equals(name)) return value(component, fact);
        }
        return null;
    }

    /** The identity of a resource. */
    static ResourceId id(Record resource) {
        if (named(resource, "id") instanceof ResourceId id) return id;
        throw new IllegalStateException("a resource has no identity: " + resource.getClass());
    }

    /** A fact of the same kind with other components. */
    static Record rebuilt(Record like, Function<RecordComponent, @Nullable Object> component) {
        RecordComponent[] components = like.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = component.apply(components[i]);
        }
        try {
            return like.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("a fact cannot be made anew", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a fact cannot be made anew", e);
        }
    }
}
