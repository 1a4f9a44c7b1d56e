package dev.mipath.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command line said, already checked against the command's {@link Syntax}. */
final class Arguments {
    private final Syntax syntax;
    private final Map<String, List<String>> given;

    /** Options by name and positionals by label; only what was given. */
    Arguments(Syntax syntax, Map<String, List<String>> given) {
        this.syntax = syntax;
        this.given = new HashMap<>(given);
    }

    /** Whether an option was given. */
    boolean has(String name) {
        return given.containsKey(name);
    }

    /** An option's or positional's value, its fallback when it was not given, or null without one. */
    @Nullable
    String find(String name) {
        List<String> values = given.get(name);
        if (values != null) {
            return values.get(0);
        }
        Option option = syntax.option(name);
        return option == null ? null : option.fallback();
    }

    /** As {@link #find}, for what the syntax promises to be there. */
    String get(String name) {
        String value = find(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is neither mandatory nor has it a fallback");
        }
        return value;
    }

    /** The value of an option that is a whole number, between two bounds; outside them it is a usage error. */
    long number(String name, long least, long most) {
        long value = Long.parseLong(get(name));
        if (value < least || value > most) {
            throw new UsageException(name + " " + value + " is not between " + least + " and " + most);
        }
        return value;
    }

    /** Every value of a repeatable option or of a positional, in the order given. */
    List<String> list(String name) {
        return given.getOrDefault(name, List.of());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Arguments that && given.equals(that.given);
    }

    @Override
    public int hashCode() {
        return given.hashCode();
    }

    @Override
    public String toString() {
        return given.toString();
    }
}
