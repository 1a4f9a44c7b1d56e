/**
 * What tests of every module share: the way to recorded data that lies beside the repository.
 *
 * <p>Nothing here decides anything; start at {@link dev.mipath.testing.SharedData}.
 */
@NullMarked
package dev.mipath.testing;

import org.jspecify.annotations.NullMarked;
