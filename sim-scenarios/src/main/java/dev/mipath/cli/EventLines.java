package dev.mipath.cli;

import dev.mipath.engine.EventSink;
import dev.mipath.engine.MiWorld;
import dev.mipath.explain.JsonText;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes every record of a run as a line of JSON. What is no connection's and has no place in the network tells the number of
 * the population, action or call that it is about.
 */
final class EventLines implements EventSink, Closeable {
    private final BufferedWriter out;
    private final MiWorld world;
    /** What stands between the numbers of a line, for each kind and element met. */
    private final Map<Long, String> middles = new HashMap<>();

    EventLines(OutputStream file, MiWorld world) {
        out = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8));
        this.world = world;
    }

    @Override
    public void accept(long time, long sequence, int kind, int element, int connection, long decision) {
        try {
            out.write("{\"t\":");
            out.write(Long.toString(time));
            out.write(",\"seq\":");
            out.write(Long.toString(sequence));
            boolean placed = world.elementName(element).length() > 0;
            long middle = (long) kind << 33 | (placed ? 1L << 32 | element : 0);
            out.write(middles.computeIfAbsent(middle, key -> middle(kind, placed ? world.elementName(element) : "")));
            if (connection < 0 && !placed) {
                out.write(",\"number\":");
                out.write(Long.toString(decision));
            } else if (connection >= 0) {
                out.write(",\"connection\":");
                out.write(Integer.toString(connection));
            }
            out.write(",\"decision\":\"");
            out.write(Long.toHexString(decision));
            out.write("\"}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String middle(int kind, String element) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("at", element);
        members.put("event", MiWorld.kindName(kind));
        String object = JsonText.line(members);
        return "," + object.substring(1, object.length() - 1);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
