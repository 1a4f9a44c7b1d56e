package dev.mipath.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What happened, as 32-byte records: time, sequence, then kind (8 bits), element (24) and connection (32), then
 * decision, all big-endian. The records themselves are not kept, only their {@link #fingerprint} and a rolling
 * checkpoint every {@link #CHECKPOINT_EVERY} records, by which two runs that differ find the stretch where they part.
 */
public final class EventLog {
    /** How many records lie between two checkpoints. */
    public static final int CHECKPOINT_EVERY = 1 << 16;

    private static final int RECORD = 32;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private final EventSink sink;
    private MessageDigest digest;
    private final byte[] buffer;
    private int used;
    private long records;
    private long rolling;
    private long[] checkpoints;
    private int checks;

    EventLog(EventSink sink) {
        this.sink = sink;
        digest = sha256();
        buffer = new byte[RECORD << 10];
        checkpoints = new long[16];
    }

    World.Memento save() {
        MessageDigest digest = copy(this.digest);
        byte[] buffer = this.buffer.clone();
        int used = this.used;
        long records = this.records;
        long rolling = this.rolling;
        long[] checkpoints = this.checkpoints.clone();
        int checks = this.checks;
        return () -> {
            this.digest = copy(digest);
            System.arraycopy(buffer, 0, this.buffer, 0, used);
            this.used = used;
            this.records = records;
            this.rolling = rolling;
            this.checkpoints = checkpoints.clone();
            this.checks = checks;
            sink.rewound(records);
        };
    }

    /**
     * Writes a record.
     *
     * @param time nanoseconds since the start
     * @param kind what happened, 0 to 255
     * @param element where, 0 to 2^24 - 1
     * @param connection whose it was, or a negative number
     * @param decision what was decided
     */
    public void record(long time, int kind, int element, int connection, long decision) {
        long where = (long) kind << 56 | (long) element << 32 | connection & 0xFFFF_FFFFL;
        LONGS.set(buffer, used, time);
        LONGS.set(buffer, used + 8, records);
        LONGS.set(buffer, used + 16, where);
        LONGS.set(buffer, used + 24, decision);
        used += RECORD;
        if (used == buffer.length) {
            digest.update(buffer, 0, used);
            used = 0;
        }
        rolling = mix(mix(rolling ^ time) ^ where) ^ decision;
        sink.accept(time, records, kind, element, connection, decision);
        if ((++records & CHECKPOINT_EVERY - 1) == 0) check();
    }

    /** How many records were written. */
    public long records() {
        return records;
    }

    /** The SHA-256 of all records so far, in lower-case hexadecimal. */
    public String fingerprint() {
        MessageDigest whole = copy(digest);
        whole.update(buffer, 0, used);
        return HexFormat.of().formatHex(whole.digest());
    }

    /** The rolling checkpoints so far, in order. */
    public long[] checkpoints() {
        return Arrays.copyOf(checkpoints, checks);
    }

    private void check() {
        if (checks == checkpoints.length) checkpoints = Arrays.copyOf(checkpoints, 2 * checks);
        checkpoints[checks++] = rolling;
    }

    private static long mix(long word) {
        long product = word * 0x9E37_79B9_7F4A_7C15L;
        return product ^ product >>> 32;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of this Java platform cannot be copied", e);
        }
    }
}
