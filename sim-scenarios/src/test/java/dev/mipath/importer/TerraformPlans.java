package dev.mipath.importer;

import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;

/** Terraform documents for tests, put together from resources whose members stand in the test. */
final class TerraformPlans {
    private final List<String> planned = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> configured = new ArrayList<>();

    /** A resource that the plan makes: its values, what is known after apply, and the expressions of its source. */
    TerraformPlans creates(String address, String values, String unknown, String expressions) {
        planned.add(resource(address, values));
        changes.add(change(address, "'actions': ['create'], 'before': null, 'after_unknown': {" + unknown + "}"));
        String plain = address.replaceAll("\\[[^\\]]*]", "");
        if (configured.stream().noneMatch(had -> had.startsWith("{'address': '" + plain + "'"))) {
            configured.add("{'address': '" + plain + "', 'expressions': {" + expressions + "}}");
        }
        return this;
    }

    /** A resource that is there and stays as it is. */
    TerraformPlans keeps(String address, String values) {
        planned.add(resource(address, values));
        changes.add(change(address, "'actions': ['no-op'], 'after_unknown': {}"));
        return this;
    }

    /** A data source that was read before. */
    TerraformPlans found(String address, String values) {
        before.add(resource(address, values));
        return this;
    }

    TerraformPlans changes(String address, String members) {
        changes.add(change(address, members));
        return this;
    }

    private static String change(String address, String members) {
        return "{" + named(address) + ", 'change': {" + members + "}}";
    }

    private static String resource(String address, String values) {
        return "{" + named(address) + ", 'values': {" + values + "}}";
    }

    private static String named(String address) {
        String plain = address.replaceAll("\\[[^\\]]*]", "");
        boolean data = plain.startsWith("data.");
        String[] words = (data ? plain.substring(5) : plain).split("\\.", -1);
        int bracket = address.indexOf('[');
        String key = bracket < 0 ? "" : address.substring(bracket + 1, address.length() - 1);
        return "'address': '" + address.replace("\"", "\\'") + "', 'mode': '" + (data ? "data" : "managed")
                + "', 'type': '" + words[0] + "', 'name': '" + words[1] + "'"
                + (key.isEmpty() ? "" : ", 'index': " + key.replace('"', '\''));
    }

    /** The plan as JSON. */
    String plan() {
        return Imports.json("{'format_version': '1.2', 'terraform_version': '1.9.8',\n"
                + " 'planned_values': {'root_module': {'resources': [\n" + String.join(",\n", planned) + "]}},\n"
                + " 'resource_changes': [\n" + String.join(",\n", changes) + "],\n"
                + " 'prior_state': {'values': {'root_module': {'resources': [\n" + String.join(",\n", before)
                + "]}}},\n"
                + " 'configuration': {'root_module': {'resources': [\n" + String.join(",\n", configured) + "]}}}");
    }

    /** The planned values as a state. */
    String state() {
        return Imports.json("{'format_version': '1.0', 'terraform_version': '1.9.8', 'values': {'root_module':"
                + " {'resources': [\n" + String.join(",\n", planned) + "]}}}");
    }

    Topology topology() {
        return Imports.topology(plan());
    }

    static Vnet vnet(Topology topology, String name) {
        return topology.vnets().stream()
                .filter(vnet -> vnet.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
