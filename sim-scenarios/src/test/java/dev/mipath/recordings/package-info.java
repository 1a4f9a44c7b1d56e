/**
 * What Azure really answered, rebuilt from declarations and asked again. {@code docs/sources.md} says for every
 * recording what came of it.
 */
@NullMarked
package dev.mipath.recordings;

import org.jspecify.annotations.NullMarked;
