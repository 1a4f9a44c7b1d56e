package dev.mipath.benchmarks;

import dev.mipath.lookup.LpmTable;
import dev.mipath.lookup.Prefixes;
import dev.mipath.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A set of different prefixes of one family. Prefix i has value {@link #value}, so that every contestant
 * gives the same answer.
 */
record Routes(List<Prefix> prefixes) {
    /** How many different values the prefixes share, as the next hops of a full routing table do. */
    static final int HOPS = 250;

    static Routes ofFour(Stream<String> texts) {
        return of(texts);
    }

    static Routes ofSix(Stream<String> texts) {
        return of(texts);
    }

    private static Routes of(Stream<String> texts) {
        TreeSet<Prefix> sorted = new TreeSet<>();
        texts.forEach(text -> sorted.add(Prefix.parse(text.strip())));
        return new Routes(new ArrayList<>(sorted));
    }

    /** Those no longer than a length. */
    Routes upTo(int length) {
        return new Routes(prefixes.stream().filter(p -> p.length() <= length).toList());
    }

    /** Each n-th of them, in order. */
    Routes every(int step) {
        return new Routes(IntStream.range(0, size() / step)
                .mapToObj(i -> prefixes.get(i * step))
                .toList());
    }

    int size() {
        return prefixes.size();
    }

    int value(int index) {
        return index % HOPS;
    }

    int network(int index) {
        return prefixes.get(index).network().bits();
    }

    int length(int index) {
        return prefixes.get(index).length();
    }

    long high(int index) {
        return prefixes.get(index).network().high();
    }

    long low(int index) {
        return prefixes.get(index).network().low();
    }

    /** Our table of these prefixes, laid out. */
    LpmTable table() {
        Prefixes table = new Prefixes();
        for (int i = 0; i < size(); i++) {
            if (prefixes.get(i).v6()) table.add(high(i), low(i), length(i), value(i));
            else table.add(network(i), length(i), value(i));
        }
        return table.table().prepare();
    }
}
