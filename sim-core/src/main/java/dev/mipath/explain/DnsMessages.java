package dev.mipath.explain;

import com.google.common.base.Splitter;
import dev.mipath.net.Address;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A question about a name, and its answer (RFC 1035; RFC 3596 for IPv6). */
final class DnsMessages {
    private static final int QUERY = 0x0100;
    private static final int ANSWER = 0x8180;
    private static final int NO_SUCH_NAME = 3;
    private static final int IPV4 = 1;
    private static final int IPV6 = 28;
    private static final int INTERNET = 1;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 253;
    /** Where the name of the question stands. */
    private static final int TO_NAME = 0xC00C;

    private DnsMessages() {}

    static Bytes query(int id, String name) {
        return question(id, QUERY, 0, name, IPV4);
    }

    /** The answer; no address for no such name. */
    static Bytes answer(int id, String name, @Nullable Address address, int seconds) {
        if (address == null) return question(id, ANSWER | NO_SUCH_NAME, 0, name, IPV4);
        int type = address.v6() ? IPV6 : IPV4;
        Bytes message = question(id, ANSWER, 1, name, type);
        message.u16(TO_NAME).u16(type).u16(INTERNET).u32(seconds);
        if (address.v6()) return message.u16(16).u64(address.high()).u64(address.low());
        return message.u16(4).u32(address.bits());
    }

    private static Bytes question(int id, int flags, int answers, String name, int type) {
        Bytes message =
                new Bytes().u16(id).u16(flags).u16(1).u16(answers).u16(0).u16(0);
        if (isSpeakable(name)) {
            for (String label : labels(name)) {
                byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
                message.u8(bytes.length).all(bytes);
            }
        }
        return message.u8(0).u16(type).u16(INTERNET);
    }

    /** A name that no question can hold is asked for as the root. */
    private static boolean isSpeakable(String name) {
        int length = 0;
        for (String label : labels(name)) {
            int bytes = label.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST_LABEL) return false;
            length += bytes + 1;
        }
        return length <= LONGEST_NAME + 1;
    }

    private static Iterable<String> labels(String name) {
        return Splitter.on('.').omitEmptyStrings().split(name);
    }
}
