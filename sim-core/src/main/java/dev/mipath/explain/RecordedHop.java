package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Packet;
import dev.mipath.trace.Conversation.Phase;
import java.util.List;

/**
 * A step of a recorded conversation, with what became of the packet.
 *
 * @param step the step
 * @param out the packet as it went on; as it arrived where it went nowhere
 * @param onReturn whether the packet is an answer
 */
record RecordedHop(Step step, Packet out, boolean onReturn) {
    /** The hops of a phase in one direction. */
    static ImmutableList<RecordedHop> of(Phase phase, boolean onReturn) {
        List<Step> steps = onReturn ? phase.back() : phase.forward();
        ImmutableList.Builder<RecordedHop> hops = ImmutableList.builder();
        for (int i = 0; i < steps.size(); i++) {
            Packet out = i + 1 < steps.size()
                    ? steps.get(i + 1).arrived()
                    : steps.get(i).arrived();
            hops.add(new RecordedHop(steps.get(i), out, onReturn));
        }
        return hops.build();
    }

    boolean goesOn() {
        return Decision.forwards(step.decision());
    }

    /** Whether an address or port was rewritten here. */
    boolean translates() {
        return !out.equals(step.arrived());
    }

    /** The contract's word for what was decided. */
    String decision() {
        if (goesOn()) {
            if (translates()) return "translate";
            return kind().endsWith("nsg") ? "allow" : "forward";
        }
        return switch (Decision.ending(step.decision())) {
            case DELIVERED -> "deliver";
            case NSG_DENY_INBOUND, NSG_DENY_OUTBOUND, FIREWALL_DENY, ADMIN_RULE_DENY -> "deny";
            case UNDETERMINED -> "unknown";
            default -> "drop";
        };
    }

    /** The contract's word for the kind of element. */
    String kind() {
        return step.why().fold(new HopKind());
    }
}
