package dev.mipath.explain;

import dev.mipath.compile.Compilation;
import dev.mipath.profile.ServiceTags;

/**
 * What an answer was computed from.
 *
 * @param compilation the compiled input
 * @param tags the service tags it was compiled with
 */
public record Context(Compilation compilation, ServiceTags tags) {}
