package dev.mipath.explain;

import dev.mipath.net.Address;
import dev.mipath.net.Packet;

/** Ethernet frames of simulated packets: IPv4 or IPv6, with TCP or UDP, and checksums that are right. */
final class Frames {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PSH = 8;
    static final int ACK = 16;

    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int IPV6 = 40;
    private static final int TIME_TO_LIVE = 64;
    private static final int WINDOW = 64_240;
    private static final int SEGMENT_MOST = 1460;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final Bytes frame = new Bytes();

    /** A TCP segment; the frame is good until the next one. */
    Bytes tcp(Packet packet, int sequence, int acknowledged, int flags, Bytes data) {
        boolean opens = (flags & SYN) != 0;
        int header = opens ? 24 : 20;
        int at = network(packet, TCP, header + data.size());
        frame.u16(packet.sourcePort()).u16(packet.destinationPort()).u32(sequence);
        frame.u32((flags & ACK) != 0 ? acknowledged : 0);
        frame.u8(header / 4 << 4)
                .u8(flags)
                .u16((flags & RST) != 0 ? 0 : WINDOW)
                .u16(0)
                .u16(0);
        if (opens) frame.u8(2).u8(4).u16(SEGMENT_MOST);
        frame.all(data);
        seal(packet, TCP, at, 16);
        return frame;
    }

    /** A UDP datagram; the frame is good until the next one. */
    Bytes udp(Packet packet, Bytes data) {
        int at = network(packet, UDP, 8 + data.size());
        frame.u16(packet.sourcePort()).u16(packet.destinationPort());
        frame.u16(8 + data.size()).u16(0).all(data);
        seal(packet, UDP, at, 6);
        return frame;
    }

    /** Writes what stands before the transport's header, and tells where that begins. */
    private int network(Packet packet, int protocol, int payload) {
        frame.clear();
        hardware(packet.destination());
        hardware(packet.source());
        if (packet.source().v6()) {
            frame.u16(0x86DD).u32(6 << 28).u16(payload).u8(protocol).u8(TIME_TO_LIVE);
            address(packet.source());
            address(packet.destination());
            return ETHERNET + IPV6;
        }
        frame.u16(0x0800).u8(0x45).u8(0).u16(IPV4 + payload).u16(0).u16(0x4000);
        frame.u8(TIME_TO_LIVE).u8(protocol).u16(0);
        address(packet.source());
        address(packet.destination());
        frame.put16(ETHERNET + 10, folded(sum(ETHERNET, ETHERNET + IPV4)));
        return ETHERNET + IPV4;
    }

    /** A locally administered hardware address, made of the address. */
    private void hardware(Address address) {
        frame.u16(0x0200).u32(address.v6() ? (int) address.low() : address.bits());
    }

    private void address(Address address) {
        if (address.v6()) frame.u64(address.high()).u64(address.low());
        else frame.u32(address.bits());
    }

    private void seal(Packet packet, int protocol, int at, int field) {
        int addresses = packet.source().v6() ? 32 : 8;
        long sum = sum(at - addresses, frame.size()) + protocol + (frame.size() - at);
        int checksum = folded(sum);
        // UDP says by zero that there is none.
        frame.put16(at + field, checksum == 0 && protocol == UDP ? 0xFFFF : checksum);
    }

    private long sum(int from, int to) {
        byte[] held = frame.held();
        long sum = 0;
        for (int i = from; i < to; i += 2) {
            int low = i + 1 < to ? held[i + 1] & 0xFF : 0;
            sum += (held[i] & 0xFF) << 8 | low;
        }
        return sum;
    }

    private static int folded(long sum) {
        long left = sum;
        while (left >>> 16 != 0) left = (left & 0xFFFF) + (left >>> 16);
        return (int) ~left & 0xFFFF;
    }
}
