package dev.mipath.cli;

import dev.mipath.engine.CaptureSink;
import dev.mipath.engine.Setting;
import dev.mipath.engine.Settings;
import dev.mipath.explain.RunCapture;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A capture that is written beside its place and moved there when it is whole, so that nobody reads half of one. */
final class CaptureFile implements Closeable {
    private static final long SECOND = 1_000_000_000L;
    private static final int BUFFER = 1 << 16;

    private final Path place;
    private final Path written;
    private final OutputStream out;
    private final RunCapture capture;

    CaptureFile(Path place, Settings settings) throws IOException {
        this.place = place;
        // A device, a pipe or a link is written to, not replaced.
        boolean direct = Files.exists(place) && !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS);
        String part = "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".part";
        written = direct ? place : place.resolveSibling(part);
        out = new BufferedOutputStream(Files.newOutputStream(written), BUFFER);
        capture = new RunCapture(out, (int) (settings.get(Setting.DNS_TTL) / SECOND));
    }

    CaptureSink sink() {
        return capture;
    }

    /** All is written. */
    void finish() throws IOException {
        out.close();
        if (!written.equals(place)) Files.move(written, place, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            if (!written.equals(place)) Files.deleteIfExists(written);
        }
    }
}
