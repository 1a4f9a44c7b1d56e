package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.format.Nearest;
import dev.mipath.profile.Driver;
import dev.mipath.trace.TraceRequest.Dialect;
import org.jspecify.annotations.Nullable;

/** What a command line says of the client's library, its login and the certificate it looks for. */
final class Dialects {
    private static final String OPTION = "--driver";

    private Dialects() {}

    static Dialect of(Arguments arguments) {
        @Nullable String given = arguments.find(OPTION);
        @Nullable String name = arguments.find("--host-name-in-certificate");
        boolean windows = "windows".equals(arguments.find("--login"));
        if (given == null && name == null && !windows) return Dialect.PLAIN;
        return new Dialect(given == null ? null : driver(given), windows, name);
    }

    private static Driver driver(String given) {
        int at = given.indexOf('@');
        String name = at < 0 ? given : given.substring(0, at);
        try {
            @Nullable Driver driver = Driver.of(name, version(given)).orElse(null);
            if (driver != null) return driver;
        } catch (NumberFormatException e) {
            throw new UsageException(OPTION + " `" + Safe.text(given) + "`: the version is not numbers and dots");
        }
        String near = Nearest.to(name, Driver.names()).orElse(null);
        boolean known = Driver.of(name, null).isPresent();
        String hint = known
                ? "nothing is known of this version"
                : near != null ? "did you mean `" + near + "`?" : "there is " + String.join(", ", Driver.names());
        throw new UsageException("there is no driver `" + Safe.text(given) + "` (" + hint + ")");
    }

    private static @Nullable String version(String given) {
        int at = given.indexOf('@');
        return at < 0 ? null : given.substring(at + 1);
    }

    /** Whether the library refuses certificates for other names by itself. */
    static boolean validates(Dialect dialect) {
        @Nullable Driver driver = dialect.driver();
        boolean asked = dialect.hostNameInCertificate() != null;
        return asked || driver != null && Boolean.TRUE.equals(driver.validates());
    }

    /** Whether the gateway sends the library on where the instance redirects. */
    static boolean isRedirected(Dialect dialect) {
        @Nullable Driver driver = dialect.driver();
        return driver == null || driver.redirect() != Driver.Redirect.PROXIED;
    }

    /** Says when the library is older than the least that Microsoft lists. */
    static void noteAge(Arguments arguments, Terminal terminal) {
        @Nullable String given = arguments.find(OPTION);
        if (given == null) return;
        Driver driver = driver(given);
        if (driver.isTooOld(version(given))) {
            terminal.note(Safe.text(given) + " is older than " + driver.least()
                    + ", the least version that Microsoft lists for managed instances");
        }
    }
}
