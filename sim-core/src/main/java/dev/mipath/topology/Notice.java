package dev.mipath.topology;

import org.jspecify.annotations.Nullable;

/**
 * Something a reader of an answer must know: a caveat or an assumption.
 *
 * @param code a code of the documented list, such as {@code REFERENCE_NOT_IN_INPUT}
 * @param text one sentence
 * @param place where it arose
 */
public record Notice(String code, String text, Place place) {

    // Written out: what the compiler generates for records is linked at run time, which costs a cold start dearly.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Notice that
                && code.equals(that.code)
                && text.equals(that.text)
                && place.equals(that.place);
    }

    @Override
    public int hashCode() {
        return (code.hashCode() * 31 + text.hashCode()) * 31 + place.hashCode();
    }
}
