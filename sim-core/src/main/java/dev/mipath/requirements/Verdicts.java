package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.requirements.Diagnosis.NotJudged;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.space.FlowLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what the judges of one subnet say; a requirement passes only when nobody has anything against it. */
final class Verdicts {
    private final List<Finding> findings = new ArrayList<>();
    private final List<NotJudged> notJudged = new ArrayList<>();
    private final Set<Requirement> judged = EnumSet.noneOf(Requirement.class);

    void add(Finding finding) {
        findings.add(finding);
    }

    /** A requirement was looked at; it passes unless something else is said of it. */
    void judged(Requirement requirement) {
        judged.add(requirement);
    }

    void unknown(Requirement requirement, String missing, ImmutableList<FlowLine> flows) {
        notJudged.add(new NotJudged(requirement, missing, flows));
    }

    void unknown(Requirement requirement, String missing) {
        unknown(requirement, missing, ImmutableList.of());
    }

    boolean found(Requirement requirement) {
        return findings.stream().anyMatch(finding -> finding.requirement() == requirement);
    }

    /** Whether a finding about packets names this rule. */
    boolean names(String rule) {
        return findings.stream()
                .anyMatch(finding ->
                        !finding.flows().isEmpty() && finding.subjects().contains(rule));
    }

    /** The finding about one of the services in Azure's cloud that the same rules are to blame for, or null. */
    @Nullable
    Requirement dependencyStolenBy(ImmutableList<String> rules) {
        Set<Requirement> services = EnumSet.of(
                Requirement.ENTRA_OUT,
                Requirement.TELEMETRY_OUT,
                Requirement.STORAGE_OUT,
                Requirement.STORAGE_PAIR_OUT);
        for (Finding finding : findings) {
            if (services.contains(finding.requirement()) && finding.subjects().equals(rules)) {
                return finding.requirement();
            }
        }
        return null;
    }

    SubnetReport report(SubnetCase of) {
        Set<Requirement> passes = EnumSet.copyOf(judged);
        findings.forEach(finding -> passes.remove(finding.requirement()));
        notJudged.forEach(doubt -> passes.remove(doubt.requirement()));
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparing(Finding::severity).thenComparing(Finding::requirement));
        return new SubnetReport(
                of.subnet(),
                of.instances(),
                ImmutableList.copyOf(sorted),
                ImmutableList.copyOf(passes),
                ImmutableList.copyOf(notJudged));
    }
}
