package dev.mipath.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * Interval decision diagrams: functions from packets, given as one class number a field, to small numbers. Equal
 * functions are the same number, so whether two are equal costs one comparison.
 */
final class Diagram {
    /*
     * A node asks one field and has an interval of class numbers for each answer: starts[0] is 0, neighbours
     * differ, and there are at least two. Nodes are kept once, by content. A function is the number of its
     * top node, or, when it is the same everywhere, the complement of its value: those are below 0.
     */
    private final List<int[]> starts = new ArrayList<>();
    private final List<int[]> kids = new ArrayList<>();
    private final List<Integer> levels = new ArrayList<>();
    private final int budget;
    private int[] places = new int[256];

    /** An arena that holds so many nodes at most. */
    Diagram(int budget) {
        this.budget = budget;
    }

    /** The function that is this value everywhere. */
    static int constant(int value) {
        return ~value;
    }

    static boolean isConstant(int function) {
        return function < 0;
    }

    /** The value of a constant function. */
    static int value(int function) {
        return ~function;
    }

    int nodes() {
        return levels.size();
    }

    /** The field a node asks. */
    int level(int node) {
        return levels.get(node);
    }

    int[] starts(int node) {
        return starts.get(node);
    }

    int[] kids(int node) {
        return kids.get(node);
    }

    /** The function that asks a field and goes on, class by class, with functions that ask later fields only. */
    int choose(int level, int[] kidOfClass) {
        int[] from = new int[kidOfClass.length];
        for (int i = 0; i < from.length; i++) from[i] = i;
        return make(level, from, kidOfClass.clone(), from.length);
    }

    private int make(int level, int[] from, int[] to, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept > 0 && to[kept - 1] == to[i]) continue;
            from[kept] = from[i];
            to[kept++] = to[i];
        }
        if (kept == 1) return to[0];
        int[] nodeStarts = Arrays.copyOf(from, kept);
        int[] nodeKids = Arrays.copyOf(to, kept);
        int place = place(level, nodeStarts, nodeKids);
        if (places[place] != 0) return places[place] - 1;
        if (levels.size() == budget) throw new TooComplexException(budget);
        starts.add(nodeStarts);
        kids.add(nodeKids);
        levels.add(level);
        places[place] = levels.size();
        if (2 * levels.size() > places.length) rehash();
        return levels.size() - 1;
    }

    private int place(int level, int[] nodeStarts, int[] nodeKids) {
        int mask = places.length - 1;
        int hash = (Arrays.hashCode(nodeStarts) * 31 + Arrays.hashCode(nodeKids)) * 31 + level;
        int place = (hash ^ hash >>> 15) * 0x9E37_79B9 >>> 7 & mask;
        for (; places[place] != 0; place = place + 1 & mask) {
            int node = places[place] - 1;
            if (levels.get(node) == level
                    && Arrays.equals(starts.get(node), nodeStarts)
                    && Arrays.equals(kids.get(node), nodeKids)) return place;
        }
        return place;
    }

    private void rehash() {
        places = new int[2 * places.length];
        for (int node = 0; node < levels.size(); node++) {
            places[place(levels.get(node), starts.get(node), kids.get(node))] = node + 1;
        }
    }

    /** A way to combine two functions value by value; remembers what it has combined. */
    final class Operation {
        private final IntBinaryOperator values;
        private final LongIntMap known = new LongIntMap();
        private final int neutral;

        /** The operation with a value that, on either side, leaves the other as it is. */
        Operation(IntBinaryOperator values, int neutral) {
            this.values = values;
            this.neutral = constant(neutral);
        }

        /** Combines; the first function goes before the second. */
        int of(int first, int second) {
            if (first == neutral) return second;
            if (second == neutral) return first;
            if (isConstant(first) && isConstant(second)) {
                return constant(values.applyAsInt(value(first), value(second)));
            }
            long key = (long) first << 32 | second & 0xFFFF_FFFFL;
            int before = known.get(key);
            if (before != LongIntMap.NONE) return before;
            int combined = combine(first, second);
            known.put(key, combined);
            return combined;
        }

        private int combine(int first, int second) {
            int level = Math.min(levelOf(first), levelOf(second));
            int[] ones = levelOf(first) == level ? starts(first) : WHOLE;
            int[] others = levelOf(second) == level ? starts(second) : WHOLE;
            int[] from = new int[ones.length + others.length];
            int[] to = new int[from.length];
            int count = 0;
            int i = 0;
            int j = 0;
            int at = 0;
            while (at < Integer.MAX_VALUE) {
                from[count] = at;
                to[count++] = of(ones == WHOLE ? first : kids(first)[i], others == WHOLE ? second : kids(second)[j]);
                int endOne = i + 1 < ones.length ? ones[i + 1] : Integer.MAX_VALUE;
                int endOther = j + 1 < others.length ? others[j + 1] : Integer.MAX_VALUE;
                at = Math.min(endOne, endOther);
                if (endOne == at) i++;
                if (endOther == at) j++;
            }
            return make(level, from, to, count);
        }

        /** Combines many, in order; halves first, which keeps what is in between small. */
        int ofAll(List<Integer> functions) {
            int size = functions.size();
            if (size == 0) return neutral;
            if (size == 1) return functions.get(0);
            return of(ofAll(functions.subList(0, size / 2)), ofAll(functions.subList(size / 2, size)));
        }
    }

    private static final int[] WHOLE = {0};

    private int levelOf(int function) {
        return isConstant(function) ? Integer.MAX_VALUE : level(function);
    }

    /** The function with every value put through another. */
    int map(int function, IntUnaryOperator values) {
        return map(function, values, new LongIntMap());
    }

    private int map(int function, IntUnaryOperator values, LongIntMap known) {
        if (isConstant(function)) return constant(values.applyAsInt(value(function)));
        int before = known.get(function);
        if (before != LongIntMap.NONE) return before;
        int[] from = starts(function).clone();
        int[] to = new int[from.length];
        for (int i = 0; i < to.length; i++) to[i] = map(kids(function)[i], values, known);
        int mapped = make(level(function), from, to, to.length);
        known.put(function, mapped);
        return mapped;
    }

    /** The value for the packet whose fields are of these classes. */
    int evaluate(int function, int[] classes) {
        int at = function;
        while (!isConstant(at)) {
            int found = Arrays.binarySearch(starts(at), classes[level(at)]);
            at = kids(at)[found >= 0 ? found : -found - 2];
        }
        return value(at);
    }

    /** Every value the function takes. */
    BitSet values(int function) {
        BitSet values = new BitSet();
        collect(function, values, new BitSet());
        return values;
    }

    private void collect(int function, BitSet values, BitSet seen) {
        if (isConstant(function)) {
            values.set(value(function));
        } else if (!seen.get(function)) {
            seen.set(function);
            for (int kid : kids(function)) collect(kid, values, seen);
        }
    }
}
