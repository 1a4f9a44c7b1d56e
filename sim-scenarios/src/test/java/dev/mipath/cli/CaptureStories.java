package dev.mipath.cli;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The capture of a simulated run")
class CaptureStories {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    private static final String NETWORK = TimedNetwork.TEXT + """
            workload:
              - {name: app, from: 10.0.2.4, to: mi1, clients: 12, arrivals: {every: 300ms}, driver: plain, queries: 2, think: 300ms, serviceTime: 2ms}
            settings: {until: 60s}
            """;
    /** All sessions through a gateway are cut. */
    private static final String REVOKES = """
            timeline:
              - {at: 2s, revoke: mi1}
            """;

    /** Many packets to the instance are lost. */
    private static final String LOSES = """
            timeline:
              - {at: 500ms, lose: "nsg-mi on subnet vnet-hub/snet-mi, inbound", probability: 1/3}
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path capture(String topology) throws IOException {
        return capture(topology, "run");
    }

    private Path capture(String topology, String name) throws IOException {
        Path input = Files.writeString(folder.resolve(name + ".yaml"), topology);
        Path file = folder.resolve(name + ".pcapng");
        CommandRun.of("simulate", input.toString(), "--pcap", file.toString(), "--events", events(name))
                .exits(0);
        return file;
    }

    private String events(String name) {
        return folder.resolve(name + ".jsonl").toString();
    }

    @Test
    @DisplayName("has whole blocks, right checksums, and sequence numbers that count the bytes")
    void consistent() throws IOException {
        for (String topology : List.of(
                NETWORK,
                NETWORK + LOSES,
                NETWORK + TimedNetwork.CLOSES,
                NETWORK + REVOKES,
                NETWORK.replace(": Redirect", ": Proxy") + REVOKES)) {
            List<CapturedPacket> packets = CapturedPacket.read(Files.readAllBytes(capture(topology)));
            assertThat(packets).hasSizeGreaterThan(100).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
            Map<String, Integer> next = new HashMap<>();
            for (CapturedPacket packet : packets) {
                if (packet.tcp()) follow(packet, next);
            }
        }
    }

    /** Every segment begins where the one before ended, or repeats it, and acknowledges what the other side had sent. */
    private static void follow(CapturedPacket packet, Map<String, Integer> next) {
        int length = packet.data() + (packet.has(SYN) || packet.has(FIN) ? 1 : 0);
        Integer expected = next.get(packet.flow());
        boolean opens = packet.has(SYN);
        boolean repeats = packet.data() > 0 && expected != null && packet.sequence() + length == expected;
        if (expected != null && !opens && !repeats)
            assertThat(packet.sequence()).isEqualTo(expected);
        if (expected != null && opens && !packet.has(ACK))
            assertThat(packet.sequence() + 1).isEqualTo(expected);
        if (packet.has(ACK)) assertThat(packet.acknowledged()).isEqualTo(next.get(packet.back()));
        next.put(packet.flow(), packet.sequence() + length);
    }

    @Test
    @DisplayName("links every packet to the event in which it was sent or got")
    void linked() throws IOException {
        List<CapturedPacket> packets = CapturedPacket.read(Files.readAllBytes(capture(NETWORK + TimedNetwork.CLOSES)));
        List<String> lines = Files.readAllLines(Path.of(events("run")));
        for (CapturedPacket packet : packets) {
            int event = Integer.parseInt(packet.comment().replaceFirst(".*event ", ""));
            byte[] line = lines.get(event).getBytes(StandardCharsets.UTF_8);
            Node.Obj read = (Node.Obj) JsonReader.read("line", line);
            assertThat(read.get("t"))
                    .isInstanceOfSatisfying(
                            Node.Num.class, t -> assertThat(t.text()).isEqualTo(Long.toString(packet.time())));
            Node connection = read.get("connection");
            if (connection instanceof Node.Num number) {
                assertThat(packet.comment()).isEqualTo("connection " + number.text() + ", event " + event);
            }
        }
    }

    @Test
    @DisplayName("shows the SYNs of a client whom nobody answers, at the times its system repeats them")
    void repeatedSyns() throws IOException {
        Map<String, List<CapturedPacket>> opening =
                CapturedPacket.read(Files.readAllBytes(capture(NETWORK + TimedNetwork.CLOSES))).stream()
                        .filter(packet -> packet.flow().contains(">10.0.1.7:11") && packet.has(SYN))
                        .collect(groupingBy(CapturedPacket::flow));
        List<List<Long>> repeated = opening.values().stream()
                .filter(syns -> syns.size() > 1)
                .map(CaptureStories::waits)
                .toList();
        // Windows: 3 s and 6 s after the one before.
        assertThat(repeated).isNotEmpty().containsOnly(List.of(3_000_000_000L, 6_000_000_000L));
        assertThat(opening).hasSizeGreaterThan(repeated.size());
    }

    private static List<Long> waits(List<CapturedPacket> syns) {
        List<Long> waits = new ArrayList<>();
        for (int i = 1; i < syns.size(); i++)
            waits.add(syns.get(i).time() - syns.get(i - 1).time());
        return waits;
    }

    @Test
    @DisplayName("ends connections with FIN, or with the reset that cut them")
    void ends() throws IOException {
        String slow = NETWORK.replace("think: 300ms", "think: 3s").replace(": Redirect", ": Proxy");
        List<CapturedPacket> packets = CapturedPacket.read(Files.readAllBytes(capture(slow + REVOKES)));
        assertThat(packets).anyMatch(packet -> packet.has(RST));
        List<CapturedPacket> usual = CapturedPacket.read(Files.readAllBytes(capture(NETWORK, "usual")));
        assertThat(usual).noneMatch(packet -> packet.has(RST));
        // Twelve clients close their connections to a gateway and to a node.
        assertThat(usual.stream().filter(packet -> packet.has(FIN))).hasSize(24);
    }

    @Test
    @DisplayName("is the same to the byte for the same seed, and changes nothing of the run")
    void deterministic() throws IOException {
        byte[] first = Files.readAllBytes(capture(NETWORK + TimedNetwork.CLOSES, "first"));
        assertThat(Files.readAllBytes(capture(NETWORK + TimedNetwork.CLOSES, "second")))
                .isEqualTo(first);
        assertThat(Path.of(events("second"))).hasSameBinaryContentAs(Path.of(events("first")));
        String input = folder.resolve("first.yaml").toString();
        Path bare = folder.resolve("bare.jsonl");
        CommandRun.of("simulate", input, "--events", bare.toString()).exits(0);
        assertThat(bare).hasSameBinaryContentAs(Path.of(events("first")));
    }

    @Test
    @DisplayName("is there whole or not at all")
    void wholeOrNot() throws IOException {
        Path input = Files.writeString(folder.resolve("run.yaml"), NETWORK);
        Path nowhere = folder.resolve("missing").resolve("run.pcapng");
        CommandRun run = CommandRun.of("simulate", input.toString(), "--pcap", nowhere.toString())
                .exits(2);
        assertThat(run.err()).contains("missing").doesNotContain("\tat ");
        // The events cannot be written, so that the run fails after the capture has begun.
        Path file = Files.writeString(folder.resolve("old.pcapng"), "as before");
        CommandRun.of(
                        "simulate",
                        input.toString(),
                        "--pcap",
                        file.toString(),
                        "--events",
                        folder.resolve("missing").resolve("e").toString())
                .exits(2);
        assertThat(file).hasContent("as before");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(input, file);
        }
        assertThat(CommandRun.of("simulate", input.toString(), "--pcap", "x", "--replications", "2")
                        .exits(2)
                        .err())
                .contains("--pcap tells of one run");
    }

    @Test
    @DisplayName("is read by tshark and capinfos, which find nothing to warn of")
    void readByTshark() throws Exception {
        Path file = capture(NETWORK + TimedNetwork.CLOSES);
        assertThat(run("capinfos", "-c", "-E", "-o", file.toString()))
                .contains("pcapng")
                .containsPattern("order: +True");
        assertThat(tshark(file, "-q", "-z", "expert,warn")).doesNotContain("Warns", "Errors", "Malformed");
        String strict = NETWORK.replace("driver: plain", "driver: plain, tds: strict");
        assertThat(tshark(capture(strict, "strict"), "-Y", "tds.type == 16 || _ws.malformed")
                        .lines())
                .hasSize(24)
                .allMatch(line -> line.contains("TDS7 login"));
        String proxied = NETWORK.replace(": Redirect", ": Proxy") + REVOKES;
        for (String other : List.of(NETWORK + REVOKES, proxied)) {
            Path read = capture(other, "other");
            assertThat(tshark(read, "-Y", "_ws.malformed || _ws.expert.severity == error"))
                    .isBlank();
        }
    }

    @Test
    @DisplayName("shows its logins to tshark: PRELOGIN, LOGIN7 with the name, and whereto the gateway sends on")
    void decodedByTshark() throws Exception {
        Path file = capture(NETWORK + TimedNetwork.CLOSES);
        String read = tshark(file, "-Y", "tds || dns.flags.response == 1", "-V");
        assertThat(read)
                .contains("Pre-Login Message", "Option: Encryption", "Encryption: Encryption is required (3)")
                .contains("TDS version: 0x74000004")
                .contains("Server name: mi1.0123abcd4567.database.windows.net")
                .contains("Server name: node0.worker.0123abcd4567.database.windows.net")
                .contains("Token - LoginAck", "Sends routing information to client (20)")
                .contains("SQL batch", "SELECT 1")
                .contains("addr 10.0.1.4", "addr 10.0.1.7");
    }

    @Test
    @DisplayName("shows tshark the repetitions of a client whom nobody answers")
    void retransmissionsInTshark() throws Exception {
        Path file = capture(NETWORK + TimedNetwork.CLOSES);
        String waits = tshark(
                file, "-Y", "tcp.analysis.retransmission", "-T", "fields", "-e", "tcp.dstport", "-e", "tcp.time_delta");
        assertThat(waits.lines())
                .isNotEmpty()
                .allMatch(line -> line.equals("11000\t3.000000000") || line.equals("11000\t6.000000000"))
                .anyMatch(line -> line.contains("6.0"));
    }

    private static String tshark(Path file, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        words.addAll(List.of("-d", "tcp.port==11000-11999,tds"));
        for (String check : List.of("tcp.check_checksum", "ip.check_checksum", "udp.check_checksum")) {
            words.addAll(List.of("-o", check + ":TRUE"));
        }
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private static String run(String... words) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Assumptions.abort(words[0] + " is not installed");
        }
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(String.join(" ", words)).isZero();
            return said;
        }
    }
}
