package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.SharedData;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("docs/sources.md has a row for every file of")
class SourcesDocumentTest {
    private static final Pattern FILE_NAME = Pattern.compile("`((?:[\\w-]+/)+[\\w.*-]+\\.json)`");

    @ParameterizedTest(name = "{0}")
    @CsvSource({"recordings", "recordings-mi", "answers-rest", "rest-examples-network", "cassettes"})
    void hasRows(String folder) throws IOException {
        Path azure = SharedData.require("azure");
        List<PathMatcher> rows = FILE_NAME
                .matcher(Files.readString(SharedData.repository().resolve("docs/sources.md")))
                .results()
                .map(row -> FileSystems.getDefault().getPathMatcher("glob:" + row.group(1)))
                .toList();
        try (Stream<Path> files = Files.walk(azure.resolve(folder))) {
            assertThat(files.filter(file -> file.toString().endsWith(".json"))
                            .map(azure::relativize)
                            .filter(file -> rows.stream().noneMatch(row -> row.matches(file))))
                    .isEmpty();
        }
    }
}
