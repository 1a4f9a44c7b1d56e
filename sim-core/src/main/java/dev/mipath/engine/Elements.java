package dev.mipath.engine;

import dev.mipath.forwarding.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for the elements that hold from one network of a timeline to the next, given by name; of several elements with
 * one name the first of one network is the first of the other. Also which of them a probe found down.
 */
final class Elements {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private int[] stable = {};
    private boolean[] present = {};
    private boolean[] down = {};

    /** Turns to another network. */
    void turnTo(Network network) {
        Map<String, Integer> seen = new HashMap<>();
        stable = new int[network.size()];
        present = new boolean[0];
        for (int i = 0; i < network.size(); i++) {
            int nth = seen.merge(network.name(i), 1, Integer::sum);
            stable[i] = number(nth == 1 ? network.name(i) : network.name(i) + " #" + nth);
        }
        present = new boolean[names.size()];
        for (int number : stable) present[number] = true;
        down = Arrays.copyOf(down, names.size());
    }

    private int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) return known;
        numbers.put(name, names.size());
        names.add(name);
        return names.size() - 1;
    }

    /** The number of an element of the present network. */
    int stable(int element) {
        return stable[element];
    }

    /** The number of the element of this name, or -1 when no network so far has it. */
    int named(String name) {
        return numbers.getOrDefault(name, -1);
    }

    /** The name of a number. */
    String name(int number) {
        return number < 0 ? "" : names.get(number);
    }

    /** How many numbers there are. */
    int size() {
        return names.size();
    }

    /** Whether the present network has it. */
    boolean isPresent(int number) {
        return number >= 0 && number < present.length && present[number];
    }

    boolean isDown(int number) {
        return down[number];
    }

    void setDown(int number, boolean isDown) {
        down[number] = isDown;
    }

    World.Memento save() {
        boolean[] saved = down.clone();
        return () -> down = Arrays.copyOf(saved, Math.max(saved.length, names.size()));
    }
}
