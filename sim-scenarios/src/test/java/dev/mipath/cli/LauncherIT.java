package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged launcher answers the same wherever it lies and whatever has become of its archive. */
class LauncherIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    /** What a run came to; exit code and both streams. */
    private record Run(int code, String out, String err) {}

    @BeforeEach
    void onlyWhereThereIsAShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: the launcher is a POSIX shell script");
    }

    @Test
    void answersFromItsPlace() throws Exception {
        assertThat(run(TARGET.resolve("mipath"), Map.of())).isEqualTo(answer());
    }

    @Test
    void archiveFitsItsJar() throws Exception {
        List<String> command = List.of(
                THIS_JAVA.resolve("bin/java").toString(),
                "-Xshare:on", // fails unless the archive is taken
                "-XX:SharedArchiveFile=" + TARGET.resolve("mipath.jsa"),
                "-jar",
                TARGET.resolve("mipath.jar").toString(),
                "--version");

        assertThat(run(command, Map.of())).isEqualTo(answer());
    }

    @Test
    void offersTheArchiveToItsOwnJdkOnly() throws Exception {
        Path home = copy(folder.resolve("home"));
        Map<String, String> otherJdk = Map.of("JAVA_HOME", spyingJdk().toString());
        assertThat(run(home.resolve("mipath"), otherJdk)).isEqualTo(answer());
        assertThat(spied()).doesNotContain("SharedArchiveFile");

        Files.writeString(home.resolve("mipath.jdk"), folder.resolve("jdk/bin/java") + "\n");
        assertThat(run(home.resolve("mipath"), otherJdk)).isEqualTo(answer());
        assertThat(spied()).contains("SharedArchiveFile");
    }

    @Test
    void letsLongRunsBeOptimised() throws Exception {
        Map<String, String> jdk = Map.of("JAVA_HOME", spyingJdk().toString());
        run(TARGET.resolve("mipath"), jdk, "test-ip-flow", "--direction", "Inbound");
        assertThat(spied()).contains("TieredStopAtLevel=1");

        run(TARGET.resolve("mipath"), jdk, "test-ip-flow", "--flows", "flows.jsonl");
        assertThat(spied()).doesNotContain("TieredStopAtLevel");
    }

    @Test
    void followsLinksAndTakesBlanks() throws Exception {
        Path home = copy(folder.resolve("a place with blanks"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a place with blanks", "mipath"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("second link"), link);

        assertThat(run(home.resolve("mipath"), Map.of())).isEqualTo(answer());
        assertThat(run(linkToLink, Map.of())).isEqualTo(answer());
    }

    @Test
    void answersTheSameWithATouchedJar() throws Exception {
        Path home = copy(folder.resolve("touched"));
        Files.setLastModifiedTime(home.resolve("mipath.jar"), FileTime.from(Instant.EPOCH));

        assertThat(run(home.resolve("mipath"), Map.of())).isEqualTo(answer());
    }

    @Test
    void answersTheSameWithABrokenOrAbsentArchive() throws Exception {
        Path home = copy(folder.resolve("broken"));
        Path archive = home.resolve("mipath.jsa");
        Files.delete(archive);
        assertThat(run(home.resolve("mipath"), Map.of())).isEqualTo(answer());

        Files.writeString(archive, "not an archive");
        assertThat(run(home.resolve("mipath"), Map.of())).isEqualTo(answer());

        Files.delete(home.resolve("mipath.jdk"));
        assertThat(run(home.resolve("mipath"), Map.of())).isEqualTo(answer());
    }

    @Test
    void passesTheExitCodeOn() throws Exception {
        Run run = run(TARGET.resolve("mipath"), Map.of(), "no-such-command");

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void saysWhenThereIsNoJava() throws Exception {
        Run run = run(TARGET.resolve("mipath"), Map.of("JAVA_HOME", folder.toString()));

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("JAVA_HOME");
    }

    private static Run answer() throws Exception {
        List<String> command =
                List.of(THIS_JAVA.resolve("bin/java").toString(), "-jar", TARGET + "/mipath.jar", "--version");
        Run run = run(command, Map.of());
        assertThat(run.out()).startsWith("mipath 0.");
        return run;
    }

    private static Run run(Path launcher, Map<String, String> environment, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(args.length == 0 ? List.of("--version") : List.of(args));
        return run(command, environment);
    }

    private static Run run(List<String> command, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", THIS_JAVA.toString());
        builder.environment().putAll(environment);
        Path err = Files.createTempFile("launcher", ".err");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        String said = Files.readString(err);
        Files.delete(err);
        return new Run(code, out, said);
    }

    /** A JDK that writes down with what it was called, and then answers as this one. */
    private Path spyingJdk() throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\necho \"$*\" >'" + folder.resolve("spied") + "'\nexec '" + THIS_JAVA.resolve("bin/java")
                        + "' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return folder.resolve("jdk");
    }

    private String spied() throws IOException {
        return Files.readString(folder.resolve("spied"));
    }

    private static Path copy(Path home) throws IOException {
        Files.createDirectories(home);
        for (String file : List.of("mipath", "mipath.jar", "mipath.jsa", "mipath.jdk")) {
            Files.copy(TARGET.resolve(file), home.resolve(file));
        }
        assertThat(home.resolve("mipath").toFile().setExecutable(true)).isTrue();
        return home;
    }
}
