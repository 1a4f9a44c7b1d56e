package dev.mipath.cli;

import org.jspecify.annotations.Nullable;

/** Answers already worded, by the element and the decision they come from; open addressing, nothing is boxed. */
final class AnswerCache {
    private int[] elements = new int[256];
    private long[] decisions = new long[256];
    private byte @Nullable [][] answers = new byte @Nullable [256][];
    private int size;

    byte @Nullable [] get(int element, long decision) {
        return answers[slot(element, decision)];
    }

    void put(int element, long decision, byte[] answer) {
        int slot = slot(element, decision);
        if (answers[slot] == null) size++;
        elements[slot] = element;
        decisions[slot] = decision;
        answers[slot] = answer;
        if (size * 2 > answers.length) grow();
    }

    private int slot(int element, long decision) {
        int mask = answers.length - 1;
        long mixed = (decision + element) * 0x9E37_79B9_7F4A_7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (answers[slot] != null && (elements[slot] != element || decisions[slot] != decision)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldElements = elements;
        long[] oldDecisions = decisions;
        byte @Nullable [][] old = answers;
        elements = new int[old.length * 2];
        decisions = new long[old.length * 2];
        answers = new byte @Nullable [old.length * 2][];
        for (int i = 0; i < old.length; i++) {
            byte @Nullable [] answer = old[i];
            if (answer == null) continue;
            int slot = slot(oldElements[i], oldDecisions[i]);
            elements[slot] = oldElements[i];
            decisions[slot] = oldDecisions[i];
            answers[slot] = answer;
        }
    }
}
