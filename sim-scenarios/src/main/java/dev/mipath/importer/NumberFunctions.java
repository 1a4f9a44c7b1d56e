package dev.mipath.importer;

import static dev.mipath.importer.ArmFunctions.lenient;
import static dev.mipath.importer.ArmFunctions.strict;

import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;

/** Template functions on numbers and on address blocks ("Numeric functions", "CIDR functions"). */
final class NumberFunctions {
    private static final int RANGE_MAX = 10_000;

    static final ImmutableMap<String, ArmFunctions.Function> ALL = ImmutableMap.<String, ArmFunctions.Function>builder()
            .put("add", of(Math::addExact))
            .put("sub", of(Math::subtractExact))
            .put("mul", of(Math::multiplyExact))
            .put("div", of((a, b) -> a / b))
            .put("mod", of((a, b) -> a % b))
            .put("min", lenient(1, Integer.MAX_VALUE, c -> extreme(c, Math::min)))
            .put("max", lenient(1, Integer.MAX_VALUE, c -> extreme(c, Math::max)))
            .put("int", strict(1, 1, c -> c.of(c.whole(0))))
            .put("float", strict(1, 1, c -> new Node.Num(c.place(), c.text(0))))
            .put("range", strict(2, 2, NumberFunctions::range))
            .put("cidrsubnet", strict(3, 3, NumberFunctions::cidrSubnet))
            .put("parsecidr", strict(1, 1, NumberFunctions::parseCidr))
            .put("cidrhost", strict(2, 2, NumberFunctions::cidrHost))
            .buildOrThrow();

    private NumberFunctions() {}

    private static ArmFunctions.Function of(LongBinaryOperator operator) {
        return strict(2, 2, call -> {
            try {
                return call.of(operator.applyAsLong(call.whole(0), call.whole(1)));
            } catch (ArithmeticException e) {
                throw new ArmFailure("`" + call.name() + "` has no result in 64 bits", "repair the numbers");
            }
        });
    }

    private static Node extreme(ArmCall call, LongBinaryOperator operator) {
        List<Node> numbers = call.arg(0) instanceof Node.Arr array ? array.items() : call.args();
        Long result = null;
        for (Node number : numbers) {
            if (Opaque.isOpen(number)) return call.unknown();
            Long whole = Wholes.parse(number);
            if (whole == null) throw call.wrong(0, "a whole number");
            result = result == null ? whole : Long.valueOf(operator.applyAsLong(result, whole));
        }
        if (result == null) throw call.wrong(0, "a number");
        return call.of(result);
    }

    private static Node range(ArmCall call) {
        int count = call.index(1);
        if (count > RANGE_MAX) throw call.wrong(1, "at most " + RANGE_MAX);
        List<Node> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) numbers.add(call.of(call.whole(0) + i));
        return call.of(numbers);
    }

    private static Prefix block(ArmCall call) {
        try {
            return Prefix.parse(call.text(0));
        } catch (IllegalArgumentException e) {
            throw call.wrong(0, "an address block");
        }
    }

    /** The address at an offset from the start of a block. */
    private static Address offset(ArmCall call, Prefix block, BigInteger offset) {
        Address first = block.first();
        BigInteger start = unsigned(first.high()).shiftLeft(64).or(unsigned(first.low()));
        BigInteger sum = start.add(offset);
        Address address = address(first.v6(), sum);
        boolean fits = sum.bitLength() <= first.width() && block.contains(address);
        if (!fits || offset.signum() < 0)
            throw new ArmFailure("`" + call.name() + "` leaves the block", "repair the index");
        return address;
    }

    private static Address address(boolean v6, BigInteger bits) {
        return v6 ? Address.v6(bits.shiftRight(64).longValue(), bits.longValue()) : Address.v4(bits.intValue());
    }

    private static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    private static Node cidrSubnet(ArmCall call) {
        Prefix block = block(call);
        int length = call.index(1);
        if (length < block.length() || length > block.network().width()) throw call.wrong(1, "a longer prefix length");
        BigInteger size = BigInteger.ONE.shiftLeft(block.network().width() - length);
        Address start = offset(call, block, size.multiply(BigInteger.valueOf(call.whole(2))));
        return call.of(new Prefix(start, length).toString());
    }

    /** Index 0 is the first usable address, the one after the network's own. */
    private static Node cidrHost(ArmCall call) {
        return call.of(
                offset(call, block(call), BigInteger.valueOf(call.whole(1)).add(BigInteger.ONE))
                        .toString());
    }

    /** The parts of a block; of IPv6 every address can be used, and there is none for all. */
    private static Node parseCidr(ArmCall call) {
        Prefix block = block(call);
        Address first = block.first();
        int width = first.width();
        BigInteger size = BigInteger.ONE.shiftLeft(width - block.length());
        BigInteger mask = BigInteger.ONE.shiftLeft(width).subtract(size);
        Address last = offset(call, block, size.subtract(BigInteger.ONE));
        boolean ends = !first.v6() && size.bitLength() > 2;
        Address low = ends ? offset(call, block, BigInteger.ONE) : first;
        Address high = ends ? offset(call, block, size.subtract(BigInteger.TWO)) : last;
        List<Node.Member> members = new ArrayList<>();
        member(call, "network", call.of(first.toString()), members);
        member(call, "netmask", call.of(address(first.v6(), mask).toString()), members);
        if (!first.v6()) member(call, "broadcast", call.of(last.toString()), members);
        member(call, "firstUsable", call.of(low.toString()), members);
        member(call, "lastUsable", call.of(high.toString()), members);
        member(call, "cidr", call.of(block.length()), members);
        return call.object(members);
    }

    private static void member(ArmCall call, String name, Node value, List<Node.Member> members) {
        members.add(new Node.Member(name, call.here(), value));
    }
}
