package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.topology.Place;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The YAML reader")
class YamlReaderTest {
    private static Node read(String text) {
        return YamlReader.read("a.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String text) {
        Problems problems = new Problems();
        YamlReader.read("a.yaml", text.getBytes(StandardCharsets.UTF_8), problems);
        assertThat(problems.list()).isNotEmpty();
        return problems.list().get(0).toString();
    }

    @Test
    @DisplayName("gives the same tree as JSON, with lines and pointers")
    void places() {
        Node.Obj root = (Node.Obj) read("# comment\na:\n  - 1\n  - b: x\n    c: [true, null]\n");
        assertThat(root.place()).isEqualTo(new Place("a.yaml", 2, ""));
        Node.Arr array = (Node.Arr) root.members().get(0).value();
        assertThat(array.place()).isEqualTo(new Place("a.yaml", 3, "/a"));
        Node.Obj object = (Node.Obj) array.items().get(1);
        assertThat(object.place()).isEqualTo(new Place("a.yaml", 4, "/a/1"));
        assertThat(object.get("b")).isEqualTo(new Node.Str(new Place("a.yaml", 4, "/a/1/b"), "x"));
        assertThat(((Node.Arr) object.members().get(1).value()).items())
                .containsExactly(
                        new Node.Bool(new Place("a.yaml", 5, "/a/1/c/0"), true),
                        new Node.Null(new Place("a.yaml", 5, "/a/1/c/1")));
    }

    @ParameterizedTest
    @CsvSource({
        "no, Str",
        "yes, Str",
        "'\"12\"', Str",
        "12, Num",
        "1.5, Num",
        "10.0.0.0, Str",
        "10.0.0.0/16, Str",
        "22:30, Str",
        "false, Bool",
        "~, Null",
        "!!str 12, Str"
    })
    @DisplayName("types scalars by the core schema of YAML 1.2")
    void scalars(String text, String type) {
        Node.Obj root = (Node.Obj) read("a: " + text);
        assertThat(root.members().get(0).value().getClass().getSimpleName()).isEqualTo(type);
    }

    @Test
    @DisplayName("writes octal and hexadecimal numbers out")
    void based() {
        Node.Arr numbers = (Node.Arr) read("[0x1F, 0o17, +3, -4]");
        assertThat(numbers.items()).extracting(n -> ((Node.Num) n).text()).containsExactly("31", "15", "3", "-4");
    }

    @Test
    @DisplayName("follows an alias to the value of its anchor")
    void alias() {
        Node.Obj root = (Node.Obj) read("a: &x {k: 1}\nb: *x\n");
        assertThat(root.members().get(1).value()).isSameAs(root.members().get(0).value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a: &x [*x] | the value contains itself",
                "a: *nobody | nothing above is named `&nobody`",
                "a: [1, 2 | this is not YAML",
                "{a: 1, a: 2} | `a` stands twice in one object, first in line 1 and again in line 1",
                "? [1, 2] | a key is not plain text",
                "a: !secret x | the tag `!secret` is not known",
                "^^ | the file is empty",
            })
    @DisplayName("says what is wrong and in which line")
    void broken(String text, String message) {
        assertThat(refusal(text)).startsWith("a.yaml:1").contains(message);
    }

    @Test
    @DisplayName("refuses a second document")
    void secondDocument() {
        assertThat(refusal("a: 1\n---\nb: 2\n")).startsWith("a.yaml:2: a second document follows the first");
    }

    @Test
    @DisplayName("counts what aliases multiply")
    void laughs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(refusal(bomb.toString())).contains("more than 1000000 values once its aliases are followed");
    }

    @Test
    @DisplayName("refuses nesting beyond its limit without exhausting the stack")
    void deep() {
        assertThat(refusal("[".repeat(50_000))).contains("values are nested deeper than 200");
        assertThat(refusal("- ".repeat(50_000))).contains("values are nested deeper than 200");
    }

    @Test
    @DisplayName("refuses control characters and text that is not UTF-8")
    void hostileBytes() {
        assertThat(refusal("a: b\u0000c")).contains("a character that YAML does not allow");
        Problems problems = new Problems();
        assertThat(YamlReader.read("a.yaml", new byte[] {(byte) 0xC3, 0x28}, problems))
                .isNull();
        assertThat(problems.list().get(0).toString())
                .isEqualTo("a.yaml:1: the file is not UTF-8 text (save it as UTF-8)");
    }
}
