package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Ending;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Outcome;
import dev.mipath.trace.Conversation.Problem;
import dev.mipath.trace.TraceRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a call of the management endpoint comes to, in words. */
final class ManagementWords {
    static final String CERTIFICATE =
            "Certificates authenticate both sides: the endpoint lets nobody in who has none of the"
                    + " management plane, whatever network the call comes from.";
    static final String GONE = "Since November 2022 instances have no management endpoint: nothing listens on a public"
            + " address, and the management plane needs no inbound rule and no port.";

    private ManagementWords() {}

    /** The endpoint as the headline names it. */
    static String target(TraceRequest.Target target, TraceRequest.Flow.Management call) {
        return "management endpoint of " + Safe.text(target.host())
                + (target.address() == null ? "" : " (" + target.address() + ")") + " : "
                + call.ports().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    static Symptom symptom(Conversation conversation, TraceRequest.Flow.Management call) {
        if (conversation.outcome() == Outcome.UNDETERMINED) {
            return new Symptom("none", null, "The input does not say enough to tell.");
        }
        if (conversation.outcome() == Outcome.CONNECTED) {
            return new Symptom("none", null, "The management plane reaches the instance.");
        }
        Ending felt = conversation.firstBlocker().orElseThrow().ending();
        if (felt == Ending.ELEMENT_REMOVED) {
            return new Symptom("timeout", null, "There is no management endpoint in this era, so nobody can call it.");
        }
        if (call.caller() == null) return stranger(conversation);
        return new Symptom(
                "timeout",
                null,
                "Management traffic is harmed: the management plane does not reach the instance, which may fail and"
                        + " become unavailable.");
    }

    static void remark(TraceReport report, TraceRequest.Flow.Management call, ImmutableList.Builder<Notice> notices) {
        TraceRequest.Target target = report.conversation().request().target();
        for (VirtualCluster cluster : report.context().compilation().estate().clusters()) {
            VirtualCluster.@Nullable Management management = cluster.management();
            boolean assumed = management != null
                    && management.assumed()
                    && management.address().equals(target.address());
            if (!assumed) continue;
            notices.add(new Notice(
                    "MANAGEMENT_ADDRESS_ASSUMED",
                    "the input does not give the public address of the management endpoint; " + target.address()
                            + " stands for it (resolve the CNAME of the host name with `.vnet` taken out, and write it"
                            + " as managementIpAddress)",
                    Place.PLATFORM));
        }
        boolean harmed = call.caller() != null
                && report.conversation().outcome() == Outcome.BLOCKED
                && report.conversation().firstBlocker().orElseThrow().ending() != Ending.ELEMENT_REMOVED;
        if (harmed) {
            notices.add(new Notice(
                    "MANAGEMENT_HARMED",
                    "management traffic flows through the customer's virtual network; what stops it there can make the"
                            + " instance fail and become unavailable",
                    Place.PLATFORM));
        }
    }

    /** Nothing is wrong with a door that stays shut to strangers. */
    private static Symptom stranger(Conversation conversation) {
        List<Problem> blockers = conversation.blockers();
        if (blockers.get(0).ending() == Ending.CLIENT_CERTIFICATE) {
            return new Symptom(
                    "certificate-error",
                    null,
                    "The ports answer, but who has no certificate of the management plane comes no further.");
        }
        return new Symptom(
                "timeout",
                null,
                "A scan finds the ports closed: nothing answers. To a stranger that is as it should be.");
    }
}
