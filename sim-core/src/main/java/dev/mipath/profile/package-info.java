/**
 * Floor 1: what Microsoft decides and changes over time, as data with its source: service tags and the
 * platform's own addresses. Start at {@link dev.mipath.profile.ServiceTags}.
 */
@NullMarked
package dev.mipath.profile;

import org.jspecify.annotations.NullMarked;
