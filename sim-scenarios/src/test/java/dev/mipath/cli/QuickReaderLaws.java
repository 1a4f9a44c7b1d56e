package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the quick reader accepts, picocli reads the same way. */
class QuickReaderLaws {
    private static final Syntax SYNTAX = Syntax.of("ask", "Ask.")
            .with(
                    Option.text("--from", "WHERE", "From 100 % of places.").mandatory(),
                    Option.number("--client-port", "N", "A port.").or("50000"),
                    Option.choice("--format", "FORMAT", "How.", "text", "json"),
                    Option.text("--parameter", "NAME=VALUE", "A parameter.").repeated(),
                    Option.file("-o", "FILE", "A file."))
            .with(Positional.one("VERB", "A verb."), Positional.anyFiles("SOURCE", "Files."));

    private static final List<String> WORDS = List.of(
            "--from",
            "--from=vm",
            "--client-port",
            "--client-port=7",
            "7",
            "x",
            "--format",
            "--format=json",
            "json",
            "--parameter",
            "--parameter=a=b",
            "a=b",
            "-o",
            "-o=f",
            "out.yaml",
            "--quiet",
            "--quiet=true",
            "--verbose",
            "-",
            "--",
            "--unknown",
            "-x",
            "",
            "a b",
            "@file",
            "\"quoted\"",
            "--format=",
            "--from",
            "vm",
            "vm");

    static IntStream seeds() {
        return Seeds.of(40, 2_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithPicocli(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            List<String> words = new ArrayList<>();
            for (int n = random.nextInt(6); n >= 0; n--) {
                words.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            if (random.nextBoolean()) {
                words.addAll(List.of("--from", "vm-app"));
            }
            String[] args = words.toArray(String[]::new);
            Arguments quick = QuickReader.read(SYNTAX, args, 0);
            if (quick != null) {
                assertThat(PicocliReader.arguments(SYNTAX, args))
                        .as("seed %d: %s", seed, words)
                        .isEqualTo(quick);
            }
        }
    }

    @Test
    void readsAPlainCommandLine() {
        Arguments arguments = QuickReader.read(
                SYNTAX,
                new String[] {
                    "ask", "trace", "--from", "vm", "a.json", "--parameter", "a=1", "-", "--quiet", "--parameter=b=2"
                },
                1);

        assertThat(arguments).isNotNull();
        assertThat(arguments.get("VERB")).isEqualTo("trace");
        assertThat(arguments.get("--from")).isEqualTo("vm");
        assertThat(arguments.get("--format")).isEqualTo("text");
        assertThat(arguments.number("--client-port", 1, 65_535)).isEqualTo(50_000);
        assertThat(arguments.list("--parameter")).containsExactly("a=1", "b=2");
        assertThat(arguments.list("SOURCE")).containsExactly("a.json", "-");
        assertThat(arguments.has("--quiet")).isTrue();
        assertThat(arguments.has("--verbose")).isFalse();
    }
}
