package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.AddressSet;
import dev.mipath.requirements.Diagnosis;
import dev.mipath.requirements.Diagnosis.NotJudged;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.requirements.DiagnosisChange;
import dev.mipath.requirements.Finding;
import dev.mipath.requirements.Requirement;
import dev.mipath.space.FlowLine;
import dev.mipath.topology.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A diagnosis as JSON; {@code mipath schema doctor} describes it. */
public final class DoctorJson {
    private DoctorJson() {}

    /** The document. */
    public static Map<String, @Nullable Object> of(Diagnosis diagnosis) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "mipath.doctor/1");
        document.put("profile", diagnosis.era().name());
        document.put(
                "subnets",
                diagnosis.subnets().stream()
                        .map(report -> subnet(report, diagnosis))
                        .toList());
        return document;
    }

    /** What a change breaks and mends. */
    public static Map<String, @Nullable Object> of(DiagnosisChange change) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "mipath.doctor-change/1");
        document.put("profile", change.broken().era().name());
        document.put("broken", of(change.broken()).get("subnets"));
        document.put("mended", of(change.mended()).get("subnets"));
        document.put(
                "removed", change.removed().stream().map(DoctorJson::removed).toList());
        return document;
    }

    /** A subnet that a change takes away. */
    static Map<String, @Nullable Object> removed(SubnetReport report) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("subnet", report.id().qualifiedName());
        members.put("location", Locations.of(report.subnet().place()));
        members.put(
                "instances",
                report.instances().stream().map(each -> each.id().name()).toList());
        return members;
    }

    private static Map<String, @Nullable Object> subnet(SubnetReport report, Diagnosis diagnosis) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("subnet", report.id().qualifiedName());
        members.put("location", Locations.of(report.subnet().place()));
        members.put(
                "instances",
                report.instances().stream().map(each -> each.id().name()).toList());
        members.put(
                "findings",
                report.findings().stream()
                        .map(finding -> finding(finding, report, diagnosis))
                        .toList());
        members.put(
                "passes", report.passes().stream().map(DoctorJson::requirement).toList());
        members.put(
                "notJudged", report.notJudged().stream().map(DoctorJson::doubt).toList());
        return members;
    }

    private static Map<String, @Nullable Object> requirement(Requirement requirement) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", requirement.id());
        members.put("title", requirement.title());
        return members;
    }

    private static Map<String, @Nullable Object> doubt(NotJudged doubt) {
        Map<String, @Nullable Object> members = requirement(doubt.requirement());
        members.put("missing", doubt.missing());
        members.put("packets", doubt.flows().stream().map(DoctorJson::flow).toList());
        return members;
    }

    private static Map<String, @Nullable Object> finding(Finding finding, SubnetReport report, Diagnosis diagnosis) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", finding.requirement().id());
        members.put("severity", DoctorWords.word(finding.severity()));
        members.put("sentence", DoctorWords.sentence(finding, report));
        members.put("subjects", finding.subjects());
        members.put("packets", finding.flows().stream().map(DoctorJson::flow).toList());
        members.put("location", Locations.of(finding.place()));
        members.put("citation", DoctorWords.citation(finding.requirement(), diagnosis.era()));
        @Nullable Requirement cause = finding.because();
        members.put("because", cause == null ? null : cause.id());
        members.put("remedy", remedy(finding, report));
        return members;
    }

    private static Map<String, @Nullable Object> remedy(Finding finding, SubnetReport report) {
        List<Change> edits = finding.remedy();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("proven", !edits.isEmpty());
        members.put("advice", edits.isEmpty() ? DoctorWords.advice(finding, report) : null);
        members.put("az", edits.stream().map(AzCommand::of).toList());
        members.put(
                "bicep",
                edits.stream().map(BicepFragment::of).filter(Objects::nonNull).toList());
        return members;
    }

    static Map<String, @Nullable Object> flow(FlowLine flow) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("protocols", flow.protocols().isEmpty() ? List.of("*") : flow.protocols());
        members.put("sources", addresses(flow.source()));
        members.put("sourcePorts", ports(flow.sourcePorts()));
        members.put("destinations", addresses(flow.destination()));
        members.put("destinationPorts", ports(flow.destinationPorts()));
        return members;
    }

    private static List<String> addresses(AddressSet set) {
        if (set.equals(AddressSet.any())) return List.of("*");
        return set.prefixes().stream().map(Object::toString).toList();
    }

    private static List<String> ports(ImmutableList<?> ranges) {
        return ranges.stream().map(Object::toString).toList();
    }
}
