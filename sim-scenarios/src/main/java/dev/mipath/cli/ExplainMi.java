package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.explain.FlowsJson;
import dev.mipath.explain.FlowsPage;
import dev.mipath.explain.JsonText;
import dev.mipath.profile.Era;
import dev.mipath.requirements.CarriedFlow;
import dev.mipath.requirements.CarriedFlow.State;
import dev.mipath.requirements.ClientFlow;
import dev.mipath.requirements.Doctor;
import dev.mipath.space.TooComplexException;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** {@code mipath explain-mi}: one page for the network team. */
final class ExplainMi implements Subcommand {
    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("explain-mi", "List every flow that managed instances need, and what carries it.")
                .with(Option.choice("--format", "FORMAT", "How the answer is written.", "text", "md", "json"));
        return Sources.compiledIn(syntax);
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        Sources.Read read = Sources.read(arguments, terminal);
        Era era = Eras.choose(arguments.get("--profile"), read.topology()).era();
        CompileOptions options = Sources.options(read, arguments).with(era);
        Compilation compiled = NetworkCompiler.compile(read.topology(), options);
        List<FlowsPage.Section> sections = new ArrayList<>();
        Set<State> states = EnumSet.noneOf(State.class);
        for (Vnet vnet : compiled.topology().vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                if (!Doctor.isForInstances(subnet, compiled.topology())) continue;
                FlowsPage.Section section = section(compiled, options, era, vnet, subnet);
                section.flows().forEach(flow -> states.add(flow.state()));
                if (section.flows().isEmpty()) states.add(State.UNKNOWN);
                sections.add(section);
            }
        }
        if (sections.isEmpty()) {
            throw new UsageException("no subnet of the input holds managed instances or is delegated to them"
                    + " (give the subnet, too: az network vnet subnet show)");
        }
        String text = switch (arguments.get("--format")) {
            case "md" -> FlowsPage.markdown(sections, era);
            case "json" -> JsonText.page(FlowsJson.of(sections, era)) + "\n";
            default -> FlowsPage.text(sections, era);
        };
        terminal.out().print(text);
        if (states.contains(State.DENIED)) return ExitCode.NO;
        return states.contains(State.UNKNOWN) ? ExitCode.UNDETERMINED : ExitCode.YES;
    }

    private static FlowsPage.Section section(
            Compilation compiled, CompileOptions options, Era era, Vnet vnet, Subnet subnet) {
        try {
            ImmutableList<CarriedFlow> flows = CarriedFlow.of(compiled, options.serviceTags(), era, vnet, subnet);
            return new FlowsPage.Section(subnet, flows, ClientFlow.of(compiled, era, subnet));
        } catch (TooComplexException e) {
            throw new UsageException(
                    "the rules of subnet " + subnet.id().qualifiedName() + " make too many cases: " + e.getMessage());
        }
    }
}
