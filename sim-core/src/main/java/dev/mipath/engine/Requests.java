package dev.mipath.engine;

import com.google.common.collect.ImmutableList;

/**
 * What a plan asks Azure's control plane for.
 *
 * @param all the requests, in any order
 * @param plane who answers
 */
public record Requests(ImmutableList<ControlPlane.Request> all, ControlPlane plane) {
    /** Nothing is asked for. */
    public static final Requests NONE = new Requests(ImmutableList.of(), ControlPlane.IDLE);
}
