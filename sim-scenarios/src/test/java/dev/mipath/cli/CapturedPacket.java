package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A packet of a capture as read by its format alone, with everything about it that must be consistent checked on the way.
 *
 * @param time nanoseconds
 * @param comment the comment of its block
 * @param flow source, destination and ports
 * @param back the flow of its answers
 * @param tcp whether it is a segment, else a datagram
 * @param sequence the sequence number, of a segment
 * @param acknowledged the acknowledgement number
 * @param flags the flags
 * @param data how many bytes it carries
 */
record CapturedPacket(
        long time,
        String comment,
        String flow,
        String back,
        boolean tcp,
        int sequence,
        int acknowledged,
        int flags,
        int data) {
    private static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int PACKET = 6;

    /** All packets of a file of one section with one interface. */
    static List<CapturedPacket> read(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> types = new ArrayList<>();
        List<CapturedPacket> packets = new ArrayList<>();
        while (file.hasRemaining()) {
            int start = file.position();
            int type = file.getInt(start);
            int length = file.getInt(start + 4);
            assertThat(length % 4).isZero();
            assertThat(file.getInt(start + length - 4)).isEqualTo(length);
            types.add(type);
            ByteBuffer body = file.slice(start + 8, length - 12).order(ByteOrder.LITTLE_ENDIAN);
            if (type == SECTION) assertThat(body.getInt(0)).isEqualTo(0x1A2B3C4D);
            if (type == INTERFACE) assertInterface(body);
            if (type == PACKET) packets.add(packet(body));
            file.position(start + length);
        }
        assertThat(types.get(0)).isEqualTo(SECTION);
        assertThat(types.get(1)).isEqualTo(INTERFACE);
        assertThat(types.subList(2, types.size())).containsOnly(PACKET);
        return packets;
    }

    private static void assertInterface(ByteBuffer body) {
        assertThat(body.getShort(0)).as("link type").isEqualTo((short) 1);
        assertThat(option(body, 8, 9)).as("resolution").isEqualTo("\t");
    }

    private static String option(ByteBuffer body, int from, int wanted) {
        for (int at = from; at < body.limit(); ) {
            int code = body.getShort(at);
            int length = body.getShort(at + 2);
            if (code == wanted) {
                byte[] value = new byte[length];
                body.get(at + 4, value);
                return new String(value, StandardCharsets.UTF_8);
            }
            at += 4 + (length + 3 & ~3);
        }
        throw new AssertionError("no option " + wanted);
    }

    private static CapturedPacket packet(ByteBuffer body) {
        long time = (long) body.getInt(4) << 32 | body.getInt(8) & 0xFFFF_FFFFL;
        int length = body.getInt(12);
        assertThat(body.getInt(16)).isEqualTo(length);
        String comment = option(body, 20 + (length + 3 & ~3), 1);
        ByteBuffer ip = body.slice(20 + 14, length - 14).order(ByteOrder.BIG_ENDIAN);
        assertThat(body.order(ByteOrder.BIG_ENDIAN).getShort(20 + 12)).isEqualTo((short) 0x0800);
        assertThat(ip.getShort(2) & 0xFFFF).isEqualTo(ip.limit());
        assertThat(sum(ip, 0, 20, 0)).as("checksum of the header").isEqualTo(0xFFFF);
        boolean tcp = ip.get(9) == 6;
        int size = ip.limit() - 20;
        int pseudo = ip.get(9) + size;
        for (int i = 12; i < 20; i += 2) pseudo += ip.getShort(i) & 0xFFFF;
        assertThat(sum(ip, 20, ip.limit(), pseudo)).as("checksum of the data").isEqualTo(0xFFFF);
        int header = tcp ? (ip.get(32) & 0xF0) >> 2 : 8;
        String source = end(ip, 12, 20);
        String destination = end(ip, 16, 22);
        return new CapturedPacket(
                time,
                comment,
                source + ">" + destination,
                destination + ">" + source,
                tcp,
                tcp ? ip.getInt(24) : 0,
                tcp ? ip.getInt(28) : 0,
                tcp ? ip.get(33) : 0,
                size - header);
    }

    private static String end(ByteBuffer ip, int address, int port) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) text.append(i == 0 ? "" : ".").append(ip.get(address + i) & 0xFF);
        return text.append(':').append(ip.getShort(port) & 0xFFFF).toString();
    }

    /** The sum in ones' complement; of what holds its own checksum it is all ones. */
    private static int sum(ByteBuffer bytes, int from, int to, int start) {
        int sum = start;
        for (int i = from; i < to; i++) {
            sum += (bytes.get(i) & 0xFF) << ((i - from) % 2 == 0 ? 8 : 0);
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (sum & 0xFFFF) + (sum >>> 16);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
