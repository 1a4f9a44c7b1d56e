package dev.mipath.explain;

import dev.mipath.explain.Ink.Tone;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.requirements.DiagnosisChange;
import dev.mipath.requirements.Finding;
import dev.mipath.requirements.NetworkIntentPolicy;
import dev.mipath.requirements.NetworkIntentPolicy.Verdict;
import dev.mipath.requirements.Severity;
import dev.mipath.topology.Change;
import dev.mipath.topology.ManagementLock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the platform answers to a change, what the change breaks, and which flows go otherwise. */
public final class PolicyText {
    private static final int LISTED_MAX = 12;

    private final StringBuilder out = new StringBuilder();
    private final ChangeAnswer answer;
    private final Ink ink;

    private PolicyText(ChangeAnswer answer, Ink ink) {
        this.answer = answer;
        this.ink = ink;
    }

    /** For people. */
    public static String tell(ChangeAnswer answer, Ink ink) {
        PolicyText text = new PolicyText(answer, ink);
        text.headline();
        for (String doubt : answer.doubts())
            text.out.append("  not known: ").append(Safe.text(doubt)).append('\n');
        text.edits();
        for (SubnetReport report : answer.verdict().change().broken().subnets()) text.broken(report);
        text.gone();
        text.flows();
        text.more();
        text.room();
        return text.out.toString();
    }

    private void headline() {
        Verdict verdict = answer.verdict();
        boolean refused = verdict.answer() == NetworkIntentPolicy.Answer.REFUSED;
        if (!answer.concernsInstances() && !refused) {
            out.append(
                    "No subnet of the input holds managed instances or is delegated to them: no network intent policy is"
                            + " there.\n");
            return;
        }
        if (answer.isUnknown() && !refused) {
            out.append(ink.paint("Not known", Tone.UNSURE))
                    .append(
                            verdict.breaks()
                                    ? ": not everything is seen, and what is seen breaks what the instance needs.\n"
                                    : ": not everything is seen; the network intent policy has nothing against what is.\n");
            return;
        }
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
        @Nullable ManagementLock lock = verdict.lock();
        if (lock == null) return;
        out.append("  ").append(LockWords.refusal(lock)).append('\n');
        out.append("    remedy, if the change is meant: ")
                .append(AzCommand.of(new Change.RemoveLock(lock.id())))
                .append('\n');
    }

    private void edits() {
        List<ChangeAnswer.Edited> edits = answer.edits();
        edits.stream()
                .limit(LISTED_MAX)
                .forEach(edit -> out.append("  ")
                        .append(edit.kind())
                        .append(' ')
                        .append(Safe.text(edit.name()))
                        .append('\n'));
        if (edits.size() > LISTED_MAX) {
            out.append("  … and ").append(edits.size() - LISTED_MAX).append(" more (--format json has them all)\n");
        }
    }

    private void broken(SubnetReport report) {
        for (Finding finding : report.findings()) {
            out.append("  ").append(DoctorWords.word(finding.severity())).append(' ');
            out.append(finding.requirement().id()).append(": ");
            out.append(DoctorWords.sentence(finding, report)).append('\n');
            for (String flow : DoctorWords.flows(finding))
                out.append("    packets: ").append(flow).append('\n');
            @Nullable String code = NetworkIntentPolicy.creationCode(finding);
            if (report.instances().isEmpty() && code != null) {
                out.append("    no instance is there yet; creating one would fail with ")
                        .append(code)
                        .append('\n');
            }
        }
        DoctorWords.doubts(report).forEach((missing, doubts) -> {
            out.append("  can be judged no more: ").append(DoctorWords.ids(doubts));
            out.append(" (needs ").append(missing).append(")\n");
        });
    }

    private void gone() {
        DiagnosisChange change = answer.verdict().change();
        for (SubnetReport report : change.removed()) {
            out.append("  nothing can be judged any more of subnet ")
                    .append(DoctorWords.title(report))
                    .append('\n');
        }
        for (SubnetReport report : change.mended().subnets()) {
            for (Finding finding : report.findings()) {
                boolean refused = answer.verdict().answer() == NetworkIntentPolicy.Answer.REFUSED;
                out.append("  ")
                        .append(refused ? "would be mended" : ink.paint("mended", Tone.GOOD))
                        .append(' ');
                out.append(finding.requirement().id()).append('\n');
            }
        }
    }

    private void flows() {
        if (answer.asked() == 0) return;
        int changed = answer.changed();
        boolean refused = answer.verdict().answer() == NetworkIntentPolicy.Answer.REFUSED;
        out.append(refused ? "Flows, were it made: " : "Flows: ");
        out.append(changed).append(" of ").append(answer.asked()).append(" asked ");
        out.append(changed == 1 ? "changes" : "change").append(changed == 0 ? ".\n" : ":\n");
        for (ChangeAnswer.Flow flow : answer.flows()) {
            out.append("  ").append(Safe.text(flow.question()));
            out.append(flow.broken() ? "   " + ink.paint("expected as before", Tone.BAD) : "")
                    .append('\n');
            @Nullable Parting parting = flow.parting();
            if (!flow.before().equals(flow.after()) || parting == null) {
                out.append("    before ")
                        .append(Safe.text(JsonText.line(flow.before())))
                        .append('\n');
                out.append("    after  ")
                        .append(Safe.text(JsonText.line(flow.after())))
                        .append('\n');
            }
            if (parting == null) continue;
            out.append("    first different decision, in phase ")
                    .append(parting.phase())
                    .append('\n');
            out.append("      before ")
                    .append(parting.before() == null ? "–" : parting.before())
                    .append('\n');
            out.append("      after  ")
                    .append(parting.after() == null ? "–" : parting.after())
                    .append('\n');
        }
    }

    private void more() {
        int more = answer.changed() - answer.flows().size();
        if (more > 0) out.append("  … and ").append(more).append(" more\n");
    }

    private void room() {
        Verdict verdict = answer.verdict();
        for (SubnetReport report : verdict.after().subnets()) {
            OptionalInt more =
                    NetworkIntentPolicy.moreInstances(report, verdict.after().era());
            out.append("Subnet ").append(DoctorWords.title(report)).append(": ");
            out.append(
                    more.isPresent()
                            ? "room for " + more.getAsInt() + " more General Purpose instances.\n"
                            : "its prefix is not given, so its room is not known.\n");
        }
    }

    /** Why a change was refused, in a clause: the first of what it breaks that the policy guards. */
    public static String reason(Verdict verdict) {
        @Nullable ManagementLock lock = verdict.lock();
        if (lock != null) return LockWords.refusal(lock);
        for (SubnetReport report : verdict.change().broken().subnets()) {
            if (report.instances().isEmpty()) continue;
            for (Finding finding : report.findings()) {
                if (finding.severity() == Severity.ERROR && finding.because() == null) return reason(finding, report);
            }
        }
        return "";
    }

    /** A finding in a clause, with its place. */
    public static String reason(Finding finding, SubnetReport report) {
        return DoctorWords.sentence(finding, report)
                + (finding.place().isInInput()
                        ? " (" + Safe.text(finding.place().brief()) + ")"
                        : "");
    }

    /** As JSON; {@code mipath schema change-answer} describes it. */
    public static Map<String, @Nullable Object> json(ChangeAnswer answer) {
        Verdict verdict = answer.verdict();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "mipath.change/1");
        document.put("profile", verdict.after().era().name());
        document.put("answer", word(answer));
        document.put("code", verdict.code());
        @Nullable ManagementLock lock = verdict.lock();
        document.put("lock", lock == null ? null : LockWords.json(lock));
        document.put("breaks", verdict.breaks());
        document.put("notKnown", answer.doubts());
        document.put("edits", answer.edits().stream().map(PolicyText::edit).toList());
        document.put("broken", DoctorJson.of(verdict.change().broken()).get("subnets"));
        document.put("mended", DoctorJson.of(verdict.change().mended()).get("subnets"));
        document.put(
                "removed",
                verdict.change().removed().stream().map(DoctorJson::removed).toList());
        Map<String, @Nullable Object> flows = new LinkedHashMap<>();
        flows.put("asked", answer.asked());
        flows.put("changedCount", answer.changed());
        flows.put("changed", answer.flows().stream().map(PolicyText::flow).toList());
        document.put("flows", flows);
        document.put(
                "room",
                verdict.after().subnets().stream()
                        .map(report -> room(report, verdict.after().era()))
                        .toList());
        return document;
    }

    private static String word(ChangeAnswer answer) {
        NetworkIntentPolicy.Answer judged = answer.verdict().answer();
        String word = judged.name().toLowerCase(Locale.ROOT);
        if (judged == NetworkIntentPolicy.Answer.REFUSED) return word;
        if (!answer.concernsInstances()) return "none";
        return answer.isUnknown() ? "unknown" : word;
    }

    private static Map<String, @Nullable Object> edit(ChangeAnswer.Edited edit) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("kind", edit.kind());
        members.put("name", edit.name());
        return members;
    }

    private static Map<String, @Nullable Object> flow(ChangeAnswer.Flow flow) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("question", flow.question());
        members.put("before", flow.before());
        members.put("after", flow.after());
        members.put("expectedAsBefore", flow.broken());
        @Nullable Parting parting = flow.parting();
        Map<String, @Nullable Object> first = new LinkedHashMap<>();
        if (parting != null) {
            first.put("phase", parting.phase());
            first.put("before", parting.before());
            first.put("after", parting.after());
        }
        members.put("firstDifference", parting == null ? null : first);
        return members;
    }

    private static Map<String, @Nullable Object> room(SubnetReport report, Era era) {
        OptionalInt more = NetworkIntentPolicy.moreInstances(report, era);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("subnet", report.id().qualifiedName());
        members.put("generalPurposeInstances", more.isPresent() ? more.getAsInt() : null);
        return members;
    }
}
