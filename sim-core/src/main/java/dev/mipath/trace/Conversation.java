package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.HostName;
import dev.mipath.instance.SqlSession;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.profile.Driver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client's whole conversation, past its blockers to the end.
 *
 * @param request what was asked
 * @param outcome how it ends for the client
 * @param phases the phases in order
 * @param problems everything that stops it or cannot be decided, in the order the client would meet it
 */
public record Conversation(
        TraceRequest request, Outcome outcome, ImmutableList<Phase> phases, ImmutableList<Problem> problems) {

    /** How a conversation ends (contract: The trace document). */
    public enum Outcome {
        CONNECTED,
        BLOCKED,
        REFUSED,
        MISROUTED,
        UNDETERMINED
    }

    /** How a phase went. */
    public enum PhaseOutcome {
        OK,
        FAILED,
        /** Judged as if an earlier blocker were not there. */
        ASSUMED,
        NOT_REACHED
    }

    /**
     * One phase.
     *
     * @param state which one
     * @param outcome how it went
     * @param connection the connection it belongs to, from 1; 0 for a name lookup
     * @param forward the steps out; listed in the phase that opens a connection only
     * @param back the steps back
     * @param finding what it brought to light, or null
     */
    public record Phase(
            SqlSession.State state,
            PhaseOutcome outcome,
            int connection,
            ImmutableList<Step> forward,
            ImmutableList<Step> back,
            @Nullable Finding finding) {}

    /**
     * Something that stops the conversation, or that the input does not decide.
     *
     * @param ending what happened
     * @param state the phase
     * @param step the step that did it, or null where no element did
     * @param cause the step behind it, such as the rule that stops a health probe or the route that led there, or null
     * @param onReturn whether it happened to an answer
     * @param assumed whether it was reached past an earlier problem
     * @param finding what explains it further, or null
     */
    public record Problem(
            Ending ending,
            SqlSession.State state,
            @Nullable Step step,
            @Nullable Step cause,
            boolean onReturn,
            boolean assumed,
            @Nullable Finding finding) {}

    /** What a phase brings to light. */
    public sealed interface Finding {
        /** Who resolved a name. */
        enum Resolver {
            /** The user said what the client's resolver answers. */
            STATED,
            /** The DNS servers of the client's VNet. */
            VNET,
            /** Public DNS, which a client on the Internet asks. */
            PUBLIC,
            /** The resolver of the client's site, which no input describes; public DNS knows the name. */
            SITE
        }

        /** A name was resolved. */
        record Resolved(String name, Address address, Resolver by) implements Finding {}

        /** The name cannot work as it stands. */
        record NameFault(String name, HostName.Fault fault) implements Finding {}

        /** A name outside Azure SQL: only the client's own resolver can say what it is. */
        record ForeignName(String name) implements Finding {}

        /** The name is that of an instance, and the input does not say where it is. */
        record InstanceUnplaced(String name, String missing) implements Finding {}

        /** The client's address is private, and in no subnet and no site. */
        record ClientOutside(Address address) implements Finding {}

        /** The name is that of an instance's public endpoint; {@code privateName} is its VNet-local one. */
        record PublicEndpoint(String instance, String privateName, VirtualCluster.PublicEndpoint state)
                implements Finding {}

        /** A private zone or a server of the customer's own answers for the name, and says that it does not exist. */
        record NameDenied(String name, String by, @Nullable String alias) implements Finding {}

        /** Nobody knows the name. */
        record NameUnknown(String name) implements Finding {}

        /** The certificate that the gateway shows. */
        record Certificate(String name, boolean fits) implements Finding {}

        /** The gateway serves the login by itself, speaking to a node. */
        record Proxied(String instance, Address node, int port) implements Finding {}

        /** The gateway sends the client on. */
        record Redirected(String instance, String host, Address node, int port) implements Finding {}

        /** The packet arrived, but at somebody whom it is not for. */
        record Astray(String where) implements Finding {}

        /** The newest version of TLS that the other side speaks. */
        record TlsVersion(String version) implements Finding {}

        /** A port of the management endpoint was called. */
        record ManagementPort(int port) implements Finding {}

        /** The instance has no management endpoint in this era. */
        record ManagementEndpointGone(String name) implements Finding {}

        /** Both sides of a management connection showed their certificates. */
        record MutualCertificate(boolean accepted) implements Finding {}

        /** The client's library does not survive being sent on. */
        record DriverFault(String instance, Driver driver) implements Finding {}

        /** The node's certificate is for the node, and the client looks for another name; {@code given} by the user. */
        record NodeCertificate(String instance, String node, String wanted, boolean given) implements Finding {}

        /** The ticket is for the first host, and the node is another. */
        record ForeignTicket(String instance, String node) implements Finding {}

        /** Whose address is assumed. */
        enum Holder {
            INTERFACE,
            /** A client that runs on something, one of many at a site, or one somewhere on the Internet. */
            OTHER,
            /** A frontend of the customer's load balancer. */
            FRONTEND,
            LOAD_BALANCER,
            /** A gateway or node of an instance; its address is Azure's own affair and changes. */
            MACHINE
        }

        /** A rule or route would do otherwise if the assumed address were the other, which it may be as well. */
        record AddressDepends(Holder holder, String name, Address assumed, Address other) implements Finding {}

        /**
         * A rule would do otherwise if a node served on another port than the assumed one, which it may as well.
         *
         * @param instance whose node it is
         * @param assumed the assumed port
         * @param others the ports that are treated otherwise
         * @param denied whether those are denied; else the assumed one is
         * @param rule what decides about the first of them
         */
        record PortDepends(String instance, int assumed, ImmutableList<PortRange> others, boolean denied, Evidence rule)
                implements Finding {}

        /** The gateway knows no such server. */
        record UnknownServer(String name) implements Finding {}
    }

    /** The first problem that certainly stops the client; what it feels. */
    public Optional<Problem> firstBlocker() {
        return problems.stream()
                .filter(problem -> problem.ending() != Ending.UNDETERMINED)
                .findFirst();
    }

    /** The problems that certainly stop the client. */
    public ImmutableList<Problem> blockers() {
        return problems.stream()
                .filter(problem -> problem.ending() != Ending.UNDETERMINED)
                .collect(ImmutableList.toImmutableList());
    }
}
