package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.requirements.Diagnosis;
import dev.mipath.requirements.Diagnosis.NotJudged;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.requirements.DiagnosisChange;
import dev.mipath.requirements.Finding;
import dev.mipath.requirements.Requirement;
import dev.mipath.requirements.Severity;

/** A diagnosis as a JUnit report: a suite for each subnet, a case for each requirement; what is not judged is skipped. */
public final class DoctorJUnit {
    private final StringBuilder xml = new StringBuilder();
    private final Severity failing;

    private DoctorJUnit(Severity failing) {
        this.failing = failing;
    }

    /**
     * The report.
     *
     * @param failing the least severity of a failure; what is milder passes, with its severity before its name and its words on standard output
     */
    public static String of(Diagnosis diagnosis, Severity failing) {
        DoctorJUnit report = new DoctorJUnit(failing);
        report.xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"mipath doctor\">\n");
        for (SubnetReport subnet : diagnosis.subnets()) report.suite(subnet, diagnosis);
        if (diagnosis.subnets().isEmpty()) report.nothing();
        return report.xml.append("</testsuites>\n").toString();
    }

    /** What a change does: what it breaks fails, what it takes out of sight is skipped, and all that stands passes. */
    public static String of(DiagnosisChange change, Diagnosis after, Severity failing) {
        ImmutableList.Builder<SubnetReport> reports = ImmutableList.builder();
        for (SubnetReport now : after.subnets()) {
            ImmutableList<Finding> broken = ImmutableList.of();
            ImmutableList<NotJudged> unseen = ImmutableList.of();
            for (SubnetReport report : change.broken().subnets()) {
                if (!report.id().equals(now.id())) continue;
                broken = report.findings();
                unseen = report.notJudged();
            }
            reports.add(new SubnetReport(now.subnet(), now.instances(), broken, now.passes(), unseen));
        }
        for (SubnetReport gone : change.removed()) {
            ImmutableList<NotJudged> unseen = gone.passes().stream()
                    .map(each -> new NotJudged(each, "the subnet, which the change takes away", ImmutableList.of()))
                    .collect(ImmutableList.toImmutableList());
            reports.add(
                    new SubnetReport(gone.subnet(), gone.instances(), ImmutableList.of(), ImmutableList.of(), unseen));
        }
        return of(new Diagnosis(after.era(), reports.build()), failing);
    }

    /** A report without any case looks like one that was not written. */
    private void nothing() {
        xml.append("  <testsuite name=\"mipath\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\" time=\"0\">\n");
        xml.append("    <testcase classname=\"mipath\" name=\"network requirements\" time=\"0\"><skipped");
        xml.append(attribute("message", "no subnet holds managed instances or is delegated to them"));
        xml.append("/></testcase>\n  </testsuite>\n");
    }

    private void suite(SubnetReport report, Diagnosis diagnosis) {
        long failures = report.findings().stream().filter(this::fails).count();
        int cases = report.findings().size()
                + report.passes().size()
                + report.notJudged().size();
        String suite = "mipath." + report.id().qualifiedName();
        xml.append("  <testsuite").append(attribute("name", suite));
        xml.append(attribute("tests", String.valueOf(cases))).append(attribute("failures", String.valueOf(failures)));
        xml.append(attribute("errors", "0"));
        xml.append(attribute("skipped", String.valueOf(report.notJudged().size())));
        xml.append(attribute("time", "0")).append(">\n");
        for (Finding finding : report.findings()) finding(finding, report, suite, diagnosis);
        for (Requirement passed : report.passes()) open(passed, suite).append("/>\n");
        for (NotJudged doubt : report.notJudged()) {
            open(doubt.requirement(), suite).append("><skipped");
            xml.append(attribute("message", "needs " + doubt.missing())).append("/></testcase>\n");
        }
        xml.append("  </testsuite>\n");
    }

    private boolean fails(Finding finding) {
        return finding.severity().compareTo(failing) <= 0;
    }

    private void finding(Finding finding, SubnetReport report, String suite, Diagnosis diagnosis) {
        String sentence = DoctorWords.sentence(finding, report);
        String detail = finding.place() + "\n" + String.join("\n", DoctorWords.flows(finding)) + "\n"
                + DoctorWords.citation(finding.requirement(), diagnosis.era());
        // Viewers fold away what passed cases print; their names they show.
        String name = fails(finding) ? "" : DoctorWords.word(finding.severity()) + ": ";
        open(name, finding.requirement(), suite).append(">");
        if (fails(finding)) {
            xml.append("<failure").append(attribute("message", sentence));
            xml.append(attribute("type", finding.requirement().id())).append('>');
            xml.append(escaped(detail)).append("</failure>");
        } else {
            xml.append("<system-out>").append(escaped(sentence + "\n" + detail)).append("</system-out>");
        }
        xml.append("</testcase>\n");
    }

    private StringBuilder open(Requirement requirement, String suite) {
        return open("", requirement, suite);
    }

    private StringBuilder open(String before, Requirement requirement, String suite) {
        return xml.append("    <testcase")
                .append(attribute("classname", suite))
                .append(attribute("name", before + requirement.id() + ": " + requirement.title()))
                .append(attribute("time", "0"));
    }

    private static String attribute(String name, String value) {
        return " " + name + "=\"" + escaped(value) + "\"";
    }

    private static String escaped(String text) {
        StringBuilder lines = new StringBuilder();
        for (String line : text.split("\n", -1))
            lines.append(lines.length() == 0 ? "" : "\n").append(Safe.text(line));
        return lines.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
