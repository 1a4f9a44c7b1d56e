package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Dependency;
import dev.mipath.profile.Driver;
import org.jspecify.annotations.Nullable;

/**
 * What a trace is asked.
 *
 * @param client who connects
 * @param target what it connects to
 * @param behaviour how the client behaves
 * @param flow what the connection is for
 */
public record TraceRequest(Client client, Target target, Behaviour behaviour, Flow flow) {
    /** A client that logs in, or connects to what is no instance. */
    public TraceRequest(Client client, Target target, Behaviour behaviour) {
        this(client, target, behaviour, Flow.LOGIN);
    }

    /** What a connection is for. */
    public sealed interface Flow {
        /** A login. */
        Flow LOGIN = new Login();

        /** A client logs in, or connects to what is no instance. */
        record Login() implements Flow {}

        /**
         * Somebody outside calls the target's management endpoint.
         *
         * @param caller the service tag of the part of Microsoft's management plane that calls, or null for a stranger
         * @param ports the ports that are called, in order
         */
        record Management(@Nullable String caller, ImmutableList<Integer> ports) implements Flow {}

        /**
         * An instance connects to something by itself.
         *
         * @param name the name by which the user knows it
         * @param purpose what it is needed for
         * @param tag the service tag of its addresses, or null
         * @param hostName the lower-case name that is looked up, or null
         * @param ports the ports that are tried, in order
         * @param tlsVersion the newest version of TLS that the other side speaks, such as {@code 1.0}; null for a new one
         */
        record Outbound(
                String name,
                Dependency.Purpose purpose,
                @Nullable String tag,
                @Nullable String hostName,
                ImmutableList<Integer> ports,
                @Nullable String tlsVersion)
                implements Flow {
            /** The oldest version of TLS that an instance speaks on its way out (fact 4.18). */
            public static final String LEAST_TLS = "1.2";
        }
    }

    /**
     * Who connects.
     *
     * @param name the name the user gave
     * @param address its address
     * @param vnet the VNet's name where several hold the address, or null
     * @param stated whether the address was given, so that it is no guess even where the input leaves it open
     */
    public record Client(
            String name, Address address, @Nullable String vnet, boolean stated) {}

    /**
     * What it connects to.
     *
     * @param host a host name, the name of a resource, or an address as text
     * @param address the address, or null when {@code host} is a name to be looked up
     * @param port the port
     * @param protocol the protocol
     */
    public record Target(String host, @Nullable Address address, int port, Protocol protocol) {
        /** Whether the address was given, and not found by the name of a resource. */
        public boolean stated() {
            return address != null && host.equals(address.toString());
        }
    }

    /**
     * What a client speaks with, and as whom.
     *
     * @param driver its library, or null when that is not known
     * @param windowsLogin whether it logs in with a Windows ticket
     * @param hostNameInCertificate the name it was told to look for in the certificate, or null for the host's own
     */
    public record Dialect(
            @Nullable Driver driver,
            boolean windowsLogin,
            @Nullable String hostNameInCertificate) {
        /** Nothing is known of it. */
        public static final Dialect PLAIN = new Dialect(null, false, null);
    }

    /**
     * How the client behaves.
     *
     * @param port its own port for the first connection
     * @param validatesCertificate whether a certificate for another name stops it
     * @param followsRedirect whether it can follow a routing token (fact 4.9)
     * @param resolved what the customer's resolver answered, by lower-case name; it wins over the public zone
     * @param unresolved the lower-case names it does not know; {@code *} for all that are not in {@code resolved}
     * @param dialect what it speaks with, and as whom
     */
    public record Behaviour(
            int port,
            boolean validatesCertificate,
            boolean followsRedirect,
            ImmutableMap<String, Address> resolved,
            ImmutableSet<String> unresolved,
            Dialect dialect) {
        /** The name that stands for all names. */
        public static final String ALL_NAMES = "*";

        /** The default client: SqlClient of 2020 (contract: The trace document). */
        public static final Behaviour DEFAULT =
                new Behaviour(50_000, false, true, ImmutableMap.of(), ImmutableSet.of());

        /** A client of which nothing more is known. */
        public Behaviour(
                int port,
                boolean validatesCertificate,
                boolean followsRedirect,
                ImmutableMap<String, Address> resolved,
                ImmutableSet<String> unresolved) {
            this(port, validatesCertificate, followsRedirect, resolved, unresolved, Dialect.PLAIN);
        }

        boolean cannotResolve(String name) {
            return unresolved.contains(name) || unresolved.contains(ALL_NAMES) && !resolved.containsKey(name);
        }
    }
}
