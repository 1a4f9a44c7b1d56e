package dev.mipath.benchmarks;

import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Made-up prefixes that crowd and nest as real ones do, for machines without the recorded data. */
final class LookAlikes {
    private LookAlikes() {}

    static Routes four(SplittableRandom random, int size, int shortest, int longest) {
        TreeSet<Prefix> prefixes = new TreeSet<>();
        while (prefixes.size() < size) {
            // Two thirds of the prefixes lie in a thousand busy /16 blocks.
            int high = random.nextInt(3) == 0 ? random.nextInt(1 << 16) : 0x0D00 + random.nextInt(1_000);
            int length = Math.min(longest, shortest + random.nextInt(longest - shortest + 1) + random.nextInt(6));
            Address address = Address.v4(high << 16 | random.nextInt(1 << 16));
            prefixes.add(Prefix.covering(address, length));
        }
        return new Routes(new ArrayList<>(prefixes));
    }

    static Routes six(SplittableRandom random, int size) {
        TreeSet<Prefix> prefixes = new TreeSet<>();
        while (prefixes.size() < size) {
            long high = 0x2600_0000_0000_0000L | (long) random.nextInt(1 << 8) << 48 | random.nextLong() >>> 16;
            int length = 28 + 4 * random.nextInt(10);
            prefixes.add(Prefix.covering(Address.v6(high, 0), length));
        }
        return new Routes(new ArrayList<>(prefixes));
    }
}
