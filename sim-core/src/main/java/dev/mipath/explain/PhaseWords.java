package dev.mipath.explain;

import dev.mipath.explain.Ink.Tone;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Phase;
import org.jspecify.annotations.Nullable;

/** One phase of a conversation in words. */
final class PhaseWords {
    private PhaseWords() {}

    /** How it went, in a word. */
    static String result(Phase phase) {
        return switch (phase.outcome()) {
            case OK -> "ok";
            case FAILED -> "FAILED";
            case ASSUMED -> "assumed";
            case NOT_REACHED -> "not reached";
        };
    }

    static Tone tone(Phase phase) {
        return switch (phase.outcome()) {
            case OK -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case ASSUMED -> Tone.UNSURE;
            case NOT_REACHED -> Tone.FAINT;
        };
    }

    /** What it brought to light, in a clause. */
    static String about(Phase phase) {
        @Nullable Finding finding = phase.finding();
        String hops = phase.forward().isEmpty() || phase.connection() == 0
                ? ""
                : phase.forward().size() + " hops out, " + phase.back().size() + " back";
        if (finding instanceof Finding.Resolved resolved) {
            return Safe.text(resolved.name()) + " → " + resolved.address()
                    + switch (resolved.by()) {
                        case STATED -> " (as stated)";
                        case VNET -> "";
                        case PUBLIC -> " (by public DNS)";
                        case SITE -> " (by its own resolver)";
                    };
        }
        if (finding instanceof Finding.Certificate certificate) {
            return "certificate " + Safe.text(certificate.name())
                    + (certificate.fits() ? "" : ", which is not the name the client uses");
        }
        if (finding instanceof Finding.Proxied proxied) {
            return "connection type Proxy: the gateway speaks to node " + proxied.node() + ":" + proxied.port() + "; "
                    + hops;
        }
        if (finding instanceof Finding.TlsVersion tls) return "the other side speaks TLS " + Safe.text(tls.version());
        if (finding instanceof Finding.ManagementPort door) return "port " + door.port() + "; " + hops;
        if (finding instanceof Finding.MutualCertificate certificate) {
            return certificate.accepted()
                    ? "both certificates are Microsoft's"
                    : "the caller has no certificate of the management plane";
        }
        if (finding instanceof Finding.Redirected redirected) {
            return "connection type Redirect → node " + redirected.node() + ":" + redirected.port();
        }
        return hops;
    }
}
