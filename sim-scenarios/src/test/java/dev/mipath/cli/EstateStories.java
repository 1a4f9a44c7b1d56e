package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An estate of a thousand subnets")
class EstateStories {
    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        EstateFiles.write(folder, 200, 50);
    }

    @Test
    @DisplayName("is imported whole")
    void imported() {
        CommandRun run = CommandRun.of("import", folder.toString());
        assertThat(run.code()).isZero();
        assertThat(run.err())
                .startsWith("200 VNets, 1000 subnets, 398 peering links, 999 security groups, 11988 rules, 199 route"
                        + " tables, 398 routes, 399 NICs, 399 VMs, 50 managed instances");
    }

    @Test
    @DisplayName("answers a trace through the hub's firewall, and tells only what was assumed on the way")
    void traced() {
        CommandRun run = CommandRun.of(
                "trace",
                folder.toString(),
                "--from",
                EstateFiles.CLIENT,
                "--to",
                EstateFiles.INSTANCE,
                "--profile",
                "2020");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("CONNECTED   vm-002-1 (10.1.8.132) → mi-001.000000abc001.database.windows.net")
                .contains("10.1.4.4, gateways 10.1.4.5 and 10.1.4.6", "rules that the service adds to nsg-001-0")
                .doesNotContain("nsg-007-0", "10.1.20.4")
                .contains("more remarks on other parts of the input (--verbose)");
        assertThat(run.out().lines().count()).isLessThan(60);
    }

    @Test
    @DisplayName("answers a trace to another instance than the first, from the office behind the hub's gateway")
    void fromTheOffice() {
        CommandRun run = CommandRun.of(
                "trace",
                folder.toString(),
                "--from",
                "office",
                "--to",
                "mi-050",
                "--profile",
                "current",
                "--format",
                "json");
        assertThat(run.out()).contains("\"outcome\" : \"connected\"");
        assertThat(run.code()).isZero();
    }
}
