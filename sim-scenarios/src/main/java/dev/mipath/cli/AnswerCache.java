package dev.mipath.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers already worded, by the element and the decision they come from; open addressing, nothing is boxed.
 *
 * @param <A> an answer
 */
final class AnswerCache<A> {
    private static final int FIRST_SLOTS = 256;

    private final List<A> answers = new ArrayList<>();
    private int[] elements = new int[FIRST_SLOTS];
    private long[] decisions = new long[FIRST_SLOTS];
    /** The position in the list, from 1; 0 in a free slot. */
    private int[] positions = new int[FIRST_SLOTS];

    @Nullable
    A get(int element, long decision) {
        int position = positions[slot(element, decision)];
        return position == 0 ? null : answers.get(position - 1);
    }

    /** Adds an answer that is not there yet. */
    void put(int element, long decision, A answer) {
        answers.add(answer);
        enter(element, decision, answers.size());
        if (answers.size() * 2 > positions.length) grow();
    }

    private void enter(int element, long decision, int position) {
        int slot = slot(element, decision);
        elements[slot] = element;
        decisions[slot] = decision;
        positions[slot] = position;
    }

    private int slot(int element, long decision) {
        int mask = positions.length - 1;
        long mixed = (decision + element) * 0x9E37_79B9_7F4A_7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (positions[slot] != 0 && (elements[slot] != element || decisions[slot] != decision)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldElements = elements;
        long[] oldDecisions = decisions;
        int[] oldPositions = positions;
        elements = new int[oldPositions.length * 2];
        decisions = new long[oldPositions.length * 2];
        positions = new int[oldPositions.length * 2];
        for (int i = 0; i < oldPositions.length; i++) {
            if (oldPositions[i] != 0) enter(oldElements[i], oldDecisions[i], oldPositions[i]);
        }
    }
}
