package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects every problem of a run, so that the user repairs the input once and not once per problem. */
public final class Problems {
    /** A hostile file can be wrong in every line; more than these are counted, not told. */
    private static final int TOLD_MAX = 100;

    private final Set<Problem> found = new LinkedHashSet<>();
    private int untold;

    /** Adds a problem; one that was already told is not told twice. */
    public void add(Place place, String problem, String remedy) {
        Problem added = new Problem(place, problem, remedy);
        if (found.contains(added)) return;
        if (found.size() < TOLD_MAX) found.add(added);
        else untold++;
    }

    /** Adds the problems of another collection. */
    public void addAll(Iterable<Problem> others) {
        for (Problem other : others) add(other.place(), other.problem(), other.remedy());
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** The number of problems so far, told or not. */
    public int size() {
        return found.size() + untold;
    }

    /** The problems in the order they were found; the last one says how many more there are, if any. */
    public ImmutableList<Problem> list() {
        List<Problem> all = new ArrayList<>(found);
        if (untold > 0) {
            Place last = all.get(all.size() - 1).place();
            all.add(new Problem(
                    new Place(last.file(), 0, ""), untold + " more problems are not shown", "repair these first"));
        }
        return ImmutableList.copyOf(all);
    }

    /**
     * Ends the reading if anything is wrong.
     *
     * @throws InputException with all problems
     */
    public void throwIfAny() {
        if (!found.isEmpty()) throw new InputException(list());
    }
}
