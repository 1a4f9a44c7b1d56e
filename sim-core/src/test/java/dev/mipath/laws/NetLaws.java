package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mipath.net.Address;
import dev.mipath.net.AddressRange;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.testing.Seeds;
import inet.ipaddr.IPAddressString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, blocks and sets against plain numbers; their texts against the library's. */
class NetLaws {
    static IntStream seeds() {
        return Seeds.from(4_000, 200, 2_000);
    }

    private static BigInteger number(Address address) {
        BigInteger high = new BigInteger(Long.toUnsignedString(address.high()));
        return high.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(address.low())));
    }

    private static Address address(boolean v6, BigInteger number) {
        return v6 ? Address.v6(number.shiftRight(64).longValue(), number.longValue()) : Address.v4(number.intValue());
    }

    private static Prefix block(Dice dice) {
        boolean v6 = dice.oneIn(3);
        // Few high bits, so that blocks nest.
        Address near = v6
                ? Address.v6(0x2001_0000_0000_0000L + dice.below(4), dice.below(4))
                : Address.v4(0x0A00_0000 + dice.below(512));
        return Prefix.covering(dice.oneIn(4) ? dice.anywhere(v6) : near, dice.below(near.width() + 1));
    }

    private static List<Prefix> blocks(Dice dice, int count) {
        return IntStream.range(0, count).mapToObj(i -> block(dice)).toList();
    }

    private static List<Address> corners(Dice dice, List<Prefix> blocks) {
        List<Address> corners = new ArrayList<>();
        for (Prefix block : blocks) {
            for (Address end : List.of(block.first(), block.last())) {
                corners.add(end);
                Address before = end.previous();
                Address after = end.next();
                if (before != null) corners.add(before);
                if (after != null) corners.add(after);
            }
            corners.add(dice.in(block));
        }
        return corners;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void addressesAreNumbers(int seed) {
        Dice dice = new Dice(seed);
        for (int i = 0; i < 200; i++) {
            boolean v6 = dice.oneIn(2);
            Address one = dice.anywhere(v6);
            Address other = dice.oneIn(2) ? dice.anywhere(v6) : dice.of(Address.LAST_V4, Address.FIRST_V6);
            assertThat(address(v6, number(one))).isEqualTo(one);
            assertThat(Address.parse(one.toString())).as("%s read back", one).isEqualTo(one);
            assertThat(one.toString())
                    .isEqualTo(new IPAddressString(one.toString()).getAddress().toCanonicalString());
            int byNumber = number(one).compareTo(number(other));
            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(one.v6() == other.v6() ? byNumber : one.v6() ? 1 : -1);
            Address next = one.next();
            if (next != null) {
                assertThat(number(next)).isEqualTo(number(one).add(BigInteger.ONE));
                assertThat(next.previous()).isEqualTo(one);
            }
        }
        assertThat(Address.LAST_V4.next()).isNull();
        assertThat(Address.v4(0).previous()).isNull();
        assertThat(Address.v6(-1, -1).next()).isNull();
        assertThat(Address.FIRST_V6.previous()).isNull();
        assertThat(Address.v6(0, -1).next()).isEqualTo(Address.v6(1, 0));
        assertThat(Address.v6(1, 0).previous()).isEqualTo(Address.v6(0, -1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void blocksAreRangesOfNumbers(int seed) {
        Dice dice = new Dice(seed);
        List<Prefix> blocks = blocks(dice, 20);
        List<Address> corners = corners(dice, blocks);
        for (Prefix block : blocks) {
            BigInteger size = BigInteger.ONE.shiftLeft(block.network().width() - block.length());
            assertThat(number(block.first()).mod(size)).isEqualTo(BigInteger.ZERO);
            assertThat(number(block.last()))
                    .isEqualTo(number(block.first()).add(size).subtract(BigInteger.ONE));
            assertThat(Prefix.parse(block.toString())).isEqualTo(block);
            assertThat(Prefix.parseDroppingHostBits(dice.in(block) + "/" + block.length()))
                    .isEqualTo(block);
            for (Address address : corners) {
                assertThat(block.contains(address))
                        .as("%s in %s", address, block)
                        .isEqualTo(holds(block, address));
            }
            for (Prefix other : blocks) {
                boolean within = holds(block, other.first()) && holds(block, other.last());
                boolean around = holds(other, block.first()) && holds(other, block.last());
                assertThat(block.contains(other)).as("%s in %s", other, block).isEqualTo(within);
                assertThat(block.overlaps(other)).as("%s and %s", other, block).isEqualTo(within || around);
            }
        }
    }

    private static boolean holds(Prefix block, Address address) {
        return block.v6() == address.v6()
                && number(block.first()).compareTo(number(address)) <= 0
                && number(address).compareTo(number(block.last())) <= 0;
    }

    private static boolean holds(List<Prefix> blocks, Address address) {
        return blocks.stream().anyMatch(block -> holds(block, address));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void setsAreMemberships(int seed) {
        Dice dice = new Dice(seed);
        List<Prefix> left = blocks(dice, dice.below(8));
        List<Prefix> right = blocks(dice, dice.below(8));
        AddressSet one = AddressSet.of(left);
        AddressSet other = AddressSet.of(right);
        List<Prefix> both = new ArrayList<>(left);
        both.addAll(right);
        for (Address address : corners(dice, both)) {
            boolean inOne = holds(left, address);
            boolean inOther = holds(right, address);
            assertThat(one.contains(address)).as("%s in %s", address, left).isEqualTo(inOne);
            assertThat(one.union(other).contains(address)).isEqualTo(inOne || inOther);
            assertThat(one.minus(other).contains(address)).isEqualTo(inOne && !inOther);
            assertThat(one.intersection(other).contains(address)).isEqualTo(inOne && inOther);
        }
        assertThat(one.intersects(other)).isEqualTo(!one.intersection(other).isEmpty());
        assertThat(one.containsAll(other)).isEqualTo(other.minus(one).isEmpty());
        assertThat(AddressSet.unionOf(both.stream().map(AddressSet::of).toList()))
                .as("joined one by one")
                .isEqualTo(AddressSet.of(both))
                .isEqualTo(one.union(other));
        for (Prefix block : right) {
            // The lowest address of a block that a set lacks is the block's first, or follows a block of the set.
            boolean whole = corners(dice, both).stream()
                    .filter(address -> holds(block, address))
                    .allMatch(address -> holds(left, address));
            assertThat(one.containsAll(block)).as("%s in %s", block, left).isEqualTo(whole);
        }
        assertThat(AddressSet.of(one.prefixes())).as("set of its own blocks").isEqualTo(one);
        assertThat(one.minus(other).union(one.intersection(other))).isEqualTo(one);
        disjointAndNeverAdjacent(one.union(other));
        fewest(one);
    }

    private static void disjointAndNeverAdjacent(AddressSet set) {
        AddressRange before = null;
        for (AddressRange range : set.ranges()) {
            if (before != null && before.last().v6() == range.first().v6()) {
                assertThat(before.last().next())
                        .as("%s then %s", before, range)
                        .isNotNull()
                        .isLessThan(range.first());
            }
            before = range;
        }
    }

    private static void fewest(AddressSet set) {
        List<Prefix> blocks = set.prefixes();
        for (int i = 1; i < blocks.size(); i++) {
            Prefix one = blocks.get(i - 1);
            Prefix two = blocks.get(i);
            assertThat(one.overlaps(two)).as("%s and %s", one, two).isFalse();
            boolean halves = one.length() == two.length()
                    && one.length() > 0
                    && Prefix.covering(one.network(), one.length() - 1).contains(two);
            assertThat(halves).as("%s and %s are one block", one, two).isFalse();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void portRangesAreRead(int seed) {
        Dice dice = new Dice(seed);
        int one = dice.below(65_536);
        int other = dice.below(65_536);
        PortRange range = new PortRange(Math.min(one, other), Math.max(one, other));
        assertThat(PortRange.parse(range.toString())).isEqualTo(range);
        assertThat(PortRange.parse(range.first() + " - " + range.last())).isEqualTo(range);
        int port = dice.below(65_536);
        assertThat(range.contains(port)).isEqualTo(range.first() <= port && port <= range.last());
    }

    @ParameterizedTest(name = "`{0}`")
    @DisplayName("What is no address says so")
    @ValueSource(
            strings = {
                "",
                " ",
                "1.2.3",
                "1.2.3.4.",
                ".1.2.3.4",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.4 ",
                "1..2.3",
                "1.2.3.-4",
                "0x1.2.3.4",
                "1.2.3.\uFF14",
                ":",
                ":::",
                "1::2::3",
                "12345::",
                "fe80::1%eth0",
                "::1/128",
                "[::1]",
                "g::",
                "1:2:3:4:5:6:7:8:9",
                "*",
                "::*",
                "1-2::",
                "4294967295",
                "\u0663.1.1.1"
            })
    void hostileAddresses(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Address.parse(text))
                .withMessageContaining(text);
    }

    @ParameterizedTest(name = "`{0}`")
    @DisplayName("What is no block says so")
    @ValueSource(
            strings = {
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "/8",
                "10.0.0.0/ 8",
                "10.0.0.0/8 ",
                "10.0.0.1/8",
                "::/129",
                "::1/127",
                "10.0.0.0/0008",
                "10.0.0.0/4294967304",
                "10.0.0.0/255.0.0.0",
                "Internet",
                "10.0.0.0-10.0.0.9"
            })
    void hostileBlocks(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Prefix.parse(text));
    }

    @ParameterizedTest(name = "`{0}`")
    @DisplayName("What is no port range says so")
    @ValueSource(
            strings = {
                "",
                "-",
                "80-",
                "-80",
                "65536",
                "99999",
                "100000",
                "90-80",
                "1-2-3",
                "*-80",
                "80,443",
                "4294967376",
                "+80",
                "\u0668\u0660"
            })
    void hostilePorts(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PortRange.parse(text));
    }

    @ParameterizedTest(name = "`{0}`")
    @DisplayName("What is no protocol says so")
    @ValueSource(strings = {"", "tcpp", "IPv4", "-1", "T C P", "tcp,udp"})
    void hostileProtocols(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Protocol.parse(text))
                .withMessageContaining(text);
    }
}
