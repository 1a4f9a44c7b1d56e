package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.CompileOptions;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.PolicyText;
import dev.mipath.format.ChangeYaml;
import dev.mipath.profile.Era;
import dev.mipath.requirements.NetworkIntentPolicy;
import dev.mipath.requirements.NetworkIntentPolicy.Answer;
import dev.mipath.requirements.NetworkIntentPolicy.Verdict;
import dev.mipath.topology.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code mipath change}: what the platform answers to a change, and what it would break. */
final class ChangeOf implements Subcommand {
    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("change", "Say what the platform answers to a change, and what the change breaks.")
                .with(
                        Option.file("--apply", "CHANGE.yaml", "The edits, as `mipath schema change` describes them.")
                                .mandatory(),
                        Option.choice("--format", "FORMAT", "How the answer is written.", "text", "json"));
        return Sources.compiledIn(syntax);
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        Sources.Read read = Sources.read(arguments, terminal);
        Era era = Eras.choose(arguments.get("--profile"), read.topology()).era();
        CompileOptions options = Sources.options(read, arguments).with(era);
        String file = arguments.get("--apply");
        ImmutableList<Change> changes = ChangeYaml.read(file, Files.readAllBytes(Path.of(file)), read.topology());
        Verdict verdict = NetworkIntentPolicy.judge(read.topology(), changes, options, era);
        if (arguments.get("--format").equals("json")) terminal.out().println(JsonText.page(PolicyText.json(verdict)));
        else terminal.out().print(PolicyText.tell(verdict, terminal.ink()));
        return verdict.answer() == Answer.REFUSED || verdict.breaks() ? ExitCode.NO : ExitCode.YES;
    }
}
