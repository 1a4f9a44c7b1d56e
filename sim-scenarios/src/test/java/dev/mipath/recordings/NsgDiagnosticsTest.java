package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.compile.Compilation;
import dev.mipath.explain.FlowDiagnostics;
import dev.mipath.explain.FlowReport;
import dev.mipath.explain.JsonText;
import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Header;
import dev.mipath.topology.Direction;
import dev.mipath.trace.FilterQuestion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole answer of NSG diagnostics, every member and its order, beside the recorded ones. */
@DisplayName("The form of NSG diagnostics")
class NsgDiagnosticsTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "recordings-mi/nw/2018-09-11-networkconfigurationdiagnostic-200.json",
                "rest-examples-network/NetworkWatcherNetworkConfigurationDiagnostic.json",
                "answers-rest/NetworkConfigurationDiagnostic.json"
            })
    @DisplayName("is the recorded one, field by field")
    void sameForm(String file) {
        Diagnostic recorded = Diagnostic.in(file);
        Compilation compiled = recorded.rebuilt(Diagnostic::tried);
        Edge edge = Rebuilt.nicEdge(compiled);
        FlowReport report = new FlowReport(
                Direction.INBOUND,
                recorded.packet(),
                edge,
                FilterQuestion.steps(compiled.network(), edge.inboundFilters(), new Header().set(recorded.packet())));
        String ours = JsonText.line(FlowDiagnostics.members(report, compiled));
        Node answer = JsonReader.read("ours", ours.getBytes(StandardCharsets.UTF_8));
        Recorded row = new Recorded(answer).items("results").get(0);
        List<String> form = new ArrayList<>();
        flatten("", row.node(), form);
        List<String> theirs = new ArrayList<>();
        flatten("", recorded.answer().node(), theirs);
        // The service says where a group is attached since 2018-11.
        if (!recorded.groups().get(0).has("appliedTo")) form.removeIf(line -> line.contains("/appliedTo = "));
        assertThat(form).isEqualTo(theirs);
    }

    /** One line a value, with its names and in its order; of a recorded key what it is called since 2018-11. */
    private static void flatten(String path, Node node, List<String> lines) {
        if (node instanceof Node.Obj object) {
            for (Node.Member member : object.members()) {
                boolean ofOurs = path.isEmpty() && member.value() instanceof Node.Str;
                String name = member.name().equals("trafficQuery") ? "profile" : member.name();
                if (!ofOurs) flatten(path + "/" + name, member.value(), lines);
            }
        } else if (node instanceof Node.Arr array) {
            array.items().forEach(item -> flatten(path + "/-", item, lines));
        } else if (node instanceof Node.Bool bool) {
            lines.add(path + " = " + bool.value());
        } else if (node instanceof Node.Str text) {
            lines.add(path + " = " + (text.text().equals("Tcp") ? "TCP" : text.text()));
        } else {
            throw new AssertionError("no diagnostics hold " + node);
        }
    }
}
