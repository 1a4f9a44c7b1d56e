package dev.mipath.laws;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Chance from a seed: the same seed throws the same numbers for ever. */
public final class Dice {
    private final SplittableRandom random;

    public Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A number from 0 up to, but not including, the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** True once in so many throws. */
    public boolean oneIn(int throwsOnAverage) {
        return random.nextInt(throwsOnAverage) == 0;
    }

    /** One of the items. */
    public <T> T of(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    /** One of the items. */
    @SafeVarargs
    public final <T> T of(T... items) {
        return items[random.nextInt(items.length)];
    }

    /** Up to so many of the items, none twice, in random order. */
    public <T> ImmutableList<T> some(List<T> items, int most) {
        return ImmutableList.copyOf(shuffled(items)
                .subList(0, Math.min(items.size(), most == 0 ? 0 : random.nextInt(most + 1))));
    }

    /** All the items in random order. */
    public <T> List<T> shuffled(List<T> items) {
        List<T> all = new ArrayList<>(items);
        for (int i = all.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            T moved = all.get(i);
            all.set(i, all.get(other));
            all.set(other, moved);
        }
        return all;
    }

    /** An address of the block: its ends and their neighbours more often than the rest. */
    public Address in(Prefix block) {
        Address any = anywhere(block.v6());
        Address inside = block.v6()
                ? Address.v6(
                        block.first().high()
                                | any.high()
                                        & (block.first().high() ^ block.last().high()),
                        block.first().low()
                                | any.low()
                                        & (block.first().low() ^ block.last().low()))
                : Address.v4((int) (block.first().low()
                        | any.low() & (block.first().low() ^ block.last().low())));
        return switch (below(4)) {
            case 0 -> block.first();
            case 1 -> block.last();
            default -> inside;
        };
    }

    /** Any address of a family. */
    public Address anywhere(boolean v6) {
        return v6 ? Address.v6(random.nextLong(), random.nextLong()) : Address.v4(random.nextInt());
    }

    /** A block inside the given one, at most so much longer. */
    public Prefix inside(Prefix block, int mostLonger) {
        int length =
                Math.min(block.length() + below(mostLonger + 1), block.network().width());
        return Prefix.covering(in(block), length);
    }
}
