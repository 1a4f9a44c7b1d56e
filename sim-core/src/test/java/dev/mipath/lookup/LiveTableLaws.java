package dev.mipath.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is put and removed, a changing table must agree with a plain map of its routes. */
class LiveTableLaws {
    private record Route(int network, int length) {
        static Route of(int address, int length) {
            return new Route(length == 0 ? 0 : address & -1 << 32 - length, length);
        }
    }

    static IntStream seeds() {
        return Seeds.of(40, 1_000);
    }

    private static int oracle(Map<Route, Integer> routes, int address) {
        for (int length = 32; length >= 0; length--) {
            Integer value = routes.get(Route.of(address, length));
            if (value != null) return value;
        }
        return LpmTable.NONE;
    }

    /** Third bytes in all quarters of a /16, since the table's slots are quarters. */
    private static final int[] THIRD = {0, 1, 2, 3, 31, 32, 63, 64, 128, 255};

    private static int third(SplittableRandom random) {
        return THIRD[random.nextInt(THIRD.length)];
    }

    /** Routes crowd in few places, so that they nest and are met again. */
    private static Route route(SplittableRandom random) {
        int address = 10 << 24 | random.nextInt(3) << 16 | third(random) << 8 | random.nextInt(256);
        int length = random.nextInt(20) == 0 ? random.nextInt(16) : 14 + random.nextInt(19);
        return Route.of(address, length);
    }

    private static int probe(SplittableRandom random) {
        return random.nextInt(16) == 0
                ? random.nextInt()
                : 10 << 24 | random.nextInt(4) << 16 | third(random) << 8 | random.nextInt(256);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithAMapAfterEveryChange(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Route, Integer> truth = new HashMap<>();
        LiveTable table = new LiveTable();
        for (int change = 0; change < 300; change++) {
            Route route = route(random);
            if (random.nextInt(3) > 0) {
                Integer old = truth.put(route, change);
                assertThat(table.put(route.network, route.length, change)).isEqualTo(old == null ? LpmTable.NONE : old);
            } else {
                Integer old = truth.remove(route);
                assertThat(table.remove(route.network, route.length)).isEqualTo(old == null ? LpmTable.NONE : old);
            }
            assertThat(table.exact(route.network, route.length)).isEqualTo(truth.getOrDefault(route, LpmTable.NONE));
            assertThat(table.size()).isEqualTo(truth.size());
            for (int i = 0; i < 20; i++) {
                int address = i < 3 ? route.network - 1 + i : probe(random);
                assertThat(table.match(address))
                        .as("change %d, %08x", change, address)
                        .isEqualTo(oracle(truth, address));
            }
        }
        LpmTable snapshot = table.snapshot();
        RouteBase base = RouteBase.four();
        truth.forEach((route, value) -> base.put(route.network, route.length, value));
        for (Route route : truth.keySet()) {
            int longest = LpmTable.NONE;
            for (int length = 0; length < route.length; length++) {
                longest = truth.getOrDefault(Route.of(route.network, length), longest);
            }
            assertThat(base.covering(route.network, route.length)).isEqualTo(truth.get(route));
            base.remove(route.network, route.length);
            assertThat(base.covering(route.network, route.length)).isEqualTo(longest);
            base.put(route.network, route.length, truth.get(route));
        }
        LiveTable fresh = LiveTable.of(base);
        for (int i = 0; i < 2_000; i++) {
            int address = probe(random);
            assertThat(snapshot.match(address)).isEqualTo(oracle(truth, address));
            assertThat(fresh.match(address)).isEqualTo(oracle(truth, address));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void baseOfIpv6AgreesWithAMap(int seed) {
        record Key(long high, long low, int length) {}
        SplittableRandom random = new SplittableRandom(seed);
        Map<Key, Integer> truth = new HashMap<>();
        RouteBase base = RouteBase.six();
        for (int change = 0; change < 600; change++) {
            int length = random.nextInt(129);
            long high = 0x2603_1000L << 32 | (long) random.nextInt(3) << 62 | random.nextInt(4);
            long low = random.nextInt(4) | (long) random.nextInt(2) << 63;
            high = length == 0 ? 0 : length >= 64 ? high : high & -1L << 64 - length;
            low = length <= 64 ? 0 : length == 128 ? low : low & -1L << 128 - length;
            Key key = new Key(high, low, length);
            Integer old = random.nextBoolean() ? truth.put(key, change) : truth.remove(key);
            int given = truth.getOrDefault(key, -1) == change
                    ? base.put(high, low, length, change)
                    : base.remove(high, low, length);
            assertThat(given).isEqualTo(old == null ? LpmTable.NONE : old);
            assertThat(base.exact(high, low, length)).isEqualTo(truth.getOrDefault(key, LpmTable.NONE));
            int covering = LpmTable.NONE;
            for (int shorter = 0; shorter <= length; shorter++) {
                long h = shorter == 0 ? 0 : shorter >= 64 ? high : high & -1L << 64 - shorter;
                long l = shorter <= 64 ? 0 : shorter == 128 ? low : low & -1L << 128 - shorter;
                covering = truth.getOrDefault(new Key(h, l, shorter), covering);
            }
            assertThat(base.covering(high, low, length)).isEqualTo(covering);
        }
        List<Key> keys = new ArrayList<>();
        base.forEach((high, low, length, value) -> {
            keys.add(new Key(high, low, length));
            assertThat(value).isEqualTo(truth.get(new Key(high, low, length)));
        });
        assertThat(keys).hasSize(truth.size()).hasSize(base.size());
        List<Key> sorted = new ArrayList<>(keys);
        sorted.sort((a, b) -> {
            int order = Intervals6.compare(a.high, a.low, b.high, b.low);
            return order != 0 ? order : a.length - b.length;
        });
        assertThat(keys).isEqualTo(sorted);
        LpmTable table = base.table();
        for (Key key : keys)
            assertThat(table.match(key.high, key.low)).isEqualTo(base.covering(key.high, key.low, 128));
    }

    @Test
    void readersSeeTheStateBeforeOrAfterAChange() throws InterruptedException {
        LiveTable table = new LiveTable();
        table.put(10 << 24, 8, 1);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger wrong = new AtomicInteger();
        // The block flips between a /24 and a /26 inside a /8: every answer must be one of the three.
        Thread[] readers = new Thread[3];
        for (int i = 0; i < readers.length; i++) {
            int seed = i;
            readers[i] = new Thread(() -> {
                SplittableRandom random = new SplittableRandom(seed);
                while (!done.get()) {
                    int host = random.nextInt(256);
                    int value = table.match(10 << 24 | 5 << 8 | host);
                    boolean possible = value == 1 || value == 2 || value == 3 && host < 64;
                    if (!possible || table.match(10 << 24 | 6 << 8 | host) != 1) wrong.incrementAndGet();
                }
            });
            readers[i].start();
        }
        for (int i = 0; i < 20_000; i++) {
            table.put(10 << 24 | 5 << 8, 24, 2);
            table.put(10 << 24 | 5 << 8, 26, 3);
            table.remove(10 << 24 | 5 << 8, 24);
            table.remove(10 << 24 | 5 << 8, 26);
        }
        done.set(true);
        for (Thread reader : readers) reader.join();
        assertThat(wrong).hasValue(0);
    }
}
