package dev.mipath.cli;

/** What scripts rely on; the same for every command. */
final class ExitCode {
    /** Connected, allowed, passed, answered, done. */
    static final int YES = 0;

    /** Blocked, refused, denied, a failed check or expectation. */
    static final int NO = 1;

    /** A usage or input error. */
    static final int USAGE = 2;

    /** The input does not say enough. */
    static final int UNDETERMINED = 3;

    /** An internal error: a bug. */
    static final int BUG = 70;

    private ExitCode() {}
}
