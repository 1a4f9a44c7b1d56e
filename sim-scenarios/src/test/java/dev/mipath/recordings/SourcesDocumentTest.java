package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.SharedData;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("docs/sources.md has a row for")
class SourcesDocumentTest {
    private static final Pattern FILE_NAME = Pattern.compile("`((?:[\\w-]+/)+[\\w.*-]+\\.json)`");

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+(?:Stories|Test|Laws))`");

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

    @Test
    @DisplayName("every trap, with a test that says in its own words which trap it is about")
    void trapsAreNamedByTheirTests() throws IOException {
        Path repository = SharedData.repository();
        String text = Files.readString(repository.resolve("docs/sources.md"));
        int start = text.indexOf("\n## Traps\n");
        List<String> rows = text.substring(start, text.indexOf("\n## ", start + 5))
                .lines()
                .filter(line -> line.matches("\\| \\d.*"))
                .toList();
        Map<String, String> tests = new TreeMap<>();
        for (String module : List.of("sim-core", "sim-scenarios")) {
            try (Stream<Path> files = Files.walk(repository.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        for (int trap = 1; trap <= 36; trap++) {
            int number = trap;
            Pattern said = Pattern.compile("(?i)traps? (\\d+(, | and ))*" + number + "\\b");
            List<String> named = rows.stream()
                    .filter(row -> row.substring(2, row.indexOf('|', 2)).matches("(.*\\D)?" + number + "(\\D.*)?"))
                    .flatMap(row -> WORD.matcher(row).results().map(found -> found.group(1)))
                    .filter(name -> tests.containsKey(name)
                            && said.matcher(tests.getOrDefault(name, "")).find())
                    .toList();
            assertThat(named).as("tests that name trap %d", number).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"Real cases, 74", "Traps, 36"})
    @DisplayName("every number, and names no test that is not there:")
    void hasNumbers(String chapter, int last) throws IOException {
        Path repository = SharedData.repository();
        String text = Files.readString(repository.resolve("docs/sources.md"));
        int start = text.indexOf("\n## " + chapter + "\n");
        String section = text.substring(start, text.indexOf("\n## ", start + 5));
        Set<Integer> numbers = new TreeSet<>();
        Set<String> tests = new TreeSet<>();
        for (String row : section.lines().filter(line -> line.startsWith("| ")).toList()) {
            NUMBER.matcher(row.substring(2, row.indexOf('|', 2)))
                    .results()
                    .forEach(found -> numbers.add(Integer.parseInt(found.group())));
            TEST_NAME.matcher(row).results().forEach(found -> tests.add(found.group(1)));
        }
        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, last).boxed().collect(Collectors.toSet()));
        Set<String> classes = new TreeSet<>();
        for (String module : List.of("sim-core", "sim-scenarios")) {
            try (Stream<Path> files = Files.walk(repository.resolve(module).resolve("src/test/java"))) {
                files.forEach(file -> classes.add(file.getFileName().toString().replace(".java", "")));
            }
        }
        assertThat(tests).isNotEmpty().isSubsetOf(classes);
    }
}
