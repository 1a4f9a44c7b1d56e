package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import dev.mipath.format.TopologyYaml;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells by the content of a document what it is; never by its file name. */
final class Recognizer {
    private static final String NETWORK_ANSWER = "an answer about one flow, not a description of a network";
    private static final Shape FLOW_LOG = new Shape.Refused(
            "a flow log, which asks and does not describe",
            "give the NSGs and VNets it was written for, and the log to `test-ip-flow --flows`");
    private static final Shape ONE_FLOW = new Shape.Refused(
            NETWORK_ANSWER, "give the VNets, NSGs and route tables (`az network vnet list`, `az network nsg list`)");

    /** Members that only one kind of unusable answer has, and what that kind is. */
    private static final ImmutableMap<String, Shape> MARKS = ImmutableMap.<String, Shape>builder()
            .put(
                    "terraform_version",
                    new Shape.Refused(
                            "Terraform's own state file, whose form changes between versions",
                            "give what `terraform show -json` prints"))
            .put(
                    "@level",
                    new Shape.Refused(
                            "the log of a Terraform run",
                            "save the plan (`terraform plan -out FILE`) and give what `terraform show -json FILE`"
                                    + " prints"))
            .put("access", ONE_FLOW)
            .put("nextHopType", ONE_FLOW)
            .put("connectionStatus", ONE_FLOW)
            .put("networkSecurityGroupResult", ONE_FLOW)
            .put(
                    "targetResourceId",
                    new Shape.Refused(
                            "a question to Network Watcher, without its answer",
                            "ask it here with `test-ip-flow` or `next-hop`"))
            .put(
                    "protocolConfiguration",
                    new Shape.Refused("a question to Network Watcher, without its answer", "ask it here with `trace`"))
            .put(
                    "targetResourceGroupName",
                    new Shape.Refused(
                            "a question to Network Watcher, without its answer", "give the resources of that group"))
            .put(
                    "error",
                    new Shape.Refused(
                            "an error that a deployment ended with, not a description of a network",
                            "give the template or the resources it was about"))
            .buildOrThrow();

    private Recognizer() {}

    static Shape recognize(Node root) {
        if (TopologyYaml.recognizes(root)) return new Shape.Ours(root);
        if (root instanceof Node.Arr array) return list(root, array.items());
        if (!(root instanceof Node.Obj object)) return new Shape.Foreign();
        if (TerraformDocument.recognizes(object)) return new Shape.Terraform(object);
        Shape wrapped = wrapped(object);
        if (wrapped != null) return wrapped;
        String schema = object.get("$schema") instanceof Node.Str text ? Ascii.toLowerCase(text.text()) : "";
        if (schema.contains("deploymentparameters.json")) return new Shape.Parameters(object);
        if (schema.contains("deploymenttemplate.json")) return new Shape.Template(object);
        if (object.get("contentVersion") != null) {
            return object.get("resources") == null ? new Shape.Parameters(object) : new Shape.Template(object);
        }
        if (isResource(object)) return new Shape.Resources(ImmutableList.of(object));
        if (object.get("effectiveSecurityRules") != null) return effectiveRules(ImmutableList.of(object));
        return marked(object);
    }

    /** Documents that carry another one inside. */
    private static @Nullable Shape wrapped(Node.Obj object) {
        Node responses = object.get("responses");
        if (object.get("parameters") != null && responses instanceof Node.Obj byStatus) return restExample(byStatus);
        if (object.get("interactions") instanceof Node.Arr interactions) return cassette(interactions);
        if (object.get("request") != null && object.get("response") instanceof Node.Obj response)
            return recognize(response);
        if (object.get("values") instanceof Node.Arr && object.get("changeNumber") != null)
            return new Shape.Tags(object);
        for (String name : List.of("value", "data")) {
            if (object.get(name) instanceof Node.Arr array) return list(object, array.items());
        }
        return null;
    }

    private static Shape restExample(Node.Obj byStatus) {
        Shape best = new Shape.Foreign();
        for (String status : List.of("200", "201", "202")) {
            if (!(byStatus.get(status) instanceof Node.Obj response) || response.get("body") == null) continue;
            Node body = response.get("body");
            Shape shape = body == null ? best : recognize(body);
            if (best instanceof Shape.Foreign) best = shape;
        }
        return best;
    }

    private static Shape cassette(Node.Arr interactions) {
        List<Shape> parts = new ArrayList<>();
        for (Node item : interactions.items()) {
            Node body = member(member(item, "response"), "body");
            Node data = member(body, "data");
            if (data != null) parts.add(recognize(data));
        }
        return several(parts);
    }

    private static @Nullable Node member(@Nullable Node node, String name) {
        return node instanceof Node.Obj object ? object.get(name) : null;
    }

    private static Shape several(List<Shape> parts) {
        List<Shape> known =
                parts.stream().filter(part -> !(part instanceof Shape.Foreign)).toList();
        if (known.isEmpty()) return new Shape.Foreign();
        return known.size() == 1 ? known.get(0) : new Shape.Several(ImmutableList.copyOf(known));
    }

    private static Shape list(Node whole, List<Node> items) {
        List<Node.Obj> resources = new ArrayList<>();
        List<Node.Obj> rules = new ArrayList<>();
        List<Node.Obj> routes = new ArrayList<>();
        List<Shape> others = new ArrayList<>();
        List<Shape> strays = new ArrayList<>();
        for (Node item : items) {
            if (!(item instanceof Node.Obj object)) strays.add(new Shape.Stray(item));
            else if (isResource(object)) resources.add(object);
            else if (object.get("effectiveSecurityRules") != null) rules.add(object);
            else if (object.get("addressPrefix") != null && object.get("nextHopType") != null) routes.add(object);
            else others.add(recognize(object));
        }
        // Azure answers an empty list where there is nothing of a kind.
        if (items.isEmpty()) return new Shape.Resources(ImmutableList.of());
        List<Shape> parts = new ArrayList<>();
        if (!resources.isEmpty()) parts.add(new Shape.Resources(ImmutableList.copyOf(resources)));
        if (!rules.isEmpty()) parts.add(effectiveRules(rules));
        if (!routes.isEmpty()) parts.add(new Shape.EffectiveRoutes(whole, ImmutableList.copyOf(routes)));
        parts.addAll(others);
        // A list of anything at all is not of Azure just because it is a list.
        if (several(parts) instanceof Shape.Foreign) return new Shape.Foreign();
        parts.addAll(strays);
        return several(parts);
    }

    private static Shape effectiveRules(List<Node.Obj> entries) {
        for (Node.Obj entry : entries) {
            if (entry.get("networkSecurityGroup") == null) {
                return new Shape.Refused(
                        "effective security rules that do not say of which NSG and NIC",
                        "save the whole answer of `az network nic list-effective-nsg`");
            }
        }
        return new Shape.EffectiveRules(ImmutableList.copyOf(entries));
    }

    private static Shape marked(Node.Obj object) {
        if (object.get("records") instanceof Node.Arr records && isLog(records)) return FLOW_LOG;
        if (object.get("results") instanceof Node.Arr) return ONE_FLOW;
        if (object.get("networkInterfaces") instanceof Node.Arr interfaces) return GroupView.recognize(interfaces);
        if (object.get("createdDateTime") != null && object.get("resources") != null) {
            return new Shape.Refused(
                    "a Network Watcher topology, which names resources without their addresses and rules",
                    "give the resources themselves (`az network vnet list`, `az network nsg list`)");
        }
        if (object.get("flowRecords") != null) return FLOW_LOG;
        if (object.get("category") != null && object.get("operationName") != null) {
            return new Shape.Refused(
                    "a firewall's diagnostic log, not a description of a network",
                    "give the VNets, NSGs and route tables");
        }
        for (var mark : MARKS.entrySet()) if (object.get(mark.getKey()) != null) return mark.getValue();
        return new Shape.Foreign();
    }

    private static boolean isLog(Node.Arr records) {
        return records.items().stream()
                .anyMatch(record ->
                        member(member(record, "properties"), "flows") != null || member(record, "flowRecords") != null);
    }

    private static boolean isResource(Node.Obj object) {
        return typeOf(object) != null;
    }

    /** The type a resource states, or the one in its id, or the one its members leave no doubt about. */
    static @Nullable String typeOf(Node.Obj object) {
        if (object.get("type") instanceof Node.Str type && type.text().matches("(?i)Microsoft\\.[A-Za-z.]+/.+"))
            return type.text();
        Node own = idOf(object);
        String byId = own instanceof Node.Str id ? ResourceTypes.typeOf(id.text()) : null;
        if (byId != null) return byId;
        if (!(object.get("name") instanceof Node.Str)) return null;
        Node.Obj members = object.get("properties") instanceof Node.Obj properties ? properties : object;
        if (members.get("securityRules") != null) return "Microsoft.Network/networkSecurityGroups";
        if (members.get("addressSpace") != null) return "Microsoft.Network/virtualNetworks";
        if (members.get("routes") instanceof Node.Arr) return "Microsoft.Network/routeTables";
        if (members.get("ipConfigurations") != null) return "Microsoft.Network/networkInterfaces";
        return null;
    }

    /**
     * The id of a resource, or null. PowerShell's list of all resources, its private DNS zones and their links call it
     * {@code ResourceId}, as do logs, which name no resource group; its rule collection groups hold it in their properties.
     */
    static @Nullable Node idOf(Node.Obj object) {
        Node id = object.get("id");
        if (id != null) return id;
        boolean powerShell = object.get("resourceType") != null || object.get("resourceGroupName") != null;
        if (powerShell) return object.get("resourceId");
        return object.get("properties") instanceof Node.Obj group && group.get("ruleCollection") != null
                ? group.get("id")
                : null;
    }
}
