package dev.mipath.importer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.InputException;
import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import dev.mipath.format.Problems;
import dev.mipath.format.TopologyYaml;
import dev.mipath.topology.Place;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.Topology;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Whatever is imported becomes a topology, which survives our own format, or problems; never another exception. */
class ImporterFuzz {
    private static final String TEMPLATE = """
        {"parameters": {"open": {"type": "string"}, "list": {"type": "array", "defaultValue": ["x", "y"]}},
         "variables": {"object": {"a": 1, "b": {"c": "[parameters('open')]"}}}, "resources": []}\
        """;

    @FuzzTest(maxDuration = "10m")
    void anything(byte[] content) {
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

    /** A plan as anything else, with seeds of its own. */
    @FuzzTest(maxDuration = "10m")
    void terraform(byte[] content) {
        anything(content);
    }

    /** A list of service tags as anything else, with seeds of its own. */
    @FuzzTest(maxDuration = "10m")
    void serviceTags(byte[] content) {
        anything(content);
    }

    @FuzzTest(maxDuration = "10m")
    void expression(byte[] content) {
        String text = "[" + new String(content, StandardCharsets.UTF_8) + "]";
        Node.Obj template = (Node.Obj) JsonReader.read("t", TEMPLATE.getBytes(StandardCharsets.UTF_8));
        ArmRun run = new ArmRun(new Problems(), new Notices(), new ArmLinks());
        ArmEvaluator evaluator = new ArmEvaluator(template, ImmutableMap.of(), ArmScope.ANY, run);
        try {
            if (evaluator.evaluate(new Node.Str(new Place("e", 1, ""), text)) instanceof Node.Unknown unknown
                    && unknown.what().isEmpty()) throw new AssertionError("an unknown without a name");
        } catch (ArmFailure e) {
            if (e.remedy().isEmpty()) throw new AssertionError("refused without a remedy", e);
        }
    }
}
