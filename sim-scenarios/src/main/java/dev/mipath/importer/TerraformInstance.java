package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.topology.Place;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a resource or data source in the JSON of {@code terraform show}.
 *
 * @param address its whole address, which names the unknowns in it
 * @param modules the modules it is in, outermost first
 * @param data whether it is a data source: something Terraform looked up and does not own
 * @param type the provider's type, such as {@code azurerm_subnet}
 * @param name the name in the configuration, which is not the one in Azure
 * @param key its {@code count} or {@code for_each} key as written in addresses; null where it has none
 * @param values its attributes; one known after apply is a {@link Node.Unknown}
 * @param created whether the plan creates it, so that only the configuration says what it will hold
 * @param place where it begins
 */
record TerraformInstance(
        String address,
        ImmutableList<TerraformAddress.Step> modules,
        boolean data,
        String type,
        String name,
        @Nullable String key,
        Node.Obj values,
        boolean created,
        Place place) {

    /** The address inside its module and without key, by which the configuration calls it. */
    String configured() {
        return (data ? "data." : "") + type + "." + name;
    }

    /** The attribute; null when it is absent or null. */
    @Nullable
    Node attribute(String attribute) {
        Node node = values.get(attribute);
        return node instanceof Node.Null ? null : node;
    }

    /** The attribute as a text with something in it; null when it is unknown, absent or of another kind. */
    @Nullable
    String text(String attribute) {
        return attribute(attribute) instanceof Node.Str text && !text.text().isEmpty() ? text.text() : null;
    }

    /** The objects of a block; an unknown list of blocks is one unknown item. */
    ImmutableList<Node> blocks(String block) {
        Node node = attribute(block);
        if (node instanceof Node.Arr array) return array.items();
        return node == null ? ImmutableList.of() : ImmutableList.of(node);
    }
}
