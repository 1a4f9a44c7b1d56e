package dev.mipath.format;

import dev.mipath.topology.Place;

/** JSON pointers (RFC 6901), the way every place names a value inside its file. */
final class Pointers {
    private Pointers() {}

    /** The pointer of a member of the object at this pointer. */
    static String child(String pointer, String name) {
        boolean plain = name.indexOf('~') < 0 && name.indexOf('/') < 0;
        return pointer + "/" + (plain ? name : name.replace("~", "~0").replace("/", "~1"));
    }

    static void reportDuplicate(Problems problems, Place second, String name, int firstLine) {
        problems.add(
                second,
                Printable.quoted(name) + " stands twice in one object, first in line " + firstLine
                        + " and again in line " + second.line(),
                "keep one of them");
    }
}
