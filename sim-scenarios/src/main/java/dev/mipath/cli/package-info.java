/**
 * Floor 13: the command line. Start at {@link dev.mipath.cli.Main}.
 *
 * <p>A command parses, calls one method below and prints; the exit code is the verdict. Nothing is decided here.
 */
@NullMarked
package dev.mipath.cli;

import org.jspecify.annotations.NullMarked;
