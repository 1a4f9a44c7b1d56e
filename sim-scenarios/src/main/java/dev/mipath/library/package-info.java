/**
 * Floor 11: the built-in situations, each a topology file and a short story. Start at {@link
 * dev.mipath.library.ScenarioLibrary}.
 *
 * <p>A scenario is read as a customer's file would be; its places say {@code scenario:NAME}.
 */
@NullMarked
package dev.mipath.library;

import org.jspecify.annotations.NullMarked;
