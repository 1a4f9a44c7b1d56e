package dev.mipath.cli;

import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.explain.Context;
import dev.mipath.explain.Picture;
import dev.mipath.explain.Pictures;

/** {@code mipath draw}: the topology, or one of the specification's three diagrams with the input's own names. */
final class Draw implements Subcommand {
    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("draw", "Draw the topology, or the instance's connectivity architecture.")
                .with(
                        Option.choice(
                                "--view",
                                "VIEW",
                                "What is drawn.",
                                "topology",
                                "entities",
                                "high-level",
                                "virtual-cluster"),
                        Option.choice("--format", "FORMAT", "The language of the drawing.", "dot", "mermaid", "text"));
        return Sources.compiledIn(syntax);
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        Sources.Read read = Sources.read(arguments, terminal);
        Eras.Chosen era = Eras.choose(arguments.get("--profile"), read.topology());
        CompileOptions options = Sources.options(read, arguments).with(era.era());
        Context context = new Context(NetworkCompiler.compile(read.topology(), options), options.serviceTags());
        String view = arguments.get("--view");
        if (!view.equals("topology")
                && context.compilation().estate().clusters().isEmpty()) {
            throw new UsageException(
                    "the input holds no managed instance in a known subnet (--view topology draws the rest)");
        }
        Picture picture = switch (view) {
            case "entities" -> Pictures.entities(context, era.era());
            case "high-level" -> Pictures.highLevel(context, era.era());
            case "virtual-cluster" -> Pictures.virtualCluster(context, era.era());
            default -> Pictures.topology(context);
        };
        String text = switch (arguments.get("--format")) {
            case "mermaid" -> picture.mermaid();
            case "text" -> picture.text();
            default -> picture.dot();
        };
        terminal.out().print(text);
        return ExitCode.YES;
    }
}
