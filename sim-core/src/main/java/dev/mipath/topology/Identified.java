package dev.mipath.topology;

/** A resource that others refer to by its id. */
public interface Identified {
    /** The identity. */
    ResourceId id();
}
