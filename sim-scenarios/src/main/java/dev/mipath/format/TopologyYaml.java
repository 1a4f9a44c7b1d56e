package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * MiPath's own topology format: YAML that a person can write by hand, in which every topology can be said.
 *
 * <p>What {@link #write} writes, {@link #read} reads as the same facts. The format is described by {@link Schemas}.
 */
public final class TopologyYaml {
    /** What stands behind the key {@code mipath}. */
    public static final String VERSION = "topology/1";

    /** The first key of every topology document. */
    public static final String KEY = "mipath";

    private TopologyYaml() {}

    /** Whether the document says that it is a topology. */
    public static boolean recognizes(Node document) {
        return document instanceof Node.Obj object
                && object.get(KEY) instanceof Node.Str version
                && version.text().startsWith("topology/");
    }

    /**
     * Reads a topology from its tree, which may stem from YAML or JSON.
     *
     * <p>It may be one of several sources, so references that lead nowhere are not told yet: {@link MissingReferences}
     * does that for the whole.
     *
     * @return what could be read; of use only when no problem was added
     */
    public static @Nullable TopologyDocument read(Node document, Problems problems) {
        return new TopologyReader(problems).read(document);
    }

    /**
     * Reads a topology file that is the whole input, or fails.
     *
     * @param file the name by which places call the file
     * @throws InputException with everything that is wrong
     */
    public static TopologyDocument read(String file, byte[] content) {
        Problems problems = new Problems();
        Node tree = YamlReader.read(file, content, problems);
        TopologyDocument read = tree == null ? null : read(tree, problems);
        problems.throwIfAny();
        if (read == null) throw new IllegalStateException("a failed reading reports a problem");
        Topology.Builder whole = read.topology().toBuilder();
        MissingReferences.in(read.topology()).forEach(whole::add);
        return new TopologyDocument(whole.build(), read.ask(), read.expect(), read.time());
    }

    /** The topology as YAML, notices left out; the same topology always gives the same text. */
    public static String write(Topology topology) {
        return write(new TopologyDocument(topology, null, ImmutableList.of()));
    }

    /** The topology as YAML with its questions; notices are left out. */
    public static String write(TopologyDocument document) {
        return "# yaml-language-server: $schema=topology.schema.json\n"
                + YamlPrinter.print(TopologyWriter.tree(document), TopologyWriter.BLOCK_DEPTH);
    }
}
