package dev.mipath.topology;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where in the input a fact was declared.
 *
 * @param file the file as the user named it, or a name such as {@code scenario:NAME}
 * @param line the line of the fact, from 1; 0 when the fact has no line, below 0 when an answer assumes it
 * @param pointer the JSON pointer of the fact; empty for the whole document
 * @param behind where the value itself comes from, when the fact is an expression over a parameter or variable
 */
public record Place(
        String file, int line, String pointer, @Nullable Place behind) {
    /** What no input declares: the platform itself. */
    public static final Place PLATFORM = new Place("platform", 0, "");

    /** Real pointers are shorter; only nesting without end or names without end make longer ones. */
    private static final int POINTER_SHOWN_MAX = 120;

    /**
     * The place of what no input declares but an answer assumes.
     *
     * @param why what is said instead of a file, such as {@code assumed by profile 2020}
     */
    public static Place assumed(String why) {
        return new Place(why, -1, "");
    }

    public Place(String file, int line, String pointer) {
        this(file, line, pointer, null);
    }

    /** This place with the place of the value behind it. */
    public Place via(Place source) {
        return new Place(file, line, pointer, source);
    }

    /** Whether the fact stands in the input, so that a reader can go and look. */
    public boolean isInInput() {
        return line >= 0 && !equals(PLATFORM);
    }

    /** {@code file:line}, or the file alone where there is no line. */
    public String brief() {
        return line <= 0 ? file : file + ":" + line;
    }

    /** {@code file:line at /pointer}; of a pointer that nobody could read, its two ends. */
    @Override
    public String toString() {
        return pointer.isEmpty() ? brief() : brief() + " at " + shownPointer();
    }

    private String shownPointer() {
        if (pointer.length() <= POINTER_SHOWN_MAX) return pointer;
        int part = POINTER_SHOWN_MAX / 2;
        return pointer.substring(0, part) + "…" + pointer.substring(pointer.length() - part);
    }

    // Written out: what the compiler generates for records is linked at run time, which costs a cold start dearly.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place that
                && line == that.line
                && file.equals(that.file)
                && pointer.equals(that.pointer)
                && Objects.equals(behind, that.behind);
    }

    @Override
    public int hashCode() {
        return (file.hashCode() * 31 + line) * 31 + pointer.hashCode();
    }
}
