package dev.mipath.topology;

/**
 * An application security group; its members are the NICs that name it.
 *
 * @param id the identity
 * @param place where it begins
 */
public record ApplicationSecurityGroup(ResourceId id, Place place) implements Identified {}
