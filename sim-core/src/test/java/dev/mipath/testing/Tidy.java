package dev.mipath.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is always wrong in a source file, whatever it is about. */
public final class Tidy {
    private static final Pattern LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern EMPTY_NAME =
            Pattern.compile("\\b(?:class|interface|record|enum)\\s+(\\w*(?:Util|Utils|Helper|Manager|Impl))\\b");
    private static final Pattern CHANCE_OR_CLOCK =
            Pattern.compile("System\\.nanoTime|System\\.currentTimeMillis|(?:Instant|LocalDate|LocalDateTime|"
                    + "OffsetDateTime|ZonedDateTime)\\.now\\(|new Random\\(|new SecureRandom\\(|Math\\.random|"
                    + "ThreadLocalRandom|UUID\\.randomUUID|Thread\\.sleep");
    private static final Pattern TEST = Pattern.compile(
            "^\\s*@(?:[\\w.]+\\.)?(?:Test|ParameterizedTest|TestFactory|RepeatedTest|" + "TestTemplate|ArchTest)\\b",
            Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern INCLUDED = Pattern.compile("<include>(.+?)</include>");

    private Tidy() {}

    /** What is untidy in one module's sources, one line each; empty when all is well. */
    public static Set<String> untidy(Path module, boolean core) {
        Set<String> untidy = new TreeSet<>();
        List<PathMatcher> testNames = testNames();
        for (Path file : javaFiles(module.resolve("src"))) {
            String text = read(file);
            boolean main = file.startsWith(module.resolve("src/main"));
            find(LATER, text).forEach(word -> untidy.add(file + ": `" + word + "` (do it, or leave it out)"));
            find(EMPTY_NAME, text).forEach(name -> untidy.add(file + ": `" + name + "` (name what it is about)"));
            if (core && main) {
                find(CHANCE_OR_CLOCK, text)
                        .forEach(call -> untidy.add(file + ": `" + call + "` (time and seed are arguments)"));
            }
            if (!main
                    && TEST.matcher(text).find()
                    && testNames.stream().noneMatch(name -> name.matches(file.toAbsolutePath()))) {
                untidy.add(file + ": holds tests that never run (the names that run are in the top pom.xml)");
            }
            String room = Floors.room(packageName(text));
            if (main && room.equals("instance") && !file.endsWith("package-info.java") && !text.contains("Models:")) {
                untidy.add(file + ": has no line `Models:` that cites what it models");
            }
            Path packageInfo = file.resolveSibling("package-info.java");
            if (main && !Files.exists(packageInfo)) {
                untidy.add(packageInfo + ": is missing");
            }
            if (main && file.equals(packageInfo)) {
                untidy.addAll(packageInfo(file, room, text));
            }
        }
        return untidy;
    }

    private static List<String> packageInfo(Path file, String room, String text) {
        List<String> untidy = new ArrayList<>();
        if (!text.contains("@NullMarked")) {
            untidy.add(file + ": is not @NullMarked");
        }
        int floor = Floors.floor(room);
        if (floor >= 0 && !text.contains("Floor " + floor + ":")) {
            untidy.add(file + ": does not say `Floor " + floor + ":`");
        }
        return untidy;
    }

    private static String packageName(String text) {
        Matcher matcher = PACKAGE.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static List<PathMatcher> testNames() {
        return find(INCLUDED, read(SharedData.repository().resolve("pom.xml"))).stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
    }

    private static List<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results()
                .map(found -> found.groupCount() == 0 ? found.group() : found.group(1))
                .toList();
    }

    private static List<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
