/** The event engine against obviously right twins, and against theory. */
@NullMarked
package dev.mipath.engine;

import org.jspecify.annotations.NullMarked;
