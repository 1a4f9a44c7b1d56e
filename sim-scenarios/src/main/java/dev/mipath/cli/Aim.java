package dev.mipath.cli;

import dev.mipath.trace.TraceRequest;

/**
 * What a question that is none about a login means.
 *
 * @param target what is connected to, with its address where there is one
 * @param flow what the connection is for
 */
record Aim(TraceRequest.Target target, TraceRequest.Flow flow) {}
