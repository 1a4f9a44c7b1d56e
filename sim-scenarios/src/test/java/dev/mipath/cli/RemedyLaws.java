package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.TopologyYaml;
import dev.mipath.laws.HubWorld;
import dev.mipath.laws.RandomHubs;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.testing.Seeds;
import dev.mipath.trace.TraceRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the trace document offers as remedies is put into a file, and that file mends the network. */
class RemedyLaws {
    private static final int WORLDS = Seeds.pick(60, 1_000);
    private static final Set<Integer> ASKED = new HashSet<>();
    private static final Set<Integer> MENDED = new HashSet<>();

    static IntStream seeds() {
        return IntStream.range(5_000, 5_000 + WORLDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("the changes of the trace document, applied from a file, connect")
    void appliedChangesConnect(int seed) {
        HubWorld hubs = RandomHubs.world(seed);
        Path topology = Traced.scratch(TopologyYaml.write(hubs.world().topology()));
        Path tags = Traced.scratch(tags(hubs));
        try {
            for (TraceRequest request : hubs.requests()) {
                List<String> line = line(hubs, request, topology, tags);
                if (mends(seed, line)) break;
            }
            ASKED.add(seed);
        } finally {
            Traced.delete(topology);
            Traced.delete(tags);
        }
    }

    /** Whether anything was offered; what is offered has to connect. */
    private static boolean mends(int seed, List<String> line) {
        Fixes fixes = Fixes.of(Traced.ask(line));
        if (fixes.changes().isEmpty()) return false;
        MENDED.add(seed);
        Path file = Traced.scratch(fixes.yaml());
        List<String> again = new ArrayList<>(line);
        again.addAll(List.of("--apply", file.toString()));
        Traced mended = Traced.ask(again);
        Traced.delete(file);
        assertThat(mended.code())
                .as("%s with %s: %s", line, fixes.yaml(), mended.err())
                .isEqualTo(ExitCode.YES);
        assertThat(Traced.text(mended.document(), "outcome")).isEqualTo("connected");
        assertThat(mended.blockers()).isEmpty();
        return true;
    }

    private static List<String> line(HubWorld hubs, TraceRequest request, Path topology, Path tags) {
        List<String> line = new ArrayList<>(List.of(topology.toString(), "--format", "json"));
        line.addAll(List.of("--profile", hubs.era().name(), "--service-tags", tags.toString(), "--as-assumed"));
        boolean machine = request.client().vnet() != null;
        line.addAll(List.of(
                "--from",
                machine ? request.client().name() : request.client().address().toString()));
        line.addAll(
                List.of("--to", request.target().host() + ":" + request.target().port()));
        if (!request.behaviour().followsRedirect()) line.add("--no-redirect");
        for (Map.Entry<String, Address> stated : request.behaviour().resolved().entrySet()) {
            line.addAll(List.of("--resolve", stated.getKey() + "=" + stated.getValue()));
        }
        return line;
    }

    /** The service tags as Microsoft's download has them. */
    private static String tags(HubWorld hubs) {
        return hubs.world().tags().entrySet().stream()
                .map(tag -> "{\"name\":\"" + tag.getKey() + "\",\"id\":\"" + tag.getKey()
                        + "\",\"properties\":{\"changeNumber\":1,\"region\":\"\",\"platform\":\"Azure\","
                        + "\"systemService\":\"\",\"addressPrefixes\":" + blocks(tag.getValue()) + "}}")
                .collect(Collectors.joining(",\n", "{\"changeNumber\":1,\"cloud\":\"Public\",\"values\":[", "]}"));
    }

    private static String blocks(List<Prefix> prefixes) {
        return prefixes.stream().map(prefix -> "\"" + prefix + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    @AfterAll
    static void somethingWasMended() {
        if (ASKED.size() == WORLDS) assertThat(MENDED).hasSizeGreaterThanOrEqualTo(WORLDS / 2);
    }
}
