package dev.mipath.cli;

import dev.mipath.explain.Context;
import dev.mipath.explain.FlowDiagnostics;
import dev.mipath.explain.FlowReport;
import dev.mipath.explain.FlowText;
import dev.mipath.explain.JsonText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code mipath test-ip-flow}: which rule decides a flow at one place. */
final class TestIpFlow implements Subcommand {
    private static final String DIAGNOSTICS = "azure-nsg-diagnostics";
    private static final String[] QUESTION = {"--direction", "--protocol", "--local", "--remote"};

    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("test-ip-flow", "Say which security rule allows or denies a flow, and why.")
                .with(
                        Option.text("--direction", "DIRECTION", "Inbound or Outbound, as seen from the local end."),
                        Option.text("--protocol", "PROTOCOL", "TCP or UDP."),
                        Option.text("--local", "IP:PORT", "The end whose security groups apply; `*` for any port."),
                        Option.text("--remote", "IP:PORT", "The other end; `*` for any port."),
                        Option.file(
                                "--flows",
                                "FILE",
                                "Ask one question a line instead, or every flow of a flow log; `-` is standard input."));
        Option format = Option.choice("--format", "FORMAT", "How the answer is written.", "text", "json", DIAGNOSTICS);
        return Sources.compiledIn(Target.in(syntax).with(format));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        @Nullable String flows = arguments.find("--flows");
        @Nullable FlowQuestion single = flows == null ? question(arguments) : null;
        if (single == null)
            Answers.alone(arguments, "--flows", "--direction", "--protocol", "--local", "--remote", "--vm", "--nic");
        boolean diagnostics = arguments.get("--format").equals(DIAGNOSTICS);
        if (single == null && diagnostics) {
            throw new UsageException("--format " + DIAGNOSTICS + " is for a single question (leave out --flows)");
        }
        Answers.oneStandardInput(arguments, flows);
        Context context = Sources.compiled(arguments, terminal);
        FlowAsker asker = new FlowAsker(context, arguments.find("--vnet"));
        if (single == null) return FlowLog.run(String.valueOf(flows), asker, terminal);
        FlowReport report = asker.report(single);
        if (diagnostics) terminal.out().println(JsonText.page(FlowDiagnostics.members(report, context.compilation())));
        else if (Answers.json(arguments))
            terminal.out().println(JsonText.line(report.verdict().members()));
        else terminal.out().print(FlowText.tell(report, context, terminal.ink(), terminal.verbose()));
        return switch (report.verdict().access()) {
            case ALLOW -> ExitCode.YES;
            case DENY -> ExitCode.NO;
            case UNKNOWN -> ExitCode.UNDETERMINED;
        };
    }

    private static FlowQuestion question(Arguments arguments) {
        Answers.need(arguments, "--flows FILE", QUESTION);
        FlowQuestion question = new FlowQuestion();
        question.direction(arguments.get("--direction"));
        question.protocol(arguments.get("--protocol"));
        question.local().read("--local", arguments.get("--local"));
        question.remote().read("--remote", arguments.get("--remote"));
        question.target(Target.of(arguments));
        return question;
    }
}
