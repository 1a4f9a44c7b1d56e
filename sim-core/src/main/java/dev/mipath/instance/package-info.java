/**
 * Floor 4: the SQL managed instance, one file per component, each naming the paragraph it models. Start at {@link
 * dev.mipath.instance.VirtualCluster}.
 */
@NullMarked
package dev.mipath.instance;

import org.jspecify.annotations.NullMarked;
