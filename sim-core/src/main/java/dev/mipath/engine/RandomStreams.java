package dev.mipath.engine;

import java.nio.charset.StandardCharsets;

/**
 * Random numbers by name instead of by turn: the n-th number of an entity for a purpose is a function of the
 * seed, the component, the entity, the purpose and n. So one more client does not shift another's numbers,
 * and two variants of a scenario meet the same arrivals.
 */
public final class RandomStreams {
    private final long seed;

    /** The numbers of this seed. */
    public RandomStreams(long seed) {
        this.seed = seed;
    }

    /** What the numbers are of. */
    public long seed() {
        return seed;
    }

    /** The numbers of a replication, independent of those of every other; number 0 is these. */
    public RandomStreams replication(int number) {
        return number == 0 ? this : new RandomStreams(RandomStream.mix(seed, number));
    }

    /** The numbers that a component draws for a purpose. */
    public RandomStream stream(String component, String purpose) {
        return new RandomStream(RandomStream.mix(RandomStream.mix(seed, hash(component)), hash(purpose)));
    }

    /** FNV-1a over the bytes of the name, in 64 bits. */
    private static long hash(String name) {
        long hash = 0xCBF2_9CE4_8422_2325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ b & 0xFF) * 0x100_0000_01B3L;
        return hash;
    }
}
