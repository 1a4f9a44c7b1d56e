package dev.mipath.importer;

import static dev.mipath.importer.ArmFunctions.lenient;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Template functions about the deployment and its resources ("Resource functions", "Deployment functions"). */
final class ResourceFunctions {
    private static final int ANY = Integer.MAX_VALUE;

    static final ImmutableMap<String, ArmFunctions.Function> ALL = ImmutableMap.<String, ArmFunctions.Function>builder()
            .put("parameters", lenient(1, 1, c -> c.evaluator().names().parameter(c.text(0), c.here())))
            .put("variables", lenient(1, 1, c -> c.evaluator().names().variable(c.text(0), c.here())))
            .put("copyindex", lenient(0, 2, ResourceFunctions::copyIndex))
            .put("resourceid", lenient(2, ANY, c -> id(c, true)))
            .put("subscriptionresourceid", lenient(2, ANY, c -> id(c, false)))
            .put("tenantresourceid", lenient(2, ANY, c -> isType(c.arg(0)) ? typed(c, "", 0) : c.unknown()))
            .put("managementgroupresourceid", lenient(2, ANY, ResourceFunctions::managementGroupId))
            .put("extensionresourceid", lenient(3, ANY, ResourceFunctions::extensionId))
            .put("resourcegroup", lenient(0, 0, c -> c.evaluator().scope().groupObject(c.here())))
            .put("subscription", lenient(0, 0, c -> c.evaluator().scope().subscriptionObject(c.here())))
            .put("deployment", lenient(0, 0, ArmCall::unknown))
            .put("environment", lenient(0, 0, ArmCall::unknown))
            .put("tenant", lenient(0, 0, ArmCall::unknown))
            .put("managementgroup", lenient(0, 0, ArmCall::unknown))
            .put("deployer", lenient(0, 0, ArmCall::unknown))
            .put("reference", lenient(1, ANY, ResourceFunctions::reference))
            .put("references", lenient(1, ANY, ArmCall::unknown))
            .put("resourceinfo", lenient(1, 1, ResourceFunctions::info))
            .put("fail", lenient(1, 1, ResourceFunctions::fail))
            .put("tologicalzone", lenient(3, 3, ArmCall::unknown))
            .put("tologicalzones", lenient(3, 3, ArmCall::unknown))
            .put("tophysicalzone", lenient(3, 3, ArmCall::unknown))
            .put("tophysicalzones", lenient(3, 3, ArmCall::unknown))
            .put("getsecret", lenient(1, ANY, ArmCall::unknown))
            .put("pickzones", lenient(1, ANY, ArmCall::unknown))
            .put("providers", lenient(1, ANY, ArmCall::unknown))
            .buildOrThrow();

    private ResourceFunctions() {}

    private static Node copyIndex(ArmCall call) {
        boolean named = call.size() > 0 && call.arg(0) instanceof Node.Str;
        String loop = named ? call.text(0) : "";
        Node index = call.evaluator().copyIndex(loop);
        if (index == null) {
            throw new ArmFailure("`copyIndex` stands outside of a copy loop", "use it inside the loop that it counts");
        }
        int offsetAt = named ? 1 : 0;
        if (call.size() <= offsetAt || index instanceof Node.Unknown) return Opaque.at(index, call.here());
        Long at = Wholes.parse(index);
        return new Node.Num(call.here(), Long.toString((at == null ? 0 : at) + call.whole(offsetAt)));
    }

    /** {@code [subscription,] [group,] type, name…}: the type is the first argument with a slash in it. */
    private static Node id(ArmCall call, boolean inGroup) {
        int typeAt = 0;
        while (typeAt < call.size() && !isType(call.arg(typeAt))) typeAt++;
        if (typeAt > (inGroup ? 2 : 1)) return call.unknown();
        if (typeAt == call.size()) return untyped(call);
        ArmScope scope = call.evaluator().scope();
        String start = inGroup ? scope.groupId() : scope.subscriptionId();
        if (inGroup && typeAt == 1) start = scope.groupId(call.text(0));
        if (inGroup && typeAt == 2) start = ArmScope.groupId(call.text(0), call.text(1));
        if (!inGroup && typeAt == 1) start = "/subscriptions/" + call.text(0);
        return typed(call, start, typeAt);
    }

    /** One argument that is not known may be the type. */
    private static Node untyped(ArmCall call) {
        for (int i = 0; i < call.size(); i++) if (!(call.arg(i) instanceof Node.Str)) return call.unknown();
        throw new ArmFailure(
                "`" + call.name() + "` is given no resource type",
                "give one, such as Microsoft.Network/virtualNetworks");
    }

    private static Node managementGroupId(ArmCall call) {
        boolean named = !isType(call.arg(0));
        String group = named ? call.text(0) : "‹managementGroup›";
        return isType(call.arg(named ? 1 : 0))
                ? typed(call, "/providers/Microsoft.Management/managementGroups/" + group, named ? 1 : 0)
                : call.unknown();
    }

    private static boolean isType(Node node) {
        return node instanceof Node.Str text
                && text.text().indexOf('/') > 0
                && text.text().indexOf('.') > 0;
    }

    private static Node extensionId(ArmCall call) {
        return isType(call.arg(1)) ? typed(call, call.text(0), 1) : call.unknown();
    }

    private static Node typed(ArmCall call, String scope, int typeAt) {
        StringBuilder names = new StringBuilder();
        for (int i = typeAt + 1; i < call.size(); i++)
            names.append(names.length() == 0 ? "" : "/").append(call.text(i));
        String id = ResourceTypes.id(scope, call.text(typeAt), names.toString());
        if (id == null) {
            throw new ArmFailure(
                    "`" + call.name() + "` is given another number of names than its type has parts",
                    "give one name for each part of the type");
        }
        return call.of(id);
    }

    /**
     * What is read from a running resource is unknown; only the resource and the path in it name the unknown. Of a
     * deployment that the template makes itself the outputs are known as far as its template gives them.
     */
    private static Node reference(ArmCall call) {
        if (call.arg(0) instanceof Node.Str target) {
            Node outputs = call.evaluator().deployments().outputs(target.text(), call.place());
            boolean full = call.size() > 2 && call.text(2).equalsIgnoreCase("Full");
            if (outputs != null) return full ? member("properties", outputs) : outputs;
        }
        return new Node.Unknown(call.place(), "reference(" + Opaque.canonical(call.arg(0)) + ")");
    }

    /** What a template with symbolic names says of a resource without asking the running one. */
    private static Node info(ArmCall call) {
        Node.Obj told = call.evaluator().names().resource(call.text(0));
        if (told == null) {
            throw new ArmFailure(
                    "the template declares no resource " + Printable.quoted(call.text(0)),
                    "declare it or repair the name");
        }
        List<Node.Member> members = new ArrayList<>();
        for (String member : List.of("name", "type", "apiVersion", "location")) {
            Node raw = told.get(member);
            if (raw != null)
                members.add(
                        new Node.Member(member, raw.place(), call.evaluator().evaluate(raw)));
        }
        Node.Obj info = new Node.Obj(call.here(), ImmutableList.copyOf(members));
        String type = text(info.get("type"));
        String name = text(info.get("name"));
        String id = ResourceTypes.id(call.evaluator().scope().groupId(), type, name);
        if (id != null) members.add(new Node.Member("id", call.here(), call.of(id)));
        return call.object(members);
    }

    private static String text(@Nullable Node node) {
        String text = node == null ? null : Opaque.text(node);
        return text == null ? "" : text;
    }

    private static Node fail(ArmCall call) {
        throw new ArmFailure("the template fails by itself: " + Printable.quoted(call.text(0)), "mend what it names");
    }

    private static Node member(String name, Node value) {
        return new Node.Obj(value.place(), ImmutableList.of(new Node.Member(name, value.place(), value)));
    }
}
