package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands about files: import, schema, collect, scenarios; and names that would harm a terminal. */
class FilesTest {
    private static final String CASE = "src/test/resources/cases/contoso.yaml";
    private static final String HOSTILE = "src/test/resources/cases/hostile.json";

    @TempDir
    Path folder;

    @Test
    void importedFileGivesTheSameAnswers() {
        Path file = folder.resolve("topology.yaml");
        CommandRun run = CommandRun.of("import", CASE, "-o", file.toString()).exits(0);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("3 VNets, 5 subnets, 2 peering links, 2 security groups, 6 rules");
        String question = " --source-ip 10.0.2.9 --dest-ip 10.1.0.4 --format json";
        assertThat(CommandRun.line("next-hop " + file + question).exits(0).out())
                .isEqualTo(CommandRun.line("next-hop " + CASE + question).out());
    }

    @Test
    void filesThatAreNoInputAreToldInOneLine() throws IOException {
        for (String name : new String[] {"a.md", "b.md", "c.md", "d.md", "e.md"}) {
            Files.writeString(folder.resolve(name), "# words");
        }
        Files.writeString(folder.resolve("rt.json"), "{\"name\":\"rt\",\"routes\":[]}");
        assertThat(CommandRun.line("import " + folder).exits(0).err())
                .startsWith("5 files skipped: " + folder + "/a.md, " + folder + "/b.md, " + folder
                        + "/c.md and 2 more (--verbose says why)\n");
        assertThat(CommandRun.line("import --verbose " + folder).exits(0).err())
                .contains(folder + "/e.md: skipped, neither JSON nor YAML of a known shape\n");
    }

    @Test
    void importPrintsWithoutAFile() {
        CommandRun run = CommandRun.line("import " + CASE).exits(0);
        assertThat(run.out()).contains("mipath: topology/1", "vnet-a");
        assertThat(CommandRun.line("import --quiet " + CASE).err()).isEmpty();
    }

    @Test
    void importKeepsTheQuestionsOfAFile() throws IOException {
        String story = "mipath: topology/1\nvnets: [{name: v, addressPrefixes: 10.0.0.0/16, subnets: [{name: s,"
                + " addressPrefix: 10.0.0.0/24}]}]\nask: {from: 10.0.0.4, to: 10.0.0.5, port: 3342}\nexpect:\n"
                + "  - {nextHop: {sourceIp: 10.0.0.4, destIp: 10.0.0.5}, answer: {nextHopType: VnetLocal}}\n";
        Path file = Files.writeString(folder.resolve("asked.yaml"), story);
        Path again = folder.resolve("again.yaml");
        CommandRun.line("import " + file + " -o " + again).exits(0);
        assertThat(Files.readString(again)).contains("port: 3342");
        assertThat(CommandRun.line("scenarios run " + again).exits(0).out())
                .isEqualTo(CommandRun.line("scenarios run " + file).exits(0).out());
    }

    @Test
    void failedImportLeavesTheOldFileAndNoOther() throws IOException {
        Path file = Files.writeString(folder.resolve("old.yaml"), "old");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"value\": [");
        CommandRun.of("import", broken.toString(), "-o", file.toString()).exits(2);
        assertThat(Files.readString(file)).isEqualTo("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void importOverwritesNoSource() throws IOException {
        Path file = Files.copy(Path.of(CASE), folder.resolve("own.yaml"));
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
        byte[] text = Files.readAllBytes(file);
        for (Path output : new Path[] {file, folder.resolve(".").resolve("own.yaml"), link}) {
            assertThat(CommandRun.of("import", file.toString(), "-o", output.toString())
                            .exits(2)
                            .err())
                    .contains("-o `" + output + "` would overwrite what is read from `" + file + "`");
        }
        assertThat(CommandRun.of("import", folder.toString(), "-o", file.toString())
                        .exits(2)
                        .err())
                .contains("would overwrite");
        assertThat(Files.readAllBytes(file)).isEqualTo(text);
    }

    @Test
    void outputThatCannotBeWrittenIsCalledByItsName() throws IOException {
        // As long as a name may be, so that what is written beside it cannot have one.
        Path file = folder.resolve("o".repeat(250));
        CommandRun run = CommandRun.of("import", CASE, "-o", file.toString()).exits(2);
        assertThat(run.err())
                .startsWith("mipath: `" + file + "` cannot be used: ")
                .doesNotContain(".part");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void sourceThatIsThereIsNotCalledMissing() throws IOException {
        Path loop = folder.resolve("loop.yaml");
        Files.createSymbolicLink(loop, loop);
        assertThat(CommandRun.of("import", loop.toString()).exits(2).err())
                .isEqualTo(loop + ": it cannot be read (check the file and its permissions)\n");
        Path none = folder.resolve("none.yaml");
        assertThat(CommandRun.of("import", none.toString()).exits(2).err()).contains("there is no such file");
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void namedPipeIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe.yaml");
        boolean made = Files.isExecutable(Path.of("/usr/bin/mkfifo"))
                && new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                                .start()
                                .waitFor()
                        == 0;
        assumeTrue(made, "no mkfifo here");
        assertThat(CommandRun.of("import", pipe.toString()).exits(2).err())
                .contains("pipe.yaml: it is no regular file (pipe it in and give `-`)");
    }

    @Test
    void schemasAreNamed() {
        assertThat(CommandRun.line("schema topology").exits(0).out())
                .startsWith("{")
                .contains("$schema");
        assertThat(CommandRun.line("schema change").exits(0).out()).startsWith("{");
        assertThat(CommandRun.line("schema nothing").exits(2).err()).contains("topology", "change");
    }

    @Test
    void collectPrintsAWholeCaseOrWhatIsMissing() throws IOException {
        CommandRun.line("collect").exits(0).isGolden("collect.txt");
        assertThat(CommandRun.line("collect " + CASE).exits(0).out())
                .contains("az network nsg show", "nsg-elsewhere", "> missing-1.json");
        CommandRun nothing =
                CommandRun.line("collect scenario:redirect-range-closed").exits(0);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).contains("nothing");
    }

    @Test
    void scenariosAreListedShownRunAndExported() throws IOException {
        assertThat(CommandRun.line("scenarios list").exits(0).out()).contains("redirect-range-closed");
        assertThat(CommandRun.line("scenarios list --format json").exits(0).out())
                .contains("\"name\"", "\"title\"", "\"kind\"", "\"static\"", "\"lesson\"");
        assertThat(CommandRun.line("scenarios show redirect-range-closed")
                        .exits(0)
                        .out())
                .startsWith("# ");
        CommandRun.line("scenarios run redirect-range-closed").exits(0).isGolden("scenarios-run.txt");
        Path to = folder.resolve("export");
        CommandRun.of("scenarios", "export", "redirect-range-closed", to.toString())
                .exits(0);
        assertThat(to.resolve("topology.yaml")).exists();
        assertThat(CommandRun.of("scenarios", "export", "redirect-range-closed", to.toString())
                        .exits(2)
                        .err())
                .contains("--force");
        CommandRun.of("scenarios", "export", "redirect-range-closed", to.toString(), "--force")
                .exits(0);
    }

    @Test
    void expectationThatFailsIsSaidAndExitsOne() throws IOException {
        CommandRun.line("scenarios run " + CASE).exits(1).isGolden("scenarios-run-fails.txt");
        assertThat(CommandRun.line("scenarios run " + CASE + " --format json")
                        .exits(1)
                        .out())
                .contains("\"holds\" : false", "\"holds\" : true");
    }

    @Test
    void scenariosWantsItsWords() {
        assertThat(CommandRun.line("scenarios dance").exits(2).err()).contains("list, show, run, export");
        assertThat(CommandRun.line("scenarios show").exits(2).err()).contains("needs a NAME");
        assertThat(CommandRun.line("scenarios run nothing-such").exits(2).err()).contains("there is no scenario");
    }

    @Test
    void nothingInANameReachesTheTerminal() {
        String[] commands = {
            "test-ip-flow " + HOSTILE + " --direction Inbound --protocol TCP --local 10.0.0.4:1 --remote 10.0.1.4:2",
            "next-hop " + HOSTILE + " --source-ip 10.0.0.4 --dest-ip 8.8.8.8",
            "effective-rules " + HOSTILE + " --verbose --subnet other",
            "effective-routes " + HOSTILE + " --subnet nope",
            "next-hop " + HOSTILE + " --source-ip 10.7.0.4 --dest-ip 8.8.8.8",
            "collect " + HOSTILE,
            "import " + HOSTILE,
            "next-hop " + HOSTILE + " --source-ip 10.0.0.4 --dest-ip 8.8.8.8 --vnet \u001b[31mx",
        };
        for (String command : commands) {
            for (String format : new String[] {"", " --format json"}) {
                boolean answers = !command.startsWith("collect") && !command.startsWith("import");
                if (!answers && !format.isEmpty()) continue;
                CommandRun run = CommandRun.line(command + format);
                assertThat(run.code()).as(command).isNotEqualTo(ExitCode.BUG);
                assertThat((run.out() + run.err()).replace("\n", "").codePoints())
                        .as(command + format)
                        .noneMatch(c ->
                                Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.FORMAT);
            }
        }
    }

    @Test
    void commandWithAHostileNameIsNotOfferedToRun() {
        for (String line :
                CommandRun.line("collect " + HOSTILE).exits(0).out().lines().toList()) {
            assertThat(line.startsWith("#") || !line.contains("$(")).as(line).isTrue();
        }
    }
}
