package dev.mipath.cli;

import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.explain.Context;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.RoutesReport;

/** {@code mipath effective-routes}: every route of a subnet, those that lose included. */
final class EffectiveRoutesOf implements Subcommand {
    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("effective-routes", "List the routes a subnet really has, and why others lost.");
        return Sources.compiledIn(SubnetChoice.in(syntax).with(Answers.FORMAT));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        Context context = Sources.compiled(arguments, terminal);
        SubnetChoice choice = SubnetChoice.of(arguments, context.compilation().topology());
        EffectiveRoutes routes = context.compilation().routes(choice.subnet().id());
        if (routes == null) throw new IllegalStateException("a declared subnet has no routes");
        RoutesReport report = new RoutesReport(choice.subnet(), routes, context);
        if (Answers.json(arguments)) terminal.out().println(JsonText.page(report.members()));
        else terminal.out().print(report.text(terminal.ink(), terminal.verbose()));
        return ExitCode.YES;
    }
}
