/**
 * JMH benchmarks: every contestant with its naive baseline and its peers in the same run.
 *
 * <p>A benchmark only calls; what it compares lives in the other modules.
 */
@NullMarked
package dev.mipath.benchmarks;

import org.jspecify.annotations.NullMarked;
