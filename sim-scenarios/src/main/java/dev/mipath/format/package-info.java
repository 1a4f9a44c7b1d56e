/**
 * Floor 9: files and their text, read into located values and written back. Start at {@link
 * dev.mipath.format.JsonReader}; {@link dev.mipath.format.YamlReader} gives the same tree.
 *
 * <p>Here a file is only text with places. What its values mean is {@code importer}'s. A file that cannot be read gives
 * {@link dev.mipath.format.Problem}s, all of them, never an exception of a library.
 */
@NullMarked
package dev.mipath.format;

import org.jspecify.annotations.NullMarked;
