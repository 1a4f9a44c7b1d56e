package dev.mipath.engine;

import com.google.common.collect.ImmutableList;

/**
 * When an operating system repeats the packet that opens a connection, and when it gives up.
 *
 * @param name how plans call it
 * @param gaps the nanoseconds between one SYN and the next; after the last the system gives up
 * @param source where this is known from
 */
public record SynProfile(String name, ImmutableList<Long> gaps, String source) {
    /** Linux before 6.5: SYNs at 0, 1, 3, 7, 15, 31, 63 s, given up at 127 s. */
    public static final SynProfile LINUX = seconds(
            "linux",
            "initial RTO 1 s, doubled (RFC 6298), tcp_syn_retries = 6 (docs.kernel.org ip-sysctl)",
            1,
            2,
            4,
            8,
            16,
            32,
            64);

    /** Linux since 6.5: four more, linear ones; SYNs at 0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67 s, given up at 131 s. */
    public static final SynProfile LINUX_6_5 = seconds(
            "linux-6.5",
            "tcp_syn_linear_timeouts = 4 (kernel source, tcp_write_timeout; docs.kernel.org ip-sysctl)",
            1,
            1,
            1,
            1,
            1,
            2,
            4,
            8,
            16,
            32,
            64);

    /** Windows: SYNs at 0, 3, 9 s, given up at 21 s. */
    public static final SynProfile WINDOWS = seconds(
            "windows", "InitialRTO 3 s, TcpMaxConnectRetransmissions = 2 (learn.microsoft.com cc938207)", 3, 6, 12);

    /** All that are known. */
    public static final ImmutableList<SynProfile> ALL = ImmutableList.of(WINDOWS, LINUX, LINUX_6_5);

    private static SynProfile seconds(String name, String source, long... gaps) {
        ImmutableList.Builder<Long> nanos = ImmutableList.builder();
        for (long gap : gaps) nanos.add(gap * 1_000_000_000L);
        return new SynProfile(name, nanos.build(), source);
    }

    /** When SYN number {@code n}, from 0, is sent after the first; for one more than the last, when it gives up. */
    public long offset(int n) {
        long offset = 0;
        for (int i = 0; i < n; i++) offset += gaps.get(i);
        return offset;
    }

    /** How many SYNs are sent in all. */
    public int syns() {
        return gaps.size();
    }
}
