package dev.mipath.cli;

import static dev.mipath.cli.Traced.blocker;
import static dev.mipath.cli.Traced.items;
import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.phase;
import static dev.mipath.cli.Traced.symptom;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mipath.format.Node;
import dev.mipath.format.Schemas;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A redirected client that stops itself")
class DriverStories {
    private static final com.networknt.schema.Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schemas.text("trace"));
    private static final String ZONE = "*.0a1b2c3d4e5f.database.windows.net";

    private static World proxied() {
        return World.usual().with("destinationPorts: 1433", "destinationPorts: [1433, 11000-11999]");
    }

    private static World redirected() {
        return proxied().redirect();
    }

    private static String fix(Traced traced) {
        return text((Node.Obj) Traced.given(blocker(traced, 1), "fix"), "summary");
    }

    private static List<String> caveats(Traced traced) {
        return items(traced.document(), "caveats").stream()
                .map(caveat -> text(caveat, "code") + " " + text(caveat, "text"))
                .toList();
    }

    @Test
    @DisplayName("FreeTDS before 1.4 says nothing at the node")
    void freeTds() {
        Traced old = json(redirected(), "--driver", "freetds@1.3.17");
        assertThat(old.blockers()).containsExactly("DRIVER_CANNOT_REDIRECT");
        assertThat(phase(old, "redirect-connect")).isEqualTo("ok");
        assertThat(phase(old, "redirect-tls")).isEqualTo("failed");
        assertThat(phase(old, "redirect-login")).isEqualTo("assumed");
        assertThat(text(blocker(old, 1), "explanation")).contains("FreeTDS before 1.4");
        assertThat(fix(old)).contains("Proxy");
        assertThat(SCHEMA.validate(old.out(), InputFormat.JSON)).isEmpty();
        assertThat(outcome(json(redirected(), "--driver", "FreeTDS@1.4"))).isEqualTo("connected");
        assertThat(outcome(json(proxied(), "--driver", "FreeTDS@1.3.17"))).isEqualTo("connected");
    }

    @Test
    @DisplayName("a driver of TDS 7.4 that ignores the token goes no further than the login")
    void ignoresTheToken() {
        Traced traced = json(redirected(), "--driver", "mssql-jdbc@4.0", "--quiet");
        assertThat(traced.blockers()).containsExactly("DRIVER_CANNOT_REDIRECT");
        assertThat(phase(traced, "login")).isEqualTo("failed");
        assertThat(traced.code()).isEqualTo(ExitCode.NO);
    }

    @Test
    @DisplayName("below the least version that Microsoft lists is told beside the answer")
    void leastVersion() {
        assertThat(Traced.text(redirected(), "--driver", "mssql-jdbc@4.2").err())
                .contains("older than 6.4.0");
        assertThat(Traced.text(redirected(), "--driver", "mssql-jdbc@6.4").err())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("older TDS is served as by Proxy")
    @ValueSource(strings = {"jTDS@1.3.1", "pymssql@2.2.2"})
    void proxiedDrivers(String driver) {
        Traced traced = json(World.usual().redirect(), "--driver", driver);
        assertThat(outcome(traced)).isEqualTo("connected");
        assertThat(phase(traced, "redirect-dns")).isEqualTo("absent");
        assertThat(caveats(traced)).anyMatch(caveat -> caveat.startsWith("DRIVER_PROXIED"));
    }

    @Test
    @DisplayName("case 17: the driver names both hosts when the node does not answer")
    void namesBothHosts() {
        Traced traced = json(World.usual().redirect(), "--driver", "mssql-jdbc@12.8");
        assertThat(traced.blockers()).containsExactly("NSG_DENY_INBOUND");
        assertThat(symptom(traced)).isEqualTo("timeout 10060");
        assertThat(caveats(traced))
                .anyMatch(caveat -> caveat.contains("(redirected from " + World.NAME + "), port 11000 has failed"));
        assertThat(caveats(json(redirected(), "--driver", "mssql-jdbc@12.8")))
                .noneMatch(caveat -> caveat.startsWith("DRIVER_MESSAGE"));
    }

    @Test
    @DisplayName("case 19: hostNameInCertificate from the portal suits the gateway, not the node")
    void hostNameInCertificate() {
        Traced traced = json(redirected(), "--driver", "go-mssqldb@1.6", "--host-name-in-certificate", ZONE);
        assertThat(traced.blockers()).containsExactly("CERTIFICATE_NAME");
        assertThat(phase(traced, "tls")).isEqualTo("ok");
        assertThat(phase(traced, "redirect-tls")).isEqualTo("failed");
        assertThat(symptom(traced)).isEqualTo("certificate-error null");
        assertThat(fix(traced)).contains("leave hostNameInCertificate out");
        assertThat(outcome(json(redirected(), "--driver", "go-mssqldb@1.6"))).isEqualTo("connected");
        // mssql-jdbc puts the star before the node's own domain.
        assertThat(outcome(json(redirected(), "--driver", "mssql-jdbc@12.8", "--host-name-in-certificate", ZONE)))
                .isEqualTo("connected");
        Traced foreign = json(proxied(), "--host-name-in-certificate", "*.contoso.com");
        assertThat(phase(foreign, "tls")).isEqualTo("failed");
    }

    @Test
    @DisplayName("case 20: an old Go driver keeps the first name, and Proxy helps")
    void keepsTheFirstName() {
        Traced traced = json(redirected(), "--driver", "go-mssqldb@0.9");
        assertThat(traced.blockers()).containsExactly("CERTIFICATE_NAME");
        assertThat(fix(traced)).contains("Proxy");
        assertThat(outcome(json(proxied(), "--driver", "go-mssqldb@0.9"))).isEqualTo("connected");
    }

    @Test
    @DisplayName("case 21: a Windows ticket is not for the node")
    void windowsTicket() {
        Traced traced = json(redirected(), "--login", "windows");
        assertThat(outcome(traced)).isEqualTo("refused");
        assertThat(symptom(traced)).isEqualTo("login-error 18452");
        assertThat(traced.blockers()).containsExactly("LOGIN_NOT_FOR_NODE");
        assertThat(phase(traced, "redirect-tls")).isEqualTo("ok");
        assertThat(outcome(json(proxied(), "--login", "windows"))).isEqualTo("connected");
    }

    @Test
    @DisplayName("the network's blocker comes first, the client's own behind it")
    void afterTheNetwork() {
        Traced traced = json(World.usual().redirect(), "--login", "windows");
        assertThat(traced.blockers()).containsExactly("NSG_DENY_INBOUND", "LOGIN_NOT_FOR_NODE");
        assertThat(text(blocker(traced, 2), "assumed")).isEqualTo("true");
    }

    @Test
    @DisplayName("is asked about by names and versions that are known")
    void names() {
        assertThat(Traced.text(redirected(), "--driver", "mssqljdbc").err()).contains("did you mean `mssql-jdbc`?");
        assertThat(Traced.text(redirected(), "--driver", "odbc@13").err()).contains("nothing is known of this version");
        assertThat(Traced.text(redirected(), "--driver", "odbc@x").err()).contains("numbers and dots");
    }
}
