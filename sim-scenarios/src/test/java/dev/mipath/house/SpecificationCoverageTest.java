package dev.mipath.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.library.ScenarioLibrary;
import dev.mipath.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every paragraph of the specification is accounted for, and what accounts for it exists. */
class SpecificationCoverageTest {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]*)\\)");
    private static final Pattern NAMED = Pattern.compile("(scenario )?`([A-Za-z0-9._-]+)`");
    private static final int WORDS = 9;

    /** A part of the specification: a paragraph, list item, note or table. */
    private record Part(String section, String text) {
        String key() {
            String words = String.join(
                    " ",
                    WORD.matcher(LINK.matcher(text).replaceAll("]"))
                            .results()
                            .map(MatchResult::group)
                            .limit(WORDS)
                            .toList());
            return section.replaceAll("[\\[\\]]", "") + " | " + words;
        }
    }

    @Test
    @DisplayName("Every paragraph, list item, note, table and link of the specification has a line")
    void everyPartHasALine() throws IOException {
        Path specification = SharedData.require("../spec/connectivity-architecture.md");
        String page = Files.readString(page());
        List<Part> parts = parts(Files.readAllLines(specification));
        assertThat(parts).hasSizeGreaterThan(60);
        Set<String> lines = new LinkedHashSet<>();
        for (List<String> row : rows(page)) if (row.size() == 4) lines.add(row.get(0) + " | " + row.get(1));
        assertThat(parts).extracting(Part::key).isSubsetOf(lines);
        Set<String> targets = new LinkedHashSet<>();
        for (List<String> row : rows(page)) if (row.size() == 2) targets.add(row.get(0));
        for (Part part : parts) {
            assertThat(LINK.matcher(part.text())
                            .results()
                            .map(link -> link.group(1))
                            .toList())
                    .isSubsetOf(targets);
        }
    }

    @Test
    @DisplayName("Whatever the page names exists, and what is behaviour names a scenario to run, or why there is none")
    void whatIsNamedExists() throws IOException {
        Set<String> classes = classes();
        for (List<String> row : rows(Files.readString(page()))) {
            if (row.size() != 4 || row.get(0).equals("section") || row.get(0).startsWith("---")) continue;
            String line = String.join(" | ", row);
            boolean behaviour = !row.get(2).startsWith("not behaviour: ");
            assertThat(NAMED.matcher(row.get(3)).find()).as(line).isEqualTo(behaviour);
            boolean played = row.get(3).contains("scenario `") || row.get(3).contains("no scenario: ");
            assertThat(played).as(line).isEqualTo(behaviour);
            for (MatchResult named :
                    NAMED.matcher(row.get(2) + " " + row.get(3)).results().toList()) {
                String name = named.group(2);
                if (named.group(1) != null)
                    assertThat(ScenarioLibrary.named(name)).as(line).isPresent();
                else assertThat(classes).as(line).contains(name.substring(name.lastIndexOf('.') + 1));
            }
        }
    }

    private static Path page() {
        return SharedData.repository().resolve("docs/specification.md");
    }

    private static List<List<String>> rows(String page) {
        return page.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> Stream.of(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .map(cells -> cells.subList(0, cells.size() - 1))
                .toList();
    }

    private static Set<String> classes() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (String module : List.of("sim-core", "sim-scenarios")) {
            try (Stream<Path> files =
                    Files.walk(SharedData.repository().resolve(module).resolve("src"))) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(file -> file.endsWith(".java"))
                        .forEach(file -> names.add(file.substring(0, file.length() - ".java".length())));
            }
        }
        return names;
    }

    private static List<Part> parts(List<String> lines) {
        List<Part> parts = new ArrayList<>();
        List<String> open = new ArrayList<>();
        String section = "";
        boolean table = false;
        int first = lines.get(0).equals("---") ? lines.subList(1, lines.size()).indexOf("---") + 2 : 0;
        for (String raw : lines.subList(first, lines.size())) {
            String line = raw.strip();
            boolean row = line.startsWith("|");
            boolean begins = line.startsWith("- ") || line.startsWith("> [!");
            if (line.isEmpty() || line.startsWith("#") || row || begins) {
                if (!open.isEmpty()) parts.add(new Part(section, String.join(" ", open)));
                open.clear();
            }
            if (line.startsWith("#")) section = line.replaceFirst("^#+ *", "");
            else if (row && !table) parts.add(new Part(section, "table: " + line));
            else if (!row && !line.isEmpty()) open.add(line);
            table = row;
        }
        if (!open.isEmpty()) parts.add(new Part(section, String.join(" ", open)));
        return parts;
    }
}
