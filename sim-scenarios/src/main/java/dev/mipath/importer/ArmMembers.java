package dev.mipath.importer;

import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.topology.Place;

/** Access to members of objects and elements of arrays in expressions; a part of an unknown is an unknown. */
final class ArmMembers {
    private ArmMembers() {}

    static Node member(Node of, String name, boolean safe, Place here) {
        if (of instanceof Node.Unknown unknown) return new Node.Unknown(here, unknown.what() + "." + name);
        if (of instanceof Node.Obj object) {
            Node found = object.get(name);
            if (found != null) return found;
            if (safe) return new Node.Null(here);
            throw new ArmFailure(
                    "the object has no member " + Printable.quoted(name),
                    "repair the name or give the object that member");
        }
        if (safe && of instanceof Node.Null) return of;
        if (Opaque.isOpen(of)) return new Node.Unknown(here, Opaque.canonical(of) + "." + name);
        throw new ArmFailure(
                "member " + Printable.quoted(name) + " is asked of something that is not an object",
                "repair the expression");
    }

    static Node element(Node of, Node index, boolean safe, Place here) {
        if (index instanceof Node.Str name && !Opaque.isOpen(name)) return member(of, name.text(), safe, here);
        if (Opaque.isOpen(of) || Opaque.isOpen(index)) {
            return new Node.Unknown(here, Opaque.canonical(of) + "[" + Opaque.canonical(index) + "]");
        }
        if (safe && of instanceof Node.Null) return of;
        Long at = Wholes.parse(index);
        if (!(of instanceof Node.Arr array) || at == null) {
            throw new ArmFailure("an element is asked of something that is not an array", "repair the expression");
        }
        if (at >= 0 && at < array.items().size()) return array.items().get(at.intValue());
        if (safe) return new Node.Null(here);
        throw new ArmFailure(
                "element " + at + " is asked of an array of " + array.items().size(),
                "use an index that is in the array");
    }
}
