package dev.mipath.format;

import dev.mipath.topology.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one YAML document into the same located tree as {@link JsonReader}.
 *
 * <p>Plain scalars are typed by the core schema of YAML 1.2, so {@code no} is text and {@code false} is not. The library
 * behind it is loaded by the first call only; a run on JSON alone never pays for it.
 */
public final class YamlReader {
    private YamlReader() {}

    /**
     * Reads the document.
     *
     * @param file the name by which places call the file
     * @param content the bytes, UTF-8 with or without byte order mark
     * @param problems receives what is wrong
     * @return the tree, or null when the text is no YAML document; the problem says where it stops being one
     */
    public static @Nullable Node read(String file, byte[] content, Problems problems) {
        if (content.length > InputLimits.YAML_BYTES_MAX) {
            problems.add(
                    new Place(file, 1, ""),
                    "the file is larger than " + (InputLimits.YAML_BYTES_MAX >> 20) + " MiB",
                    "give the part that matters");
            return null;
        }
        String text = decode(content);
        if (text == null) {
            problems.add(new Place(file, 1, ""), "the file is not UTF-8 text", "save it as UTF-8");
            return null;
        }
        return YamlDocument.read(file, text, problems);
    }

    /**
     * Reads the document or fails.
     *
     * @throws InputException with everything that is wrong
     */
    public static Node read(String file, byte[] content) {
        Problems problems = new Problems();
        Node read = read(file, content, problems);
        problems.throwIfAny();
        if (read == null) throw new IllegalStateException("a failed reading reports a problem");
        return read;
    }

    private static @Nullable String decode(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
