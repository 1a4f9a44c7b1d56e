package dev.mipath.engine;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.instance.SessionTable;
import dev.mipath.profile.Driver.Redirect;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a client does over time: its library's patience and its system's. Which libraries can be redirected at all is
 * {@link dev.mipath.profile.Driver}'s.
 *
 * @param name the library
 * @param system how its system repeats SYNs
 * @param loginTimeout the nanoseconds it gives a connection from its first packet until it is logged in
 * @param retries how often it tries again after a failure that may pass
 * @param retryInterval the nanoseconds it waits before it tries again
 * @param dialect how it speaks TDS
 * @param redirect what it does with a routing token
 * @param validatesCertificate whether a certificate for another name stops it
 * @param nameCache the nanoseconds it keeps the answer to a name whatever the answer's own time to live says; 0 to heed
 *     that
 * @param keepAlive the nanoseconds after which an idle connection is probed; 0 for never
 * @param blocksPool whether a failure makes its pool fail at once for a while (the blocking period)
 */
public record ClientProfile(
        String name,
        SynProfile system,
        long loginTimeout,
        int retries,
        long retryInterval,
        SessionTable.Dialect dialect,
        Redirect redirect,
        boolean validatesCertificate,
        long nameCache,
        long keepAlive,
        boolean blocksPool) {
    private static final long SECOND = 1_000_000_000L;

    /** The first time a pool fails at once after a failure (PoolBlockingPeriod). */
    public static final long BLOCKING_FIRST = 5 * SECOND;

    /** The longest; each failure doubles the time before. */
    public static final long BLOCKING_LONGEST = 60 * SECOND;

    /**
     * SqlClient: Connect Timeout 15 s, ConnectRetryCount 1, ConnectRetryInterval 10 s (SqlConnectionStringBuilder). The
     * blocking period is off for names of Azure SQL.
     */
    public static final ClientProfile SQL_CLIENT = new ClientProfile(
            "SqlClient",
            SynProfile.WINDOWS,
            15 * SECOND,
            1,
            10 * SECOND,
            SessionTable.Dialect.TDS_7_4,
            Redirect.FOLLOWS,
            false,
            0,
            0,
            false);

    /** mssql-jdbc 12.8.1: loginTimeout 30 s, connectRetryCount 1, connectRetryInterval 10 s, read from the driver. */
    public static final ClientProfile MSSQL_JDBC = new ClientProfile(
            "mssql-jdbc",
            SynProfile.LINUX,
            30 * SECOND,
            1,
            10 * SECOND,
            SessionTable.Dialect.TDS_7_4,
            Redirect.FOLLOWS,
            true,
            30 * SECOND,
            0,
            false);

    /** A bare socket: no patience of its own, so that its system's shows. */
    public static final ClientProfile PLAIN = new ClientProfile(
            "plain",
            SynProfile.WINDOWS,
            Long.MAX_VALUE >> 2,
            0,
            0,
            SessionTable.Dialect.TDS_7_4,
            Redirect.FOLLOWS,
            false,
            0,
            0,
            false);

    /** A library that speaks TDS older than 7.4 and is always served by the gateway as a proxy (fact 4.9). */
    public static final ClientProfile OLD_TDS = SQL_CLIENT.named("old-tds").with(Redirect.PROXIED);

    /** All that plans can name. */
    public static final ImmutableList<ClientProfile> ALL = ImmutableList.of(SQL_CLIENT, MSSQL_JDBC, PLAIN, OLD_TDS);

    /** The profile of this name, in any case. */
    public static Optional<ClientProfile> of(String name) {
        for (ClientProfile profile : ALL) if (Ascii.equalsIgnoreCase(profile.name, name)) return Optional.of(profile);
        return Optional.empty();
    }

    /** The same under another name. */
    public ClientProfile named(String other) {
        return changed(copy -> copy.name = other);
    }

    /** The same on another system. */
    public ClientProfile with(SynProfile other) {
        return changed(copy -> copy.system = other);
    }

    /** The same that does something else with a routing token. */
    public ClientProfile with(Redirect other) {
        return changed(copy -> copy.redirect = other);
    }

    /** The same that speaks TDS otherwise. */
    public ClientProfile with(SessionTable.Dialect other) {
        return changed(copy -> copy.dialect = other);
    }

    /** The same with another patience; the times are nanoseconds. */
    public ClientProfile with(long newLoginTimeout, int newRetries, long newRetryInterval) {
        return changed(copy -> {
            copy.loginTimeout = newLoginTimeout;
            copy.retries = newRetries;
            copy.retryInterval = newRetryInterval;
        });
    }

    /** The same that keeps names and probes idle connections otherwise; both are nanoseconds. */
    public ClientProfile keeping(long newNameCache, long newKeepAlive) {
        return changed(copy -> {
            copy.nameCache = newNameCache;
            copy.keepAlive = newKeepAlive;
        });
    }

    /** The same whose pool blocks after a failure, or does not. */
    public ClientProfile blocking(boolean blocks) {
        return changed(copy -> copy.blocksPool = blocks);
    }

    private ClientProfile changed(Consumer<Copy> edit) {
        Copy copy = new Copy(this);
        edit.accept(copy);
        return new ClientProfile(
                copy.name,
                copy.system,
                copy.loginTimeout,
                copy.retries,
                copy.retryInterval,
                copy.dialect,
                copy.redirect,
                validatesCertificate,
                copy.nameCache,
                copy.keepAlive,
                copy.blocksPool);
    }

    /** A profile while it is changed. */
    private static final class Copy {
        private String name;
        private SynProfile system;
        private long loginTimeout;
        private int retries;
        private long retryInterval;
        private SessionTable.Dialect dialect;
        private Redirect redirect;
        private long nameCache;
        private long keepAlive;
        private boolean blocksPool;

        Copy(ClientProfile of) {
            name = of.name;
            system = of.system;
            loginTimeout = of.loginTimeout;
            retries = of.retries;
            retryInterval = of.retryInterval;
            dialect = of.dialect;
            redirect = of.redirect;
            nameCache = of.nameCache;
            keepAlive = of.keepAlive;
            blocksPool = of.blocksPool;
        }
    }
}
