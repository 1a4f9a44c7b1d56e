package dev.mipath.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.compile.Provisioned;
import dev.mipath.explain.ChangeAnswer;
import dev.mipath.explain.Context;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.PolicyText;
import dev.mipath.explain.Safe;
import dev.mipath.format.Ask;
import dev.mipath.format.ChangeYaml;
import dev.mipath.format.Expectation;
import dev.mipath.importer.Proposal;
import dev.mipath.importer.Rebase;
import dev.mipath.profile.Era;
import dev.mipath.profile.ServiceTags;
import dev.mipath.requirements.NetworkIntentPolicy;
import dev.mipath.requirements.NetworkIntentPolicy.Answer;
import dev.mipath.requirements.NetworkIntentPolicy.Verdict;
import dev.mipath.topology.Change;
import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code mipath change}: what the platform answers to a change, what it would break, and which flows go otherwise. */
final class ChangeOf implements Subcommand {
    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("change", "Say what the platform answers to a change, and what the change breaks.")
                .with(
                        Option.file(
                                        "--apply",
                                        "FILE",
                                        "Edits (`mipath schema change`), a Terraform plan (`terraform show -json`), or the"
                                                + " answer of `az deployment group what-if --no-pretty-print`.")
                                .mandatory(),
                        Option.file(
                                "--flows",
                                "FILE",
                                "Questions, one a line, as test-ip-flow and next-hop read them: which answers change."),
                        Option.choice("--format", "FORMAT", "How the answer is written.", "text", "json"));
        return Sources.optionallyCompiledIn(syntax);
    }

    /** What is, what would be, and what is asked about both. */
    private record Trial(
            Topology before,
            Topology after,
            ImmutableList<Change> changes,
            ImmutableList<ChangeAnswer.Edited> edits,
            ImmutableList<String> doubts,
            ServiceTags tags,
            @Nullable Ask ask,
            ImmutableList<Expectation> expect) {
        Verdict verdict(CompileOptions options, Era era) {
            return changes.isEmpty()
                    ? NetworkIntentPolicy.judge(before, after, options, era)
                    : NetworkIntentPolicy.judge(before, changes, options, era);
        }

        /** Locks of which nobody knows what they are on may forbid anything. */
        ImmutableList<String> openLocks() {
            return before.services(ManagementLock.class).stream()
                    .filter(lock -> lock.scope().isUnknown())
                    .map(lock -> "what lock `" + lock.id().name() + "` is on, so whether it forbids the change")
                    .collect(ImmutableList.toImmutableList());
        }
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        String file = arguments.get("--apply");
        byte[] content = Files.readAllBytes(Path.of(file));
        Proposal proposal = Proposal.read(file, content).orElse(null);
        Trial trial = proposal == null
                ? edited(file, content, arguments, terminal)
                : proposed(file, proposal, arguments, terminal);
        Sources.Read read = new Sources.Read(trial.before(), trial.tags(), trial.ask(), trial.expect(), null);
        Era era = Eras.choose(arguments.get("--profile"), trial.before()).era();
        CompileOptions options = Sources.options(read, arguments).with(era);
        Verdict verdict = trial.verdict(options, era);
        @Nullable String listed = arguments.find("--flows");
        boolean asks = listed != null || !trial.expect().isEmpty();
        // Without a question nobody needs the networks.
        @Nullable FlowsAcross flows = asks ? across(trial, options) : null;
        int unread = flows == null || listed == null ? 0 : flows.ask(listed, terminal);
        ImmutableList<String> doubts = ImmutableList.<String>builder()
                .addAll(trial.doubts())
                .addAll(trial.openLocks())
                .build();
        ChangeAnswer answer = flows == null
                ? new ChangeAnswer(verdict, trial.edits(), doubts, 0, 0, ImmutableList.of())
                : new ChangeAnswer(verdict, trial.edits(), doubts, flows.asked(), flows.differing(), flows.changed());
        if (arguments.get("--format").equals("json")) terminal.out().println(JsonText.page(PolicyText.json(answer)));
        else terminal.out().print(PolicyText.tell(answer, terminal.ink()));
        if (unread > 0) return ExitCode.USAGE;
        boolean harmed = verdict.answer() == Answer.REFUSED || verdict.breaks() || answer.breaksExpectations();
        boolean unseen = !answer.concernsInstances() || answer.isUnknown();
        return harmed ? ExitCode.NO : unseen ? ExitCode.UNDETERMINED : ExitCode.YES;
    }

    private static FlowsAcross across(Trial trial, CompileOptions options) {
        FlowsAcross flows = new FlowsAcross(
                new Context(NetworkCompiler.compile(trial.before(), options), options.serviceTags()),
                new Context(NetworkCompiler.compile(trial.after(), options), options.serviceTags()),
                trial.ask());
        flows.ask(trial.expect());
        return flows;
    }

    /** A list of edits; names of the service's own rules and routes mean those that it has added by itself, too. */
    private static Trial edited(String file, byte[] content, Arguments arguments, Terminal terminal) {
        if (arguments.list(Sources.LABEL).isEmpty()) {
            throw new UsageException("give SOURCE: what the edits of `" + Safe.text(file) + "` are for");
        }
        Sources.Read read = Sources.read(arguments, terminal);
        Era era = Eras.choose(arguments.get("--profile"), read.topology()).era();
        Set<String> named = ChangeYaml.texts(file, content);
        Topology before = Provisioned.declared(read.topology(), era, named::contains);
        Topology after = before;
        ImmutableList<Change> changes = ImmutableList.copyOf(ChangeYaml.read(file, content, before));
        for (Change change : changes) after = after.with(change);
        return new Trial(
                before, after, changes, ImmutableList.of(), ImmutableList.of(), read.tags(), read.ask(), read.expect());
    }

    private static Trial proposed(String file, Proposal proposal, Arguments arguments, Terminal terminal) {
        for (String note : proposal.notes()) terminal.note(note);
        List<String> sources = arguments.list(Sources.LABEL);
        boolean alone = sources.isEmpty() || sources.equals(List.of(file));
        Optional<Sources.Read> read =
                alone ? Optional.empty() : Optional.of(Sources.read(sources, arguments, terminal));
        Topology before = read.map(Sources.Read::topology).orElse(proposal.before());
        Rebase after = proposal.on(before);
        if (after.edits().isEmpty()) {
            terminal.note("`" + Safe.text(file) + "` changes nothing that the sources hold");
        }
        ImmutableList<ChangeAnswer.Edited> edits = after.edits().stream()
                .map(edit ->
                        new ChangeAnswer.Edited(Ascii.toLowerCase(edit.kind().name()), edit.name()))
                .collect(ImmutableList.toImmutableList());
        return new Trial(
                before,
                after.topology(),
                ImmutableList.of(),
                edits,
                ImmutableList.<String>builder()
                        .addAll(proposal.doubts())
                        .addAll(after.doubts())
                        .build(),
                read.map(Sources.Read::tags).orElse(ServiceTags.builtIn()),
                read.map(Sources.Read::ask).orElse(null),
                read.map(Sources.Read::expect).orElse(ImmutableList.of()));
    }
}
