package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what a reader of an answer must know about its input. Each sentence is told once. */
final class Notices {
    /** A template deploys another template, which is not followed. */
    static final String NESTED_TEMPLATE = "NESTED_TEMPLATE";

    /** A condition depends on an unknown, so the resource may or may not exist. */
    static final String CONDITION_UNKNOWN = "CONDITION_UNKNOWN";

    /** The number of copies depends on an unknown; one is taken. */
    static final String COPY_COUNT_UNKNOWN = "COPY_COUNT_UNKNOWN";

    /** A list of parts that the input does not give; what it holds is missing. */
    static final String LIST_NOT_GIVEN = "LIST_NOT_GIVEN";

    /** A template function that is not evaluated. */
    static final String FUNCTION_NOT_MODELLED = "FUNCTION_NOT_MODELLED";

    /** A feature that the input uses and that is not modelled. */
    static final String NOT_MODELLED = "NOT_MODELLED";

    /** Azure holds a value that its documentation does not allow, so nobody can say what it means. */
    static final String VALUE_NOT_UNDERSTOOD = "VALUE_NOT_UNDERSTOOD";

    /** A rule names the same addresses or ports twice. */
    static final String RULE_ENTRY_OVERLAP = "RULE_ENTRY_OVERLAP";

    /** A list of a plan that the configuration does not set and the plan leaves open; it is taken as empty. */
    static final String PLAN_LIST_ASSUMED_EMPTY = "PLAN_LIST_ASSUMED_EMPTY";

    /** A plan takes a resource away; it is not in the network that answers are about. */
    static final String DELETED_BY_PLAN = "DELETED_BY_PLAN";

    private final Set<Notice> notices = new LinkedHashSet<>();

    void add(String code, Place place, String text) {
        notices.add(new Notice(code, text, place));
    }

    /** Tells every part of a list, or the list itself, that the input does not give. */
    void openList(ResourceId id, String list, @Nullable Node given) {
        List<Node> items = given instanceof Node.Arr array ? array.items() : given == null ? List.of() : List.of(given);
        for (Node item : items) {
            if (!(item instanceof Node.Unknown unknown)) continue;
            add(
                    LIST_NOT_GIVEN,
                    item.place(),
                    "`" + list + "` of `" + Printable.text(id.qualifiedName()) + "` hangs on `"
                            + Printable.text(unknown.what())
                            + "`, which is not given; what it holds is missing here");
        }
    }

    void addAll(Iterable<Notice> others) {
        others.forEach(notices::add);
    }

    ImmutableList<Notice> list() {
        return ImmutableList.copyOf(notices);
    }
}
