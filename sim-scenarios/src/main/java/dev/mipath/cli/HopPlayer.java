package dev.mipath.cli;

import dev.mipath.explain.HopPages;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Pages through a recorded story, a page a key. */
final class HopPlayer {
    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final String HELP = "space next · b back · g first · G last · q quit";

    private final HopPages pages;
    private final Terminal terminal;
    private int at;

    private HopPlayer(HopPages pages, Terminal terminal) {
        this.pages = pages;
        this.terminal = terminal;
    }

    /** Shows the first page and then what the keys on standard input ask for, until one quits or they end. */
    static void play(HopPages pages, Terminal terminal) throws IOException {
        boolean person = terminal.isPerson();
        try (@Nullable RawKeys raw = person ? RawKeys.start() : null) {
            InputStream keys = new BufferedInputStream(System.in);
            new HopPlayer(pages, terminal).play(keys, person, person && raw == null);
        }
    }

    private void play(InputStream keys, boolean person, boolean lines) throws IOException {
        show(person, lines);
        for (Key key = Key.read(keys, lines); key != Key.QUIT; key = Key.read(keys, lines)) {
            int wanted = switch (key) {
                case NEXT -> Math.min(at + 1, pages.size() - 1);
                case BACK -> Math.max(at - 1, 0);
                case FIRST -> 0;
                case LAST -> pages.size() - 1;
                case OTHER, QUIT -> at;
            };
            if (wanted == at) continue;
            at = wanted;
            if (!person) terminal.out().println();
            show(person, lines);
        }
        if (person) terminal.out().println();
    }

    private void show(boolean person, boolean lines) {
        if (person) terminal.out().print(terminal.colour() ? CLEAR : "\n");
        terminal.out().print(pages.page(at));
        if (person) {
            terminal.out().print("\n" + HELP + (lines ? ", then Enter; Enter alone is next " : " "));
        }
        terminal.out().flush();
    }
}
