package dev.mipath.importer;

import static dev.mipath.importer.ArmFunctions.lenient;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import dev.mipath.topology.Place;

/** Template functions about the deployment and its resources ("Resource functions", "Deployment functions"). */
final class ResourceFunctions {
    private static final int ANY = Integer.MAX_VALUE;

    static final ImmutableMap<String, ArmFunctions.Function> ALL = ImmutableMap.<String, ArmFunctions.Function>builder()
            .put("parameters", lenient(1, 1, c -> c.evaluator().names().parameter(c.text(0), c.here())))
            .put("variables", lenient(1, 1, c -> c.evaluator().names().variable(c.text(0), c.here())))
            .put("copyindex", lenient(0, 2, ResourceFunctions::copyIndex))
            .put("resourceid", lenient(2, ANY, c -> id(c, Opaque.GROUP_ID)))
            .put("subscriptionresourceid", lenient(2, ANY, c -> id(c, "/subscriptions/‹subscription›")))
            .put("tenantresourceid", lenient(2, ANY, c -> id(c, "")))
            .put("extensionresourceid", lenient(3, ANY, ResourceFunctions::extensionId))
            .put("resourcegroup", lenient(0, 0, c -> group(c.here())))
            .put("subscription", lenient(0, 0, c -> subscription(c.here())))
            .put("deployment", lenient(0, 0, ArmCall::unknown))
            .put("environment", lenient(0, 0, ArmCall::unknown))
            .put("tenant", lenient(0, 0, ArmCall::unknown))
            .put("managementgroup", lenient(0, 0, ArmCall::unknown))
            .put("deployer", lenient(0, 0, ArmCall::unknown))
            .put("reference", lenient(1, ANY, ResourceFunctions::reference))
            .put("references", lenient(1, ANY, ArmCall::unknown))
            .put("listkeys", lenient(1, ANY, ArmCall::unknown))
            .put("listsecrets", lenient(1, ANY, ArmCall::unknown))
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
    private static Node id(ArmCall call, String scope) {
        int typeAt = 0;
        while (typeAt < call.size() && !isType(call.arg(typeAt))) typeAt++;
        boolean inGroup = scope.equals(Opaque.GROUP_ID);
        if (typeAt > (inGroup ? 2 : 1)) return call.unknown();
        String start = scope;
        if (inGroup && typeAt == 1) start = "/subscriptions/‹subscription›/resourceGroups/" + call.text(0);
        if (inGroup && typeAt == 2) start = "/subscriptions/" + call.text(0) + "/resourceGroups/" + call.text(1);
        if (!inGroup && typeAt == 1) start = "/subscriptions/" + call.text(0);
        return typed(call, start, typeAt);
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

    private static Node group(Place here) {
        return new Node.Obj(
                here,
                ImmutableList.of(
                        member(here, "id", new Node.Str(here, Opaque.GROUP_ID)),
                        member(here, "name", new Node.Unknown(here, "resourceGroup")),
                        member(here, "location", new Node.Unknown(here, "resourceGroup().location")),
                        member(here, "tags", new Node.Unknown(here, "resourceGroup().tags")),
                        member(here, "managedBy", new Node.Unknown(here, "resourceGroup().managedBy")),
                        member(here, "properties", new Node.Unknown(here, "resourceGroup().properties"))));
    }

    private static Node subscription(Place here) {
        return new Node.Obj(
                here,
                ImmutableList.of(
                        member(here, "id", new Node.Str(here, "/subscriptions/‹subscription›")),
                        member(here, "subscriptionId", new Node.Unknown(here, "subscription")),
                        member(here, "displayName", new Node.Unknown(here, "subscription().displayName")),
                        member(here, "tenantId", new Node.Unknown(here, "subscription().tenantId"))));
    }

    private static Node.Member member(Place here, String name, Node value) {
        return new Node.Member(name, here, value);
    }

    /** What is read from a running resource is unknown; only the resource and the path in it name the unknown. */
    private static Node reference(ArmCall call) {
        return new Node.Unknown(call.place(), "reference(" + Opaque.canonical(call.arg(0)) + ")");
    }
}
