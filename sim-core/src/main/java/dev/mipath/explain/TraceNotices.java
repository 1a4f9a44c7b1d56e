package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Phase;
import org.jspecify.annotations.Nullable;

/** The caveats that a conversation itself raises. */
final class TraceNotices {
    private TraceNotices() {}

    static ImmutableList<Notice> of(TraceReport report) {
        Conversation conversation = report.conversation();
        ImmutableList.Builder<Notice> notices = ImmutableList.builder();
        TraceReport.@Nullable OtherProfile other = report.otherProfile();
        if (other != null) {
            String text = "the input does not show its era; under profile " + report.profile() + " the outcome is "
                    + TraceText.word(conversation.outcome()) + ", under " + other.profile() + " it is "
                    + TraceText.word(other.conversation().outcome()) + " (--profile settles it)";
            notices.add(new Notice("PROFILE_DECIDES", text, Place.PLATFORM));
        }
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
