/** Laws of the sets of all packets: every answer is held to one packet at a time. */
@NullMarked
package dev.mipath.space;

import org.jspecify.annotations.NullMarked;
