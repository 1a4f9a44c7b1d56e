package dev.mipath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EventLogTest {
    @Test
    void theFingerprintIsTheSha256OfTheRecordsAsTheyAreDescribed() throws Exception {
        EventLog log = new EventLog(EventSink.NONE);
        ByteBuffer bytes = ByteBuffer.allocate(32 * 3_000);
        for (int i = 0; i < 3_000; i++) {
            log.record(i * 1_000L, 200 + i % 50, 70_000 + i, i % 3 == 0 ? -1 : i, -i * 77L);
            bytes.putLong(i * 1_000L).putLong(i);
            bytes.put((byte) (200 + i % 50)).put((byte) (70_000 + i >> 16)).putShort((short) (70_000 + i));
            bytes.putInt(i % 3 == 0 ? -1 : i).putLong(-i * 77L);
        }
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes.array());
        assertThat(log.fingerprint()).isEqualTo(HexFormat.of().formatHex(expected));
        assertThat(log.fingerprint()).as("asking changes nothing").isEqualTo(log.fingerprint());
    }

    /** Fixed once, by this code; another machine or another Java must give the same. */
    @Test
    void aKnownRunHasAKnownFingerprint() {
        Simulation simulation = new Simulation(new Chatter(42, 10));
        simulation.runUntil(60_000_000_000L);
        assertThat(simulation.log().fingerprint())
                .isEqualTo("c0bfaa87f6d7a3e1be3d92e2e23d7d24aeccbcfd19e160780427ae1c19a7c565");
    }

    @Test
    void aSinkDoesNotChangeTheFingerprint() {
        long[] heard = new long[1];
        Simulation watched =
                new Simulation(new Chatter(9, 6), (time, sequence, kind, element, connection, decision) -> heard[0]++);
        Simulation alone = new Simulation(new Chatter(9, 6));
        watched.step(10_000);
        alone.step(10_000);
        assertThat(heard[0]).isEqualTo(10_000);
        assertThat(watched.log().fingerprint()).isEqualTo(alone.log().fingerprint());
        assertThat(new Simulation(new Chatter(10, 6)).log().fingerprint())
                .isNotEqualTo(alone.log().fingerprint());
    }

    @Test
    void checkpointsShowTheFirstStretchThatDiffers() {
        EventLog one = new EventLog(EventSink.NONE);
        EventLog other = new EventLog(EventSink.NONE);
        for (int i = 0; i < 300_000; i++) {
            one.record(i, 1, 2, 3, 4);
            other.record(i, 1, 2, i == 150_000 ? 5 : 3, 4);
        }
        assertThat(one.checkpoints()).hasSize(4);
        assertThat(other.checkpoints()[1]).isEqualTo(one.checkpoints()[1]);
        assertThat(other.checkpoints()[2]).isNotEqualTo(one.checkpoints()[2]);
        assertThat(other.checkpoints()[3]).isNotEqualTo(one.checkpoints()[3]);
    }
}
