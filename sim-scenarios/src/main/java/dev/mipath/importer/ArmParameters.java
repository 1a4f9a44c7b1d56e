package dev.mipath.importer;

import dev.mipath.format.InputException;
import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.Place;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Values for the parameters of a template, from a parameters file or the command line, by lower-case name. */
final class ArmParameters {
    private ArmParameters() {}

    /** The values of a parameters file. A value kept in a vault is unknown here. */
    static Map<String, Node> ofFile(Node.Obj file, Problems problems) {
        Map<String, Node> values = new LinkedHashMap<>();
        if (!(file.get("parameters") instanceof Node.Obj parameters)) return values;
        for (Node.Member member : parameters.members()) {
            Node value = member.value() instanceof Node.Obj entry ? entry.get("value") : null;
            boolean vault = member.value() instanceof Node.Obj entry && entry.get("reference") != null;
            if (vault) value = new Node.Unknown(member.place(), "parameters('" + member.name() + "')");
            if (value == null) {
                problems.add(
                        member.place(),
                        "parameter " + Printable.quoted(member.name()) + " has neither `value` nor `reference`",
                        "write `{\"value\": …}`");
                continue;
            }
            values.put(member.name().toLowerCase(Locale.ROOT), value);
        }
        return values;
    }

    /** A value given on the command line, read by the type the template declares for it. */
    static Node ofArgument(Node.Obj template, String name, String value) {
        Place place = new Place("--parameter " + name, 0, "");
        Node declared = template.get("parameters") instanceof Node.Obj all ? all.get(name) : null;
        String type = declared instanceof Node.Obj object && object.get("type") instanceof Node.Str text
                ? text.text().toLowerCase(Locale.ROOT)
                : "string";
        if (type.equals("string") || type.equals("securestring")) return new Node.Str(place, value);
        try {
            return Opaque.at(JsonReader.read(place.file(), value.getBytes(StandardCharsets.UTF_8)), place);
        } catch (InputException e) {
            return new Node.Str(place, value);
        }
    }
}
