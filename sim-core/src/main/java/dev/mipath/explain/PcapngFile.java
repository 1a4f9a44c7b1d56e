package dev.mipath.explain;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A capture file as Wireshark reads it: one section of one Ethernet interface whose times are nanoseconds, and a block for
 * each packet with a comment. Every block is written at once and none is kept.
 *
 * <p>Models: pcapng (draft-ietf-opsawg-pcapng), sections 4.1 to 4.3; all numbers are little-endian.
 */
final class PcapngFile {
    private static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int ETHERNET = 1;
    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_APPLICATION = 4;
    private static final int OPTION_RESOLUTION = 9;
    private static final int NANOSECONDS = 9;
    /** Type and the length at both ends. */
    private static final int AROUND = 12;

    private final OutputStream out;
    private final Bytes body = new Bytes();
    private final Bytes block = new Bytes();

    PcapngFile(OutputStream out) throws IOException {
        this.out = out;
        body.little32(BYTE_ORDER).little16(1).little16(0).little64(-1);
        option(OPTION_APPLICATION, new Bytes().utf8("MiPath"));
        body.little32(0);
        write(SECTION);
        body.little16(ETHERNET).little16(0).little32(0);
        option(OPTION_NAME, new Bytes().utf8("clients"));
        option(OPTION_RESOLUTION, new Bytes().u8(NANOSECONDS));
        body.little32(0);
        write(INTERFACE);
    }

    /** Writes a packet that was seen so many nanoseconds after the start. */
    void packet(long time, Bytes frame, String comment) throws IOException {
        body.little32(0).little32((int) (time >>> 32)).little32((int) time);
        body.little32(frame.size()).little32(frame.size());
        body.all(frame);
        pad();
        option(OPTION_COMMENT, new Bytes().utf8(comment));
        body.little32(0);
        write(ENHANCED_PACKET);
    }

    private void option(int code, Bytes value) {
        body.little16(code).little16(value.size()).all(value);
        pad();
    }

    private void pad() {
        body.zeros(-body.size() & 3);
    }

    private void write(int type) throws IOException {
        int length = body.size() + AROUND;
        block.clear();
        block.little32(type).little32(length).all(body).little32(length);
        out.write(block.held(), 0, block.size());
        body.clear();
    }
}
