package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.library.Scenario;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that a run writes. They are opened before it plays, so that none is found impossible at the end of a long run,
 * and come to their places together when all are whole. None may take the place of another or of what is read.
 */
final class RunFiles implements Closeable {
    static final String EVENTS = "--events";
    static final String CAPTURE = "--pcap";
    static final String PAGE = "--report";
    static final List<String> OPTIONS = List.of(EVENTS, CAPTURE, PAGE);

    private final Map<String, OutputFile> files = new LinkedHashMap<>();

    private RunFiles() {}

    /** Refuses a file that would overwrite a source or another file of the run. */
    static void check(Arguments arguments) throws IOException {
        check(OPTIONS, arguments);
    }

    /** Refuses a file of these options that would overwrite a source or another of them. */
    static void check(List<String> options, Arguments arguments) throws IOException {
        List<Path> sources = sources(arguments);
        Map<String, Path> places = new LinkedHashMap<>();
        for (String option : options) {
            @Nullable String given = arguments.find(option);
            if (given == null) continue;
            Path place = Path.of(given);
            for (Path source : sources) {
                if (!overwrites(place, source)) continue;
                throw new UsageException(option + " `" + Safe.text(given) + "` would overwrite what is read from `"
                        + Safe.text(source.toString()) + "` (give another file)");
            }
            for (Map.Entry<String, Path> other : places.entrySet()) {
                if (!same(place, other.getValue())) continue;
                throw new UsageException(option + " and " + other.getKey() + " are the same file `" + Safe.text(given)
                        + "` (give each its own)");
            }
            places.put(option, place);
        }
    }

    /** Opens all that a command line asks for. */
    static RunFiles open(Arguments arguments) throws IOException {
        RunFiles opened = new RunFiles();
        try {
            for (String option : OPTIONS) {
                @Nullable String given = arguments.find(option);
                if (given != null) opened.files.put(option, OutputFile.open(Path.of(given)));
            }
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /** The file of an option, or null when it was not given. */
    @Nullable
    OutputFile of(String option) {
        return files.get(option);
    }

    /** All is written. */
    void finish() throws IOException {
        for (OutputFile file : files.values()) file.flush();
        for (OutputFile file : files.values()) file.finish();
    }

    @Override
    public void close() throws IOException {
        for (OutputFile file : files.values()) file.discard();
    }

    /** Every file and folder that the command line names as something to read. */
    private static List<Path> sources(Arguments arguments) {
        List<String> names = new ArrayList<>(arguments.list(Sources.LABEL));
        names.addAll(arguments.list("--compare"));
        names.addAll(arguments.list("--service-tags"));
        for (String pair : arguments.list("--parameters")) names.add(pair.substring(pair.indexOf('=') + 1));
        List<Path> paths = new ArrayList<>();
        for (String name : names) {
            if (name.equals("-") || name.startsWith(Scenario.PREFIX)) continue;
            paths.add(Path.of(name));
        }
        return paths;
    }

    private static boolean overwrites(Path place, Path source) throws IOException {
        if (!Files.exists(place) || !Files.exists(source)) return false;
        if (!Files.isDirectory(source)) return Files.isSameFile(place, source);
        return Files.isRegularFile(place) && place.toRealPath().startsWith(source.toRealPath());
    }

    /** Whether two places are one; a device may take more than one answer. */
    private static boolean same(Path one, Path other) throws IOException {
        if (Files.exists(one) && Files.exists(other)) return Files.isRegularFile(one) && Files.isSameFile(one, other);
        return real(one).equals(real(other));
    }

    /** The path of a file that need not exist, in a folder that may be reached by a link. */
    private static Path real(Path file) throws IOException {
        Path whole = file.toAbsolutePath().normalize();
        Path folder = whole.getParent();
        Path name = whole.getFileName();
        if (folder == null || name == null || !Files.exists(folder)) return whole;
        return folder.toRealPath().resolve(name);
    }
}
