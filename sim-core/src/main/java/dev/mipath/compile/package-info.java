/**
 * Floor 5: turns what was declared into a {@link dev.mipath.forwarding.Network}, once: default rules, tags as
 * each subnet sees them, system routes and their exceptions, assumed addresses. Start at {@link
 * dev.mipath.compile.NetworkCompiler}.
 */
@NullMarked
package dev.mipath.compile;

import org.jspecify.annotations.NullMarked;
