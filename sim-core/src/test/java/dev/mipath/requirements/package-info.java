/** The doctor against minimal mutations of healthy subnets and against a brute-force reading of every corner packet. */
@NullMarked
package dev.mipath.requirements;

import org.jspecify.annotations.NullMarked;
