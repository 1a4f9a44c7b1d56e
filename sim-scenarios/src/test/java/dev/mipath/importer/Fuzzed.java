package dev.mipath.importer;

import dev.mipath.format.InputException;
import dev.mipath.format.TopologyYaml;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.Topology;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** What must hold of whatever is imported: it becomes a topology that survives our own format, or problems. */
final class Fuzzed {
    private Fuzzed() {}

    static void imported(byte[] content) {
        Topology read;
        try {
            read = Importer.read(ImportRequest.of("-").withStandardInput(new ByteArrayInputStream(content)))
                    .topology();
        } catch (InputException e) {
            if (e.problems().isEmpty()) throw new AssertionError("refused without a word", e);
            return;
        }
        byte[] written = TopologyYaml.write(read).getBytes(StandardCharsets.UTF_8);
        Topology again = TopologyYaml.read("again.yaml", written).topology();
        if (!SameFacts.in(read, again)) throw new AssertionError("other facts after they were written and read again");
    }
}
