package dev.mipath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.forwarding.FlowTable;
import dev.mipath.forwarding.Header;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory by slot beside the memory by 5-tuple, on the same traffic. */
@DisplayName("the memory by slot")
class SlotMemoryLaws {
    private static final int SLOTS = 12;
    private static final int STEPS = 4_000;

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    /** What one slot's flow is: its client, and both memories of it. */
    private static final class Flow {
        final Address own;
        final int port;
        final FlowTable table = new FlowTable();
        int remembered;

        Flow(Address own, int port) {
            this.own = own;
            this.port = port;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("answers as the flow table does, when slots and ports are used again too")
    void answersAsTheTableDoes(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Elements elements = Networks.elements(9);
        SlotMemory memory = new SlotMemory(elements, new SnatPools(elements, Settings.STANDARD), null);
        Flow[] flows = new Flow[SLOTS];
        for (int step = 0; step < STEPS; step++) {
            int slot = random.nextInt(SLOTS);
            // A new flow in the slot, now and then with the 5-tuple of the one before.
            if (flows[slot] == null || random.nextInt(40) == 0) flows[slot] = flow(random);
            Flow flow = flows[slot];
            memory.turnTo(flow.own, flow.port, flow.remembered, 0);
            Header header = new Header().set(packet(random, flow));
            int element = random.nextInt(9);
            String what = "seed " + seed + ", step " + step;
            assertThat(memory.knows(element, header)).as(what).isEqualTo(flow.table.knows(element, header));
            assertThat(memory.knowsReply(element, header)).as(what).isEqualTo(flow.table.knowsReply(element, header));
            assertThat(memory.kept(element, header)).as(what).isEqualTo(flow.table.kept(element, header));
            assertThat(memory.keptReply(element, header)).as(what).isEqualTo(flow.table.keptReply(element, header));
            switch (random.nextInt(4)) {
                case 0 -> {
                    memory.remember(element, header);
                    flow.table.remember(element, header);
                }
                case 1 -> {
                    long value = random.nextBoolean() ? flow.own.low() : random.nextInt(70_000);
                    memory.keep(element, header, value);
                    flow.table.keep(element, header, value);
                }
                default -> {
                    // Only asked.
                }
            }
            flow.remembered = memory.remembered();
        }
    }

    private static Flow flow(SplittableRandom random) {
        int host = random.nextInt(4);
        Address own = random.nextInt(4) == 0 ? Address.v6(1, host) : Address.v4(0x0A00_0104 + host);
        return new Flow(own, 50_000 + random.nextInt(3));
    }

    /** A packet of the flow: the client's end or a translated one, and a server's end or a rewritten one. */
    private static Packet packet(SplittableRandom random, Flow flow) {
        boolean v6 = flow.own.v6();
        Address client = random.nextInt(3) == 0 ? server(v6, 40 + random.nextInt(2)) : flow.own;
        int port = random.nextInt(5) == 0 ? 1024 : flow.port;
        Packet packet = new Packet(
                client,
                port,
                server(v6, random.nextInt(3)),
                random.nextInt(6) == 0 ? flow.port : 1433,
                random.nextInt(5) == 0 ? Protocol.UDP : Protocol.TCP);
        return random.nextBoolean() ? packet : packet.reversed();
    }

    private static Address server(boolean v6, int number) {
        return v6 ? Address.v6(2, number) : Address.v4(0x0A00_0204 + number);
    }
}
