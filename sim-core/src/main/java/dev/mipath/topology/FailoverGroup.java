package dev.mipath.topology;

import org.jspecify.annotations.Nullable;

/**
 * A failover group of two managed instances: its name is the first label of two host names, one that leads to the
 * primary and one, {@code name.secondary}, that leads to the secondary (fact 4.51).
 *
 * @param id the identity; its last part is the name of the group
 * @param place where it begins
 * @param primary the instance that is primary now
 * @param secondary the other, or null when the input does not say
 */
public record FailoverGroup(
        ResourceId id,
        Place place,
        Given<ResourceId> primary,
        @Nullable Given<ResourceId> secondary) implements NetworkService {}
