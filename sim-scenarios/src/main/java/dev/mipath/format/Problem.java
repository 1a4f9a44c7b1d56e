package dev.mipath.format;

import dev.mipath.topology.Place;

/**
 * Something in the input that cannot be understood, told the way a compiler tells it: place, problem, remedy.
 *
 * @param place where in the input
 * @param problem what is wrong, in lower case, names in backticks
 * @param remedy what to do about it, in lower case
 */
public record Problem(Place place, String problem, String remedy) {
    /** {@code FILE:LINE at /json/pointer: problem (remedy)}, safe to print on a terminal whatever the input held. */
    @Override
    public String toString() {
        return Printable.text(place + ": " + problem + " (" + remedy + ")");
    }
}
