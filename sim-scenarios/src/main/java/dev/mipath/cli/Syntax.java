package dev.mipath.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command accepts, said once: the quick reader, the help, the usage errors and the completion
 * script are all made from it.
 *
 * @param name the command's name
 * @param aliases other names for it
 * @param summary one sentence
 * @param options its options, the common ones included
 * @param positionals what it takes without an option's name, in order
 * @param footer printed below the help; empty for nothing
 */
record Syntax(
        String name,
        List<String> aliases,
        String summary,
        List<Option> options,
        List<Positional> positionals,
        String footer) {
    /** What every command accepts. */
    private static final List<Option> COMMON = List.of(
            Option.flag("--quiet", "Print the answer only: no notes, no progress."),
            Option.flag("--verbose", "Print more notes; after an internal error also the stack trace."),
            Option.flag("--no-color", "Print without colour; so does the variable NO_COLOR."));

    /** A command with the common options only. */
    static Syntax of(String name, String summary) {
        return new Syntax(name, List.of(), summary, COMMON, List.of(), "");
    }

    /** Whether a word is an option that every command accepts. */
    static boolean isCommon(String word) {
        return COMMON.stream().anyMatch(option -> option.name().equals(word));
    }

    /** This syntax with another name for the command. */
    Syntax alias(String alias) {
        return new Syntax(name, joined(aliases, List.of(alias)), summary, options, positionals, footer);
    }

    /** This syntax with more options, before the common ones. */
    Syntax with(Option... more) {
        List<Option> own = options.subList(0, options.size() - COMMON.size());
        return new Syntax(name, aliases, summary, joined(joined(own, List.of(more)), COMMON), positionals, footer);
    }

    /** This syntax with more positionals. */
    Syntax with(Positional... more) {
        return new Syntax(name, aliases, summary, options, joined(positionals, List.of(more)), footer);
    }

    /** This syntax with a text below its help. */
    Syntax footer(String text) {
        return new Syntax(name, aliases, summary, options, positionals, text);
    }

    /** The option of this name, or null. */
    @Nullable
    Option option(String wanted) {
        for (Option option : options) {
            if (option.name().equals(wanted)) {
                return option;
            }
        }
        return null;
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
