package dev.mipath.topology;

/**
 * Something a reader of an answer must know: a caveat or an assumption.
 *
 * @param code a code of the documented list, such as {@code REFERENCE_NOT_IN_INPUT}
 * @param text one sentence
 * @param place where it arose
 */
public record Notice(String code, String text, Place place) {}
