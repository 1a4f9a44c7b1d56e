package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.format.Nearest;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** How people and questions name resources: by id, by name, or by {@code parent/name}. */
final class Named {
    /** A list for a message is read by a person. */
    private static final int LISTED_MAX = 8;

    private Named() {}

    /**
     * Whether a word means this resource. Placeholders match without the angle quotes that nobody types (contract:
     * Commands). A resource without a full id of its own, as in a template, is meant by any id that ends in its name.
     */
    static boolean is(ResourceId id, String word) {
        String meant = bare(word);
        if (bare(id.text()).equalsIgnoreCase(meant)) return true;
        boolean full = id.text().startsWith("/") && id.text().indexOf('‹') < 0;
        if (word.startsWith("/")) {
            if (full) return false;
            ResourceId whole = new ResourceId(meant);
            return bare(id.qualifiedName()).equalsIgnoreCase(whole.qualifiedName())
                    || bare(id.name()).equalsIgnoreCase(whole.name()) && id.parentName() == null;
        }
        return bare(id.qualifiedName()).equalsIgnoreCase(meant)
                || bare(id.name()).equalsIgnoreCase(meant);
    }

    private static String bare(String name) {
        return name.indexOf('‹') < 0 ? name : name.replace("‹", "").replace("›", "");
    }

    /** What to tell about a word that means none of these: the one it is nearest to, or what there is. */
    static UsageException unknown(String kind, String word, List<ResourceId> known) {
        if (known.isEmpty()) {
            return new UsageException(
                    "there is no " + kind + " `" + Safe.text(word) + "`: the input declares no " + kind);
        }
        // Whoever writes an id has copied it from somewhere; the name at its end is what may have a slip in it.
        String name = new ResourceId(word).name();
        List<String> spellings = new ArrayList<>();
        for (ResourceId id : known) {
            spellings.add(id.qualifiedName());
            spellings.add(id.name());
        }
        String near = Nearest.to(word, spellings)
                .or(() -> Nearest.to(name, spellings))
                .orElse(null);
        String hint = near == null
                ? "there is " + String.join(", ", names(known))
                : "did you mean `" + (word.startsWith("/") ? idOf(near, known) : near) + "`?";
        return new UsageException("there is no " + kind + " `" + Safe.text(word) + "` (" + Safe.text(hint) + ")");
    }

    private static String idOf(String name, List<ResourceId> known) {
        for (ResourceId id : known)
            if (id.name().equals(name) || id.qualifiedName().equals(name)) return id.text();
        return name;
    }

    /** The first few names, each once, and how many more there are. */
    static List<String> names(List<ResourceId> ids) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        for (ResourceId id : ids) names.add(id.qualifiedName());
        List<String> first = new ArrayList<>(names);
        if (first.size() <= LISTED_MAX) return first;
        List<String> few = new ArrayList<>(first.subList(0, LISTED_MAX));
        few.add((first.size() - LISTED_MAX) + " more");
        return few;
    }
}
