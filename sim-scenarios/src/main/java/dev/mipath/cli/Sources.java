package dev.mipath.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.explain.Context;
import dev.mipath.explain.Safe;
import dev.mipath.format.Ask;
import dev.mipath.format.Expectation;
import dev.mipath.format.TimeScript;
import dev.mipath.format.TopologyDocument;
import dev.mipath.library.Scenario;
import dev.mipath.library.ScenarioLibrary;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sources of a command line hold. */
final class Sources {
    static final String LABEL = "SOURCE";

    private static final String HELP =
            "Files, folders, `-` for standard input, or scenario:NAME; recognised by content, merged.";
    private static final Option[] OPTIONS = {
        Option.text("--parameter", "NAME=VALUE", "The value of a template parameter.")
                .repeated(),
        Option.text("--parameters", "TEMPLATE=FILE", "The parameters file of a template.")
                .repeated(),
        Option.text("--effective-of", "FILE=NIC", "The NIC that an effective route answer is of.")
                .repeated()
    };

    private Sources() {}

    /**
     * What the sources hold.
     *
     * @param topology everything they declare
     * @param tags the service tags among them, the built-in ones when there are none
     * @param ask the question they were written for, or null
     * @param expect the questions whose answers they know
     * @param time what they say about time, or null
     */
    record Read(
            Topology topology,
            ServiceTags tags,
            @Nullable Ask ask,
            ImmutableList<Expectation> expect,
            @Nullable TimeScript time) {
        /** What one topology file holds, with the built-in service tags. */
        static Read of(TopologyDocument document) {
            return new Read(
                    document.topology(), ServiceTags.builtIn(), document.ask(), document.expect(), document.time());
        }
    }

    /** A syntax that also takes sources. */
    static Syntax in(Syntax syntax) {
        return syntax.with(OPTIONS).with(Positional.files(LABEL, HELP));
    }

    /** A syntax that may take sources. */
    static Syntax optionalIn(Syntax syntax) {
        return syntax.with(OPTIONS).with(Positional.anyFiles(LABEL, HELP));
    }

    /** A syntax that also takes sources and all that compiling them needs. */
    static Syntax compiledIn(Syntax syntax) {
        return compiling(in(syntax));
    }

    /** A syntax that may take sources, and takes all that compiling them needs. */
    static Syntax optionallyCompiledIn(Syntax syntax) {
        return compiling(optionalIn(syntax));
    }

    private static Syntax compiling(Syntax syntax) {
        return syntax.with(
                        Eras.OPTION,
                        Option.file("--service-tags", "FILE", "Microsoft's download of the service tags."),
                        Option.text("--tag", "NAME=PREFIX,…", "What a service tag stands for, also one of no download.")
                                .repeated(),
                        Option.text("--setting", "NAME=VALUE", "A choice that Microsoft's documentation leaves open.")
                                .repeated())
                .footer(Settings.HELP);
    }

    /** Reads and compiles. */
    static Context compiled(Arguments arguments, Terminal terminal) {
        Read read = read(arguments, terminal);
        Eras.Chosen era = Eras.choose(arguments.get("--profile"), read.topology());
        CompileOptions options = options(read, arguments).with(era.era());
        return new Context(NetworkCompiler.compile(read.topology(), options), options.serviceTags());
    }

    /** The choices and the service tags that hold for what was read. */
    static CompileOptions options(Read read, Arguments arguments) {
        CompileOptions settings = Settings.of(arguments.list("--setting"));
        @Nullable String file = arguments.find("--service-tags");
        ServiceTags tags = file == null ? read.tags() : CustomerFiles.serviceTags(file);
        for (String given : arguments.list("--tag")) tags = withTag(tags, given);
        return settings.with(tags);
    }

    private static ServiceTags withTag(ServiceTags tags, String given) {
        int equals = given.indexOf('=');
        List<Prefix> ranges = new ArrayList<>();
        try {
            if (equals > 0) {
                for (String text : Splitter.on(',').trimResults().split(given.substring(equals + 1))) {
                    ranges.add(text.indexOf('/') < 0 ? Prefix.host(Address.parse(text)) : Prefix.parse(text));
                }
                return tags.and(given.substring(0, equals), ranges);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("--tag `" + Safe.text(given) + "`: " + e.getMessage());
        }
        throw new UsageException(
                "--tag `" + Safe.text(given) + "` is not NAME=PREFIX (such as CorpNetSaw=192.0.2.0/24,198.51.100.7)");
    }

    /** Reads; what was passed over is noted on the terminal. */
    static Read read(Arguments arguments, Terminal terminal) {
        return read(arguments.list(LABEL), arguments, terminal);
    }

    /** Reads these sources with the options of a command line. */
    static Read read(List<String> sources, Arguments arguments, Terminal terminal) {
        if (sources.size() == 1 && sources.get(0).startsWith(Scenario.PREFIX)) {
            // The importer and all it needs stay unloaded.
            return Read.of(scenario(sources.get(0)).read());
        }
        return CustomerFiles.read(sources, arguments, terminal);
    }

    /** The built-in scenario of this name. */
    static Scenario scenario(String name) {
        Scenario scenario = ScenarioLibrary.named(name).orElse(null);
        if (scenario != null) return scenario;
        String near =
                ScenarioLibrary.nearest(name.substring(name.indexOf(':') + 1)).orElse(null);
        throw new UsageException("there is no scenario `" + Safe.text(name) + "` ("
                + (near == null ? "`mipath scenarios list` names them" : "did you mean `" + near + "`?") + ")");
    }
}
