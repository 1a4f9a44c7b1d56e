package dev.mipath.cli;

import dev.mipath.explain.Context;
import dev.mipath.explain.HopReport;
import dev.mipath.explain.HopText;
import dev.mipath.explain.JsonText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code mipath next-hop}: which route takes a packet. */
final class NextHop implements Subcommand {
    private static final String[] QUESTION = {"--source-ip", "--dest-ip"};

    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("next-hop", "Say which route takes a packet, and why.")
                .alias("show-next-hop")
                .with(
                        Option.text("--source-ip", "IP", "Where the packet leaves from; its subnet's routes apply."),
                        Option.text("--dest-ip", "IP", "Where it goes."),
                        Option.file(
                                "--queries", "FILE.jsonl", "Ask one question a line instead; `-` is standard input."));
        return Sources.compiledIn(Target.in(syntax).with(Answers.FORMAT));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        @Nullable String queries = arguments.find("--queries");
        @Nullable HopQuestion single = queries == null ? question(arguments) : null;
        if (single == null) Answers.alone(arguments, "--queries", "--source-ip", "--dest-ip", "--vm", "--nic");
        Answers.oneStandardInput(arguments, queries);
        Context context = Sources.compiled(arguments, terminal);
        HopAsker asker = new HopAsker(context, arguments.find("--vnet"));
        if (single == null) return Batch.run(String.valueOf(queries), new HopLines(asker), terminal);
        HopReport report = asker.report(single);
        if (Answers.json(arguments))
            terminal.out().println(JsonText.line(report.verdict().members()));
        else terminal.out().print(HopText.tell(report, context, terminal.ink(), terminal.verbose()));
        return report.verdict().known() ? ExitCode.YES : ExitCode.UNDETERMINED;
    }

    private static HopQuestion question(Arguments arguments) {
        Answers.need(arguments, "--queries FILE", QUESTION);
        HopQuestion question = new HopQuestion();
        question.source().read("--source-ip", arguments);
        question.destination().read("--dest-ip", arguments);
        question.target(Target.of(arguments));
        return question;
    }
}
