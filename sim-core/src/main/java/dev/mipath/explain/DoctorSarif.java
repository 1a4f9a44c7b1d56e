package dev.mipath.explain;

import dev.mipath.requirements.Diagnosis;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.requirements.Finding;
import dev.mipath.requirements.Requirement;
import dev.mipath.topology.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A diagnosis as a SARIF 2.1.0 log, which code scanning opens. */
public final class DoctorSarif {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String UNRESERVED = "-._~/:";

    private DoctorSarif() {}

    /**
     * The log.
     *
     * @param version the version of MiPath
     */
    public static Map<String, Object> of(Diagnosis diagnosis, String version) {
        List<Object> rules = new ArrayList<>();
        for (Requirement requirement : Requirement.values()) rules.add(rule(requirement, diagnosis));
        List<Object> results = new ArrayList<>();
        for (SubnetReport report : diagnosis.subnets()) {
            for (Finding finding : report.findings()) results.add(result(finding, report));
        }
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "MiPath");
        driver.put("version", version);
        driver.put("rules", rules);
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("columnKind", "utf16CodeUnits");
        run.put("results", results);
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return log;
    }

    private static Map<String, Object> rule(Requirement requirement, Diagnosis diagnosis) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", requirement.id());
        rule.put("shortDescription", text(requirement.title()));
        rule.put("help", text(DoctorWords.citation(requirement, diagnosis.era())));
        rule.put("defaultConfiguration", Map.of("level", DoctorWords.word(requirement.severity())));
        return rule;
    }

    private static Map<String, Object> result(Finding finding, SubnetReport report) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", finding.requirement().id());
        result.put("level", DoctorWords.word(finding.severity()));
        result.put("message", text(DoctorWords.title(report) + ": " + DoctorWords.sentence(finding, report)));
        result.put("locations", List.of(location(finding.place(), report)));
        result.put(
                "partialFingerprints",
                Map.of(
                        "requirementAndSubnet/v1",
                        finding.requirement().id() + " " + Safe.text(report.id().qualifiedName()) + " "
                                + Safe.text(String.join(",", finding.subjects()))));
        return result;
    }

    private static Map<String, Object> location(Place place, SubnetReport report) {
        Map<String, Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", Map.of("uri", uri(place.file())));
        if (place.line() > 0) physical.put("region", Map.of("startLine", place.line()));
        Map<String, Object> location = new LinkedHashMap<>();
        location.put("physicalLocation", physical);
        location.put(
                "logicalLocations",
                List.of(Map.of("fullyQualifiedName", Safe.text(report.id().qualifiedName()))));
        return location;
    }

    /** The file as a relative reference; what has no place in a URI is written in percent. */
    private static String uri(String file) {
        StringBuilder uri = new StringBuilder();
        for (byte each : file.replace('\\', '/').getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNRESERVED.indexOf(c) >= 0;
            if (plain) uri.append(c);
            else uri.append('%').append(hex(each >> 4)).append(hex(each));
        }
        return uri.toString();
    }

    private static char hex(int half) {
        return "0123456789ABCDEF".charAt(half & 15);
    }

    private static Map<String, Object> text(String words) {
        return Map.of("text", words);
    }
}
