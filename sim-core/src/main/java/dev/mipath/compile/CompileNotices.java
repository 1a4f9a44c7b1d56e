package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Collects what a reader of the answers must know; each is told once. */
final class CompileNotices {
    private final Topology topology;
    private final boolean serviceAided;
    private final Set<Notice> notices = new LinkedHashSet<>();

    CompileNotices(Topology topology, boolean serviceAided) {
        this.topology = topology;
        this.serviceAided = serviceAided;
    }

    void add(String code, String text, Place place) {
        notices.add(new Notice(code, text, place));
    }

    ImmutableList<Notice> all(ImmutableList<Notice> assumptions) {
        Set<Notice> all = new LinkedHashSet<>(topology.notices());
        all.addAll(notices);
        all.addAll(assumptions);
        if (!serviceAided) {
            for (Vnet vnet : topology.vnets()) {
                for (Subnet subnet : vnet.subnets()) tellServiceAided(subnet, all);
            }
        }
        for (NetworkSecurityGroup group : topology.networkSecurityGroups()) tellDuplicatePriorities(group, all);
        return ImmutableList.copyOf(all);
    }

    private static void tellServiceAided(Subnet subnet, Set<Notice> all) {
        if (!ServiceAided.isDelegated(subnet)) return;
        all.add(new Notice(
                "SERVICE_AIDED_NOT_APPLIED",
                "subnet " + subnet.id().qualifiedName() + " is delegated to managed instances; rules and routes that"
                        + " the service adds by itself are not applied unless the input holds them",
                subnet.place()));
    }

    /** Azure refuses such a group, so a real export never has it; a template may (fact 8.31). */
    private static void tellDuplicatePriorities(NetworkSecurityGroup group, Set<Notice> all) {
        Map<String, SecurityRule> bySlot = new HashMap<>();
        for (SecurityRule rule : group.rules()) {
            if (rule.priority().isUnknown() || rule.direction().isUnknown()) continue;
            SecurityRule first = bySlot.putIfAbsent(rule.direction() + " " + rule.priority(), rule);
            if (first == null) continue;
            all.add(new Notice(
                    "DUPLICATE_PRIORITY",
                    "rules " + first.name() + " and " + rule.name() + " of "
                            + group.id().name() + " share priority " + rule.priority()
                            + "; Azure refuses that, the first in the file is taken first",
                    rule.place()));
        }
    }

    /** Says that a recorded answer and what follows from the declared resources are not the same. */
    void tellDifference(ResourceId target, Place recorded, Place declared, String what) {
        add(
                "EFFECTIVE_DIFFERS",
                what + " at " + target.qualifiedName() + " differ between the recorded answer (" + recorded.brief()
                        + ") and the declared resources (" + declared.brief() + "); the recorded answer is taken",
                recorded);
    }
}
