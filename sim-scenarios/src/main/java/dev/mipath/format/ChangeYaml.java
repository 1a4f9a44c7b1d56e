package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Change;
import dev.mipath.topology.Topology;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists of edits as people write them, in YAML or JSON: each element is one key that says what is done, such as
 * {@code addRule: {networkSecurityGroup: nsg-mi, …}}.
 */
public final class ChangeYaml {
    /** An element and its key are blocks; what the key holds stands on one line where it fits. */
    private static final int BLOCK_DEPTH = 1;

    private ChangeYaml() {}

    /**
     * Reads a list of edits, or a single one.
     *
     * <p>Names mean resources of the topology as the edits before have left it; an edit that cannot be applied to it is
     * a problem.
     *
     * @param topology what the edits are for
     * @return the edits that could be read; of use only when no problem was added
     */
    public static ImmutableList<Change> read(Node document, Topology topology, Problems problems) {
        List<Node> items = document instanceof Node.Arr array ? array.items() : List.of(document);
        ImmutableList.Builder<Change> changes = ImmutableList.builder();
        Topology changed = topology;
        for (Node item : items) {
            @Nullable Change change = new ChangeReader(changed, problems).change(item);
            if (change == null) continue;
            changes.add(change);
            try {
                changed = changed.with(change);
            } catch (IllegalArgumentException e) {
                problems.add(
                        item.place(), String.valueOf(e.getMessage()), "correct the names, or the order of the changes");
            }
        }
        return changes.build();
    }

    /**
     * Reads a file of edits, YAML or JSON (which is YAML too), or fails.
     *
     * @throws InputException with everything that is wrong
     */
    public static ImmutableList<Change> read(String file, byte[] content, Topology topology) {
        Problems problems = new Problems();
        Node tree = YamlReader.read(file, content, problems);
        ImmutableList<Change> changes = tree == null ? ImmutableList.of() : read(tree, topology, problems);
        problems.throwIfAny();
        return changes;
    }

    /** Every text of a file of edits, which names what they are about; empty when it cannot be read. */
    public static Set<String> texts(String file, byte[] content) {
        Set<String> texts = new HashSet<>();
        Node tree = YamlReader.read(file, content, new Problems());
        if (tree != null) collect(tree, texts);
        return texts;
    }

    private static void collect(Node node, Set<String> texts) {
        if (node instanceof Node.Str text) texts.add(text.text());
        else if (node instanceof Node.Arr array) array.items().forEach(item -> collect(item, texts));
        else if (node instanceof Node.Obj object) object.members().forEach(member -> collect(member.value(), texts));
    }

    /** The edits as YAML; reading them gives the same edits again. */
    public static String write(List<? extends Change> changes) {
        return YamlPrinter.print(Members.list(List.copyOf(changes), ChangeWriter::tree), BLOCK_DEPTH);
    }

    /** An edit as maps, lists and plain values: one element of the list that {@link #read} takes. */
    public static Object plain(Change change) {
        return plain(ChangeWriter.tree(change));
    }

    private static Object plain(Node node) {
        if (node instanceof Node.Obj object) {
            Map<String, Object> members = new LinkedHashMap<>();
            for (Node.Member member : object.members()) members.put(member.name(), plain(member.value()));
            return members;
        }
        if (node instanceof Node.Arr array)
            return array.items().stream().map(ChangeYaml::plain).toList();
        if (node instanceof Node.Bool truth) return truth.value();
        if (node instanceof Node.Num number) return Integer.parseInt(number.text());
        if (node instanceof Node.Str text) return text.text();
        throw new IllegalStateException("an edit holds neither null nor an unknown");
    }
}
