package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mipath.topology.Topology;

/** Bytes of any kind become a tree or problems, never another exception; what is said of them harms no terminal. */
class ParsersFuzz {
    private static final String FILE = "fuzzed";

    @FuzzTest(maxDuration = "10m")
    void json(byte[] content) {
        Problems problems = new Problems();
        check(JsonReader.read(FILE, content, problems) == null, problems);
        problems = new Problems();
        check(JsonReader.readFirst(FILE, content, problems) == null, problems);
    }

    @FuzzTest(maxDuration = "10m")
    void yaml(byte[] content) {
        Problems problems = new Problems();
        check(YamlReader.read(FILE, content, problems) == null, problems);
    }

    @FuzzTest(maxDuration = "10m")
    void changes(byte[] content) {
        try {
            assertThat(ChangeYaml.read(FILE, content, new Topology.Builder().build()))
                    .isNotNull();
        } catch (InputException e) {
            e.problems().forEach(ParsersFuzz::check);
        }
    }

    private static void check(boolean refused, Problems problems) {
        if (refused && problems.isEmpty()) throw new AssertionError("refused without a word");
        problems.list().forEach(ParsersFuzz::check);
    }

    private static void check(Problem problem) {
        String text = problem.toString();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) throw new AssertionError("a control character in: " + problem);
        }
    }
}
