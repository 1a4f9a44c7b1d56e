package dev.mipath.importer;

import dev.mipath.format.Node;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The templates of an import by their path, for templates that link to each other.
 *
 * <p>A link is an address on the web, mostly with its beginning in a parameter. What can be found is the file whose path
 * from the linking template's folder is the end of that address.
 */
final class ArmLinks {
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9._/\\\\-]+\\.json", Pattern.CASE_INSENSITIVE);

    private final Map<Path, Node.Obj> templates = new HashMap<>();
    private final Map<String, Path> folders = new HashMap<>();
    private final Set<Node.Obj> linked = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Adds a template that may be linked to. */
    void add(SourceFiles.SourceFile file, Node.Obj root) {
        try {
            Path folder = Path.of(file.folder());
            Path name = Path.of(file.name()).getFileName();
            folders.put(file.name(), folder);
            if (name != null) templates.putIfAbsent(key(folder.resolve(name)), root);
        } catch (InvalidPathException e) {
            // Standard input has no path; nobody links to it.
            folders.remove(file.name());
        }
    }

    /**
     * The template that a link means, or null when the input does not hold it.
     *
     * @param link the address or path, with placeholders where it is not given
     * @param from the file that the link stands in
     */
    Node.@Nullable Obj find(String link, String from) {
        Path folder = folders.get(from);
        String last = null;
        Matcher file = FILE.matcher(link);
        while (file.find()) last = file.group();
        if (folder == null || last == null) return null;
        List<String> parts = new ArrayList<>(List.of(last.replace('\\', '/').split("/")));
        while (!parts.isEmpty()) {
            Node.Obj found = templates.get(key(folder.resolve(String.join("/", parts))));
            if (found != null) {
                linked.add(found);
                return found;
            }
            parts.remove(0);
        }
        return null;
    }

    /** Whether another template of the input deploys this one. */
    boolean isLinked(Node.Obj template) {
        return linked.contains(template);
    }

    private static Path key(Path path) {
        return Path.of(path.normalize().toString().toLowerCase(Locale.ROOT));
    }
}
