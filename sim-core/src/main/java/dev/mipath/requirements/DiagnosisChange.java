package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.requirements.Diagnosis.NotJudged;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.space.FlowLine;
import java.util.List;

/**
 * What a change does to a diagnosis.
 *
 * @param broken the findings that come with the change, or that hit packets which were not hit before; and, as not judged,
 *     what was judged before and cannot be after the change
 * @param mended the findings that go with it, of requirements that there still is something to judge of
 * @param removed the subnets that are not there after it, as they were
 */
public record DiagnosisChange(Diagnosis broken, Diagnosis mended, ImmutableList<SubnetReport> removed) {
    /** Compares two diagnoses of one era; subnets are the same when their names are. */
    public static DiagnosisChange of(Diagnosis before, Diagnosis after) {
        ImmutableList.Builder<SubnetReport> broken = ImmutableList.builder();
        for (SubnetReport report : after.subnets()) {
            add(report, newIn(report, before), unseen(report, before), broken);
        }
        ImmutableList.Builder<SubnetReport> mended = ImmutableList.builder();
        ImmutableList.Builder<SubnetReport> removed = ImmutableList.builder();
        for (SubnetReport report : before.subnets()) {
            List<SubnetReport> again = after.subnets().stream()
                    .filter(other -> sameSubnet(report, other))
                    .toList();
            if (again.isEmpty()) removed.add(report);
            else add(report, gone(report, again.get(0)), ImmutableList.of(), mended);
        }
        return new DiagnosisChange(
                new Diagnosis(after.era(), broken.build()),
                new Diagnosis(after.era(), mended.build()),
                removed.build());
    }

    private static void add(
            SubnetReport of,
            ImmutableList<Finding> findings,
            ImmutableList<NotJudged> notJudged,
            ImmutableList.Builder<SubnetReport> reports) {
        if (findings.isEmpty() && notJudged.isEmpty()) return;
        reports.add(new SubnetReport(of.subnet(), of.instances(), findings, ImmutableList.of(), notJudged));
    }

    /** The findings of a subnet that another diagnosis does not have, or not of all these packets. */
    private static ImmutableList<Finding> newIn(SubnetReport report, Diagnosis before) {
        List<Finding> known = before.subnets().stream()
                .filter(other -> sameSubnet(report, other))
                .flatMap(other -> other.findings().stream())
                .toList();
        return report.findings().stream()
                .filter(finding -> !isKnown(finding, known))
                .collect(ImmutableList.toImmutableList());
    }

    private static boolean isKnown(Finding finding, List<Finding> known) {
        ImmutableList.Builder<FlowLine> flows = ImmutableList.builder();
        for (Finding other : known) {
            if (other.requirement() != finding.requirement()) continue;
            if (finding.flows().isEmpty() && other.subjects().equals(finding.subjects())) return true;
            flows.addAll(other.flows());
        }
        return !finding.flows().isEmpty() && FlowLine.areWithin(finding.flows(), flows.build());
    }

    private static ImmutableList<Finding> gone(SubnetReport report, SubnetReport after) {
        return report.findings().stream()
                .filter(finding -> isGone(finding, after) && isLookedAt(finding.requirement(), after))
                .collect(ImmutableList.toImmutableList());
    }

    /** Whether a requirement still has something to hold for: what nobody can ask any more is not mended by that. */
    private static boolean isLookedAt(Requirement requirement, SubnetReport report) {
        return isJudged(requirement, report)
                || report.notJudged().stream().anyMatch(doubt -> doubt.requirement() == requirement);
    }

    /** Whether a subnet no longer has a finding; one that hits fewer packets is still there. */
    static boolean isGone(Finding finding, SubnetReport after) {
        return after.findings().stream()
                .noneMatch(other -> other.requirement() == finding.requirement()
                        && (!finding.flows().isEmpty() || other.subjects().equals(finding.subjects())));
    }

    /** What was judged before and is not now. */
    private static ImmutableList<NotJudged> unseen(SubnetReport report, Diagnosis before) {
        return report.notJudged().stream()
                .filter(doubt -> before.subnets().stream()
                        .filter(other -> sameSubnet(report, other))
                        .anyMatch(other -> isJudged(doubt.requirement(), other)))
                .collect(ImmutableList.toImmutableList());
    }

    private static boolean isJudged(Requirement requirement, SubnetReport report) {
        return report.notJudged().stream().noneMatch(doubt -> doubt.requirement() == requirement)
                && (report.passes().contains(requirement)
                        || report.findings().stream().anyMatch(finding -> finding.requirement() == requirement));
    }

    private static boolean sameSubnet(SubnetReport one, SubnetReport other) {
        return one.id().qualifiedName().equalsIgnoreCase(other.id().qualifiedName());
    }

    /** The subnets with instances of which nothing can be judged, because they are gone. */
    public ImmutableList<SubnetReport> lost() {
        return removed.stream()
                .filter(report -> !report.instances().isEmpty())
                .collect(ImmutableList.toImmutableList());
    }

    /** Whether there was nothing to judge, neither before the change nor in the diagnosis after it. */
    public boolean isOfNothing(Diagnosis after) {
        return after.subnets().isEmpty() && removed.isEmpty();
    }

    /** Whether nothing comes at all, and nothing goes out of sight. */
    boolean isHarmless() {
        return broken.subnets().isEmpty() && removed.isEmpty();
    }

    /** Whether nothing comes that matters at least this much. */
    public boolean breaksNothing(Severity least) {
        return broken.worst().filter(worst -> worst.compareTo(least) <= 0).isEmpty();
    }
}
