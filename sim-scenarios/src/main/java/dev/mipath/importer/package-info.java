/**
 * Floor 10: what customers' files mean, turned into one topology. Start at {@link dev.mipath.importer.Importer}.
 *
 * <p>A file is recognised by its content, its resources become located nodes of one shape whatever the file was, and one
 * reader per resource type makes facts of them. What a file does not say stays unknown; what it says wrongly is a problem
 * with its place. Templates are evaluated here ({@link dev.mipath.importer.ArmTemplate}).
 */
@NullMarked
package dev.mipath.importer;

import org.jspecify.annotations.NullMarked;
