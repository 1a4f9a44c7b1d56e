package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.profile.Era;
import dev.mipath.space.FlowLine;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import java.util.Comparator;
import java.util.Optional;

/**
 * How the subnets of managed instances stand.
 *
 * @param era whose requirements were judged
 * @param subnets the subnets
 */
public record Diagnosis(Era era, ImmutableList<SubnetReport> subnets) {
    private static final ImmutableSet<Requirement> OUTSIDE_THE_INPUT = ImmutableSet.of(
            Requirement.CUSTOM_DNS, Requirement.MICROSOFT_PEERING, Requirement.LOCKS_AND_POLICIES, Requirement.TLS_1_2);

    /** The severity of the worst finding; nothing when there is none. */
    public Optional<Severity> worst() {
        return subnets.stream()
                .flatMap(report -> report.findings().stream())
                .map(Finding::severity)
                .min(Comparator.naturalOrder());
    }

    /** The errors that could be there and that a fuller input would settle; not what no input shows. */
    public ImmutableSet<Requirement> open() {
        ImmutableSet.Builder<Requirement> open = ImmutableSet.builder();
        for (SubnetReport report : subnets) {
            for (NotJudged doubt : report.notJudged()) {
                boolean shown = !OUTSIDE_THE_INPUT.contains(doubt.requirement());
                if (shown && doubt.requirement().severity() == Severity.ERROR) open.add(doubt.requirement());
            }
        }
        return open.build();
    }

    /**
     * One subnet.
     *
     * @param subnet the subnet
     * @param instances the instances in it; none where it is only delegated to them
     * @param findings what is not met, the worst first
     * @param passes what is met
     * @param notJudged what the input does not say enough about
     */
    public record SubnetReport(
            Subnet subnet,
            ImmutableList<ManagedInstance> instances,
            ImmutableList<Finding> findings,
            ImmutableList<Requirement> passes,
            ImmutableList<NotJudged> notJudged) {
        /** The subnet's identity. */
        public ResourceId id() {
            return subnet.id();
        }
    }

    /**
     * A requirement that could not be judged.
     *
     * @param requirement the requirement
     * @param missing what would have to be known
     * @param flows the packets in doubt; empty where no packet is meant
     */
    public record NotJudged(Requirement requirement, String missing, ImmutableList<FlowLine> flows) {}
}
