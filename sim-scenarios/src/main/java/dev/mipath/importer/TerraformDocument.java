package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of {@code terraform show}: a state, or a plan as the state it leads to.
 *
 * <p>Models: Terraform, "JSON Output Format" (format 0.1 to 1.x). Of a plan count the planned values, with what is known
 * after apply as unknowns; the data sources of the state before; and what the plan forgets but leaves in Azure.
 */
final class TerraformDocument {
    private static final ImmutableSet<String> ACTIONS =
            ImmutableSet.of("no-op", "create", "read", "update", "delete", "forget");

    private final Problems problems;
    private final Map<String, Node.Obj> changes = new HashMap<>();
    private final Set<String> addresses = new HashSet<>();
    private final List<TerraformInstance> instances = new ArrayList<>();
    private final List<TerraformInstance> deleted = new ArrayList<>();

    private TerraformDocument(Problems problems) {
        this.problems = problems;
    }

    /**
     * What a document holds.
     *
     * @param instances everything that is there, or will be after apply
     * @param deleted what the plan takes away, with its attributes of before
     * @param configuration the root module of the configuration; null in a state
     */
    record Read(
            ImmutableList<TerraformInstance> instances,
            ImmutableList<TerraformInstance> deleted,
            Node.@Nullable Obj configuration) {}

    static boolean recognizes(Node.Obj root) {
        if (!(root.get("format_version") instanceof Node.Str)) return false;
        boolean planned = root.get("planned_values") != null || root.get("resource_changes") != null;
        return planned || root.get("values") instanceof Node.Obj || root.get("terraform_version") != null;
    }

    static Read read(Node.Obj root, Problems problems) {
        TerraformDocument document = new TerraformDocument(problems);
        if (root.get("format_version") instanceof Node.Str version
                && !version.text().matches("[01]\\..*")) {
            problems.add(
                    version.place(),
                    "Terraform's format " + Printable.quoted(version.text()) + " is not known",
                    "use a Terraform that writes format 1");
        }
        boolean plan = root.get("planned_values") != null || root.get("resource_changes") != null;
        Node changed = root.get("resource_changes");
        if (changed != null) document.list(changed, "resource_changes").forEach(document::change);
        document.module(object(root, plan ? "planned_values" : "values"), false);
        if (plan) document.module(object(object(root, "prior_state"), "values"), true);
        return new Read(
                ImmutableList.copyOf(document.instances),
                ImmutableList.copyOf(document.deleted),
                object(object(root, "configuration"), "root_module"));
    }

    static Node.@Nullable Obj object(Node.@Nullable Obj in, String member) {
        return in != null && in.get(member) instanceof Node.Obj object ? object : null;
    }

    private ImmutableList<Node> list(Node node, String what) {
        if (node instanceof Node.Arr array) return array.items();
        if (!(node instanceof Node.Null)) {
            problems.add(
                    node.place(),
                    "`" + what + "` is " + Fields.kind(node) + ", not a list",
                    "save the answer of `terraform show -json` again");
        }
        return ImmutableList.of();
    }

    private void change(Node item) {
        if (!(item instanceof Node.Obj changed) || !(changed.get("change") instanceof Node.Obj change)) {
            problems.add(item.place(), "this is no change of a resource", "save the answer again");
            return;
        }
        if (change.get("actions") instanceof Node.Arr actions) actions.items().forEach(this::action);
        // What replaced objects leave behind has the address of its successor.
        if (changed.get("deposed") instanceof Node.Str) return;
        if (changed.get("address") instanceof Node.Str address) changes.put(address.text(), change);
        boolean gone = does(change, "delete") && !does(change, "create");
        if (!gone && !does(change, "forget")) return;
        if (!(change.get("before") instanceof Node.Obj before)) return;
        ImmutableList<TerraformAddress.Step> modules = changed.get("module_address") instanceof Node.Str module
                ? TerraformAddress.modules(module.text())
                : ImmutableList.of();
        TerraformInstance instance = instance(changed, modules, before, false);
        if (instance != null) (gone ? deleted : instances).add(instance);
    }

    private void action(Node item) {
        if (item instanceof Node.Str text && ACTIONS.contains(text.text())) return;
        String what = item instanceof Node.Str text ? Printable.quoted(text.text()) : Fields.kind(item);
        problems.add(
                item.place(), what + " is no action of Terraform", "save the answer of `terraform show -json` again");
    }

    private static boolean does(Node.Obj change, String action) {
        return change.get("actions") instanceof Node.Arr actions
                && actions.items().stream()
                        .anyMatch(item ->
                                item instanceof Node.Str text && text.text().equals(action));
    }

    /** The instances of a state or of planned values, module by module. */
    private void module(Node.@Nullable Obj values, boolean onlyData) {
        Node.Obj root = object(values, "root_module");
        if (root != null) inModule(root, ImmutableList.of(), onlyData);
    }

    private void inModule(Node.Obj module, ImmutableList<TerraformAddress.Step> modules, boolean onlyData) {
        Node resources = module.get("resources");
        for (Node item : resources == null ? List.<Node>of() : list(resources, "resources")) {
            if (!(item instanceof Node.Obj resource) || !(resource.get("values") instanceof Node.Obj values)) {
                problems.add(item.place(), "a resource has no `values`", "save the answer again");
                continue;
            }
            TerraformInstance instance = instance(resource, modules, values, true);
            if (instance == null || onlyData && !instance.data() || !addresses.add(instance.address())) continue;
            instances.add(instance);
        }
        Node children = module.get("child_modules");
        for (Node item : children == null ? List.<Node>of() : list(children, "child_modules")) {
            if (item instanceof Node.Obj child && child.get("address") instanceof Node.Str address) {
                inModule(child, TerraformAddress.modules(address.text()), onlyData);
            } else {
                problems.add(item.place(), "a module has no `address`", "save the answer again");
            }
        }
    }

    private @Nullable TerraformInstance instance(
            Node.Obj resource, ImmutableList<TerraformAddress.Step> modules, Node.Obj values, boolean planned) {
        if (!(resource.get("address") instanceof Node.Str address
                && resource.get("type") instanceof Node.Str type
                && resource.get("name") instanceof Node.Str name)) {
            problems.add(resource.place(), "a resource has no `address`, `type` or `name`", "save the answer again");
            return null;
        }
        boolean data =
                resource.get("mode") instanceof Node.Str mode && mode.text().equals("data");
        Node.Obj change = planned ? changes.get(address.text()) : null;
        boolean created = change != null && does(change, "create");
        Node unknown = change == null ? null : change.get("after_unknown");
        Node whole = unknown == null ? values : overlaid(values, unknown, address.text());
        if (change != null && !created && whole instanceof Node.Obj open)
            whole = identified(open, object(change, "before"));
        return new TerraformInstance(
                address.text(),
                modules,
                data,
                type.text(),
                name.text(),
                key(resource.get("index")),
                whole instanceof Node.Obj all ? all : values,
                created,
                resource.place());
    }

    /** What is not made anew keeps its id, even where the plan leaves it open. */
    private static Node.Obj identified(Node.Obj values, Node.@Nullable Obj before) {
        if (before == null || !(before.get("id") instanceof Node.Str id) || values.get("id") instanceof Node.Str) {
            return values;
        }
        ImmutableList.Builder<Node.Member> members = ImmutableList.builder();
        values.members().stream().filter(member -> !member.name().equals("id")).forEach(members::add);
        members.add(new Node.Member("id", id.place(), id));
        return new Node.Obj(values.place(), members.build());
    }

    private static @Nullable String key(@Nullable Node index) {
        if (index instanceof Node.Num number) return number.text();
        return index instanceof Node.Str text ? "\"" + text.text() + "\"" : null;
    }

    /** A value with the parts of it that are known after apply only; those are left out or null in the value itself. */
    private static Node overlaid(@Nullable Node value, Node unknown, String what) {
        if (unknown instanceof Node.Bool all && all.value()) return new Node.Unknown(all.place(), what);
        if (unknown instanceof Node.Obj parts && (value == null || value instanceof Node.Obj)) {
            ImmutableList.Builder<Node.Member> members = ImmutableList.builder();
            Node.Obj object = value instanceof Node.Obj given ? given : new Node.Obj(parts.place(), ImmutableList.of());
            for (Node.Member member : object.members()) {
                Node part = parts.get(member.name());
                members.add(
                        part == null
                                ? member
                                : new Node.Member(
                                        member.name(),
                                        member.place(),
                                        overlaid(member.value(), part, what + "." + member.name())));
            }
            for (Node.Member part : parts.members()) {
                if (object.get(part.name()) != null || !holdsUnknown(part.value())) continue;
                members.add(new Node.Member(
                        part.name(), part.place(), overlaid(null, part.value(), what + "." + part.name())));
            }
            return new Node.Obj(object.place(), members.build());
        }
        if (unknown instanceof Node.Arr parts && (value == null || value instanceof Node.Arr)) {
            ImmutableList<Node> given = value instanceof Node.Arr array ? array.items() : ImmutableList.of();
            ImmutableList.Builder<Node> items = ImmutableList.builder();
            for (int i = 0; i < Math.max(given.size(), parts.items().size()); i++) {
                Node item = i < given.size() ? given.get(i) : null;
                if (i >= parts.items().size()) items.add(given.get(i));
                else items.add(overlaid(item, parts.items().get(i), what + "[" + i + "]"));
            }
            return new Node.Arr(value == null ? parts.place() : value.place(), items.build());
        }
        return value == null ? new Node.Null(unknown.place()) : value;
    }

    private static boolean holdsUnknown(Node unknown) {
        if (unknown instanceof Node.Bool all) return all.value();
        if (unknown instanceof Node.Arr array) return array.items().stream().anyMatch(TerraformDocument::holdsUnknown);
        return unknown instanceof Node.Obj object
                && object.members().stream().anyMatch(member -> holdsUnknown(member.value()));
    }
}
