package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Place;
import org.jspecify.annotations.Nullable;

/**
 * A question and what its answer must hold.
 *
 * @param place where the expectation begins
 * @param question the question
 * @param answer the members of the command's JSON answer that must be as written; others may be anything
 */
public record Expectation(Place place, Question question, ImmutableList<Member> answer) {
    /**
     * One expected member of the answer.
     *
     * @param name its name in the answer
     * @param value its value as text, numbers in digits; null for a JSON null
     * @param place where the expectation of it stands
     */
    public record Member(String name, @Nullable String value, Place place) {}
}
