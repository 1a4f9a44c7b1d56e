package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.mipath.format.Node;
import dev.mipath.topology.Place;
import org.jspecify.annotations.Nullable;

/** An object of Terraform in Azure's words, every value at the place it has in the file. */
final class TerraformBody {
    private final Node.Obj from;
    private final Place place;
    private final ImmutableList.Builder<Node.Member> members = ImmutableList.builder();

    TerraformBody(Node.Obj from, Place place) {
        this.from = from;
        this.place = place;
    }

    /** Takes an attribute over under Azure's name, when there is one. */
    @CanIgnoreReturnValue
    TerraformBody copy(String attribute, String member) {
        return put(member, from.get(attribute));
    }

    /** Takes a switch over that Azure has the other way round. */
    @CanIgnoreReturnValue
    TerraformBody copyOpposite(String attribute, String member) {
        Node node = from.get(attribute);
        return put(member, node instanceof Node.Bool bool ? new Node.Bool(bool.place(), !bool.value()) : node);
    }

    /** Adds a value, when there is one. */
    @CanIgnoreReturnValue
    TerraformBody put(String member, @Nullable Node value) {
        if (value != null && !(value instanceof Node.Null)) members.add(new Node.Member(member, value.place(), value));
        return this;
    }

    /** Adds a reference as Azure writes it. */
    @CanIgnoreReturnValue
    TerraformBody refer(String member, @Nullable Node id) {
        return put(member, id == null || id instanceof Node.Unknown ? id : object("id", id));
    }

    Node.Obj build() {
        return new Node.Obj(place, members.build());
    }

    static Node.Obj object(String member, Node value) {
        return new Node.Obj(value.place(), ImmutableList.of(new Node.Member(member, value.place(), value)));
    }
}
