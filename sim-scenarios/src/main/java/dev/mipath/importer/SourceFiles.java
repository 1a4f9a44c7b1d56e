package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.InputLimits;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The files behind the sources that the user named. */
final class SourceFiles {
    /** Files read from folders in one run; a case has dozens, a home folder would have a million. */
    private static final int FILES_MAX = 10_000;

    private static final String UNREADABLE = "check the file and its permissions";
    private static final String DEVICES = "/dev";

    /** One file and its bytes. */
    static final class SourceFile {
        private final String name;
        private final String folder;
        private final boolean named;
        private final byte[] content;

        private SourceFile(String name, String folder, boolean named, byte[] content) {
            this.name = name;
            this.folder = folder;
            this.named = named;
            this.content = content;
        }

        /** The name by which messages call it: as the user wrote it, below a folder with the rest of the path. */
        String name() {
            return name;
        }

        /** Whether an option means this file: by the name in messages, or by the last parts of it. */
        boolean isCalled(String word) {
            return name.equals(word) || name.endsWith("/" + word);
        }

        /** The folder it is in, for the pairing of templates and parameters. */
        String folder() {
            return folder;
        }

        /** Whether the user named the file itself. */
        boolean named() {
            return named;
        }

        /** Its bytes; not copied, and nobody writes to them. */
        byte[] content() {
            return content;
        }

        Place place() {
            return new Place(name, 1, "");
        }
    }

    private final ImportRequest request;
    private final Problems problems;
    private final List<SourceFile> files = new ArrayList<>();
    private final List<Imported.Skipped> skipped;
    private long all;

    private SourceFiles(ImportRequest request, List<Imported.Skipped> skipped, Problems problems) {
        this.request = request;
        this.skipped = skipped;
        this.problems = problems;
    }

    /** Every file of the request in the order of its sources, those of a folder by name. */
    static ImmutableList<SourceFile> read(ImportRequest request, List<Imported.Skipped> skipped, Problems problems) {
        SourceFiles sources = new SourceFiles(request, skipped, problems);
        for (String source : request.sources()) {
            if (!source.startsWith(Importer.SCENARIO)) sources.add(source);
        }
        return ImmutableList.copyOf(sources.files);
    }

    private void add(String source) {
        try {
            if (source.equals("-")) {
                add("-", "-", true, request.standardInput());
                return;
            }
            Path path = Path.of(source);
            if (Files.isDirectory(path)) folder(source, path);
            else if (Files.notExists(path)) {
                refuse(source, "there is no such file", "give a file, a folder, `-` or `scenario:NAME`");
            } else if (!Files.isReadable(path)) refuse(source, "it cannot be read", UNREADABLE);
            else if (mayNeverEnd(path)) refuse(source, "it is no regular file", "pipe it in and give `-`");
            else file(source, path, true);
        } catch (InvalidPathException e) {
            refuse(source, "this is not a file name", "give a file, a folder, `-` or `scenario:NAME`");
        } catch (IOException e) {
            refuse(source, "it cannot be read", UNREADABLE);
        }
    }

    /** A named pipe may have no writer; what the shell itself opens below /dev, such as /dev/stdin and /dev/fd/63, has. */
    private static boolean mayNeverEnd(Path path) {
        return !Files.isRegularFile(path) && !path.toAbsolutePath().normalize().startsWith(DEVICES);
    }

    private void folder(String source, Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                boolean hidden = !dir.equals(folder) && isHidden(dir);
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (Files.isRegularFile(file) && !isHidden(file)) found.add(file);
                return found.size() > FILES_MAX ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        if (found.size() > FILES_MAX) {
            refuse(source, "the folder holds more than " + FILES_MAX + " files", "give the folder of the case only");
            return;
        }
        Collections.sort(found);
        String base = source.endsWith("/") ? source : source + "/";
        for (Path file : found) {
            file(base + folder.relativize(file).toString().replace('\\', '/'), file, false);
        }
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    private void file(String name, Path path, boolean named) throws IOException {
        long size = Files.size(path);
        if (!named && size > InputLimits.BYTES_MAX && !opensLikeJson(path)) {
            skipped.add(new Imported.Skipped(Printable.text(name), "larger than any input"));
            return;
        }
        Path folder = path.toAbsolutePath().normalize().getParent();
        try (InputStream in = Files.newInputStream(path)) {
            add(name, String.valueOf(folder), named, in);
        }
    }

    private static boolean opensLikeJson(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return DocumentReader.looksLikeJson(in.readNBytes(4096));
        }
    }

    /** Takes the file, unless it is too large; of what is too large nothing is kept. */
    private void add(String name, String folder, boolean named, InputStream in) throws IOException {
        byte[] content = in.readNBytes(InputLimits.BYTES_MAX + 1);
        String remedy = "give the part that matters";
        if (content.length > InputLimits.BYTES_MAX) {
            refuse(name, "the file is larger than " + (InputLimits.BYTES_MAX >> 20) + " MiB", remedy);
        } else if (all + content.length > InputLimits.ALL_BYTES_MAX) {
            refuse(name, "with it the sources are larger than " + (InputLimits.ALL_BYTES_MAX >> 20) + " MiB", remedy);
        } else {
            all += content.length;
            files.add(new SourceFile(name, folder, named, content));
        }
    }

    private void refuse(String source, String problem, String remedy) {
        problems.add(new Place(Printable.text(source), 0, ""), problem, remedy);
    }
}
