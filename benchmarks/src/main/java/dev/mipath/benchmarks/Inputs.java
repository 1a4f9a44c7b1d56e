package dev.mipath.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The prefixes to measure with: recorded ones from {@code ../shared/data}, or generated look-alikes. */
final class Inputs {
    private static final Pattern TAG =
            Pattern.compile("\"name\"\\s*:\\s*\"([^\"]+)\"|\"addressPrefixes\"\\s*:\\s*\\[([^\\]]*)\\]");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private Inputs() {}

    /** The data folder beside the repository, if this machine has it. */
    static Optional<Path> folder() {
        String named = System.getProperty("mipath.shared.data");
        if (named != null) return Optional.of(Path.of(named)).filter(Files::isDirectory);
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path data = at.resolveSibling("shared").resolve("data");
            if (Files.isDirectory(data)) return Optional.of(data);
        }
        return Optional.empty();
    }

    private static Optional<Path> file(String relative) {
        return folder().map(folder -> folder.resolve(relative)).filter(Files::isRegularFile);
    }

    /** What stands for the recorded data, for the header of a report. */
    static String origin() {
        return folder().isPresent() ? "recorded" : "generated look-alikes";
    }

    /** The route table of an MI subnet: 169 routes. */
    static Routes udr() {
        return file("lookup/udr-169.v4")
                .map(path -> Routes.ofFour(lines(path).map(line -> line.substring(0, line.indexOf(' ')))))
                .orElseGet(() -> LookAlikes.four(new SplittableRandom(169), 169, 8, 32));
    }

    /** Every IPv4 prefix of every service tag: 32,020. */
    static Routes tags() {
        return tagFile()
                .map(path -> Routes.ofFour(
                        tagged(path).values().stream().flatMap(List::stream).filter(prefix -> !prefix.contains(":"))))
                .orElseGet(() -> LookAlikes.four(new SplittableRandom(32), 32_000, 12, 32));
    }

    /** Every IPv6 prefix of every service tag, but for the few longer than /64. */
    static Routes tags6() {
        return tagFile()
                .map(path -> Routes.ofSix(tagged(path).values().stream()
                                .flatMap(List::stream)
                                .filter(prefix -> prefix.contains(":")))
                        .upTo(64))
                .orElseGet(() -> LookAlikes.six(new SplittableRandom(6), 2_700));
    }

    /** The public routing table: 901,899 IPv4 prefixes. */
    static Routes bgp() {
        return file("lookup/bart-prefixes.txt.gz")
                .map(path -> Routes.ofFour(lines(path).filter(line -> !line.contains(":"))))
                .orElseGet(() -> LookAlikes.four(new SplittableRandom(900), 900_000, 8, 24));
    }

    /** The public routing table: 160,147 IPv6 prefixes. */
    static Routes bgp6() {
        return file("lookup/bart-prefixes.txt.gz")
                .map(path -> Routes.ofSix(lines(path).filter(line -> line.contains(":")))
                        .upTo(64))
                .orElseGet(() -> LookAlikes.six(new SplittableRandom(66), 160_000));
    }

    /** The IPv4 prefixes of each service tag, largest tags included. */
    static List<Routes> tagSets() {
        Optional<Path> path = tagFile();
        List<Routes> sets = new ArrayList<>();
        if (path.isPresent()) {
            for (List<String> prefixes : tagged(path.orElseThrow()).values()) {
                Routes set = Routes.ofFour(prefixes.stream().filter(prefix -> !prefix.contains(":")));
                if (set.size() > 0) sets.add(set);
            }
        } else {
            SplittableRandom random = new SplittableRandom(7);
            for (int i = 0; i < 400; i++) {
                int size = i % 40 == 0 ? 3_000 : 2 + random.nextInt(120);
                sets.add(LookAlikes.four(random, size, 14, 32));
            }
        }
        return sets;
    }

    /** The lines of a ClassBench rule set, if the data is there. */
    static Optional<List<String>> classBench(String name) {
        return file("lookup/classbench/" + name).map(path -> lines(path).toList());
    }

    private static Optional<Path> tagFile() {
        return file("azure/servicetags/ServiceTags_Public.femueller.json");
    }

    private static Map<String, List<String>> tagged(Path path) {
        Map<String, List<String>> tags = new LinkedHashMap<>();
        Matcher matcher = TAG.matcher(String.join("\n", lines(path).toList()));
        String name = "";
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                name = matcher.group(1);
            } else {
                Set<String> prefixes = new LinkedHashSet<>();
                Matcher quoted = QUOTED.matcher(matcher.group(2));
                while (quoted.find()) prefixes.add(quoted.group(1));
                tags.put(name, new ArrayList<>(prefixes));
            }
        }
        return tags;
    }

    private static Stream<String> lines(Path path) {
        try (InputStream raw = Files.newInputStream(path);
                InputStream in = path.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
