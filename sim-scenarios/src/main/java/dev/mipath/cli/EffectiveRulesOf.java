package dev.mipath.cli;

import dev.mipath.explain.Context;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.RulesReport;

/** {@code mipath effective-rules}: every security rule at a subnet or NIC, those that never decide included. */
final class EffectiveRulesOf implements Subcommand {
    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of(
                "effective-rules", "List the security rules a subnet or NIC really has, and which never decide.");
        return Sources.compiledIn(SubnetChoice.in(syntax).with(Answers.FORMAT));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        Context context = Sources.compiled(arguments, terminal);
        SubnetChoice choice = SubnetChoice.of(arguments, context.compilation().topology());
        RulesReport report = new RulesReport(choice.subnet().id(), choice.networkInterface(), context);
        if (Answers.json(arguments)) terminal.out().println(JsonText.page(report.members()));
        else terminal.out().print(report.text(terminal.ink(), terminal.verbose()));
        return ExitCode.YES;
    }
}
