package dev.mipath.importer;

import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.Place;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jgrapht.Graph;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.jspecify.annotations.Nullable;

/** Finds variables and parameters that are defined by each other in a circle. Asked only once one was met. */
final class ReferenceCycles {
    private static final Pattern REFERENCE =
            Pattern.compile("\\b(variables|parameters)\\(\\s*'([^']*)'\\s*\\)", Pattern.CASE_INSENSITIVE);

    private final Graph<String, DefaultEdge> references = new DefaultDirectedGraph<>(DefaultEdge.class);
    private final Map<String, Place> places = new HashMap<>();

    private ReferenceCycles() {}

    /** Reports every circle of the template once, at the first of its members. */
    static void report(Node.Obj template, Place here, Problems problems) {
        ReferenceCycles cycles = new ReferenceCycles();
        cycles.declare("variables", template.get("variables"));
        cycles.declare("parameters", template.get("parameters"));
        var inspector = new KosarajuStrongConnectivityInspector<>(cycles.references);
        for (var circle : inspector.stronglyConnectedSets()) {
            String any = circle.iterator().next();
            if (circle.size() < 2 && !cycles.references.containsEdge(any, any)) continue;
            TreeSet<String> names = new TreeSet<>(circle);
            String told = names.stream().map(Printable::quoted).collect(Collectors.joining(", "));
            problems.add(
                    cycles.places.getOrDefault(names.first(), here),
                    "defined by each other in a circle: " + told,
                    "give one of them a value of its own");
        }
    }

    private void declare(String kind, @Nullable Node declarations) {
        if (!(declarations instanceof Node.Obj object)) return;
        for (Node.Member member : object.members()) {
            String name = kind + "('" + member.name().toLowerCase(Locale.ROOT) + "')";
            references.addVertex(name);
            places.put(name, member.place());
            connect(name, member.value());
        }
    }

    private void connect(String from, Node value) {
        if (value instanceof Node.Arr array) for (Node item : array.items()) connect(from, item);
        if (value instanceof Node.Obj object) for (Node.Member member : object.members()) connect(from, member.value());
        if (!(value instanceof Node.Str text) || !ArmParser.isExpression(text.text())) return;
        Matcher reference = REFERENCE.matcher(text.text());
        while (reference.find()) {
            String to = reference.group(1).toLowerCase(Locale.ROOT) + "('"
                    + reference.group(2).toLowerCase(Locale.ROOT) + "')";
            references.addVertex(to);
            references.addEdge(from, to);
        }
    }
}
