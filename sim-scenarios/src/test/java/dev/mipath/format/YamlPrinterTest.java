package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlPrinterTest {
    @ParameterizedTest
    @ValueSource(strings = {"nsg-mi", "10.0.0.0/16", "11000-11999", "Microsoft.Sql/managedInstances", "‹name›", "/a/b"})
    void plainTextStandsWithoutQuotes(String text) {
        assertThat(YamlPrinter.scalar(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no", "NULL", "~", "1433", "1e3", "0x10", "2020-01-01", "a: b", "a b", "", "*", "-", "12:30", "="
            })
    void whatCouldBeSomethingElseStandsInQuotes(String text) {
        assertThat(YamlPrinter.scalar(text)).isEqualTo("\"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({"'\u0007', \\u0007", "'\u202e', \\u202e", "'\u2028', \\u2028", "'\ufeff', \\ufeff", "'\ud83d', \\ud83d"
    })
    void whatCannotBeSeenIsEscaped(String text, String escape) {
        assertThat(YamlPrinter.scalar("x" + text)).isEqualTo("\"x" + escape + "\"");
    }

    @Test
    void longObjectsBecomeBlocks() {
        Members wide = new Members();
        for (int i = 0; i < 12; i++) wide.put("quite-a-long-key-" + i, "value");
        Node document = Members.only(
                "a", Members.list(java.util.List.of(1, 2), i -> i == 1 ? wide.build() : Members.number(2)));
        assertThat(YamlPrinter.print(document, 0))
                .startsWith("a:\n  - quite-a-long-key-0: value\n    quite-a-long-key-1: value\n")
                .endsWith("\n  - 2\n");
    }

    @Test
    void emptyDocumentsAreDocuments() {
        assertThat(YamlPrinter.print(new Members().build(), 2)).isEqualTo("{}\n");
        assertThat(YamlPrinter.print(Members.list(java.util.List.of(), i -> Members.text("")), 2))
                .isEqualTo("[]\n");
    }
}
