package dev.mipath.explain;

import dev.mipath.forwarding.Ending;
import dev.mipath.instance.SqlSession.State;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Problem;
import dev.mipath.trace.TraceRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the client sees (facts 4.14, 5c).
 *
 * @param word the contract's word
 * @param error the error number, or null
 * @param message one sentence
 */
record Symptom(String word, @Nullable Integer error, String message) {
    private static final int TIMEOUT = 10_060;
    private static final int RESET = 10_061;
    private static final int SERVER_UNKNOWN = 40_532;
    private static final int UNTRUSTED_DOMAIN = 18_452;

    static Symptom of(Conversation conversation) {
        if (conversation.request().flow() instanceof TraceRequest.Flow.Management call) {
            return ManagementWords.symptom(conversation, call);
        }
        if (conversation.request().flow() instanceof TraceRequest.Flow.Outbound outbound) {
            return OutboundWords.symptom(conversation, outbound);
        }
        if (conversation.outcome() == Conversation.Outcome.CONNECTED) {
            return new Symptom("none", null, "The client connects.");
        }
        if (conversation.outcome() == Conversation.Outcome.UNDETERMINED) {
            return new Symptom("none", null, "The input does not say enough to tell.");
        }
        if (conversation.outcome() == Conversation.Outcome.MISROUTED) {
            String host = Safe.text(conversation.request().target().host());
            @Nullable Problem astray = conversation.firstBlocker().orElse(null);
            if (astray != null && astray.finding() instanceof Conversation.Finding.Astray lost) {
                String message = "The packets leave for " + Safe.text(lost.where()) + ", where `" + host
                        + "` is not: a route leads them astray, and nobody answers.";
                return new Symptom("timeout", TIMEOUT, message);
            }
            String message = "The packets arrive, but not at the instance: `" + host
                    + "` was resolved to an address that is not its own (a hosts entry or DNS record is out of date).";
            return new Symptom("none", null, message);
        }
        return of(conversation.firstBlocker().orElseThrow(), conversation);
    }

    private static Symptom of(Problem felt, Conversation conversation) {
        String host = Safe.text(conversation.request().target().host());
        Ending ending = felt.ending();
        if (ending == Ending.NO_LISTENER) {
            return new Symptom("refused", RESET, "The connection is refused at once: error 10061.");
        }
        if (ending == Ending.GATEWAY_NAME_UNKNOWN) {
            String message = "The gateway refuses the login: error 40532, it knows no server `" + host + "`.";
            return new Symptom("login-error", SERVER_UNKNOWN, message);
        }
        if (ending == Ending.LOGIN_NOT_FOR_NODE) {
            String message = "The node refuses the login: error 18452, the login is from an untrusted domain.";
            return new Symptom("login-error", UNTRUSTED_DOMAIN, message);
        }
        if (ending == Ending.DRIVER_CANNOT_REDIRECT) {
            String message = "The client logs in to the gateway, is redirected, and its own library goes no further.";
            return new Symptom("timeout", null, message);
        }
        if (ending == Ending.CERTIFICATE_NAME && felt.state() == State.REDIRECT_TLS) {
            String message = "The client logs in to the gateway, is redirected, and refuses the node's certificate.";
            return new Symptom("certificate-error", null, message);
        }
        if (ending == Ending.CERTIFICATE_NAME) {
            return new Symptom(
                    "certificate-error", null, "The client refuses the certificate, which is for other names.");
        }
        if (ending == Ending.REDIRECT_NAME_UNRESOLVED) {
            return new Symptom("name-error", null, hang(State.REDIRECT_DNS, 0));
        }
        if (felt.state() == State.DNS) {
            return new Symptom("name-error", null, "The name `" + host + "` cannot be resolved.");
        }
        return new Symptom(
                "timeout",
                TIMEOUT,
                hang(felt.state(), conversation.request().target().port()));
    }

    private static String hang(State state, int port) {
        return switch (state) {
            case LOGIN ->
                "The client connects and hangs in the login: error 10060 or a login timeout, because the gateway"
                        + " does not reach the node.";
            case REDIRECT_DNS ->
                "The client logs in to the gateway, is redirected, and cannot resolve the node's name.";
            case REDIRECT_CONNECT ->
                "The client logs in to the gateway, is redirected, and hangs: error 10060 (timeout) on"
                        + " the node's port.";
            default -> "The client's first packet to port " + port + " is never answered: error 10060 (timeout).";
        };
    }
}
