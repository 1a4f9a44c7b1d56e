/** The lookup tables against obviously right twins. */
@NullMarked
package dev.mipath.lookup;

import org.jspecify.annotations.NullMarked;
