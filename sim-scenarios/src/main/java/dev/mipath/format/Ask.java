package dev.mipath.format;

import dev.mipath.topology.Place;
import org.jspecify.annotations.Nullable;

/**
 * The question a topology file was written for: asked when the user names neither end.
 *
 * @param place where it begins
 * @param from where the connection starts, as the commands take it
 * @param to where it goes, as the commands take it
 * @param port the port, or null for the usual one
 */
public record Ask(
        Place place, String from, String to, @Nullable Integer port) {}
