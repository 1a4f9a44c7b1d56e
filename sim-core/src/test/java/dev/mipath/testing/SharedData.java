package dev.mipath.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Recorded data that is too large for the repository and lies beside it, in {@code ../shared/data}.
 *
 * <p>A machine without it skips the tests that ask for it. {@code -Dmipath.shared.data=DIR} names another place.
 */
public final class SharedData {
    private SharedData() {}

    /** The data folder, if this machine has it. */
    public static Optional<Path> root() {
        String named = System.getProperty("mipath.shared.data");
        Path folder = named != null
                ? Path.of(named)
                : repository().resolveSibling("shared").resolve("data");
        return Optional.of(folder).filter(Files::isDirectory);
    }

    /** A file or folder of the shared data; skips the calling test when it is absent. */
    public static Path require(String relative) {
        Optional<Path> path = root().map(root -> root.resolve(relative)).filter(Files::exists);
        assumeTrue(path.isPresent(), () -> "skipped: ../shared/data/" + relative + " is not on this machine");
        return path.orElseThrow();
    }

    /** The top folder of the repository: the nearest one above the working directory that holds {@code .mvn}. */
    public static Path repository() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no repository around " + start + " (run the tests from inside it)");
    }
}
