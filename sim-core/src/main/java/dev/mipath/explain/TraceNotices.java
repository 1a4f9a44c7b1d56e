package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.DnsServer;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Phase;
import dev.mipath.trace.Conversation.Problem;
import dev.mipath.trace.TraceRequest;
import java.util.stream.Collectors;
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
        publicAddresses(conversation, notices);
        for (Problem problem : conversation.problems()) {
            addressDepends(problem, notices);
            portDepends(problem, notices);
        }
        sampled(report, notices);
        if (conversation.request().flow() instanceof TraceRequest.Flow.Management call) {
            ManagementWords.remark(report, call, notices);
        }
        aboutClient(report, notices);
        notices.addAll(DriverWords.notices(conversation));
        if (conversation.request().flow() instanceof TraceRequest.Flow.Outbound outbound) {
            OutboundWords.remark(conversation, outbound, notices);
        } else {
            publicNames(report, notices);
        }
        for (Phase phase : conversation.phases()) {
            if (phase.finding() instanceof Finding.Resolved resolved && resolved.by() == Finding.Resolver.SITE) {
                notices.add(new Notice(
                        "SITE_RESOLVER_ASSUMED",
                        "a client outside the VNets asks a resolver of its own, which is assumed to know public names;"
                                + " --resolve NAME=IP or NAME=none says otherwise",
                        Place.PLATFORM));
            }
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
        // The two names of a redirected client are looked up in the same way.
        return ImmutableSet.copyOf(notices.build()).asList();
    }

    /** A server of which the input does not tell how it answers is taken to know public names (fact 4.57). */
    private static void publicNames(TraceReport report, ImmutableList.Builder<Notice> notices) {
        for (Phase phase : report.conversation().phases()) {
            if (!(phase.finding() instanceof Finding.Resolved found) || found.by() != Finding.Resolver.VNET) continue;
            if (phase.forward().isEmpty()) continue;
            Address server = phase.forward().get(0).arrived().destination();
            if (PlatformRanges.HOST_SERVICES.contains(server) || isTold(server, report)) continue;
            notices.add(new Notice(
                    "PUBLIC_NAMES_ASSUMED",
                    "the VNet's own DNS server " + server + " is assumed to resolve public names such as "
                            + found.name()
                            + "; --resolve NAME=none says otherwise",
                    Place.PLATFORM));
            return;
        }
    }

    private static boolean isTold(Address server, TraceReport report) {
        return report.context().compilation().topology().services(DnsServer.class).stream()
                .anyMatch(told -> told.address().equals(server));
    }

    /** Rules that name public addresses or tags may treat the real ones otherwise. */
    private static void publicAddresses(Conversation conversation, ImmutableList.Builder<Notice> notices) {
        for (Phase phase : conversation.phases()) {
            for (Step step : phase.forward()) {
                if (step.why() instanceof Evidence.RouteChosen chosen
                        && chosen.route().hop().type().is(NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT)) {
                    notices.add(new Notice(
                            "SERVICE_ENDPOINT_SOURCE",
                            "by the service endpoint the service sees "
                                    + step.arrived().source()
                                    + ", the private address, and no public one: its firewall has to allow the subnet,"
                                    + " a list of public addresses does not match",
                            chosen.route().origin().place()));
                }
                if (step.why() instanceof Evidence.Translated translated && translated.assumed()) {
                    notices.add(new Notice(
                            "OUTBOUND_ADDRESS_ASSUMED",
                            "the public address that the client leaves with is not in the input; " + translated.to()
                                    + " is assumed, an address of no service tag",
                            Place.PLATFORM));
                }
            }
            if (phase.finding() instanceof Finding.Resolved resolved
                    && resolved.by() != Finding.Resolver.STATED
                    && !(conversation.request().flow() instanceof TraceRequest.Flow.Outbound)
                    && PlatformRanges.PUBLIC_SPACE.contains(resolved.address())) {
                notices.add(new Notice(
                        "PUBLIC_ADDRESS_ASSUMED",
                        "the public address of " + resolved.name() + " is not in the input; " + resolved.address()
                                + " is assumed, an address of no service tag",
                        Place.PLATFORM));
            }
        }
    }

    /** A declared client is the first that its packets meet. */
    private static void aboutClient(TraceReport report, ImmutableList.Builder<Notice> notices) {
        for (Phase phase : report.conversation().phases()) {
            if (phase.forward().isEmpty()) continue;
            if (phase.forward().get(0).why() instanceof Evidence.ClientSends client) {
                notices.addAll(report.context().compilation().clientNotices(client.client()));
                return;
            }
        }
    }

    private static void addressDepends(Problem problem, ImmutableList.Builder<Notice> notices) {
        @Nullable Step step = problem.step();
        if (step == null || !(problem.finding() instanceof Finding.AddressDepends depends)) return;
        @Nullable Place place = EvidenceFacts.place(step.why());
        notices.add(new Notice(
                "ADDRESS_DEPENDS",
                step.at() + " would decide otherwise if " + depends.assumed() + ", which is assumed, were "
                        + depends.other() + ", which it may be as well (--as-assumed takes it for the real one)",
                place == null ? Place.PLATFORM : place));
    }

    private static void portDepends(Problem problem, ImmutableList.Builder<Notice> notices) {
        @Nullable Step step = problem.step();
        if (step == null || !(problem.finding() instanceof Finding.PortDepends depends)) return;
        @Nullable Place place = EvidenceFacts.place(depends.rule());
        String rule = depends.rule() instanceof Evidence.RuleMatched matched
                ? " by " + matched.rule().qualifiedName()
                : "";
        String ports = depends.others().stream().map(PortRange::toString).collect(Collectors.joining(", "));
        notices.add(new Notice(
                "PORT_DEPENDS",
                step.at() + " would decide otherwise if the port " + depends.assumed()
                        + " of the node, which is assumed,"
                        + " were another of 11000-11999, which it may be as well: " + ports
                        + (depends.denied() ? " denied" : " allowed")
                        + rule + " (--as-assumed takes it for the real one)",
                place == null ? Place.PLATFORM : place));
    }

    /** A service tag is many addresses; one of them is followed. */
    private static void sampled(TraceReport report, ImmutableList.Builder<Notice> notices) {
        TraceRequest request = report.conversation().request();
        @Nullable
        String tag = request.flow() instanceof TraceRequest.Flow.Outbound outbound
                ? outbound.tag()
                : request.target().host();
        if (tag != null) sampled(report, tag, request.target().address(), notices);
        sampled(report, request.client().name(), request.client().address(), notices);
    }

    private static void sampled(
            TraceReport report, String name, @Nullable Address address, ImmutableList.Builder<Notice> notices) {
        if (address == null || name.equals(address.toString())) return;
        int known = report.context().tags().members(name).size();
        if (known == 0) return;
        boolean whole = report.context().tags().prefixes(name).isPresent();
        notices.add(new Notice(
                "TAG_SAMPLED",
                "service tag " + name + " stands for " + (whole ? known + " prefixes" : "prefixes that are not loaded")
                        + "; this is the answer for " + address + ", one address of them",
                Place.PLATFORM));
    }
}
