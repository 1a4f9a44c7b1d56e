package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mipath.topology.Place;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The JSON reader")
class JsonReaderTest {
    private static Node read(String text) {
        return JsonReader.read("a.json", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String text) {
        Problems problems = new Problems();
        JsonReader.read("a.json", text.getBytes(StandardCharsets.UTF_8), problems);
        assertThat(problems.list()).isNotEmpty();
        return problems.list().get(0).toString();
    }

    @Test
    @DisplayName("gives each value the line of its first character and its pointer")
    void places() {
        Node.Obj root = (Node.Obj) read("{\n  \"a\": [\n    1,\n    {\n \"b/c~d\": \"x\" } ]\n}");
        assertThat(root.place()).isEqualTo(new Place("a.json", 1, ""));
        Node.Arr array = (Node.Arr) root.members().get(0).value();
        assertThat(array.place()).isEqualTo(new Place("a.json", 2, "/a"));
        assertThat(array.items().get(0)).isEqualTo(new Node.Num(new Place("a.json", 3, "/a/0"), "1"));
        Node.Obj object = (Node.Obj) array.items().get(1);
        assertThat(object.place()).isEqualTo(new Place("a.json", 4, "/a/1"));
        assertThat(object.get("B/C~D")).isEqualTo(new Node.Str(new Place("a.json", 5, "/a/1/b~1c~0d"), "x"));
    }

    @Test
    @DisplayName("keeps numbers as written")
    void numbers() {
        Node.Arr numbers = (Node.Arr) read("[1.0, 12345678901234567890, -0, 1e400]");
        assertThat(numbers.items())
                .extracting(n -> ((Node.Num) n).text())
                .containsExactly("1.0", "12345678901234567890", "-0", "1e400");
    }

    @Test
    @DisplayName("keeps a name that stands twice and names both lines")
    void duplicates() {
        Problems problems = new Problems();
        Node.Obj root = (Node.Obj) JsonReader.read(
                "a.json", "{\"a\": 1,\n\"b\": 2,\n\"a\": 3}".getBytes(StandardCharsets.UTF_8), problems);
        if (root == null) throw new AssertionError("the tree is kept");
        assertThat(root.members()).hasSize(3);
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly("a.json:3 at /a: `a` stands twice in one object, first in line 1 and again in line 3"
                        + " (keep one of them)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
    @DisplayName("takes a byte order mark")
    void byteOrderMark(String charset) {
        Node node = JsonReader.read("a.json", "\uFEFF{\"a\": \"ä\"}".getBytes(Charset.forName(charset)));
        assertThat(((Node.Obj) node).get("a")).isEqualTo(new Node.Str(new Place("a.json", 1, "/a"), "ä"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"a\": [1,2 | a.json:1 at /a/1: the document ends in the middle of a value (the file is cut short; save it again)",
                "{\"a\": \"b | a.json:1 at /a: the document ends in the middle of a value (the file is cut short; save it again)",
                "{\"a\" 1} | a.json:1: this is not JSON: unexpected character `1`: was expecting a colon to separate property name and value (repair the text or save it again)",
                "{'a': 1} | a.json:1: this is not JSON: unexpected character `'`: was expecting double-quote to start property name (repair the text or save it again)",
                "{} {} | a.json:1: a second document follows the first (give one JSON document per file; several answers go into one array)",
                "^^ | a.json:1: the file is empty (save the answer again; it should begin with `{`)",
                "{\"a\": 01} | a.json:1: this is not JSON: invalid numeric value: Leading zeroes not allowed (repair the text or save it again)",
                "{\"a\": nope} | a.json:1: this is not JSON: unrecognized token 'nope': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false') (repair the text or save it again)",
            })
    @DisplayName("says where text stops being JSON")
    void broken(String text, String message) {
        assertThat(refusal(text)).isEqualTo(message);
    }

    @Test
    @DisplayName("refuses nesting beyond its limit without exhausting the stack")
    void deep() {
        assertThat(refusal("[".repeat(100_000))).contains("values are nested deeper than 200");
        assertThat(read("[".repeat(200) + "]".repeat(200))).isInstanceOf(Node.Arr.class);
    }

    @Test
    @DisplayName("refuses numbers and names without end")
    void endless() {
        assertThat(refusal("[" + "9".repeat(1_000_000) + "]")).contains("a number or text is too long");
        assertThat(refusal("{\"" + "n".repeat(5_000) + "\": 1}")).contains("a number or text is too long");
    }

    @Test
    @DisplayName("prints no control character, terminal escape or bidirectional mark of the input")
    void hostileNames() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read("{\"\\u001b[31m\\u202e\\u0007\": 1, \"\\u001b[31m\\u202e\\u0007\": 2}"))
                .withMessage(
                        "a.json:1 at /\\u001b[31m\\u202e\\u0007: `\\u001b[31m\\u202e\\u0007` stands twice in one object,"
                                + " first in line 1 and again in line 1 (keep one of them)");
        assertThat(refusal("{\"a\": \"b\u0000\"}")).doesNotContain("\u0000").contains("a.json:1 at /a: ");
        assertThat(refusal("\u001b[2J")).doesNotContain("\u001b");
    }

    @Test
    @DisplayName("reads the first of several documents when asked to")
    void first() {
        Problems problems = new Problems();
        Node node = JsonReader.readFirst("a.json", "{\"a\":1}\n{\"a\":2}".getBytes(StandardCharsets.UTF_8), problems);
        assertThat(problems.isEmpty()).isTrue();
        assertThat(node).isInstanceOf(Node.Obj.class);
    }
}
