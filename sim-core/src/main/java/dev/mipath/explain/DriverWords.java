package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.instance.SqlSession.State;
import dev.mipath.profile.Driver;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Phase;
import org.jspecify.annotations.Nullable;

/** What a client's own library does to its second connection, in words. */
final class DriverWords {
    private DriverWords() {}

    /** Why the client stops itself, or null when the finding is none of this kind. */
    static @Nullable String explanation(@Nullable Finding finding) {
        if (finding instanceof Finding.DriverFault fault) {
            String versions = name(fault.driver());
            return fault.driver().redirect() == Driver.Redirect.IGNORES
                    ? versions + " speaks TDS 7.4, so the gateway sends it on to the node, and it does not go."
                    : versions
                            + " connects to the node and then says nothing: it cannot be redirected where the service"
                            + " demands encryption, as it does here.";
        }
        if (finding instanceof Finding.NodeCertificate certificate) {
            return "At the node the client looks for `" + Safe.text(certificate.wanted())
                    + "` in the certificate, which has the node's own names (`" + Safe.text(certificate.node()) + "`)"
                    + (certificate.given()
                            ? "; hostNameInCertificate suits the gateway's certificate only."
                            : "; its library keeps the first host's name.");
        }
        if (finding instanceof Finding.ForeignTicket ticket) {
            return "The Windows ticket is for the instance's own name; the node `" + Safe.text(ticket.node())
                    + "` refuses it with error 18452 (untrusted domain). Such logins work with connection type Proxy"
                    + " only.";
        }
        return null;
    }

    private static String name(Driver driver) {
        @Nullable String until = driver.until();
        return driver.name() + (until == null ? "" : " before " + until);
    }

    /** What must be known of an answer for this library. */
    static ImmutableList<Notice> notices(Conversation conversation) {
        @Nullable Driver driver = conversation.request().behaviour().dialect().driver();
        if (driver == null) return ImmutableList.of();
        ImmutableList.Builder<Notice> notices = ImmutableList.builder();
        if (driver.redirect() == Driver.Redirect.PROXIED) {
            notices.add(notice(
                    "DRIVER_PROXIED",
                    driver.name() + " speaks TDS older than 7.4, so it is served as with connection type Proxy",
                    driver));
        }
        @Nullable String prints = driver.timeout();
        if (prints == null) return notices.build();
        for (Phase phase : conversation.phases()) {
            if (!(phase.finding() instanceof Finding.Redirected token) || !hangsAtNode(conversation)) continue;
            String text = prints.replace("NODE", token.host())
                    .replace("PORT", Integer.toString(token.port()))
                    .replace("HOST", conversation.request().target().host());
            notices.add(notice("DRIVER_MESSAGE", driver.name() + " reports it so: " + text, driver));
        }
        return notices.build();
    }

    private static boolean hangsAtNode(Conversation conversation) {
        return conversation
                .firstBlocker()
                .filter(felt -> felt.state() == State.REDIRECT_CONNECT)
                .isPresent();
    }

    private static Notice notice(String code, String text, Driver driver) {
        return new Notice(code, text, new Place(driver.source(), 0, ""));
    }
}
