package dev.mipath.library;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.TopologyDocument;
import dev.mipath.topology.Place;
import dev.mipath.topology.Topology;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The Java source of a class that makes one document's records again. */
final class ScenarioSource {
    /** Elements of a list for which one method is made; far below the 64 KiB that a method may have. */
    private static final int CHUNK = 40;

    private final StringBuilder methods = new StringBuilder();
    private int lists;

    private ScenarioSource() {}

    /** A source file with a class of this name that supplies the document read from the file. */
    static String of(String className, String file, TopologyDocument document) {
        return new ScenarioSource().source(className, file, document);
    }

    private String source(String className, String file, TopologyDocument document) {
        String topology = topology(document.topology());
        String ask = value(document.ask(), Object.class);
        String expect = list(document.expect(), "dev.mipath.format.Expectation");
        String time = value(document.time(), Object.class);
        return """
            package dev.mipath.library;

            import dev.mipath.format.TopologyDocument;
            import dev.mipath.topology.Place;
            import dev.mipath.topology.Topology;

            final class %s implements java.util.function.Supplier<TopologyDocument> {
                public TopologyDocument get() {
                    return new TopologyDocument(topology(), %s, %s, %s);
                }

                private static Place at(int line, String pointer) {
                    return new Place(%s, line, pointer, null);
                }

            %s%s}
            """.formatted(className, ask, expect, time, literal(file), topology, methods);
    }

    private String topology(Topology topology) {
        StringBuilder body = new StringBuilder("""
                private static Topology topology() {
                    var topology = new Topology.Builder();
            """);
        body.append("        topology.name(").append(literal(topology.name())).append(");\n");
        body.append("        topology.profile(")
                .append(literal(topology.profile()))
                .append(");\n");
        for (Object resource : resources(topology)) {
            body.append("        topology.add(")
                    .append(value(resource, resource.getClass()))
                    .append(");\n");
        }
        return body.append("        return topology.build();\n    }\n\n").toString();
    }

    private static List<Object> resources(Topology topology) {
        List<Object> resources = new ArrayList<>();
        for (List<?> each : List.<List<?>>of(
                topology.vnets(),
                topology.networkSecurityGroups(),
                topology.routeTables(),
                topology.networkInterfaces(),
                topology.virtualMachines(),
                topology.applicationSecurityGroups(),
                topology.managedInstances(),
                topology.virtualNetworkGateways(),
                topology.localNetworkGateways(),
                topology.gatewayConnections(),
                topology.privateEndpoints(),
                topology.loadBalancers(),
                topology.services(),
                topology.clients(),
                topology.effectiveSecurityRules(),
                topology.effectiveRouteTables(),
                topology.notices())) {
            resources.addAll(each);
        }
        return resources;
    }

    private String value(@Nullable Object value, Type type) {
        if (value == null) return "null";
        if (value instanceof String text) return literal(text);
        if (value instanceof Integer || value instanceof Boolean) return value.toString();
        if (value instanceof Long) return value + "L";
        if (value instanceof Double) return value + "D";
        if (value instanceof Enum<?> constant) return name(constant.getDeclaringClass()) + "." + constant.name();
        if (value instanceof Place place && place.behind() == null) {
            return "at(" + place.line() + ", " + literal(place.pointer()) + ")";
        }
        if (value instanceof ImmutableList<?> items && type instanceof ParameterizedType list) {
            return list(items, list.getActualTypeArguments()[0].getTypeName().replace('$', '.'));
        }
        if (value instanceof Record record) return record(record);
        throw new IllegalArgumentException("a scenario cannot hold " + value.getClass());
    }

    private String record(Record record) {
        List<String> arguments = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                arguments.add(value(component.getAccessor().invoke(record), component.getGenericType()));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a declared fact cannot be read", e);
            }
        }
        Constructor<?>[] constructors = record.getClass().getConstructors();
        if (constructors.length == 0) throw new IllegalArgumentException(record.getClass() + " cannot be made");
        String diamond = record.getClass().getTypeParameters().length == 0 ? "" : "<>";
        return "new " + name(record.getClass()) + diamond + "(" + String.join(", ", arguments) + ")";
    }

    /** A list: short and simple ones in place, others by methods of their own. */
    private String list(ImmutableList<?> items, String elementType) {
        String list = "com.google.common.collect.ImmutableList";
        List<String> elements =
                items.stream().map(item -> value(item, Object.class)).toList();
        if (items.size() <= 5) return list + ".<" + elementType + ">of(" + String.join(", ", elements) + ")";
        int number = lists++;
        StringBuilder calls = new StringBuilder();
        for (int from = 0; from < items.size(); from += CHUNK) {
            String part = elements.subList(from, Math.min(items.size(), from + CHUNK)).stream()
                    .map(element -> "        list.add(" + element + ");\n")
                    .collect(Collectors.joining());
            String method = "list" + number + "from" + from;
            methods.append("    private static void " + method + "(" + list + ".Builder<" + elementType + "> list) {\n"
                    + part + "    }\n\n");
            calls.append("        ").append(method).append("(list);\n");
        }
        methods.append("    private static " + list + "<" + elementType + "> list" + number + "() {\n"
                + "        var list = " + list + ".<" + elementType + ">builder();\n" + calls
                + "        return list.build();\n    }\n\n");
        return "list" + number + "()";
    }

    private static String name(Class<?> type) {
        String name = type.getCanonicalName();
        if (name == null) throw new IllegalArgumentException(type + " has no name");
        return name;
    }

    private static String literal(@Nullable String text) {
        if (text == null) return "null";
        return text.chars()
                .mapToObj(c -> c == '"' || c == '\\'
                        ? "\\" + (char) c
                        : c >= ' ' && c <= '~' ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
