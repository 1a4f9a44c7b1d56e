package dev.mipath.importer;

import static dev.mipath.importer.ArmFunctions.lenient;
import static dev.mipath.importer.ArmFunctions.strict;

import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Template functions on arrays and objects, and those that take arrays and texts alike ("Array", "Object functions"). */
final class ListFunctions {
    private static final int ANY = Integer.MAX_VALUE;

    static final ImmutableMap<String, ArmFunctions.Function> ALL = ImmutableMap.<String, ArmFunctions.Function>builder()
            .put("concat", lenient(1, ANY, ListFunctions::concat))
            .put("createarray", lenient(0, ANY, c -> c.of(c.args())))
            .put("createobject", lenient(0, ANY, ListFunctions::createObject))
            .put("array", lenient(1, 1, ListFunctions::array))
            .put("length", strict(1, 1, ListFunctions::length))
            .put("empty", lenient(1, 1, ListFunctions::empty))
            .put("contains", lenient(2, 2, ListFunctions::contains))
            .put("first", strict(1, 1, c -> end(c, true)))
            .put("last", strict(1, 1, c -> end(c, false)))
            .put("take", strict(2, 2, c -> part(c, 0, clamp(c))))
            .put("skip", strict(2, 2, c -> part(c, clamp(c), ANY)))
            .put("union", lenient(1, ANY, ListFunctions::union))
            .put("shallowmerge", strict(1, 1, c -> merged(c, c.items(0))))
            .put("intersection", lenient(1, ANY, ListFunctions::intersection))
            .put("flatten", strict(1, 1, ListFunctions::flatten))
            .put("items", strict(1, 1, ListFunctions::items))
            .put("objectkeys", strict(1, 1, ListFunctions::keys))
            .put("indexfromend", strict(2, 2, c -> fromEnd(c, false)))
            .put("tryindexfromend", strict(2, 2, c -> fromEnd(c, true)))
            .put("tryget", lenient(2, ANY, ListFunctions::tryGet))
            .buildOrThrow();

    private ListFunctions() {}

    private static Node concat(ArmCall call) {
        if (call.size() == 1) return call.arg(0);
        boolean arrays = call.args().stream().anyMatch(Node.Arr.class::isInstance);
        boolean texts = call.args().stream().anyMatch(Node.Str.class::isInstance);
        if (!arrays && !texts && call.args().stream().allMatch(Node.Unknown.class::isInstance)) return call.unknown();
        if (arrays) {
            List<Node> items = new ArrayList<>();
            for (int i = 0; i < call.size(); i++) {
                if (call.arg(i) instanceof Node.Unknown unknown) items.add(unknown);
                else items.addAll(call.items(i));
            }
            return call.of(items);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < call.size(); i++) {
            text.append(call.text(i));
            call.checkLength(text.length());
        }
        return call.of(text.toString());
    }

    private static Node createObject(ArmCall call) {
        if (call.size() % 2 != 0) throw call.wrong(call.size() - 1, "followed by a value");
        List<Node.Member> members = new ArrayList<>();
        for (int i = 0; i < call.size(); i += 2) {
            members.add(new Node.Member(call.text(i), call.here(), call.arg(i + 1)));
        }
        return call.object(members);
    }

    private static Node array(ArmCall call) {
        if (call.arg(0) instanceof Node.Unknown) return call.unknown();
        return call.arg(0) instanceof Node.Arr array ? array : call.of(List.of(call.arg(0)));
    }

    private static Node length(ArmCall call) {
        Node value = call.arg(0);
        if (value instanceof Node.Arr array) return call.of(array.items().size());
        if (value instanceof Node.Obj object) return call.of(object.members().size());
        return call.of(call.text(0).length());
    }

    private static Node empty(ArmCall call) {
        Node value = call.arg(0);
        if (value instanceof Node.Unknown) return call.unknown();
        if (value instanceof Node.Null) return call.of(true);
        if (value instanceof Node.Arr array) return call.of(array.items().isEmpty());
        if (value instanceof Node.Obj object) return call.of(object.members().isEmpty());
        return call.of(call.text(0).isEmpty());
    }

    private static Node contains(ArmCall call) {
        Node in = call.arg(0);
        Node what = call.arg(1);
        if (in instanceof Node.Unknown) return call.unknown();
        if (in instanceof Node.Obj object) {
            return Opaque.isOpen(what) ? call.unknown() : call.of(object.get(call.text(1)) != null);
        }
        if (in instanceof Node.Arr array) {
            boolean maybe = false;
            for (Node item : array.items()) {
                Same same = Same.of(item, what, call.evaluator()::step);
                if (same == Same.YES) return call.of(true);
                maybe |= same == Same.MAYBE;
            }
            return maybe ? call.unknown() : call.of(false);
        }
        if (Opaque.isOpen(in) || Opaque.isOpen(what)) return call.unknown();
        return call.of(
                call.text(0).toLowerCase(Locale.ROOT).contains(call.text(1).toLowerCase(Locale.ROOT)));
    }

    private static Node end(ArmCall call, boolean first) {
        if (call.arg(0) instanceof Node.Arr array) {
            if (array.items().isEmpty()) return new Node.Null(call.place());
            return array.items().get(first ? 0 : array.items().size() - 1);
        }
        String text = call.text(0);
        if (text.isEmpty()) return call.of("");
        return call.of(first ? text.substring(0, 1) : text.substring(text.length() - 1));
    }

    private static int clamp(ArmCall call) {
        return (int) Math.max(0, Math.min(call.whole(1), ANY));
    }

    private static Node part(ArmCall call, int from, int to) {
        if (call.arg(0) instanceof Node.Arr array) {
            int size = array.items().size();
            return call.of(array.items().subList(Math.min(from, size), Math.min(to, size)));
        }
        String text = call.text(0);
        return call.of(text.substring(Math.min(from, text.length()), Math.min(to, text.length())));
    }

    private static Node union(ArmCall call) {
        if (call.args().stream().anyMatch(Node.Arr.class::isInstance)) {
            List<Node> items = new ArrayList<>();
            for (int i = 0; i < call.size(); i++) {
                List<Node> more = call.arg(i) instanceof Node.Unknown unknown ? List.of(unknown) : call.items(i);
                for (Node item : more) {
                    call.evaluator().step(items.size());
                    if (items.stream().noneMatch(had -> Same.of(had, item, call.evaluator()::step) == Same.YES))
                        items.add(item);
                }
            }
            return call.of(items);
        }
        return call.args().stream().anyMatch(Opaque::isOpen) ? call.unknown() : merged(call, call.args());
    }

    /** Later objects win; objects inside are merged the same way. */
    private static Node merged(ArmCall call, List<Node> objects) {
        Map<String, Node.Member> members = new LinkedHashMap<>();
        for (Node node : objects) {
            call.evaluator().step(1);
            if (node instanceof Node.Null) continue;
            if (!(node instanceof Node.Obj object)) throw call.wrong(0, "an object or an array");
            for (Node.Member member : object.members()) {
                String key = member.name().toLowerCase(Locale.ROOT);
                Node.Member had = members.get(key);
                Node value = member.value();
                if (had != null && had.value() instanceof Node.Obj && value instanceof Node.Obj) {
                    value = merged(call, List.of(had.value(), value));
                }
                members.put(key, new Node.Member(member.name(), member.place(), value));
            }
        }
        return call.object(List.copyOf(members.values()));
    }

    private static Node intersection(ArmCall call) {
        if (call.args().stream().anyMatch(arg -> Opaque.isOpenInside(arg, call.evaluator()::step)))
            return call.unknown();
        if (call.arg(0) instanceof Node.Obj object) return common(call, object);
        if (!(call.arg(0) instanceof Node.Arr array)) throw call.wrong(0, "an array or an object");
        List<Node> kept = new ArrayList<>(array.items());
        for (int i = 1; i < call.size(); i++) {
            List<Node> others = call.items(i);
            call.evaluator().step(kept.size());
            kept.removeIf(item ->
                    others.stream().noneMatch(other -> Same.of(item, other, call.evaluator()::step) == Same.YES));
        }
        return call.of(kept);
    }

    /** Of objects the members that all of them have with the same value. */
    private static Node common(ArmCall call, Node.Obj first) {
        List<Node.Member> kept = new ArrayList<>(first.members());
        for (int i = 1; i < call.size(); i++) {
            Node.Obj other = call.object(i);
            call.evaluator().step(kept.size() + other.members().size());
            kept.removeIf(member -> {
                Node value = other.get(member.name());
                return value == null || Same.of(member.value(), value, call.evaluator()::step) != Same.YES;
            });
        }
        return call.object(kept);
    }

    /** Element 1 from the end is the last one. */
    private static Node fromEnd(ArmCall call, boolean safe) {
        List<Node> items = call.items(0);
        long at = items.size() - call.whole(1);
        Node index = new Node.Num(call.here(), Long.toString(at));
        return ArmMembers.element(call.arg(0), index, safe, call.here());
    }

    private static Node flatten(ArmCall call) {
        List<Node> items = new ArrayList<>();
        for (Node item : call.items(0)) {
            if (item instanceof Node.Arr inner) items.addAll(inner.items());
            else items.add(item);
        }
        return call.of(items);
    }

    private static Node items(ArmCall call) {
        List<Node> items = new ArrayList<>();
        for (Node.Member member : call.object(0).members()) {
            items.add(call.object(List.of(
                    new Node.Member("key", member.place(), new Node.Str(member.place(), member.name())),
                    new Node.Member("value", member.place(), member.value()))));
        }
        return call.of(items);
    }

    private static Node keys(ArmCall call) {
        List<Node> keys = new ArrayList<>();
        for (Node.Member member : call.object(0).members()) keys.add(new Node.Str(member.place(), member.name()));
        return call.of(keys);
    }

    private static Node tryGet(ArmCall call) {
        Node value = call.arg(0);
        for (int i = 1; i < call.size(); i++) {
            if (value instanceof Node.Unknown) return call.unknown();
            if (!(value instanceof Node.Obj) && !(value instanceof Node.Arr)) return new Node.Null(call.here());
            value = ArmMembers.element(value, call.arg(i), true, call.here());
        }
        return value;
    }
}
