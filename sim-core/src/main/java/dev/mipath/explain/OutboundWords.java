package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Dependency.Purpose;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Outcome;
import dev.mipath.trace.Conversation.Phase;
import dev.mipath.trace.TraceRequest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What becomes of a connection that an instance makes by itself, in words. */
final class OutboundWords {
    private static final Prefix AZURE_DNS = PlatformRanges.HOST_SERVICES;

    private OutboundWords() {}

    /** What it connects to, as the headline names it. */
    static String target(TraceRequest.Target target, TraceRequest.Flow.Outbound flow) {
        return Safe.text(flow.name()) + " (" + target.address() + ") : "
                + flow.ports().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    static String tls(Finding.TlsVersion tls) {
        return "The other side speaks TLS " + Safe.text(tls.version())
                + " at best. Since January 2020 an instance speaks nothing older than TLS "
                + TraceRequest.Flow.Outbound.LEAST_TLS
                + " on its way out, for replication and linked servers too.";
    }

    static Symptom symptom(Conversation conversation, TraceRequest.Flow.Outbound flow) {
        String name = Safe.text(flow.name());
        if (conversation.outcome() == Outcome.CONNECTED) {
            return new Symptom("none", null, "The instance reaches " + name + seenAs(conversation) + ".");
        }
        if (conversation.outcome() == Outcome.UNDETERMINED) {
            return new Symptom("none", null, "The input does not say enough to tell.");
        }
        Ending felt = conversation.firstBlocker().orElseThrow().ending();
        String reaches = "The instance does not reach " + name + ": " + consequence(flow.purpose()) + ".";
        if (felt == Ending.TLS_VERSION) {
            return new Symptom(
                    "certificate-error", null, "The instance and " + name + " find no version of TLS in common.");
        }
        if (felt == Ending.SERVICE_FIREWALL) {
            return new Symptom(
                    "refused",
                    null,
                    name + " takes the connection and refuses the request: operating system error 5 (access denied) in"
                            + " the instance.");
        }
        if (felt == Ending.DNS_NAME_UNKNOWN) return new Symptom("name-error", null, reaches);
        return new Symptom(felt == Ending.NO_LISTENER ? "refused" : "timeout", null, reaches);
    }

    /** With which address it arrives: that of the management endpoint, of an appliance, or its own. */
    private static String seenAs(Conversation conversation) {
        @Nullable Step last = null;
        for (Phase phase : conversation.phases()) {
            int steps = phase.forward().size();
            if (phase.connection() > 0 && steps > 0) last = phase.forward().get(steps - 1);
        }
        if (last == null) return "";
        Address source = last.arrived().source();
        return ", which sees it as " + source
                + (source.equals(conversation.request().client().address()) ? ", its private address" : "");
    }

    private static String consequence(Purpose purpose) {
        return switch (purpose) {
            case BACKUPS -> "backups stop, and audit logs that are written there";
            case TELEMETRY -> "the service no longer sees how the instance does, and cannot keep it available";
            case AUTHENTICATION -> "Azure AD logins fail";
            case ENCRYPTION -> "the keys of transparent data encryption are out of reach, and so are the databases";
            case REVOCATION -> "it cannot check whether certificates were revoked, and closes connections";
            case MANAGEMENT -> "management operations fail, and the instance may become unavailable";
            case REPLICATION -> "replication agents fail with operating system error 53";
            case MAIL -> "database mail is not sent";
            case OWN -> "whatever needs it fails in the instance with a timeout";
        };
    }

    /** Whose address the other side sees, where that is not the management endpoint's. */
    static void remark(
            Conversation conversation, TraceRequest.Flow.Outbound flow, ImmutableList.Builder<Notice> notices) {
        for (Phase phase : conversation.phases()) {
            boolean asked = phase.finding() instanceof Finding.Resolved
                    && !phase.forward().isEmpty();
            if (asked && !AZURE_DNS.contains(phase.forward().get(0).arrived().destination())) {
                notices.add(new Notice(
                        "PUBLIC_NAMES_ASSUMED",
                        "the VNet's own DNS servers are assumed to resolve public names such as " + flow.hostName()
                                + ", as they must; --resolve NAME=none says otherwise",
                        Place.PLATFORM));
            }
            if (phase.connection() == 0) continue;
            for (Step step : phase.forward()) remark(step, flow, notices);
        }
    }

    private static void remark(Step step, TraceRequest.Flow.Outbound flow, ImmutableList.Builder<Notice> notices) {
        Evidence why = step.why();
        if (why instanceof Evidence.SourceKept) {
            notices.add(new Notice(
                    "SAME_REGION_NOT_TRANSLATED",
                    "traffic to Azure services of the instance's own region is not translated to the management"
                            + " endpoint's address: a firewall of " + flow.name()
                            + " that allows addresses cannot let it in",
                    Place.PLATFORM));
        }
        if (!(why instanceof Evidence.RouteChosen chosen)) return;
        RouteFact.Hop hop = chosen.route().hop();
        boolean forced =
                hop.type().is(NextHopType.VIRTUAL_APPLIANCE) || hop.type().is(NextHopType.VIRTUAL_NETWORK_GATEWAY);
        if (forced) {
            notices.add(new Notice(
                    "FORCED_TUNNELLING",
                    RouteWords.named(chosen.route()) + " (" + chosen.prefix() + ") leads this through "
                            + RouteWords.hop(chosen.route())
                            + ", which has to let it pass; the other side does not see the management endpoint's"
                            + " address",
                    chosen.route().origin().place()));
        }
    }
}
