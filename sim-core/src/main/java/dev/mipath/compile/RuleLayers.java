package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation.Layer;
import dev.mipath.profile.Era;
import dev.mipath.topology.Direction;
import dev.mipath.topology.EffectiveSecurityRules;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the rules of one layer: recorded by Azure, declared, or unknown. */
final class RuleLayers {
    private final Topology topology;
    private final CompileNotices notices;
    private final @Nullable Era era;

    RuleLayers(Topology topology, CompileNotices notices, @Nullable Era era) {
        this.topology = topology;
        this.notices = notices;
        this.era = era;
    }

    Layer of(Given<ResourceId> attached, ResourceId target, SubnetView view) {
        for (EffectiveSecurityRules answer : topology.effectiveSecurityRules()) {
            boolean isItsGroup = attached.mayBe(answer.networkSecurityGroup());
            if (isItsGroup && answer.association().equals(target)) return recorded(answer, target, view);
        }
        if (attached instanceof Given.Unknown<ResourceId> unknown) {
            return missing(new ResourceId(unknown.what()), target, view);
        }
        ResourceId group = attached.value().orElseThrow();
        Optional<NetworkSecurityGroup> declared = topology.networkSecurityGroup(group);
        return declared.isPresent()
                ? declared(provisioned(declared.get(), target, view), target, view)
                : missing(group, target, view);
    }

    private NetworkSecurityGroup provisioned(NetworkSecurityGroup group, ResourceId target, SubnetView view) {
        boolean onSubnet = target.equals(view.subnet().id());
        return era != null && onSubnet && ServiceAided.applies(era, view.subnet(), topology)
                ? new ServiceAided(era, view.reach().vnet(), notices).provision(group, view.subnet())
                : group;
    }

    private static Layer declared(NetworkSecurityGroup group, ResourceId target, SubnetView view) {
        return new Layer(
                group.id(),
                target,
                view.subnet().id(),
                EffectiveRules.of(group, Direction.INBOUND, view),
                EffectiveRules.of(group, Direction.OUTBOUND, view));
    }

    private static Layer missing(ResourceId group, ResourceId target, SubnetView view) {
        return new Layer(
                group,
                target,
                view.subnet().id(),
                EffectiveRules.ofMissing(group, view.subnet().place(), Direction.INBOUND, view),
                EffectiveRules.ofMissing(group, view.subnet().place(), Direction.OUTBOUND, view));
    }

    private Layer recorded(EffectiveSecurityRules answer, ResourceId target, SubnetView view) {
        ImmutableList<SecurityRule> userRules = answer.rules().stream()
                .filter(rule -> rule.priority().orElse(0) < DefaultRules.FIRST_PRIORITY)
                .collect(ImmutableList.toImmutableList());
        topology.networkSecurityGroup(answer.networkSecurityGroup())
                .filter(declared -> !sameRules(declared.rules(), userRules))
                .ifPresent(declared -> notices.tellDifference(target, answer.place(), declared.place(), "the rules"));
        NetworkSecurityGroup group = new NetworkSecurityGroup(answer.networkSecurityGroup(), answer.place(), userRules);
        return declared(group, target, view.withRecordedTags(answer.tagMap()));
    }

    private static boolean sameRules(List<SecurityRule> declared, List<SecurityRule> recorded) {
        Comparator<SecurityRule> order = Comparator.comparing(
                        (SecurityRule rule) -> rule.direction().toString())
                .thenComparing(rule -> rule.priority().orElse(0));
        return SameFacts.of(
                declared.stream().sorted(order).toList(),
                recorded.stream().sorted(order).toList());
    }
}
