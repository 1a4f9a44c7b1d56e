package dev.mipath.cli;

import com.google.common.base.Ascii;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.explain.DoctorJUnit;
import dev.mipath.explain.DoctorJson;
import dev.mipath.explain.DoctorSarif;
import dev.mipath.explain.DoctorText;
import dev.mipath.explain.JsonText;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis;
import dev.mipath.requirements.DiagnosisChange;
import dev.mipath.requirements.Doctor;
import dev.mipath.requirements.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code mipath doctor}: whether the subnets of managed instances fulfil the network requirements. */
final class DoctorOf implements Subcommand {
    private static final String NEVER = "never";

    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("doctor", "Judge the network requirements of managed instances, with remedies.")
                .with(
                        Option.choice(
                                "--format", "FORMAT", "How the answer is written.", "text", "json", "sarif", "junit"),
                        Option.choice(
                                "--fail-on",
                                "SEVERITY",
                                "From which severity on the exit code is 1.",
                                "error",
                                "warning",
                                "note",
                                NEVER),
                        Option.text("--before", "SOURCE", "Instead of SOURCE: what there is, to compare --after with.")
                                .repeated(),
                        Option.text("--after", "SOURCE", "What there would be; the answer is what the change breaks.")
                                .repeated());
        return Sources.optionallyCompiledIn(syntax);
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        List<String> before = arguments.list("--before");
        List<String> after = arguments.list("--after");
        List<String> sources = arguments.list(Sources.LABEL);
        if (before.isEmpty() != after.isEmpty() || sources.isEmpty() == before.isEmpty()) {
            throw new UsageException("give SOURCE, or both --before and --after");
        }
        Severity failing = failing(arguments);
        if (before.isEmpty()) {
            Diagnosis diagnosis = examine(sources, null, arguments, terminal);
            print(diagnosis, failing, arguments, terminal);
            boolean failed = diagnosis
                    .worst()
                    .filter(worst -> worst.compareTo(failing) <= 0)
                    .isPresent();
            boolean open = diagnosis.subnets().isEmpty() || !diagnosis.open().isEmpty();
            return !failed && open ? ExitCode.UNDETERMINED : exit(arguments, failed);
        }
        Diagnosis old = examine(before, null, arguments, terminal);
        Diagnosis changed = examine(after, old.era(), arguments, terminal);
        DiagnosisChange change = DiagnosisChange.of(old, changed);
        print(change, changed, failing, arguments, terminal);
        boolean failed = !change.breaksNothing(failing);
        boolean open = change.isOfNothing(changed)
                || !change.broken().open().isEmpty()
                || !change.lost().isEmpty();
        return !failed && open ? ExitCode.UNDETERMINED : exit(arguments, failed);
    }

    private static int exit(Arguments arguments, boolean failed) {
        return failed && !arguments.get("--fail-on").equals(NEVER) ? ExitCode.NO : ExitCode.YES;
    }

    private static Severity failing(Arguments arguments) {
        String word = arguments.get("--fail-on");
        return word.equals(NEVER) ? Severity.ERROR : Severity.valueOf(Ascii.toUpperCase(word));
    }

    private static Diagnosis examine(List<String> sources, @Nullable Era era, Arguments arguments, Terminal terminal) {
        Sources.Read read = Sources.read(sources, arguments, terminal);
        Era judged = era != null
                ? era
                : Eras.choose(arguments.get("--profile"), read.topology()).era();
        CompileOptions options = Sources.options(read, arguments).with(judged);
        Diagnosis diagnosis = Doctor.examine(NetworkCompiler.compile(read.topology(), options), options, judged);
        if (diagnosis.subnets().isEmpty() && !read.topology().managedInstances().isEmpty()) {
            terminal.note("the subnets of the managed instances are not in the input (az network vnet subnet show)");
        }
        return diagnosis;
    }

    private static void print(Diagnosis diagnosis, Severity failing, Arguments arguments, Terminal terminal) {
        String text = switch (arguments.get("--format")) {
            case "json" -> JsonText.page(DoctorJson.of(diagnosis)) + "\n";
            case "sarif" -> JsonText.page(DoctorSarif.of(diagnosis, Version.number())) + "\n";
            case "junit" -> DoctorJUnit.of(diagnosis, failing);
            default -> DoctorText.tell(diagnosis, terminal.ink(), terminal.verbose());
        };
        terminal.out().print(text);
    }

    private static void print(
            DiagnosisChange change, Diagnosis after, Severity failing, Arguments arguments, Terminal terminal) {
        switch (arguments.get("--format")) {
            case "json" -> terminal.out().println(JsonText.page(DoctorJson.of(change)));
            case "text" -> terminal.out().print(DoctorText.tell(change, after, terminal.ink()));
            case "junit" -> terminal.out().print(DoctorJUnit.of(change, after, failing));
            default -> print(change.broken(), failing, arguments, terminal);
        }
    }
}
