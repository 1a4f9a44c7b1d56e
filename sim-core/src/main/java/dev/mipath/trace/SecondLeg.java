package dev.mipath.trace;

import dev.mipath.forwarding.Ending;
import dev.mipath.instance.HostName;
import dev.mipath.instance.SqlSession.State;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.profile.Driver;
import dev.mipath.profile.Driver.NodeName;
import dev.mipath.profile.Driver.Redirect;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Problem;
import org.jspecify.annotations.Nullable;

/** What a redirected client itself does wrong on its connection to the node, whatever the network does (fact 7.6). */
final class SecondLeg {
    private final TraceRequest request;
    private final Hosted instance;

    SecondLeg(TraceRequest request, Hosted instance) {
        this.request = request;
        this.instance = instance;
    }

    /**
     * What the client itself does wrong in a phase, or null.
     *
     * @param assumed whether something before it stops the client already
     */
    @Nullable
    Problem fault(State state, boolean assumed) {
        return switch (state) {
            case LOGIN -> driver(Redirect.IGNORES, state, assumed);
            case REDIRECT_TLS -> {
                @Nullable Problem hangs = driver(Redirect.HANGS, state, assumed);
                yield hangs != null ? hangs : certificate(assumed);
            }
            case REDIRECT_LOGIN -> login(assumed);
            default -> null;
        };
    }

    private TraceRequest.Dialect dialect() {
        return request.behaviour().dialect();
    }

    private @Nullable Problem driver(Redirect fault, State state, boolean assumed) {
        @Nullable Driver driver = dialect().driver();
        if (driver == null || driver.redirect() != fault) return null;
        return new Problem(
                Ending.DRIVER_CANNOT_REDIRECT,
                state,
                null,
                null,
                false,
                assumed,
                new Finding.DriverFault(instance.name(), driver));
    }

    /** The node's certificate has the node's names, not the name that the client was given. */
    private @Nullable Problem certificate(boolean assumed) {
        @Nullable String wanted = wanted();
        if (wanted == null || !request.behaviour().validatesCertificate()) return null;
        return new Problem(
                Ending.CERTIFICATE_NAME,
                State.REDIRECT_TLS,
                null,
                null,
                false,
                assumed,
                new Finding.NodeCertificate(
                        instance.name(),
                        instance.primary().hostName(),
                        wanted,
                        dialect().hostNameInCertificate() != null));
    }

    /** The name that the client looks for and the node's certificate does not have, or null when all is well. */
    private @Nullable String wanted() {
        @Nullable Driver driver = dialect().driver();
        @Nullable String given = dialect().hostNameInCertificate();
        if (given == null) {
            boolean keeps = driver != null && driver.redirect() == Redirect.KEEPS_FIRST_NAME;
            return keeps ? request.target().host() : null;
        }
        boolean rebased = driver != null && driver.nodeName() == NodeName.REBASED && given.startsWith("*");
        return rebased || given.equalsIgnoreCase(instance.primary().hostName()) ? null : given;
    }

    private @Nullable Problem login(boolean assumed) {
        if (!dialect().windowsLogin()) return null;
        return new Problem(
                Ending.LOGIN_NOT_FOR_NODE,
                State.REDIRECT_LOGIN,
                null,
                null,
                false,
                assumed,
                new Finding.ForeignTicket(instance.name(), instance.primary().hostName()));
    }

    /** Whether the first certificate is for the name that the client looks for. */
    static boolean fits(String certificate, TraceRequest.Dialect dialect, boolean fitsHost) {
        @Nullable String given = dialect.hostNameInCertificate();
        if (given == null) return fitsHost;
        if (given.equalsIgnoreCase(certificate)) return true;
        int dot = given.indexOf('.');
        return dot > 0
                && HostName.isKnownSuffix(given)
                && certificate.substring(1).equalsIgnoreCase(given.substring(dot));
    }
}
