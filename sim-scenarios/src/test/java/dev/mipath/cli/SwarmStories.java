package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A swarm of worlds")
class SwarmStories {
    @Test
    @DisplayName("drawn from seeds keeps every law, and is the same whatever the number of threads")
    void drawn() {
        CommandRun one = CommandRun.of("simulate", "--swarm", "6", "--seed", "7", "--format", "json")
                .exits(0);
        CommandRun two = CommandRun.of("simulate", "--swarm", "6", "--seed", "7", "--format", "json", "--threads", "2")
                .exits(0);
        assertThat(two.out()).isEqualTo(one.out());
        assertThat(one.out()).contains("\"schema\" : \"mipath.swarm/1\"", "\"complete\" : 6", "\"broken\" : 0");
        // The world of a seed is the same alone.
        CommandRun alone = CommandRun.of("simulate", "--swarm", "1", "--seed", "9", "--format", "json")
                .exits(0);
        String fingerprint = alone.out().replaceAll("(?s).*\"fingerprint\" : \"([0-9a-f]+)\".*", "$1");
        assertThat(fingerprint).hasSize(64);
        assertThat(one.out()).contains(fingerprint);
    }

    @Test
    @DisplayName("around a scenario in time or a network without clients keeps them too")
    void around() {
        for (String scenario : new String[] {"gateway-restart-cuts-proxy", "hub-spoke-redirect-works"}) {
            CommandRun run = CommandRun.of("simulate", "scenario:" + scenario, "--swarm", "2")
                    .exits(0);
            assertThat(run.out())
                    .contains("2 worlds of faults, from seed 1", "attempts compared with `trace`")
                    .endsWith("every law held in every world\n");
        }
    }

    @Test
    @DisplayName("is refused together with what tells of one run, and a run without a source says what is missing")
    void refusals() {
        assertThat(CommandRun.of("simulate", "--swarm", "2", "--events", "x")
                        .exits(2)
                        .err())
                .contains("--events is not for many worlds");
        assertThat(CommandRun.of("simulate", "--swarm", "2", "--replications", "2")
                        .exits(2)
                        .err())
                .contains("--replications is not for many worlds");
        assertThat(CommandRun.of("simulate", "--swarm", "0").exits(2).err()).contains("--swarm 0 is not between");
        assertThat(CommandRun.of("simulate").exits(2).err()).contains("SOURCE is missing", "--swarm N");
    }
}
