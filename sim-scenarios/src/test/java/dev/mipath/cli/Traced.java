package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mipath trace} answered, asked in this process as a shell would ask.
 *
 * @param code the exit code
 * @param out the answer
 * @param err everything beside it
 */
record Traced(int code, String out, String err) {
    static Traced ask(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        List<String> line = new ArrayList<>(List.of("trace"));
        line.addAll(arguments);
        int code = Main.answer(line.toArray(String[]::new), terminal);
        return new Traced(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Traced scenario(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of("scenario:" + name));
        arguments.addAll(List.of(more));
        return ask(arguments);
    }

    /** The answer about a topology written in a file of its own. */
    static Traced about(World world, String... more) {
        Path file = scratch(world.yaml());
        List<String> arguments = new ArrayList<>(List.of(file.toString()));
        arguments.addAll(List.of(more));
        try {
            return ask(arguments);
        } finally {
            delete(file);
        }
    }

    static Path scratch(String content) {
        try {
            return Files.writeString(Files.createTempFile("traced", ".yaml"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document that the client app-vm is answered. */
    static Traced json(World world, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "--from";
        arguments[1] = "app-vm";
        arguments[2] = "--format";
        arguments[3] = "json";
        System.arraycopy(more, 0, arguments, 4, more.length);
        return about(world, arguments);
    }

    /** The text that the client app-vm is answered. */
    static Traced text(World world, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--from";
        arguments[1] = "app-vm";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return about(world, arguments);
    }

    /** The verdict in a word. */
    static String outcome(Traced traced) {
        return text(traced.document(), "outcome");
    }

    /** What the client feels, with the number of its error. */
    static String symptom(Traced traced) {
        Node.Obj client = (Node.Obj) given(traced.document(), "client");
        return text(client, "symptom") + " " + text(client, "error");
    }

    /** A blocker by its number as printed. */
    static Node.Obj blocker(Traced traced, int number) {
        return items(traced.document(), "blockers").get(number - 1);
    }

    /** How a phase ended. */
    static String phase(Traced traced, String name) {
        return items(traced.document(), "phases").stream()
                .filter(phase -> text(phase, "name").equals(name))
                .map(phase -> text(phase, "outcome"))
                .findFirst()
                .orElse("absent");
    }

    /** The document of an answer in JSON. */
    Node.Obj document() {
        assertThat(err).isEmpty();
        return (Node.Obj) JsonReader.read("trace.json", out.getBytes(StandardCharsets.UTF_8));
    }

    /** The codes of the blockers, in order. */
    List<String> blockers() {
        return items(document(), "blockers").stream()
                .map(blocker -> text(blocker, "code"))
                .toList();
    }

    static List<Node.Obj> items(Node.Obj object, String name) {
        Node.Arr list = (Node.Arr) given(object, name);
        return list.items().stream().map(Node.Obj.class::cast).toList();
    }

    static String text(Node.Obj object, String name) {
        Node value = given(object, name);
        if (value instanceof Node.Str text) return text.text();
        if (value instanceof Node.Num number) return number.text();
        if (value instanceof Node.Bool truth) return Boolean.toString(truth.value());
        return "null";
    }

    static Node given(Node.Obj object, String name) {
        @Nullable Node value = object.get(name);
        assertThat(value).as(name).isNotNull();
        return value == null ? object : value;
    }
}
