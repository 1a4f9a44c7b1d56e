/** The built-in situations. */
@NullMarked
package dev.mipath.library;

import org.jspecify.annotations.NullMarked;
