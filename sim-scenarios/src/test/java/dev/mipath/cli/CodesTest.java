package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.format.TopologyYaml;
import dev.mipath.forwarding.Ending;
import dev.mipath.testing.SharedData;
import dev.mipath.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every code that an answer may hold is documented, can be brought out, and its words are kept in a golden file. */
@DisplayName("The codes of answers")
class CodesTest {
    private static final Pattern LITERAL = Pattern.compile("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\"");
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE);
    /** Words in the code that look like codes and are none: variables of the environment, placeholders. */
    private static final Set<String> NO_CODES = Set.of("NO_COLOR", "MIPATH_DEBUG", "RESOURCE_GROUP");
    /** Rooms whose codes are findings about a network, not words of an answer about packets. */
    private static final Set<String> OTHER_ROOMS = Set.of("requirements", "engine", "swarm");

    /** Only who compiles a topology as a library can leave the era out; the command line takes one always. */
    private static final String WITHOUT_ERA = "SERVICE_AIDED_NOT_APPLIED";

    private static String withoutEra() {
        Topology topology = TopologyYaml.read(
                        "topology.yaml", World.usual().yaml().getBytes(StandardCharsets.UTF_8))
                .topology();
        return NetworkCompiler.compile(topology, CompileOptions.DEFAULTS).notices().stream()
                .filter(notice -> notice.code().equals(WITHOUT_ERA))
                .map(notice -> "  " + notice.code() + "  " + notice.place() + "\n      " + notice.text() + "\n")
                .collect(Collectors.joining());
    }

    private static Set<String> endings() {
        return Arrays.stream(Ending.values())
                .filter(ending -> !ending.success())
                .map(Ending::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The codes of caveats and assumptions, read off the sources. */
    private static Set<String> notices() {
        Set<String> codes = new TreeSet<>();
        for (String module : List.of("sim-core", "sim-scenarios")) {
            codes.addAll(literals(SharedData.repository().resolve(module).resolve("src/main/java/dev/mipath")));
        }
        codes.removeAll(NO_CODES);
        return codes;
    }

    /** What stands in quotes and looks like a code; stories of time bring out what no single moment does. */
    private static Set<String> literals(Path sources) {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                if (OTHER_ROOMS.contains(sources.relativize(file).getName(0).toString())) continue;
                Matcher found = LITERAL.matcher(Files.readString(file));
                while (found.find()) codes.add(found.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return codes;
    }

    private static Set<String> all() {
        Set<String> all = notices();
        all.addAll(endings());
        return all;
    }

    @Test
    @DisplayName("each have a row in docs/codes.md, and no row is of a code that is gone")
    void documented() throws IOException {
        Matcher rows = ROW.matcher(Files.readString(SharedData.repository().resolve("docs/codes.md")));
        Set<String> documented = new TreeSet<>();
        while (rows.find()) documented.add(rows.group(1));
        assertThat(documented).isEqualTo(all());
    }

    @Test
    @DisplayName("are each brought out by a question, and told in the words of the golden file")
    void shown() throws IOException {
        StringBuilder catalogue = new StringBuilder();
        SoftAssertions softly = new SoftAssertions();
        Map<String, CodeCases.Case> cases = new TreeMap<>(CodeCases.notices());
        ImmutableMap<String, CodeCases.Case> blockers = CodeCases.blockers();
        blockers.forEach((code, asked) -> catalogue.append(section(softly, code, asked, true)));
        catalogue.append("\n");
        cases.forEach((code, asked) -> catalogue.append(section(softly, code, asked, false)));
        softly.assertAll();
        catalogue.append(withoutEra());
        Set<String> covered = new TreeSet<>(blockers.keySet());
        covered.addAll(cases.keySet());
        covered.add(WITHOUT_ERA);
        new CommandRun(0, catalogue.toString(), "").isGolden("codes.txt");
        Set<String> bare = all();
        bare.removeAll(covered);
        bare.removeAll(literals(Path.of("src/test/java/dev/mipath/time")));
        assertThat(bare).as("codes that no question brings out").isEmpty();
    }

    /** The words about a code: the line that has it and what is set in below. */
    private static String section(SoftAssertions softly, String code, CodeCases.Case asked, boolean stops) {
        String out = ask(asked);
        Pattern head = Pattern.compile("(?m)^" + (stops ? "(?:blocker \\d+  )" : " *") + code + "\\b.*$");
        if (code.equals("UNDETERMINED")) head = Pattern.compile("(?m)^UNDETERMINED.*$");
        Matcher found = head.matcher(out);
        if (!found.find()) {
            softly.fail("%s is not brought out by `%s`:%n%s", code, asked.line(), out);
            return "";
        }
        List<String> lines = out.substring(found.start()).lines().toList();
        StringBuilder section = new StringBuilder();
        int margin = margin(lines.get(0));
        for (String line : lines) {
            if (section.length() > 0 && (line.isBlank() || margin(line) <= margin)) break;
            section.append(line).append('\n');
        }
        return section + "\n";
    }

    private static int margin(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static String ask(CodeCases.Case asked) {
        try {
            // Always the same place: its name is in the words, and breaks their lines.
            Path folder = Files.createDirectories(Path.of("target/codes"));
            Path file = folder.resolve(asked.world().startsWith("{") ? "input.json" : "topology.yaml");
            if (!asked.world().isEmpty()) Files.writeString(file, asked.world());
            CommandRun run = CommandRun.line(asked.line().strip().replace("FILE", file.toString()));
            return run.out() + run.err();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
