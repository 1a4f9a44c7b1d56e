/**
 * Floor 7: the network requirements of managed instances, era by era, judged from what the input declares; rules and routes
 * by the packets they are about. Start at {@link dev.mipath.requirements.Doctor}; {@link
 * dev.mipath.requirements.Preconditions} judges what a feature needs before any packet counts.
 */
@NullMarked
package dev.mipath.requirements;

import org.jspecify.annotations.NullMarked;
