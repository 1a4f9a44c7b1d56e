package dev.mipath.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What instances connect to, beside the rules that the service writes for itself at the same time. */
@DisplayName("The service's own outbound rules")
class DependencyTest {
    private static Era era(String name) {
        return Era.named(name).orElseThrow();
    }

    /** Nobody tells where revocation lists are served; what the service lets out by itself is Azure's, on 443. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"2020", "2022", "2022-11", "current"})
    @DisplayName("let an instance read revocation lists (facts 4.22, 4.28, 4.29, 4.59)")
    void revocationLists(String name) {
        Dependency lists = Dependency.named(era(name), "crl").orElseThrow();
        Optional<Era.ServiceRule> rule = era(name).rules().stream()
                .filter(each -> !each.inbound() && each.to().equals(lists.tag()))
                .findFirst();
        assertThat(rule).isPresent();
        assertThat(rule.orElseThrow().ports()).containsAll(lists.ports());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"aad", "onedsc", "storage"})
    @DisplayName("of November 2022 name each service that they were made for (fact 4.27)")
    void ofNovember2022(String name) {
        Dependency service = Dependency.named(Era.NOVEMBER_2022, name).orElseThrow();
        assertThat(Era.NOVEMBER_2022.rules()).anySatisfy(rule -> {
            assertThat(rule.inbound()).isFalse();
            assertThat(rule.to()).isEqualTo(service.tag());
            assertThat(rule.ports()).isEqualTo(service.ports());
        });
    }
}
