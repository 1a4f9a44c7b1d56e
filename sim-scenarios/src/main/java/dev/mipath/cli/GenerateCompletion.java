package dev.mipath.cli;

/** {@code mipath generate-completion}: a completion script for bash and zsh. */
final class GenerateCompletion implements Subcommand {
    @Override
    public Syntax syntax() {
        return Syntax.of("generate-completion", "Print a completion script for bash and zsh.")
                .footer("Load it with: source <(mipath generate-completion)");
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        terminal.out().print(PicocliReader.completionScript());
        return ExitCode.YES;
    }
}
