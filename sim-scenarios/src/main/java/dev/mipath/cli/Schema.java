package dev.mipath.cli;

import dev.mipath.format.Schemas;

/** {@code mipath schema}: the JSON Schema of a file that people write by hand. */
final class Schema implements Subcommand {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "schema",
                        "Print a JSON Schema: of a topology file, a list of changes, a trace, or a diagnosis.")
                .with(Positional.one("NAME", String.join(", ", Schemas.names()) + "."));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        try {
            terminal.out().println(Schemas.text(arguments.get("NAME")).stripTrailing());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return ExitCode.YES;
    }
}
