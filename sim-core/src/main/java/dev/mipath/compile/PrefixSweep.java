package dev.mipath.compile;

import dev.mipath.lookup.LpmTable;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Cuts nested prefixes into disjoint ranges, each with what covers it.
 *
 * <p>Prefixes nest or are disjoint, so one pass in order, with a stack of the prefixes that are open, meets every
 * range with all that covers it.
 *
 * @param <V> what stands at a prefix
 * @param <S> what holds inside a prefix, made of what holds around it and what stands at it
 */
final class PrefixSweep<V, S> {
    /** The value of a prefix that is left open: nobody knows who has it. */
    static final int OPEN = -1;

    private final Inside<V, S> inside;
    private final Emit<S> emit;
    private final Deque<Open<S>> open = new ArrayDeque<>();
    /** Where the next range begins; null past the end of a family. */
    private @Nullable Address cursor;

    private record Open<S>(Prefix prefix, S state) {}

    /** Makes what holds inside a prefix. */
    interface Inside<V, S> {
        S of(Prefix prefix, @Nullable S around, V here);
    }

    /** Takes a range, ends included. */
    interface Emit<S> {
        void range(Address first, Address last, S state);
    }

    private PrefixSweep(Inside<V, S> inside, Emit<S> emit) {
        this.inside = inside;
        this.emit = emit;
    }

    static <V, S> void run(SortedMap<Prefix, V> nodes, Inside<V, S> inside, Emit<S> emit) {
        PrefixSweep<V, S> sweep = new PrefixSweep<>(inside, emit);
        for (Map.Entry<Prefix, V> node : nodes.entrySet()) sweep.open(node.getKey(), node.getValue());
        while (!sweep.open.isEmpty()) sweep.close();
    }

    /** The table that gives the value of the longest prefix, and none where that is {@link #OPEN}. */
    static LpmTable longest(SortedMap<Prefix, Integer> values) {
        LpmTable.Builder table = new LpmTable.Builder();
        PrefixSweep.<Integer, Integer>run(values, (prefix, around, here) -> here, (first, last, value) -> {
            if (value != OPEN) add(table, first, last, value);
        });
        return table.build();
    }

    static void add(LpmTable.Builder table, Address first, Address last, int value) {
        if (first.v6()) {
            table.add(first.high(), first.low(), last.high(), last.low(), value);
        } else {
            table.add(first.bits(), last.bits(), value);
        }
    }

    private void open(Prefix prefix, V here) {
        Open<S> around = open.peek();
        while (around != null && !around.prefix.contains(prefix)) {
            close();
            around = open.peek();
        }
        if (around != null) emitUpTo(prefix.first().previous(), around);
        cursor = prefix.first();
        open.push(new Open<>(prefix, inside.of(prefix, around == null ? null : around.state, here)));
    }

    private void close() {
        Open<S> closing = open.pop();
        emitUpTo(closing.prefix.last(), closing);
        cursor = closing.prefix.last().next();
    }

    private void emitUpTo(@Nullable Address last, Open<S> from) {
        if (cursor != null && last != null && from.prefix.contains(cursor) && cursor.compareTo(last) <= 0) {
            emit.range(cursor, last, from.state);
        }
    }
}
