package dev.mipath.format;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The published JSON Schemas (draft 2020-12) of what people write by hand, and of the trace document. */
public final class Schemas {
    private static final ImmutableMap<String, String> RESOURCES = ImmutableMap.of(
            "topology", "topology.schema.json",
            "change", "change.schema.json",
            "trace", "trace.schema.json",
            "feature", "feature.schema.json",
            "doctor", "doctor.schema.json",
            "change-answer", "change-answer.schema.json",
            "flows", "flows.schema.json");

    private Schemas() {}

    /** The names of the schemas. */
    public static Set<String> names() {
        return RESOURCES.keySet();
    }

    /**
     * The text of a schema.
     *
     * @throws IllegalArgumentException when there is none of this name; the message says which there are
     */
    public static String text(String name) {
        String resource = RESOURCES.get(name);
        if (resource == null) {
            throw new IllegalArgumentException(
                    "there is no schema " + Printable.quoted(name) + " (there is " + String.join(", ", names()) + ")");
        }
        try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("the schema " + resource + " is not packed");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
