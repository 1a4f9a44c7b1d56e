package dev.mipath.cli;

import java.io.IOException;
import java.io.InputStream;

/** What a key means to {@code trace --step}. */
enum Key {
    NEXT,
    BACK,
    FIRST,
    LAST,
    QUIT,
    /** A key without a meaning here. */
    OTHER;

    private static final int ESCAPE = 0x1B;
    private static final int END_OF_TRANSMISSION = 0x04;

    /**
     * Reads the next key; a terminal sends arrows, Home and End as an escape and a few characters more.
     *
     * @param lines whether whole lines come, each ended by Enter; then Enter alone is the key, and none behind others
     */
    static Key read(InputStream keys, boolean lines) throws IOException {
        int c = keys.read();
        if (!lines || c < ' ') return of(c, keys);
        Key key = of(c, keys);
        // The Enter that sends a line of one key is no key itself.
        if (keys.available() > 0) {
            keys.mark(1);
            if (keys.read() != '\n') keys.reset();
        }
        return key;
    }

    private static Key of(int c, InputStream keys) throws IOException {
        return switch (c) {
            case ' ', '\n', '\r', 'n' -> NEXT;
            case 'b', 'p', 0x7F, '\b' -> BACK;
            case 'g', '<' -> FIRST;
            case 'G', '>' -> LAST;
            case 'q', -1, END_OF_TRANSMISSION -> QUIT;
            case ESCAPE -> escaped(keys);
            default -> OTHER;
        };
    }

    private static Key escaped(InputStream keys) throws IOException {
        // Escape pressed by itself is followed by nothing; a sequence comes in one piece.
        if (keys.available() == 0) return OTHER;
        int introducer = keys.read();
        if (introducer != '[' && introducer != 'O') return OTHER;
        int c = keys.read();
        int number = 0;
        while (c >= '0' && c <= '9' || c == ';') {
            number = c == ';' ? number : c - '0';
            c = keys.read();
        }
        return switch (c) {
            case 'C', 'B' -> NEXT;
            case 'D', 'A' -> BACK;
            case 'H' -> FIRST;
            case 'F' -> LAST;
            case '~' -> numbered(number);
            default -> OTHER;
        };
    }

    private static Key numbered(int number) {
        return switch (number) {
            case 1, 7 -> FIRST;
            case 4, 8 -> LAST;
            case 5 -> BACK;
            case 6 -> NEXT;
            default -> OTHER;
        };
    }
}
