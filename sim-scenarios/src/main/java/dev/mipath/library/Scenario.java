package dev.mipath.library;

import dev.mipath.format.TopologyDocument;
import dev.mipath.format.TopologyYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A built-in situation.
 *
 * @param name the name by which commands know it
 * @param title its story's title
 * @param kind whether time matters in it
 * @param lesson what it teaches, in one sentence
 */
public record Scenario(String name, String title, Kind kind, String lesson) {
    /** What stands before the name of a scenario where a file could stand. */
    public static final String PREFIX = "scenario:";

    /** Whether a situation stands still. */
    public enum Kind {
        /** One state of the network. */
        STATIC("static"),
        /** The network changes while connections live. */
        TIME("time");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The word of the command's answer. */
        public String text() {
            return text;
        }
    }

    /** The name by which places call the topology file: {@code scenario:NAME}. */
    public String file() {
        return PREFIX + name;
    }

    /** The topology file. */
    public byte[] content() {
        return resource("topology.yaml");
    }

    /** What the topology file holds. */
    public TopologyDocument read() {
        Supplier<TopologyDocument> compiled = compiled();
        return compiled == null ? parsed() : compiled.get();
    }

    /** What the topology file holds, read from its text. */
    TopologyDocument parsed() {
        return TopologyYaml.read(file(), content());
    }

    /** What the topology file held when MiPath was built, or null where that step was left out. */
    @SuppressWarnings("unchecked")
    @Nullable
    Supplier<TopologyDocument> compiled() {
        try {
            Class<?> type = Class.forName(Scenario.class.getPackageName() + "." + compiledName());
            return (Supplier<TopologyDocument>) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** The name of the class that {@link ScenarioCompiler} makes: {@code hub-spoke} gives {@code Compiled_hub_spoke}. */
    String compiledName() {
        return "Compiled_" + name.replace('-', '_');
    }

    /** The story, in Markdown. */
    public String story() {
        return new String(resource("story.md"), StandardCharsets.UTF_8);
    }

    /**
     * Writes {@code topology.yaml} and {@code story.md} into a folder, which is made where it is missing.
     *
     * @param overwrite whether files that are there may be replaced
     * @throws FileAlreadyExistsException when one is there and may not be replaced; then nothing is written
     */
    public void export(Path folder, boolean overwrite) throws IOException {
        Map<Path, byte[]> files = new LinkedHashMap<>();
        for (String file : new String[] {"topology.yaml", "story.md"}) files.put(folder.resolve(file), resource(file));
        for (Path file : files.keySet()) {
            if (!overwrite && Files.exists(file)) throw new FileAlreadyExistsException(file.toString());
        }
        Files.createDirectories(folder);
        for (Map.Entry<Path, byte[]> file : files.entrySet()) Files.write(file.getKey(), file.getValue());
    }

    private byte[] resource(String file) {
        String path = "/scenarios/" + name + "/" + file;
        try (InputStream in = Scenario.class.getResourceAsStream(path)) {
            if (in == null) throw new IllegalStateException(path + " is not packed");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
