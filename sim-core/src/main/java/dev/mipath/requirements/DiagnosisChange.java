package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.requirements.Diagnosis.NotJudged;
import dev.mipath.requirements.Diagnosis.SubnetReport;

/**
 * What a change does to a diagnosis.
 *
 * @param broken the findings that come with the change, or that hit other packets than before; and, as not judged, what was
 *     judged before and cannot be after the change
 * @param mended the findings that go with it
 */
public record DiagnosisChange(Diagnosis broken, Diagnosis mended) {
    /** Compares two diagnoses of one era; subnets are the same when their names are. */
    public static DiagnosisChange of(Diagnosis before, Diagnosis after) {
        ImmutableList.Builder<SubnetReport> broken = ImmutableList.builder();
        for (SubnetReport report : after.subnets()) {
            add(report, newIn(report, before), unseen(report, before), broken);
        }
        ImmutableList.Builder<SubnetReport> mended = ImmutableList.builder();
        for (SubnetReport report : before.subnets()) {
            boolean gone = after.subnets().stream().noneMatch(other -> sameSubnet(report, other));
            if (!gone) add(report, newIn(report, after), ImmutableList.of(), mended);
            else if (!report.instances().isEmpty()) add(report, ImmutableList.of(), lost(report), broken);
        }
        return new DiagnosisChange(
                new Diagnosis(after.era(), broken.build()), new Diagnosis(after.era(), mended.build()));
    }

    private static void add(
            SubnetReport of,
            ImmutableList<Finding> findings,
            ImmutableList<NotJudged> notJudged,
            ImmutableList.Builder<SubnetReport> reports) {
        if (findings.isEmpty() && notJudged.isEmpty()) return;
        reports.add(new SubnetReport(of.subnet(), of.instances(), findings, ImmutableList.of(), notJudged));
    }

    /** The findings of a subnet that another diagnosis does not have. */
    private static ImmutableList<Finding> newIn(SubnetReport report, Diagnosis known) {
        return report.findings().stream()
                .filter(finding -> known.subnets().stream()
                        .filter(other -> sameSubnet(report, other))
                        .flatMap(other -> other.findings().stream())
                        .noneMatch(other -> same(finding, other)))
                .collect(ImmutableList.toImmutableList());
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

    /** A subnet that is gone is not healthy for it: its instances were somewhere. */
    private static ImmutableList<NotJudged> lost(SubnetReport report) {
        return report.passes().stream()
                .map(requirement -> new NotJudged(
                        requirement, "the subnet, which is not there after the change", ImmutableList.of()))
                .collect(ImmutableList.toImmutableList());
    }

    private static boolean sameSubnet(SubnetReport one, SubnetReport other) {
        return one.id().qualifiedName().equalsIgnoreCase(other.id().qualifiedName());
    }

    private static boolean same(Finding one, Finding other) {
        return one.requirement() == other.requirement()
                && one.flows().equals(other.flows())
                && one.subjects().equals(other.subjects());
    }

    /** Whether nothing comes that matters at least this much. */
    public boolean breaksNothing(Severity least) {
        return broken.worst().filter(worst -> worst.compareTo(least) <= 0).isEmpty();
    }
}
