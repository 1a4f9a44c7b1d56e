package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Phase;

/** The caveats that a conversation itself raises. */
final class TraceNotices {
    private TraceNotices() {}

    static ImmutableList<Notice> of(Conversation conversation) {
        ImmutableList.Builder<Notice> notices = ImmutableList.builder();
        for (Phase phase : conversation.phases()) {
            if (phase.finding() instanceof Finding.Certificate certificate
                    && !certificate.fits()
                    && !conversation.request().behaviour().validatesCertificate()) {
                notices.add(new Notice(
                        "CERTIFICATE_NAME",
                        "the certificate is for " + certificate.name() + "; a client that validates it stops here"
                                + " (--validate-certificate)",
                        Place.PLATFORM));
            }
        }
        return notices.build();
    }
}
