/**
 * Floor 1: what the customer declared, immutable, each fact with the place it was declared at, and the
 * one vocabulary of edits. Start at {@link dev.mipath.topology.Topology}; edits are {@link
 * dev.mipath.topology.Change}.
 *
 * <p>Nothing here judges: preference, tags and layering are {@code compile}'s. What the input does not
 * say is {@link dev.mipath.topology.Given.Unknown}, never a guess.
 */
@NullMarked
package dev.mipath.topology;

import org.jspecify.annotations.NullMarked;
