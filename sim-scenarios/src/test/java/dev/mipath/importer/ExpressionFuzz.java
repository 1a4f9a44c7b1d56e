package dev.mipath.importer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import dev.mipath.format.Problems;
import dev.mipath.topology.Place;
import java.nio.charset.StandardCharsets;

/** An expression of a template has a value, is unknown by name, or is refused with a remedy. */
class ExpressionFuzz {
    private static final String TEMPLATE = """
        {"parameters": {"open": {"type": "string"}, "list": {"type": "array", "defaultValue": ["x", "y"]}},
         "variables": {"object": {"a": 1, "b": {"c": "[parameters('open')]"}}}, "resources": []}\
        """;

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
