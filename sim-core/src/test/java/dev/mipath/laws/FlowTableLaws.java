package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.FlowTable;
import dev.mipath.forwarding.Header;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What elements remember, beside sets of whole packets. */
@DisplayName("the flow table")
final class FlowTableLaws {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("knows just what it was told, of a few flows and of thousands, of both families")
    void knowsWhatItWasTold(int seed) {
        Dice dice = new Dice(seed);
        FlowTable table = new FlowTable();
        Set<List<Object>> remembered = new HashSet<>();
        Map<List<Object>, Long> kept = new HashMap<>();
        int flows = dice.of(20, 300, 4000);
        for (int i = 0; i < flows; i++) {
            int element = dice.below(6);
            Packet packet = packet(dice);
            Header header = new Header().set(packet);
            List<Object> key = List.of(element, packet);
            List<Object> answered = List.of(element, packet.reversed());
            assertThat(table.knows(element, header)).isEqualTo(remembered.contains(key));
            assertThat(table.knowsReply(element, header)).isEqualTo(remembered.contains(answered));
            assertThat(table.keptReply(element, header)).isEqualTo(kept.getOrDefault(answered, FlowMemory.NOTHING));
            if (dice.oneIn(2)) {
                table.remember(element, header);
                remembered.add(key);
            }
            if (dice.oneIn(4)) {
                table.keep(element, header, i);
                kept.put(key, (long) i);
            }
        }
        assertThat(remembered).hasSizeGreaterThan(2);
    }

    /** Few of everything, so that flows and their answers come again. */
    private static Packet packet(Dice dice) {
        boolean v6 = dice.oneIn(3);
        Protocol protocol = dice.of(Protocol.TCP, Protocol.UDP);
        int own = 50_000 + dice.below(3);
        int other = dice.of(1433, 11_000, own);
        return new Packet(address(dice, v6), own, address(dice, v6), other, protocol);
    }

    private static Address address(Dice dice, boolean v6) {
        int host = dice.below(12);
        return v6 ? Address.v6(host % 3, host) : Address.v4(0x0A00_0000 + host);
    }
}
