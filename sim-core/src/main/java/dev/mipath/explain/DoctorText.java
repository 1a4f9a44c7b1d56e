package dev.mipath.explain;

import dev.mipath.explain.Ink.Tone;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis;
import dev.mipath.requirements.Diagnosis.NotJudged;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.requirements.DiagnosisChange;
import dev.mipath.requirements.Finding;
import dev.mipath.requirements.Requirement;
import dev.mipath.requirements.Severity;
import dev.mipath.topology.Change;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A diagnosis for people: what a manager reads first, then every finding with its remedy. */
public final class DoctorText {
    private static final int EDITS_MAX = 4;

    private final StringBuilder text = new StringBuilder();
    private final Era era;
    private final Ink ink;
    private final boolean verbose;

    private DoctorText(Era era, Ink ink, boolean verbose) {
        this.era = era;
        this.ink = ink;
        this.verbose = verbose;
    }

    /** Tells a diagnosis. */
    public static String tell(Diagnosis diagnosis, Ink ink, boolean verbose) {
        DoctorText page = new DoctorText(diagnosis.era(), ink, verbose);
        page.summary(diagnosis);
        for (SubnetReport report : diagnosis.subnets()) page.subnet(report);
        return page.text.toString();
    }

    /**
     * Tells what a change breaks and mends.
     *
     * @param after how it stands after the change
     */
    public static String tell(DiagnosisChange change, Diagnosis after, Ink ink) {
        DoctorText page = new DoctorText(change.broken().era(), ink, false);
        if (change.isOfNothing(after)) {
            page.line(ink.paint("Nothing was judged", Tone.UNSURE)
                    + ": neither before nor after the change does a subnet of the input hold managed instances, or is"
                    + " delegated to them.");
            return page.text.toString();
        }
        int broken = findings(change.broken());
        int mended = findings(change.mended());
        int open = change.broken().open().size();
        int lost = change.lost().size();
        String unseen = lost > 0
                ? plural(lost, "subnet") + " with instances " + (lost == 1 ? "is" : "are") + " gone"
                : plural(open, "requirement") + " can be judged no more";
        page.line((broken == 0
                        ? open + lost == 0
                                ? ink.paint("The change breaks nothing", Tone.GOOD)
                                : ink.paint(
                                        "The change breaks nothing that could be judged, but " + unseen, Tone.UNSURE)
                        : ink.paint("The change breaks " + plural(broken, "requirement"), Tone.BAD))
                + (mended == 0 ? "." : " and mends " + mended + "."));
        for (SubnetReport report : change.broken().subnets()) page.subnet(report);
        if (mended > 0 || !change.removed().isEmpty()) page.line("");
        for (SubnetReport report : change.removed()) {
            page.line(ink.paint("removed ", Tone.UNSURE) + "subnet " + DoctorWords.title(report)
                    + ": nothing of it can be judged after the change");
        }
        for (SubnetReport report : change.mended().subnets()) {
            for (Finding finding : report.findings()) {
                page.line(ink.paint("mended ", Tone.GOOD)
                        + finding.requirement().id() + " in subnet " + DoctorWords.title(report));
            }
        }
        return page.text.toString();
    }

    private static int findings(Diagnosis diagnosis) {
        return diagnosis.subnets().stream()
                .mapToInt(report -> report.findings().size())
                .sum();
    }

    private void summary(Diagnosis diagnosis) {
        int subnets = diagnosis.subnets().size();
        if (subnets == 0) {
            line("No subnet of the input holds managed instances or is delegated to them.");
            return;
        }
        int errors = count(diagnosis, Severity.ERROR);
        int warnings = count(diagnosis, Severity.WARNING);
        int open = diagnosis.open().size();
        String head = errors > 0
                ? ink.paint("Not healthy", Tone.BAD)
                : open > 0
                        ? ink.paint(
                                "No error found, but " + plural(open, "requirement") + " could not be judged",
                                Tone.UNSURE)
                        : warnings > 0
                                ? ink.paint("Works, with warnings", Tone.UNSURE)
                                : ink.paint("Healthy", Tone.GOOD);
        line(head + ": " + plural(subnets, "instance subnet") + ", " + plural(errors, "error") + ", "
                + plural(warnings, "warning") + " under profile " + era.name() + ".");
        for (SubnetReport report : diagnosis.subnets()) {
            for (Finding finding : report.findings()) {
                if (finding.severity() == Severity.ERROR && finding.because() == null) {
                    line("  - " + DoctorWords.sentence(finding, report));
                }
            }
        }
    }

    private static int count(Diagnosis diagnosis, Severity severity) {
        return (int) diagnosis.subnets().stream()
                .flatMap(report -> report.findings().stream())
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String plural(int count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    private void subnet(SubnetReport report) {
        line("");
        line(ink.paint("Subnet " + DoctorWords.title(report), Tone.STRONG));
        for (Finding finding : report.findings()) finding(finding, report);
        if (!report.passes().isEmpty()) {
            line("  " + ink.paint("passed", Tone.GOOD) + " "
                    + (verbose ? "" : plural(report.passes().size(), "requirement")));
            if (verbose) for (Requirement passed : report.passes()) line("    " + passed.id() + ": " + passed.title());
        }
        if (report.notJudged().isEmpty()) return;
        line("  " + ink.paint("not judged", Tone.UNSURE));
        DoctorWords.doubts(report).forEach((missing, doubts) -> {
            line("    " + DoctorWords.ids(doubts) + ": needs " + missing);
            Set<String> flows = new LinkedHashSet<>();
            for (NotJudged doubt : doubts) doubt.flows().forEach(flow -> flows.add(flow.toString()));
            flows.forEach(flow -> line("      in doubt: " + Safe.text(flow)));
        });
    }

    private void finding(Finding finding, SubnetReport report) {
        String word = DoctorWords.word(finding.severity());
        Tone tone = finding.severity() == Severity.ERROR ? Tone.BAD : Tone.UNSURE;
        line("  " + ink.paint(word, tone) + " " + finding.requirement().id() + ": "
                + DoctorWords.sentence(finding, report));
        line("    at " + Safe.text(finding.place().toString()));
        DoctorWords.flows(finding).forEach(flow -> line("    packets: " + flow));
        if (finding.because() != null)
            line("    because of " + finding.because().id());
        line("    asked for by " + DoctorWords.citation(finding.requirement(), era));
        remedy(finding, report);
    }

    private void remedy(Finding finding, SubnetReport report) {
        List<Change> edits = finding.remedy();
        if (edits.isEmpty()) {
            if (finding.because() == null) line("    remedy: " + DoctorWords.advice(finding, report));
            return;
        }
        line("    remedy (tried: the finding goes, no other comes):");
        edits.stream().limit(EDITS_MAX).forEach(edit -> line("      " + AzCommand.of(edit)));
        if (edits.size() > EDITS_MAX) {
            line("      … and " + (edits.size() - EDITS_MAX) + " more edits (--format json has them all)");
        }
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
