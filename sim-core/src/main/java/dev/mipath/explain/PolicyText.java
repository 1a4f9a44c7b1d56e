package dev.mipath.explain;

import dev.mipath.explain.Ink.Tone;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.requirements.Finding;
import dev.mipath.requirements.NetworkIntentPolicy;
import dev.mipath.requirements.NetworkIntentPolicy.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the platform answers to a change. */
public final class PolicyText {
    private PolicyText() {}

    /** For people. */
    public static String tell(Verdict verdict, Ink ink) {
        Era era = verdict.after().era();
        StringBuilder out = new StringBuilder();
        out.append(
                switch (verdict.answer()) {
                    case ALLOWED ->
                        verdict.breaks()
                                ? ink.paint("Allowed", Tone.UNSURE)
                                        + ": the network intent policy has nothing against it, but it breaks what the"
                                        + " instance needs.\n"
                                : ink.paint("Allowed", Tone.GOOD)
                                        + ": the network intent policy has nothing against it.\n";
                    case CORRECTED ->
                        ink.paint("Corrected", Tone.UNSURE)
                                + ": the change is made, and the service puts its own rules and routes back.\n";
                    case REFUSED ->
                        ink.paint("Refused", Tone.BAD) + " with " + verdict.code()
                                + ": nothing is changed, nothing is lost.\n";
                });
        for (SubnetReport report : verdict.change().broken().subnets()) {
            for (Finding finding : report.findings()) {
                out.append("  ").append(DoctorWords.word(finding.severity())).append(' ');
                out.append(finding.requirement().id()).append(": ");
                out.append(DoctorWords.sentence(finding, report)).append('\n');
                for (String flow : DoctorWords.flows(finding))
                    out.append("    packets: ").append(flow).append('\n');
                @Nullable String code = NetworkIntentPolicy.creationCode(finding.requirement());
                if (report.instances().isEmpty() && code != null) {
                    out.append("    no instance is there yet; creating one would fail with ")
                            .append(code)
                            .append('\n');
                }
            }
        }
        for (SubnetReport report : verdict.after().subnets()) {
            OptionalInt more = NetworkIntentPolicy.moreInstances(report, era);
            out.append("Subnet ").append(DoctorWords.title(report)).append(": ");
            out.append(
                    more.isPresent()
                            ? "room for " + more.getAsInt() + " more General Purpose instances.\n"
                            : "its prefix is not given, so its room is not known.\n");
        }
        return out.toString();
    }

    /** As JSON. */
    public static Map<String, @Nullable Object> json(Verdict verdict) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "mipath.change/1");
        document.put("profile", verdict.after().era().name());
        document.put("answer", verdict.answer().name().toLowerCase(Locale.ROOT));
        document.put("code", verdict.code());
        document.put("broken", DoctorJson.of(verdict.change().broken()).get("subnets"));
        document.put("mended", DoctorJson.of(verdict.change().mended()).get("subnets"));
        document.put(
                "room",
                verdict.after().subnets().stream()
                        .map(report -> room(report, verdict.after().era()))
                        .toList());
        return document;
    }

    private static Map<String, @Nullable Object> room(SubnetReport report, Era era) {
        OptionalInt more = NetworkIntentPolicy.moreInstances(report, era);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("subnet", report.id().qualifiedName());
        members.put("generalPurposeInstances", more.isPresent() ? more.getAsInt() : null);
        return members;
    }
}
