/** The readers and writers of files, and the topology format. */
@NullMarked
package dev.mipath.format;

import org.jspecify.annotations.NullMarked;
