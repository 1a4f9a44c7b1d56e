package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Place;
import org.jspecify.annotations.Nullable;

/** One value of a JSON or YAML document with the place it stands at; the small tree every importer reads. */
public sealed interface Node {
    /** Where the value begins. */
    Place place();

    /**
     * An object with its members in document order, duplicate names kept.
     *
     * @param place where the object begins
     * @param members the members as they stand in the document
     */
    record Obj(Place place, ImmutableList<Member> members) implements Node {
        /** The value of the first member with this name, compared without case as Azure does, or null. */
        public @Nullable Node get(String name) {
            for (Member member : members) if (member.name().equalsIgnoreCase(name)) return member.value();
            return null;
        }
    }

    /**
     * A named member of an object.
     *
     * @param name the name as written
     * @param place where the name stands
     * @param value the value
     */
    record Member(String name, Place place, Node value) {}

    /**
     * An array.
     *
     * @param place where the array begins
     * @param items the values in order
     */
    record Arr(Place place, ImmutableList<Node> items) implements Node {}

    /**
     * A string.
     *
     * @param place where the string stands
     * @param text the decoded text
     */
    record Str(Place place, String text) implements Node {}

    /**
     * A number, kept as written so that nothing is rounded.
     *
     * @param place where the number stands
     * @param text the number as written
     */
    record Num(Place place, String text) implements Node {}

    /**
     * A truth value.
     *
     * @param place where it stands
     * @param value the value
     */
    record Bool(Place place, boolean value) implements Node {}

    /**
     * An explicit null.
     *
     * @param place where it stands
     */
    record Null(Place place) implements Node {}

    /**
     * A value the input does not give: a parameter without a value, {@code reference()}, a function nobody models.
     *
     * @param place where the value would stand
     * @param what the expression that could not be evaluated, in one canonical form: equal expressions are equal unknowns
     */
    record Unknown(Place place, String what) implements Node {}
}
