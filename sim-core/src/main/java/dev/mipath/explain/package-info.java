/**
 * Floor 8: alone words verdicts. Typed facts go in, text or JSON comes out; nothing is decided here. Start at {@link
 * dev.mipath.explain.FlowText} and {@link dev.mipath.explain.HopText}.
 *
 * <p>Names come from customers' files and are made safe before they are printed ({@link dev.mipath.explain.Safe}).
 * Text answers use plain loops: a stream or a format string would cost every cold start more than the answer itself.
 */
@NullMarked
package dev.mipath.explain;

import org.jspecify.annotations.NullMarked;
