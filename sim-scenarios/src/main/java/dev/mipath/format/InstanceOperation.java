package dev.mipath.format;

import dev.mipath.topology.ManagedInstance;

/** An operation on a managed instance that a timeline asks Azure for. Instances go by their resource names. */
public sealed interface InstanceOperation {
    /**
     * A new instance.
     *
     * @param instance the instance
     */
    record Create(ManagedInstance instance) implements InstanceOperation {}

    /**
     * An instance is deleted.
     *
     * @param instance the instance
     */
    record Delete(String instance) implements InstanceOperation {}

    /**
     * An instance gets another service tier, and with it other machines.
     *
     * @param instance the instance
     * @param tier the new service tier, such as {@code BusinessCritical}
     */
    record Scale(String instance, String tier) implements InstanceOperation {}

    /**
     * A new database.
     *
     * @param database its name
     * @param instance the instance
     */
    record CreateDatabase(String database, String instance) implements InstanceOperation {}

    /** The key that says what is done. */
    default String key() {
        if (this instanceof Create) return "createInstance";
        if (this instanceof Delete) return "deleteInstance";
        return this instanceof Scale ? "scaleInstance" : "createDatabase";
    }

    /** The instance it is about. */
    default String on() {
        if (this instanceof Create create) return create.instance().id().name();
        if (this instanceof Delete delete) return delete.instance();
        return this instanceof Scale scale ? scale.instance() : ((CreateDatabase) this).instance();
    }

    /** What people call it, such as {@code createInstance mi-new}. */
    default String title() {
        return key() + " " + (this instanceof CreateDatabase create ? create.database() : on());
    }
}
