package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/** Input that cannot be understood, with all its problems and not only the first. */
public final class InputException extends RuntimeException {
    private final transient ImmutableList<Problem> problems;

    /** All problems of one run; at least one. */
    public InputException(Iterable<Problem> problems) {
        this(ImmutableList.copyOf(problems));
    }

    private InputException(ImmutableList<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems;
    }

    /** The problems in the order they were found. */
    public ImmutableList<Problem> problems() {
        return problems;
    }
}
