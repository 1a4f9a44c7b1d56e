package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.requirements.Diagnosis.SubnetReport;

/**
 * What a change does to a diagnosis.
 *
 * @param broken the findings that come with the change, or that hit other packets than before
 * @param mended the findings that go with it
 */
public record DiagnosisChange(Diagnosis broken, Diagnosis mended) {
    /** Compares two diagnoses of one era; subnets are the same when their names are. */
    public static DiagnosisChange of(Diagnosis before, Diagnosis after) {
        return new DiagnosisChange(without(after, before), without(before, after));
    }

    private static Diagnosis without(Diagnosis all, Diagnosis known) {
        ImmutableList.Builder<SubnetReport> reports = ImmutableList.builder();
        for (SubnetReport report : all.subnets()) {
            ImmutableList<Finding> findings = report.findings().stream()
                    .filter(finding -> known.subnets().stream()
                            .filter(other -> sameSubnet(report, other))
                            .flatMap(other -> other.findings().stream())
                            .noneMatch(other -> same(finding, other)))
                    .collect(ImmutableList.toImmutableList());
            if (findings.isEmpty()) continue;
            reports.add(new SubnetReport(
                    report.subnet(), report.instances(), findings, ImmutableList.of(), ImmutableList.of()));
        }
        return new Diagnosis(all.era(), reports.build());
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
