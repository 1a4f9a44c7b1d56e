package dev.mipath.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A terminal that hands over each key at once, until closed; made by {@code stty}, so only where there is one. */
final class RawKeys implements AutoCloseable {
    private static final File TTY = new File("/dev/tty");
    private static final int PATIENCE_SECONDS = 5;

    private final List<String> before;
    private final Thread atExit;

    private RawKeys(String before) {
        this.before = List.of(before);
        // A terminal that a killed program leaves without echo is a nuisance.
        this.atExit = new Thread(() -> stty(this.before));
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** The terminal made so, or null where that cannot be done: then keys come when Enter is pressed. */
    static @Nullable RawKeys start() {
        if (!TTY.canRead()) return null;
        @Nullable String before = stty(List.of("-g"));
        if (before == null || before.isEmpty()) return null;
        RawKeys raw = new RawKeys(before);
        if (stty(List.of("-icanon", "-echo", "min", "1")) != null) return raw;
        raw.close();
        return null;
    }

    @Override
    public void close() {
        stty(before);
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    /** What {@code stty} answers, or null when there is none or it fails. */
    private static @Nullable String stty(List<String> words) {
        List<String> line = new ArrayList<>(List.of("stty"));
        line.addAll(words);
        try {
            Process process = new ProcessBuilder(line)
                    .redirectInput(TTY)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? answer.strip() : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
