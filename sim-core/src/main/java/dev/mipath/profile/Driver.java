package dev.mipath.profile;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client library does on its way to an instance, as it was tested or read in its source (facts/tds.md sections 1
 * and 2; facts 4.9, 5c, 7.6, 7.7). What nobody found out is null.
 *
 * @param name its name
 * @param since the first version that this holds for; it holds until the next row of the same name
 * @param redirect what it does with a routing token
 * @param validates whether it refuses a certificate for another name unless told otherwise
 * @param nodeName which name it looks for in the node's certificate when {@code hostNameInCertificate} is given
 * @param least the least version that Microsoft lists for instances, or null
 * @param timeout what it prints when the node does not answer, with {@code NODE}, {@code PORT} and {@code HOST} to be
 *     filled in, or null
 * @param source where this is known from
 */
public record Driver(
        String name,
        String since,
        Redirect redirect,
        @Nullable Boolean validates,
        NodeName nodeName,
        @Nullable String least,
        @Nullable String timeout,
        String source) {
    /** What a library does when the gateway would send it on. */
    public enum Redirect {
        /** It goes on to the node. */
        FOLLOWS,
        /** It speaks TDS older than 7.4, so the gateway does not send it on and serves it as a proxy (fact 4.9). */
        PROXIED,
        /** It speaks TDS 7.4, is sent on, and does not go. */
        IGNORES,
        /** It opens the connection to the node and says nothing on it, because the service demands encryption. */
        HANGS,
        /** It looks for the first host's name in the node's certificate. */
        KEEPS_FIRST_NAME
    }

    /** What {@code hostNameInCertificate} is compared with at the node (facts 7.6, 7.7). */
    public enum NodeName {
        /** The names of the node as they are. */
        LITERAL,
        /** A leading {@code *} is put before the node's own domain. */
        REBASED
    }

    private static final String TDS = "facts/tds.md, driver behaviour on redirect";
    private static final String JDBC_TIMEOUT =
            "The TCP/IP connection to the host NODE (redirected from HOST), port PORT has failed. Error: \"Connect"
                    + " timed out\".";

    /** Every row, the versions of a library from new to old. */
    private static final ImmutableList<Driver> ALL = ImmutableList.of(
            new Driver("mssql-jdbc", "12.8", Redirect.FOLLOWS, true, NodeName.REBASED, "6.4.0", JDBC_TIMEOUT, TDS),
            new Driver(
                    "mssql-jdbc",
                    "4.2",
                    Redirect.FOLLOWS,
                    null,
                    NodeName.LITERAL,
                    "6.4.0",
                    JDBC_TIMEOUT,
                    "facts 4.9, 5c"),
            new Driver("mssql-jdbc", "0", Redirect.IGNORES, null, NodeName.LITERAL, "6.4.0", null, "facts 4.9, 5c"),
            new Driver("SqlClient", "0", Redirect.FOLLOWS, null, NodeName.LITERAL, null, null, TDS),
            new Driver("odbc", "17", Redirect.FOLLOWS, null, NodeName.LITERAL, "17", null, "facts 5c"),
            new Driver(
                    "tedious",
                    "2.1.1",
                    Redirect.FOLLOWS,
                    null,
                    NodeName.LITERAL,
                    "2.1.1",
                    "Failed to connect to NODE:PORT (redirected from HOST:1433) - ETIMEOUT",
                    TDS),
            new Driver("go-mssqldb", "1", Redirect.FOLLOWS, null, NodeName.LITERAL, null, null, TDS + "; needs 19"),
            new Driver(
                    "go-mssqldb",
                    "0",
                    Redirect.KEEPS_FIRST_NAME,
                    true,
                    NodeName.LITERAL,
                    null,
                    null,
                    TDS + "; needs 20"),
            new Driver("FreeTDS", "1.4", Redirect.FOLLOWS, false, NodeName.LITERAL, null, null, TDS),
            new Driver("FreeTDS", "0", Redirect.HANGS, false, NodeName.LITERAL, null, null, TDS + " and spike results"),
            new Driver(
                    "pymssql",
                    "0",
                    Redirect.PROXIED,
                    false,
                    NodeName.LITERAL,
                    null,
                    null,
                    "facts/tds.md, spike results"),
            new Driver(
                    "jTDS", "0", Redirect.PROXIED, null, NodeName.LITERAL, null, null, "facts/tds.md, spike results"),
            new Driver("vertx-mssql-client", "0", Redirect.FOLLOWS, null, NodeName.LITERAL, null, null, TDS),
            new Driver("r2dbc-mssql", "0", Redirect.FOLLOWS, null, NodeName.LITERAL, null, null, TDS));

    /** The names of all libraries. */
    public static ImmutableSet<String> names() {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        for (Driver driver : ALL) names.add(driver.name);
        return names.build();
    }

    /**
     * What holds for a version of a library.
     *
     * @param name the library, in any case
     * @param version the version, or null for the newest that is known
     * @return nothing when the library or the version is not known
     */
    public static Optional<Driver> of(String name, @Nullable String version) {
        for (Driver driver : ALL) {
            boolean meant = Ascii.equalsIgnoreCase(driver.name, name);
            if (meant && (version == null || compare(version, driver.since) >= 0)) return Optional.of(driver);
        }
        return Optional.empty();
    }

    /** The first version that this no longer holds for, or null when it holds for the newest. */
    public @Nullable String until() {
        @Nullable String newer = null;
        for (Driver driver : ALL) {
            if (driver.equals(this)) return newer;
            newer = driver.name.equals(name) ? driver.since : null;
        }
        return null;
    }

    /** Whether a version is older than the least that Microsoft lists. */
    public boolean isTooOld(@Nullable String version) {
        return version != null && least != null && compare(version, least) < 0;
    }

    /**
     * Compares versions part by part.
     *
     * @throws NumberFormatException when a part is not a number
     */
    private static int compare(String one, String other) {
        List<String> ones = Splitter.on('.').splitToList(one);
        List<String> others = Splitter.on('.').splitToList(other);
        for (int i = 0; i < Math.max(ones.size(), others.size()); i++) {
            int left = i < ones.size() ? Integer.parseInt(ones.get(i)) : 0;
            int right = i < others.size() ? Integer.parseInt(others.get(i)) : 0;
            if (left != right) return Integer.compare(left, right);
        }
        return 0;
    }
}
