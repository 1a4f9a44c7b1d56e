package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances a value that is known after apply will come from, by the references of its expression.
 *
 * <p>Followed are resources, data sources, outputs of modules, variables of modules and {@code each.value}. The
 * configuration in a plan leaves out local values and the insides of {@code dynamic} blocks, so what comes through those
 * stays unknown.
 */
final class TerraformConfiguration {
    /** Steps through variables and outputs; real modules nest a handful deep. */
    private static final int STEPS_MAX = 30;

    private final Node.@Nullable Obj root;
    private final ImmutableList<TerraformInstance> instances;

    TerraformConfiguration(Node.@Nullable Obj root, ImmutableList<TerraformInstance> instances) {
        this.root = root;
        this.instances = instances;
    }

    /** Whether there is a configuration and it does not set this attribute or block of the resource. */
    boolean leavesOut(TerraformInstance instance, String attribute) {
        Node.Obj expressions = expressions(instance);
        return expressions != null && expressions.get(attribute) == null;
    }

    private Node.@Nullable Obj expressions(TerraformInstance instance) {
        Node.Obj resource = resource(instance);
        return TerraformDocument.object(resource, "expressions");
    }

    private Node.@Nullable Obj resource(TerraformInstance instance) {
        Node.Obj module = module(instance.modules());
        if (module == null || !(module.get("resources") instanceof Node.Arr resources)) return null;
        for (Node item : resources.items()) {
            if (item instanceof Node.Obj resource
                    && resource.get("address") instanceof Node.Str address
                    && address.text().equals(instance.configured())) return resource;
        }
        return null;
    }

    private Node.@Nullable Obj module(List<TerraformAddress.Step> modules) {
        Node.Obj module = root;
        for (TerraformAddress.Step step : modules) {
            module = TerraformDocument.object(
                    TerraformDocument.object(TerraformDocument.object(module, "module_calls"), step.name()), "module");
        }
        return module;
    }

    /**
     * The instances that an attribute refers to; none when it refers to something that cannot be followed too.
     *
     * @param path the attribute, or a block, the number of the block among its like, and the attribute
     * @param type the Azure type that the attribute names
     */
    List<TerraformInstance> targets(TerraformInstance instance, List<String> path, String type) {
        return targets(instance, path, type, "");
    }

    /** The same, of instances of which only this attribute is meant, if one is given. */
    List<TerraformInstance> targets(TerraformInstance instance, List<String> path, String type, String attribute) {
        Node expression = expression(instance, path);
        if (expression == null) return List.of();
        Search search = new Search(type, attribute);
        search.follow(expression, new Scope(instance.modules(), instance), 0);
        return search.lost ? List.of() : List.copyOf(search.found);
    }

    private @Nullable Node expression(TerraformInstance instance, List<String> path) {
        Node.Obj expressions = expressions(instance);
        Node first = expressions == null ? null : expressions.get(path.get(0));
        if (path.size() == 1) return first;
        ImmutableList<Node> blocks = first instanceof Node.Arr array
                ? array.items()
                : first instanceof Node.Obj one ? ImmutableList.of(one) : ImmutableList.of();
        int count = instance.blocks(path.get(0)).size();
        Node block = count == blocks.size() ? blockLike(instance, path, blocks) : null;
        return block instanceof Node.Obj object ? object.get(path.get(2)) : null;
    }

    /** Blocks of a set stand in an order of their own in the values; a constant name tells which is which. */
    private static @Nullable Node blockLike(TerraformInstance instance, List<String> path, ImmutableList<Node> blocks) {
        int number = Integer.parseInt(path.get(1));
        if (blocks.size() == 1) return blocks.get(0);
        Node value = instance.blocks(path.get(0)).get(number);
        String name =
                value instanceof Node.Obj object && object.get("name") instanceof Node.Str text ? text.text() : "";
        for (Node block : blocks) {
            Node.Obj named = block instanceof Node.Obj object ? TerraformDocument.object(object, "name") : null;
            if (named != null
                    && named.get("constant_value") instanceof Node.Str text
                    && text.text().equals(name)) return block;
        }
        return null;
    }

    /** Where a reference stands: in which module, and in which resource when it is not in an output. */
    private record Scope(
            List<TerraformAddress.Step> modules, @Nullable TerraformInstance instance) {}

    private final class Search {
        private final String type;
        private final String attribute;
        private final Set<TerraformInstance> found = new LinkedHashSet<>();

        /** Whether the value may come from something that the configuration does not show. */
        private boolean lost;

        Search(String type, String attribute) {
            this.type = type;
            this.attribute = attribute;
        }

        void follow(@Nullable Node expression, Scope scope, int steps) {
            if (expression == null) return;
            if (steps > STEPS_MAX) {
                lost = true;
                return;
            }
            // An argument that is a list or an object of expressions has them inside.
            if (expression instanceof Node.Arr array) array.items().forEach(item -> follow(item, scope, steps));
            if (!(expression instanceof Node.Obj object)) return;
            if (!(object.get("references") instanceof Node.Arr references)) {
                object.members().forEach(member -> follow(member.value(), scope, steps));
                return;
            }
            List<String> texts = new ArrayList<>();
            for (Node item : references.items()) if (item instanceof Node.Str text) texts.add(text.text());
            boolean repeated = texts.stream().anyMatch(text -> text.startsWith("count.") || text.startsWith("each."));
            for (String text : texts) {
                // Terraform lists every reference with all its beginnings.
                boolean beginning = texts.stream()
                        .anyMatch(other -> other.length() > text.length()
                                && other.startsWith(text)
                                && ".[".indexOf(other.charAt(text.length())) >= 0);
                if (!beginning) reference(TerraformAddress.steps(text), scope, repeated, steps + 1);
            }
        }

        private void reference(List<TerraformAddress.Step> reference, Scope scope, boolean repeated, int steps) {
            String first = reference.isEmpty() ? "" : reference.get(0).name();
            if (reference.size() < 2) return;
            if (first.equals("var")) {
                variable(reference.get(1).name(), scope, steps);
            } else if (first.equals("each")) {
                if (reference.get(1).name().equals("value") && scope.instance() != null) {
                    Node.Obj resource = TerraformConfiguration.this.resource(scope.instance());
                    if (resource != null) follow(resource.get("for_each_expression"), scope, steps);
                }
            } else if (first.equals("module")) {
                if (reference.size() > 2)
                    output(reference.get(1), reference.get(2).name(), scope, steps);
                else lost = true;
            } else if (first.equals("local")) {
                lost = true;
            } else {
                int at = first.equals("data") ? 1 : 0;
                if (reference.size() < at + 2) return;
                if (!attribute.isEmpty()
                        && (reference.size() < at + 3
                                || !reference.get(at + 2).name().equals(attribute))) return;
                String configured = (at == 1 ? "data." : "") + reference.get(at).name() + "."
                        + reference.get(at + 1).name();
                named(configured, reference.get(at + 1).key(), scope, repeated);
            }
        }

        private void variable(String name, Scope scope, int steps) {
            int last = scope.modules().size() - 1;
            if (last < 0) return;
            List<TerraformAddress.Step> outer = scope.modules().subList(0, last);
            Node.Obj call = TerraformDocument.object(
                    TerraformDocument.object(module(outer), "module_calls"),
                    scope.modules().get(last).name());
            Node.Obj arguments = TerraformDocument.object(call, "expressions");
            if (arguments != null) follow(arguments.get(name), new Scope(outer, null), steps);
        }

        private void output(TerraformAddress.Step call, String name, Scope scope, int steps) {
            Set<List<TerraformAddress.Step>> inner = new LinkedHashSet<>();
            int depth = scope.modules().size();
            for (TerraformInstance instance : instances) {
                List<TerraformAddress.Step> modules = instance.modules();
                if (modules.size() <= depth || !modules.subList(0, depth).equals(scope.modules())) continue;
                TerraformAddress.Step step = modules.get(depth);
                boolean meant = step.name().equals(call.name())
                        && (call.key() == null || call.key().equals(step.key()));
                if (meant) inner.add(modules.subList(0, depth + 1));
            }
            for (List<TerraformAddress.Step> modules : inner) {
                Node.Obj outputs = TerraformDocument.object(module(modules), "outputs");
                Node.Obj output = TerraformDocument.object(outputs, name);
                if (output != null) follow(output.get("expression"), new Scope(modules, null), steps);
            }
        }

        private void named(String configured, @Nullable String key, Scope scope, boolean repeated) {
            List<TerraformInstance> all = new ArrayList<>();
            for (TerraformInstance instance : instances) {
                if (!instance.configured().equals(configured)
                        || !instance.modules().equals(scope.modules())) continue;
                if (key != null && !key.equals(instance.key())) continue;
                String own = TerraformIds.azureType(instance);
                if (own != null && Ascii.equalsIgnoreCase(own, type)) all.add(instance);
            }
            TerraformInstance from = scope.instance();
            String same = from == null || key != null || !repeated ? null : from.key();
            if (same != null && all.stream().anyMatch(instance -> same.equals(instance.key()))) {
                all.removeIf(instance -> !same.equals(instance.key()));
            }
            found.addAll(all);
        }
    }
}
