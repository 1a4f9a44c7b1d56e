package dev.mipath.importer;

import com.google.common.collect.ImmutableList;

/** A parsed template expression, the text between the brackets of {@code "[…]"}. */
sealed interface ArmExpression {
    /**
     * A text in single quotes.
     *
     * @param value the text, quotes undoubled
     */
    record Text(String value) implements ArmExpression {}

    /**
     * A whole number.
     *
     * @param digits as written
     */
    record Whole(String digits) implements ArmExpression {}

    /**
     * A function call; names are compared without case.
     *
     * @param name the function as written, with its namespace if it has one
     * @param arguments the arguments in order
     */
    record Call(String name, ImmutableList<ArmExpression> arguments) implements ArmExpression {}

    /**
     * A member of an object, {@code .name}.
     *
     * @param of the object
     * @param name the member
     * @param safe whether a missing member is null instead of an error ({@code .?name})
     */
    record Property(ArmExpression of, String name, boolean safe) implements ArmExpression {}

    /**
     * An element of an array or a member of an object, {@code [index]}.
     *
     * @param of the array or object
     * @param index which element
     * @param safe whether a missing element is null instead of an error ({@code [?index]})
     */
    record Element(ArmExpression of, ArmExpression index, boolean safe) implements ArmExpression {}
}
