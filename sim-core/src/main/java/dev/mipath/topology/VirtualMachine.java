package dev.mipath.topology;

import com.google.common.collect.ImmutableList;

/**
 * A virtual machine; its addresses are those of its NICs.
 *
 * @param id the identity
 * @param place where it begins
 * @param networkInterfaces its NICs, which may be missing from the input
 */
public record VirtualMachine(ResourceId id, Place place, ImmutableList<ResourceId> networkInterfaces)
        implements Identified {}
