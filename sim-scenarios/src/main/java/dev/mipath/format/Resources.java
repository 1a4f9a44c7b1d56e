package dev.mipath.format;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Identities of resources and references to them, as a hand-written document gives them. */
final class Resources {
    private final Values values;
    private final References references;

    Resources(Values values, References references) {
        this.values = values;
        this.references = references;
    }

    Values values() {
        return values;
    }

    /** The identity from {@code id}, or from {@code name} alone; null when neither is there or both disagree. */
    @Nullable
    ResourceId identity(Fields fields, Function<String, ResourceId> fromName) {
        Node idValue = fields.optional("id");
        Node nameValue = idValue == null && !fields.has("id") ? fields.required("name") : fields.optional("name");
        @Nullable String id = idValue == null ? null : values.text(idValue);
        @Nullable String name = nameValue == null ? null : name(nameValue);
        if (id == null) return name == null || idValue != null ? null : fromName.apply(name);
        ResourceId identity = new ResourceId(id);
        if (name != null && !name.equalsIgnoreCase(identity.name())) {
            return values.wrong(
                    fields.place(),
                    "the name " + Printable.quoted(name) + " is not the last part of the id " + Printable.quoted(id),
                    "correct one, or take the name out");
        }
        return identity;
    }

    /** A bare name: of a resource, a rule, a route. */
    @Nullable
    String name(Node value) {
        String name = values.text(value);
        if (name == null || name.indexOf('/') < 0) return name;
        return values.wrong(
                value.place(), "the name " + Printable.quoted(name) + " holds a `/`", "write it as `id` instead");
    }

    /** A reference: a name, {@code vnet/name}, an id, or {@code {id: …}} for exactly this identity. */
    @Nullable
    ResourceId reference(ResourceKind kind, Node value) {
        if (value instanceof Node.Obj) {
            Fields fields = Fields.of(value, "a reference", values.problems());
            if (fields == null) return null;
            Node id = fields.required("id");
            fields.done();
            @Nullable String text = id == null ? null : values.text(id);
            return text == null ? null : new ResourceId(text);
        }
        String text = values.text(value);
        if (text == null) return null;
        ImmutableList<ResourceId> meant = references.meant(kind, text);
        if (meant.size() == 1) return meant.get(0);
        if (meant.isEmpty()) return new ResourceId(text);
        return values.wrong(
                value.place(),
                Printable.quoted(text) + " may be any of " + meant.size() + ": "
                        + String.join(", ", meant.stream().map(ResourceId::text).toList()),
                kind.inVnet() ? "write `vnet/name` or the id" : "write the id");
    }

    /** A reference to what a lock can be on: an id of anything, or the name of a resource of the network. */
    @Nullable
    ResourceId scope(Node value) {
        if (value instanceof Node.Obj) return reference(ResourceKind.VNET, value);
        String text = values.text(value);
        if (text == null || text.startsWith("/")) return text == null ? null : new ResourceId(text);
        ImmutableSet<ResourceId> meant = references.lockable(text);
        if (meant.size() == 1) return meant.iterator().next();
        return values.wrong(
                value.place(),
                meant.isEmpty()
                        ? "there is no network, subnet, security group, route table or instance "
                                + Printable.quoted(text)
                        : Printable.quoted(text) + " may be any of " + meant.size() + ": "
                                + String.join(
                                        ", ",
                                        meant.stream().map(ResourceId::text).toList()),
                "write the id, as in `/subscriptions/…/resourceGroups/rg`");
    }

    Given<ResourceId> given(ResourceKind kind, Node value) {
        return values.given(value, item -> reference(kind, item));
    }

    @Nullable
    Given<ResourceId> givenOrNull(ResourceKind kind, @Nullable Node value) {
        return value == null ? null : given(kind, value);
    }

    /** A reference that must be there. */
    Given<ResourceId> givenRequired(ResourceKind kind, Fields fields, String key) {
        Node value = fields.required(key);
        return value == null ? Given.unknown(key, fields.place()) : given(kind, value);
    }

    ImmutableList<ResourceId> list(ResourceKind kind, @Nullable Node value) {
        return values.list(value, item -> reference(kind, item));
    }

    /** Whether a reference that is no given must be there: the same for texts. */
    @Nullable
    String requiredText(Fields fields, String key) {
        Node value = fields.required(key);
        return value == null ? null : values.text(value);
    }

    @Nullable
    String optionalText(Fields fields, String key) {
        Node value = fields.optional(key);
        return value == null ? null : values.text(value);
    }

    /** Tells names that stand twice in one list apart from the first of their kind. */
    final class Once {
        private final Map<String, Integer> lines = new HashMap<>();

        /** Reports the name when it stood in this list before. */
        void check(String what, String name, Node at) {
            Integer first =
                    lines.putIfAbsent(Ascii.toLowerCase(name), at.place().line());
            if (first == null) return;
            values.problems()
                    .add(
                            at.place(),
                            what + " " + Printable.quoted(name) + " stands twice, first in line " + first,
                            "rename or remove one of them");
        }
    }
}
