/**
 * Floor 1: the hot tables: which route covers an address ({@link dev.mipath.lookup.LpmTable}) and which
 * rule of an ordered list matches a packet first ({@link dev.mipath.lookup.RuleTable}). A table of
 * prefixes comes from {@link dev.mipath.lookup.Prefixes}, one that changes is a {@link
 * dev.mipath.lookup.LiveTable}, and {@link dev.mipath.lookup.VerdictTable} asks rules and routes as one.
 *
 * <p>Ints in, index out: addresses are bits, answers are indices that the caller gave. Nothing here knows
 * Azure, parses text or allocates during a lookup; a finished table is immutable and safe to share.
 */
@NullMarked
package dev.mipath.lookup;

import org.jspecify.annotations.NullMarked;
