package dev.mipath.compile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The source ports that Azure sets aside for each machine of a pool")
class DefaultPortsTest {
    @ParameterizedTest(name = "{0} machines: {1}")
    @CsvSource({
        "0, 1024",
        "1, 1024",
        "50, 1024",
        "51, 512",
        "100, 512",
        "101, 256",
        "200, 256",
        "201, 128",
        "400, 128",
        "401, 64",
        "800, 64",
        "801, 32",
        "1000, 32",
        "5000, 32"
    })
    @DisplayName("are those of the documentation's table")
    void table(int machines, int ports) {
        assertThat(DefaultPorts.of(machines, 1)).isEqualTo(ports);
    }

    @Test
    @DisplayName("grow with each frontend up to 1,024")
    void frontends() {
        assertThat(DefaultPorts.of(100, 2)).isEqualTo(1_024);
        assertThat(DefaultPorts.of(100, 3)).isEqualTo(1_024);
        assertThat(DefaultPorts.of(300, 3)).isEqualTo(384);
    }
}
