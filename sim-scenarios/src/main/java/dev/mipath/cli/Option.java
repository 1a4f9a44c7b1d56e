package dev.mipath.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option of a command.
 *
 * @param name how it is written, dashes included
 * @param kind what may follow it
 * @param label what its value is called in the help; empty for a flag
 * @param help one line
 * @param choices the only values allowed; empty when any is
 * @param fallback the value when it is not given, or null
 * @param required whether it must be given
 * @param repeatable whether it may be given more than once
 */
record Option(
        String name,
        Kind kind,
        String label,
        String help,
        List<String> choices,
        @Nullable String fallback,
        boolean required,
        boolean repeatable) {
    /** What may follow an option. */
    enum Kind {
        FLAG,
        TEXT,
        WHOLE_NUMBER,
        FILE
    }

    /** An option without a value. */
    static Option flag(String name, String help) {
        return new Option(name, Kind.FLAG, "", help, List.of(), null, false, false);
    }

    /** An option with any text as its value. */
    static Option text(String name, String label, String help) {
        return new Option(name, Kind.TEXT, label, help, List.of(), null, false, false);
    }

    /** An option whose value is a whole number. */
    static Option number(String name, String label, String help) {
        return new Option(name, Kind.WHOLE_NUMBER, label, help, List.of(), null, false, false);
    }

    /** An option whose value is a file. */
    static Option file(String name, String label, String help) {
        return new Option(name, Kind.FILE, label, help, List.of(), null, false, false);
    }

    /** An option whose value is one of a few words; the first is meant when it is not given. */
    static Option choice(String name, String label, String help, String... choices) {
        return new Option(name, Kind.TEXT, label, help, List.of(choices), choices[0], false, false);
    }

    /** This option with another value for when it is not given, or none. */
    Option or(@Nullable String value) {
        return new Option(name, kind, label, help, choices, value, required, repeatable);
    }

    /** This option, which must be given. */
    Option mandatory() {
        return new Option(name, kind, label, help, choices, fallback, true, repeatable);
    }

    /** This option, which may be given more than once. */
    Option repeated() {
        return new Option(name, kind, label, help, choices, fallback, required, true);
    }

    /** Why a value is not one of this option's, or null when it is. */
    @Nullable
    String refuse(String value) {
        if (!choices.isEmpty() && !choices.contains(value)) {
            return "`" + value + "` is not one of " + String.join(", ", choices);
        }
        return kind == Kind.WHOLE_NUMBER && !isWholeNumber(value) ? "`" + value + "` is not a whole number" : null;
    }

    private static boolean isWholeNumber(String value) {
        try {
            Long.parseLong(value);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
