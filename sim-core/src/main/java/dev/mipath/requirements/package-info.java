/**
 * Floor 7: what has to hold before a feature can work at all, judged from what the input declares. Start at {@link
 * dev.mipath.requirements.Preconditions}.
 */
@NullMarked
package dev.mipath.requirements;

import org.jspecify.annotations.NullMarked;
