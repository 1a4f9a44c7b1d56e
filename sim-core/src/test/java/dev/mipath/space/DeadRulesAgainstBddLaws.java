package dev.mipath.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javabdd.BDD;
import com.github.javabdd.BDDFactory;
import com.github.javabdd.JFactory;
import dev.mipath.net.Address;
import dev.mipath.net.AddressRange;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The entries that no packet meets, worked out bit by bit with binary decision diagrams of another library. */
class DeadRulesAgainstBddLaws {
    private static final int ADDRESS_BITS = 129;
    private static final int PORT_BITS = 16;
    private static final int PROTOCOL_BITS = 8;

    static IntStream policies() {
        return IntStream.range(0, 10);
    }

    @ParameterizedTest(name = "policy {0}")
    @MethodSource("policies")
    @DisplayName("The same entries are dead")
    void sameDead(int seed) {
        Policy policy = new RandomBoxes(300 + seed).policy(8 + 2 * seed);
        PolicyDiagram diagram = new PolicyDiagram(new PacketSpace(policy.boxes()), policy);
        assertThat(diagram.unneeded().dead()).as("policy %d", seed).isEqualTo(dead(policy));
    }

    private static List<Integer> dead(Policy policy) {
        BDDFactory bits = JFactory.init(200_000, 20_000);
        bits.setVarNum(PROTOCOL_BITS + 2 * PORT_BITS + 2 * ADDRESS_BITS);
        BDD before = bits.zero();
        List<Integer> dead = new ArrayList<>();
        for (int i = 0; i < policy.entries().size(); i++) {
            BDD box = box(bits, policy.entries().get(i).box());
            if (box.and(before.not()).isZero()) dead.add(i);
            before = before.or(box);
        }
        bits.done();
        return dead;
    }

    private static BDD box(BDDFactory bits, FlowBox box) {
        int at = PROTOCOL_BITS;
        BDD ports = ports(bits, at, box.destinationPorts()).and(ports(bits, at + PORT_BITS, box.sourcePorts()));
        at += 2 * PORT_BITS;
        BDD addresses = addresses(bits, at, box.source()).and(addresses(bits, at + ADDRESS_BITS, box.destination()));
        BDD protocol = box.protocols().isEmpty() ? bits.one() : bits.zero();
        for (Protocol named : box.protocols()) protocol = protocol.or(number(bits, named.number()));
        BDD withPorts = number(bits, 6).or(number(bits, 17));
        return addresses.and(protocol).and(withPorts.imp(ports));
    }

    private static BDD number(BDDFactory bits, int number) {
        return between(bits, 0, PROTOCOL_BITS, BigInteger.valueOf(number), BigInteger.valueOf(number));
    }

    private static BDD ports(BDDFactory bits, int at, List<PortRange> ports) {
        BDD all = bits.zero();
        for (PortRange range : ports) {
            all = all.or(
                    between(bits, at, PORT_BITS, BigInteger.valueOf(range.first()), BigInteger.valueOf(range.last())));
        }
        return all;
    }

    private static BDD addresses(BDDFactory bits, int at, AddressSet set) {
        BDD all = bits.zero();
        for (AddressRange range : set.ranges()) {
            all = all.or(between(bits, at, ADDRESS_BITS, number(range.first()), number(range.last())));
        }
        return all;
    }

    private static BigInteger number(Address address) {
        BigInteger high = new BigInteger(Long.toUnsignedString(address.high()));
        BigInteger low = new BigInteger(Long.toUnsignedString(address.low()));
        BigInteger value = high.shiftLeft(64).or(low);
        return address.v6() ? value.setBit(ADDRESS_BITS - 1) : value;
    }

    private static BDD between(BDDFactory bits, int at, int width, BigInteger first, BigInteger last) {
        BDD atLeast = bits.one();
        BDD atMost = bits.one();
        for (int bit = 0; bit < width; bit++) {
            int variable = at + width - 1 - bit;
            atLeast = first.testBit(bit)
                    ? bits.ithVar(variable).and(atLeast)
                    : bits.ithVar(variable).or(atLeast);
            atMost = last.testBit(bit)
                    ? bits.nithVar(variable).or(atMost)
                    : bits.nithVar(variable).and(atMost);
        }
        return atLeast.and(atMost);
    }
}
