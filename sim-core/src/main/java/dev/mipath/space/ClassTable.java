package dev.mipath.space;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values of one field parted into classes: values of one class lie in the same sets, so nothing that is made of
 * those sets can tell them apart. A service tag of thousands of prefixes becomes a handful of numbers.
 *
 * @param <T> the values of the field
 */
final class ClassTable<T extends Comparable<T>> {
    private final List<T> starts = new ArrayList<>();
    private final List<Integer> classAt = new ArrayList<>();
    private final Map<FieldSet<T>, BitSet> classes = new HashMap<>();
    private final int size;

    /** Parts a field, whose least value is given, by all these sets. */
    ClassTable(T least, Collection<FieldSet<T>> sets) {
        List<FieldSet<T>> distinct = List.copyOf(new LinkedHashSet<>(sets));
        TreeMap<T, BitSet> flips = new TreeMap<>();
        flips.put(least, new BitSet());
        for (int set = 0; set < distinct.size(); set++) {
            for (T point : distinct.get(set).flips()) {
                flips.computeIfAbsent(point, key -> new BitSet()).flip(set);
            }
            classes.put(distinct.get(set), new BitSet());
        }
        Map<BitSet, Integer> numbers = new HashMap<>();
        BitSet inside = new BitSet();
        for (Map.Entry<T, BitSet> flip : flips.entrySet()) {
            inside.xor(flip.getValue());
            int number = numbers.computeIfAbsent((BitSet) inside.clone(), key -> numbers.size());
            starts.add(flip.getKey());
            classAt.add(number);
        }
        numbers.forEach((key, number) ->
                key.stream().forEach(set -> classesOf(distinct.get(set)).set(number)));
        size = numbers.size();
    }

    /** How many classes there are; they are numbered from 0. */
    int size() {
        return size;
    }

    /**
     * The classes that make up a set; not to be changed.
     *
     * @throws IllegalArgumentException when the table was not made for the set
     */
    BitSet classesOf(FieldSet<T> set) {
        BitSet of = classes.get(set);
        if (of == null) throw new IllegalArgumentException("the classes were made for other sets");
        return of;
    }

    /** The class of a value. */
    int classOf(T value) {
        int below = 0;
        int above = starts.size();
        while (below < above) {
            int middle = below + above >>> 1;
            if (starts.get(middle).compareTo(value) <= 0) below = middle + 1;
            else above = middle;
        }
        return classAt.get(below - 1);
    }

    /** The values of all these classes. */
    FieldSet<T> members(BitSet wanted) {
        ImmutableList.Builder<T> flips = ImmutableList.builder();
        boolean inside = false;
        for (int i = 0; i < starts.size(); i++) {
            if (wanted.get(classAt.get(i)) != inside) {
                inside = !inside;
                flips.add(starts.get(i));
            }
        }
        return new FieldSet<>(flips.build());
    }
}
