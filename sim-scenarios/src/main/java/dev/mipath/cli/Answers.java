package dev.mipath.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the commands that answer a question have in common. */
final class Answers {
    static final Option FORMAT = Option.choice("--format", "FORMAT", "How the answer is written.", "text", "json");

    private Answers() {}

    static boolean json(Arguments arguments) {
        return arguments.get("--format").equals("json");
    }

    /** Insists on options that are mandatory only when another is not given. */
    static void need(Arguments arguments, String instead, String... options) {
        List<String> absent = new ArrayList<>();
        for (String option : options) if (!arguments.has(option)) absent.add(option);
        if (absent.isEmpty()) return;
        throw new UsageException("missing " + String.join(", ", absent) + " (or " + instead + " for many questions)");
    }

    /** Refuses options that belong to a single question, beside a file of questions that says all of it. */
    static void alone(Arguments arguments, String questions, String... options) {
        List<String> given = new ArrayList<>();
        for (String option : options) if (arguments.has(option)) given.add(option);
        if (given.isEmpty()) return;
        throw new UsageException(String.join(", ", given) + " cannot be given with " + questions
                + ", whose lines say that themselves (take one of them out)");
    }

    /** Standard input can be read once only. */
    static void oneStandardInput(Arguments arguments, @Nullable String questions) {
        if ("-".equals(questions) && arguments.list(Sources.LABEL).contains("-")) {
            throw new UsageException("standard input cannot hold both the source and the questions (give one a file)");
        }
    }
}
