package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads who asked for something that cannot be. */
@DisplayName("A command line that cannot be answered")
class RefusalsTest {
    private static final String CLOSED = "scenario:redirect-range-closed";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock = """
                test-ip-flow # --flows x --local 10.0.1.4:1 --vm app-vm | --local, --vm cannot be given with --flows, whose lines say that themselves (take one of them out)
                next-hop # --queries x --source-ip 10.0.1.4 --nic app-nic | --source-ip, --nic cannot be given with --queries, whose lines say that themselves (take one of them out)
                next-hop # --source-ip 10.0.1.4 --dest-ip here | --dest-ip `here` is not an IP address (such as 10.0.1.4)
                next-hop # --source-ip 10.0.1.4 --dest-ip 1.2.3.4 --vm app-v | there is no VM or NIC `app-v` (did you mean `app-vm`?)
                next-hop # --source-ip 10.0.1.4 --dest-ip 1.2.3.4 --vm app-vm --nic app-nic | --vm and --nic are both given (keep one)
                next-hop # --source-ip 10.0.1.4 --dest-ip 1.2.3.4 --vnet vnet-hup | there is no VNet `vnet-hup` (did you mean `vnet-hub`?)
                effective-rules # --subnet snet-mi --nic app-nic | --subnet and --nic are both given (keep one)
                effective-rules # --nic nic | there is no NIC `nic` (there is app-nic)
                effective-routes # | name a subnet or NIC: --subnet vnet-hub/snet-mi | vnet-spoke/snet-app
                trace # --resolve a= | --resolve `a=` is not NAME=IP (such as mi1.contoso.com=10.0.1.4)
                trace # --from app-v | there is no instance, VM, NIC, client, site, load balancer or subnet `app-v` (did you mean `app-vm`?)
                scenarios run nofile.yaml | there is neither a scenario nor a file `nofile.yaml` (`mipath scenarios list` names the scenarios)
                schema nothing | there is no schema `nothing` (there is topology, change, trace, feature, doctor, change-answer, flows)
                """,
            ignoreLeadingAndTrailingWhitespace = true,
            maxCharsPerColumn = 1000)
    @DisplayName("is told by the option or name that is wrong, and what to do")
    void refused(String line, String told) {
        CommandRun run = CommandRun.line(line.replace("#", CLOSED)).exits(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("mipath: " + told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "test-ip-flow scenario:redirect-range-closed --flows, give the file with one question a line",
        "next-hop scenario:redirect-range-closed --queries, give the file with one question a line",
        "scenarios run, give a topology file with `expect:`"
    })
    @DisplayName("that names a folder where a file is due is told so")
    void folders(String line, String remedy) {
        assertThat(CommandRun.line(line + " " + folder).exits(2).err())
                .isEqualTo("mipath: `" + folder + "` is a folder (" + remedy + ")\n");
    }

    @Test
    @DisplayName("for an input without any subnet says so, and what would bring them")
    void noSubnet() throws IOException {
        Path file = Files.writeString(folder.resolve("t.yaml"), "mipath: topology/1\nrouteTables: [{name: rt}]\n");
        for (String command : new String[] {"effective-routes", "effective-rules"}) {
            assertThat(CommandRun.line(command + " " + file).exits(2).err())
                    .isEqualTo("mipath: the input declares no subnet (give the VNets too; `mipath collect` prints the"
                            + " `az` lines that save them)\n");
        }
        assertThat(CommandRun.line("trace " + file).exits(2).err())
                .isEqualTo("mipath: missing --from WHERE (the input holds no VM, so the client has to be named)\n");
        assertThat(CommandRun.line("next-hop " + file + " --source-ip 10.0.0.4 --dest-ip 10.0.0.5 --vnet v")
                        .exits(2)
                        .err())
                .isEqualTo("mipath: there is no VNet `v`: the input declares no VNet\n");
    }

    @Test
    @DisplayName("nothing refuses an answer nobody asks the resolver for, but it is told")
    void unusedResolve() {
        CommandRun run = CommandRun.line("trace " + CLOSED + " --brief --resolve mi-prot.contoso.com=10.0.1.4");
        assertThat(run.exits(1).err())
                .isEqualTo("--resolve mi-prot.contoso.com was not used: the client looks up only"
                        + " mi-prod.0a1b2c3d4e5f.database.windows.net,"
                        + " node0.worker.0a1b2c3d4e5f.database.windows.net\n");
        assertThat(CommandRun.line("trace " + CLOSED
                                + " --brief --resolve mi-prod.0a1b2c3d4e5f.database.windows.net=10.0.1.4")
                        .exits(1)
                        .err())
                .isEmpty();
    }

    @Test
    @DisplayName("because the input nests without end shows both ends of the place")
    void nesting() throws IOException {
        Path file = Files.writeString(folder.resolve("deep.json"), "[".repeat(5_000));
        String told = CommandRun.line("import " + file).exits(2).err();
        assertThat(told).contains("at /0/0/", "…", "values are nested deeper than 200");
        assertThat(told.length()).isLessThan(450 + file.toString().length());
    }

    @Test
    @DisplayName("help says which schemas there are and stays within 80 columns below the options")
    void help() {
        assertThat(CommandRun.line("schema --help").exits(0).out()).contains("topology, change, trace");
        String help = CommandRun.line("next-hop --help").exits(0).out();
        String settings = help.substring(help.indexOf("Settings"));
        assertThat(settings.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
    }

    @Test
    @DisplayName("because it asks a template for its expectations is told what holds some")
    void expectationsOfATemplate() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "{\t\"resources\": []}");
        assertThat(CommandRun.line("scenarios run " + file).exits(2).err())
                .startsWith("mipath: `" + file + "` is no topology file of MiPath, only those hold questions");
    }
}
