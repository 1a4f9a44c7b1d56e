package dev.mipath.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands given to a simulation. After a return those that lie ahead again are given in their turn. */
final class Journal {
    private final List<Journaled> entries = new ArrayList<>();
    private int done;
    private long due = EventQueue.NEVER;

    List<Journaled> entries() {
        return List.copyOf(entries.subList(0, done));
    }

    /** How many have been given. */
    int done() {
        return done;
    }

    /** After how many events the next one is to be given, or NEVER. */
    long due() {
        return due;
    }

    /** Notes a new command; it replaces those ahead. */
    void add(Journaled entry) {
        entries.subList(done, entries.size()).clear();
        entries.add(entry);
        goTo(done + 1);
    }

    void goTo(int count) {
        done = count;
        due = count < entries.size() ? entries.get(count).events() : EventQueue.NEVER;
    }

    /** The next command if its turn has come, which it then has had; else null. */
    @Nullable
    Journaled next(long events, long until) {
        if (events < due || entries.get(done).time() > until) return null;
        Journaled entry = entries.get(done);
        goTo(done + 1);
        return entry;
    }
}
