package dev.mipath.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Help, usage errors and every unusual spelling of a command line, by picocli, from each command's {@link Syntax}. */
final class PicocliReader {
    private static final int WIDTH = 100;

    private PicocliReader() {}

    /**
     * What reading came to: a command to run, or the code of an answer already given.
     *
     * @param command the command to run, or null when help or an error was printed instead
     * @param arguments what to run it with
     * @param code the exit code when there is nothing to run
     */
    record Reading(@Nullable Subcommand command, Arguments arguments, int code) {
        static Reading done(int code) {
            return new Reading(null, new Arguments(Syntax.of("", ""), Map.of()), code);
        }
    }

    static Reading read(String[] args, Terminal terminal) {
        String[] words = commandFirst(args);
        CommandLine mipath = model(List.of(words)::contains);
        if (words.length == 0) {
            mipath.usage(terminal.err(), Ansi.OFF);
            return Reading.done(ExitCode.USAGE);
        }
        try {
            return read(mipath, mipath.parseArgs(words), terminal);
        } catch (ParameterException e) {
            String command = e.getCommandLine().getCommandSpec().qualifiedName();
            terminal.error(command + ": " + worded(e) + "\n(`" + command + " --help` says what there is)");
            return Reading.done(ExitCode.USAGE);
        }
    }

    private static Reading read(CommandLine mipath, ParseResult result, Terminal terminal) {
        ParseResult last = result;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        CommandLine found = last.commandSpec().commandLine();
        if (last.isUsageHelpRequested()) {
            found.usage(terminal.out(), Ansi.OFF);
            return Reading.done(ExitCode.YES);
        }
        if (last.isVersionHelpRequested()) {
            terminal.out().println(Version.line());
            return Reading.done(ExitCode.YES);
        }
        Subcommand command = found.getParent() == null ? null : Subcommands.named(found.getCommandName());
        if (command == null) {
            mipath.usage(terminal.err(), Ansi.OFF);
            return Reading.done(ExitCode.USAGE);
        }
        return new Reading(command, arguments(command.syntax(), last), ExitCode.YES);
    }

    /** The arguments of one command, without its name in front; what picocli refuses it throws. */
    static Arguments arguments(Syntax syntax, String... args) {
        CommandLine command = new CommandLine(spec(syntax)).setExpandAtFiles(false);
        return arguments(syntax, command.parseArgs(args));
    }

    private static Arguments arguments(Syntax syntax, ParseResult last) {
        Map<String, List<String>> given = new HashMap<>();
        for (OptionSpec option : last.matchedOptionsSet()) {
            given.put(option.longestName(), option.arity().max() == 0 ? List.of("") : option.originalStringValues());
        }
        for (PositionalParamSpec positional : last.matchedPositionalsSet()) {
            given.put(positional.paramLabel(), List.copyOf(positional.originalStringValues()));
        }
        return new Arguments(syntax, given);
    }

    /** A script that completes every command's name and options in bash and zsh. */
    static String completionScript() {
        return AutoComplete.bash("mipath", model(name -> true));
    }

    /** {@code mipath --quiet trace} and {@code mipath help trace} as {@code mipath trace --quiet} and {@code --help}. */
    private static String[] commandFirst(String[] args) {
        List<String> words = new ArrayList<>(List.of(args));
        List<String> moved = new ArrayList<>();
        while (!words.isEmpty() && Syntax.isCommon(words.get(0))) {
            moved.add(words.remove(0));
        }
        if (!words.isEmpty() && words.get(0).equals("help")) {
            words.remove(0);
            moved = List.of("--help");
        }
        words.addAll(moved);
        return words.toArray(String[]::new);
    }

    private static String worded(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String first = unmatched.getUnmatched().get(0);
            String what = unmatched.isUnknownOption()
                    ? "unknown option"
                    : problem.getCommandLine().getParent() == null ? "unknown command" : "unexpected argument";
            List<String> near = unmatched.getSuggestions();
            String hint = near.isEmpty() ? "" : " (did you mean `" + String.join("`, `", near) + "`?)";
            return what + " `" + first + "`" + hint;
        }
        String message = String.valueOf(problem.getMessage());
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    /** Every command, but only those asked for with all they accept: the others are there to be named. */
    private static CommandLine model(Predicate<String> whole) {
        CommandSpec top = CommandSpec.create().name("mipath").mixinStandardHelpOptions(true);
        top.usageMessage()
                .width(WIDTH)
                .description(
                        "Follows a packet to an Azure SQL Managed Instance and says why each hop decided as it did.")
                .synopsisSubcommandLabel("COMMAND")
                .footer("", "Exit codes: 0 yes, 1 no, 2 usage or input error, 3 undetermined, 70 internal error.");
        for (String name : Subcommands.NAMES) {
            Subcommand command = Subcommands.named(name);
            if (command != null) {
                Syntax syntax = command.syntax();
                boolean asked = whole.test(name) || syntax.aliases().stream().anyMatch(whole);
                top.addSubcommand(name, new CommandLine(asked ? spec(syntax) : outline(syntax)));
            }
        }
        return new CommandLine(top).setExpandAtFiles(false);
    }

    private static CommandSpec outline(Syntax syntax) {
        CommandSpec spec = CommandSpec.create().name(syntax.name());
        spec.aliases(syntax.aliases().toArray(String[]::new));
        spec.usageMessage().width(WIDTH).sortOptions(false).description(literal(syntax.summary()));
        return spec;
    }

    private static CommandSpec spec(Syntax syntax) {
        CommandSpec spec = outline(syntax).mixinStandardHelpOptions(true);
        if (!syntax.footer().isEmpty()) {
            spec.usageMessage().footer("", literal(syntax.footer()));
        }
        for (Option option : syntax.options()) {
            spec.addOption(spec(option));
        }
        for (int i = 0; i < syntax.positionals().size(); i++) {
            Positional positional = syntax.positionals().get(i);
            spec.addPositional(PositionalParamSpec.builder()
                    .index(i + (positional.many() ? "..*" : ""))
                    .arity((positional.mandatory() ? "1" : "0") + (positional.many() ? "..*" : "..1"))
                    .paramLabel(positional.label())
                    .description(literal(positional.help()))
                    .type(List.class)
                    .auxiliaryTypes(positional.file() ? Path.class : String.class)
                    .converters(value -> value)
                    .build());
        }
        return spec;
    }

    private static OptionSpec spec(Option option) {
        OptionSpec.Builder builder = OptionSpec.builder(option.name()).description(literal(option.help()));
        if (option.kind() == Option.Kind.FLAG) {
            return builder.type(boolean.class).arity("0").build();
        }
        builder.arity("1")
                .paramLabel(option.label())
                .required(option.required())
                .converters(value -> checked(option, value));
        if (!option.choices().isEmpty()) {
            builder.completionCandidates(option.choices());
            builder.description(literal(option.help()), "One of: " + String.join(", ", option.choices()) + ".");
        }
        Class<?> type = option.kind() == Option.Kind.FILE ? Path.class : String.class;
        return option.repeatable()
                ? builder.type(List.class).auxiliaryTypes(type).build()
                : builder.type(type).build();
    }

    private static String checked(Option option, String value) {
        String reason = option.refuse(value);
        if (reason != null) {
            throw new TypeConversionException(reason);
        }
        return value;
    }

    /** picocli reads descriptions as formats. */
    private static String literal(String text) {
        return text.replace("%", "%%");
    }
}
