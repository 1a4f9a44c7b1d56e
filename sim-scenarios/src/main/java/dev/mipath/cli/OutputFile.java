package dev.mipath.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is written beside its place and moved there when it is whole, so that nobody reads half of one. */
final class OutputFile extends FilterOutputStream {
    private static final int BUFFER = 1 << 16;

    private final Path place;
    private final Path written;

    /** Opens the file; an error names its place, not what is written beside it. */
    static OutputFile open(Path place) throws IOException {
        if (Files.isDirectory(place)) throw new FileSystemException(place.toString(), null, "it is a folder");
        if (Files.exists(place) && !Files.isWritable(place)) throw new AccessDeniedException(place.toString());
        // A device, a pipe or a link is written to, not replaced.
        boolean direct = Files.exists(place) && !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS);
        String part = "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".part";
        Path written = direct ? place : place.resolveSibling(part);
        try {
            return new OutputFile(place, written, Files.newOutputStream(written));
        } catch (IOException e) {
            throw named(place, e);
        }
    }

    private OutputFile(Path place, Path written, OutputStream file) {
        super(new BufferedOutputStream(new Named(place, file), BUFFER));
        this.place = place;
        this.written = written;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    /** All is written. */
    void finish() throws IOException {
        close();
        if (written.equals(place)) return;
        try {
            Files.move(written, place, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw named(place, e);
        }
    }

    /** Nobody wants it any more; nothing happens to what is finished. */
    void discard() throws IOException {
        try {
            close();
        } finally {
            if (!written.equals(place)) Files.deleteIfExists(written);
        }
    }

    private static FileSystemException named(Path place, IOException e) {
        String reason = e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : e instanceof AccessDeniedException
                        ? "access is denied"
                        : e instanceof NoSuchFileException ? "there is no such folder" : String.valueOf(e.getMessage());
        FileSystemException named = new FileSystemException(place.toString(), null, reason);
        named.initCause(e);
        return named;
    }

    /** Says of a write that fails, such as to a full disk, which file it was of. */
    private static final class Named extends FilterOutputStream {
        private final Path place;

        Named(Path place, OutputStream out) {
            super(out);
            this.place = place;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw named(place, e);
            }
        }
    }
}
