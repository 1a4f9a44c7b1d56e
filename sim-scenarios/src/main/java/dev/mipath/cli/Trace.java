package dev.mipath.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.CompileOptions.AssumedAddress;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.explain.AgainstMarkdown;
import dev.mipath.explain.AgainstText;
import dev.mipath.explain.Comparison;
import dev.mipath.explain.Context;
import dev.mipath.explain.HopPages;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.Pictures;
import dev.mipath.explain.Safe;
import dev.mipath.explain.TagWays;
import dev.mipath.explain.TraceJson;
import dev.mipath.explain.TraceMarkdown;
import dev.mipath.explain.TraceReport;
import dev.mipath.explain.TraceText;
import dev.mipath.explain.Versus;
import dev.mipath.explain.VersusText;
import dev.mipath.format.ChangeYaml;
import dev.mipath.profile.ClientKind;
import dev.mipath.profile.Era;
import dev.mipath.profile.Feature;
import dev.mipath.repair.Repair;
import dev.mipath.topology.Change;
import dev.mipath.topology.Topology;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.ConversationTracer;
import dev.mipath.trace.TraceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code mipath trace}: the connect story of one client, every blocker and what mends it. */
final class Trace implements Subcommand {
    /** What says how one client behaves; a feature has none. */
    private static final ImmutableList<String> NOT_WITH_FEATURE = ImmutableList.of(
            "--against",
            "--client-kind",
            "--driver",
            "--login",
            "--host-name-in-certificate",
            "--validate-certificate",
            "--no-redirect",
            "--brief");

    private static final int CLIENT_PORT_LEAST = 1024;
    private static final int CLIENT_PORT_MOST = 65_000;

    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("trace", "Tell why a client can or cannot connect, with every blocker and its fix.")
                .with(
                        Option.text("--from", "WHERE", "The client: an IP address, a VM, NIC, subnet or site."),
                        Option.text("--to", "WHERE[:PORT]", "A host name, an instance, a VM or an IP address."),
                        Option.choice(
                                        "--client-kind",
                                        "KIND",
                                        "What the client runs on.",
                                        ClientKind.names().toArray(String[]::new))
                                .or(null),
                        Option.choice(
                                        "--feature",
                                        "FEATURE",
                                        "Walk all flows of a feature, with what it needs before.",
                                        Feature.names().toArray(String[]::new))
                                .or(null),
                        Option.text("--peer", "WHERE", "With --feature: whom the instance works with."),
                        Option.text("--versus", "WHERE", "Another client: show the first decision that differs."),
                        Option.choice("--protocol", "PROTOCOL", "The protocol of the first connection.", "tcp", "udp"),
                        Option.number("--client-port", "PORT", "The client's own port.")
                                .or("50000"),
                        Option.choice(
                                        "--against",
                                        "ERA",
                                        "Show this era beside it.",
                                        Era.names().toArray(String[]::new))
                                .or(null),
                        Option.file("--apply", "CHANGE.yaml", "Answer for the input after these edits."),
                        Option.text("--resolve", "NAME=IP", "What the customer's resolver answered, or NAME=none.")
                                .repeated(),
                        Option.flag("--as-assumed", "Take the addresses that are assumed for the real ones."),
                        Option.flag("--validate-certificate", "The client refuses a certificate for another name."),
                        Option.flag("--no-redirect", "The client cannot follow a redirect (TDS older than 7.4)."),
                        Option.text("--driver", "NAME[@VERSION]", "The client's library, such as mssql-jdbc@12.8."),
                        Option.choice("--login", "KIND", "How the client logs in.", "sql", "windows"),
                        Option.text(
                                "--host-name-in-certificate",
                                "NAME",
                                "The name that the client looks for in certificates."),
                        Option.flag("--brief", "Only the headline and the blockers."),
                        Option.flag("--step", "Page through the recorded hops, forward and back."));
        Option format = Option.choice(
                "--format", "FORMAT", "How the answer is written.", "text", "json", "md", "mermaid", "dot");
        return Sources.compiledIn(syntax.with(format));
    }

    /** A command line that names no option. */
    static Arguments plain() {
        return new Arguments(new Trace().syntax(), Map.of());
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        check(arguments);
        Sources.Read read = Sources.read(arguments, terminal);
        Topology topology = changed(read.topology(), arguments.find("--apply"));
        @Nullable ClientOfKind client = ClientOfKind.of(arguments, topology);
        if (client != null) topology = client.topology();
        Eras.Chosen era = Eras.choose(arguments.get("--profile"), topology);
        CompileOptions options = Sources.options(read, arguments)
                .with(era.era())
                .withResolved(Where.resolved(arguments))
                .with(arguments.has("--as-assumed") ? AssumedAddress.HOLDS : AssumedAddress.MAY_DIFFER);
        Compilation compiled = NetworkCompiler.compile(topology, options);
        Context context = new Context(compiled, options.serviceTags());
        Where where = new Where(context, read.ask());
        try {
            return answer(arguments, context, options, era, where, client, terminal);
        } catch (OpenEnd open) {
            return open.tell(arguments, read.ask(), context, era.era().name(), terminal);
        }
    }

    private static int answer(
            Arguments arguments,
            Context context,
            CompileOptions options,
            Eras.Chosen era,
            Where where,
            @Nullable ClientOfKind client,
            Terminal terminal)
            throws IOException {
        if (arguments.has("--feature")) return FeatureTrace.run(arguments, context, options, where, terminal);
        @Nullable String from = client == null ? arguments.find("--from") : client.name();
        TraceRequest request = new TagWays(context, where.request(arguments, from)).worst();
        TraceReport report = report(context, options, era, request);
        @Nullable String against = arguments.find("--against");
        @Nullable String versus = arguments.find("--versus");
        if (arguments.has("--step")) {
            HopPlayer.play(HopPages.of(report, terminal.ink(), terminal.verbose()), terminal);
        } else if (versus != null) {
            TraceRequest theirs = new TagWays(context, where.versus(arguments, from, versus)).worst();
            print(new Versus(report, report(context, options, era, theirs)), arguments, terminal);
        } else if (against != null) {
            print(new Comparison(report, other(against, report, options)), arguments, terminal);
        } else {
            print(report, arguments, terminal);
        }
        Dialects.noteAge(arguments, terminal);
        noteUnused(request, report.conversation(), terminal);
        return switch (report.conversation().outcome()) {
            case CONNECTED -> ExitCode.YES;
            case UNDETERMINED -> ExitCode.UNDETERMINED;
            case BLOCKED, REFUSED, MISROUTED -> ExitCode.NO;
        };
    }

    private static TraceReport report(Context context, CompileOptions options, Eras.Chosen era, TraceRequest request) {
        Compilation compiled = context.compilation();
        Conversation conversation = ConversationTracer.trace(compiled.network(), compiled.estate(), request);
        return new TraceReport(
                context,
                era.era().name(),
                conversation,
                Repair.of(compiled, options, conversation),
                era.sure() ? null : underOther(compiled.topology(), options, request, conversation),
                ChangeYaml::plain);
    }

    /** The same question under the era that stands beside the chosen one. */
    private static TraceReport other(String against, TraceReport report, CompileOptions options) {
        if (against.equals(report.profile())) {
            throw new UsageException(
                    "--against " + against + " is the profile of the answer itself (--profile says another)");
        }
        Topology topology = report.context().compilation().topology();
        Eras.Chosen era = Eras.choose(against, topology);
        CompileOptions there = options.with(era.era());
        Context context = new Context(NetworkCompiler.compile(topology, there), options.serviceTags());
        return report(context, there, era, report.conversation().request());
    }

    /** Keys are read from standard input, and pages are for people. */
    private static void check(Arguments arguments) {
        if (arguments.has("--peer") && !arguments.has("--feature")) {
            throw new UsageException("--peer WHERE goes with --feature FEATURE");
        }
        if (arguments.has("--feature")
                && (arguments.has("--to") || arguments.has("--versus") || arguments.has("--step"))) {
            throw new UsageException("--feature asks its own flows (leave out --to, --versus and --step)");
        }
        for (String option : NOT_WITH_FEATURE) {
            if (arguments.has("--feature") && arguments.has(option)) {
                throw new UsageException("--feature walks the flows of the service itself (leave out " + option + ")");
            }
        }
        if (arguments.has("--versus") && (arguments.has("--against") || arguments.has("--step"))) {
            throw new UsageException("--versus compares two clients in one answer (leave out --against and --step)");
        }
        if (!arguments.has("--step")) return;
        if (arguments.has("--against"))
            throw new UsageException("--step pages through one answer (leave out --against)");
        if (!arguments.get("--format").equals("text")) {
            throw new UsageException("--step pages through text (leave out --format, or --step)");
        }
        if (arguments.list(Sources.LABEL).contains("-")) {
            throw new UsageException(
                    "standard input cannot hold both the source and the keys (give the source a file)");
        }
    }

    private static Topology changed(Topology topology, @Nullable String file) throws IOException {
        if (file == null) return topology;
        Topology changed = topology;
        byte[] content = Files.readAllBytes(Path.of(file));
        for (Change change : ChangeYaml.read(file, content, topology)) changed = changed.with(change);
        return changed;
    }

    /** The era was neither given nor recognised: the other one is tried, and told when it decides. */
    private static TraceReport.@Nullable OtherProfile underOther(
            Topology topology, CompileOptions options, TraceRequest request, Conversation conversation) {
        Compilation compiled = NetworkCompiler.compile(topology, options.with(Era.CURRENT));
        Conversation other = ConversationTracer.trace(compiled.network(), compiled.estate(), request);
        return sameAnswer(other, conversation) ? null : new TraceReport.OtherProfile(Era.CURRENT.name(), other);
    }

    /** A stated answer for a name that the client never asks is most likely a slip in the name. */
    private static void noteUnused(TraceRequest request, Conversation conversation, Terminal terminal) {
        Set<String> asked = new LinkedHashSet<>();
        for (Conversation.Phase phase : conversation.phases()) {
            if (phase.finding() instanceof Finding.Resolved found) asked.add(Ascii.toLowerCase(found.name()));
            if (phase.finding() instanceof Finding.NameUnknown found) asked.add(Ascii.toLowerCase(found.name()));
            if (phase.finding() instanceof Finding.ForeignName found) asked.add(Ascii.toLowerCase(found.name()));
            if (phase.finding() instanceof Finding.NameFault found) asked.add(Ascii.toLowerCase(found.name()));
        }
        for (String name : request.behaviour().resolved().keySet()) {
            if (asked.contains(name)) continue;
            terminal.note("--resolve " + Safe.text(name) + " was not used: the client looks up "
                    + (asked.isEmpty() ? "no name" : "only " + Safe.text(String.join(", ", asked))));
        }
    }

    private static boolean sameAnswer(Conversation one, Conversation other) {
        if (one.outcome() != other.outcome()) return false;
        if (one.firstBlocker().isEmpty() || other.firstBlocker().isEmpty()) return true;
        return one.firstBlocker().get().ending() == other.firstBlocker().get().ending();
    }

    private static void print(TraceReport report, Arguments arguments, Terminal terminal) {
        switch (arguments.get("--format")) {
            case "json" -> terminal.out().println(JsonText.page(TraceJson.document(report)));
            case "md" -> terminal.out().print(TraceMarkdown.tell(report));
            case "mermaid" -> terminal.out().print(Pictures.path(report).mermaid());
            case "dot" -> terminal.out().print(Pictures.traced(report).dot());
            default -> terminal.out().print(TraceText.tell(report, terminal.ink(), detail(arguments, terminal)));
        }
    }

    private static void print(Comparison comparison, Arguments arguments, Terminal terminal) {
        switch (arguments.get("--format")) {
            case "mermaid", "dot" ->
                throw new UsageException("--against has no picture (use --format text, md or json)");
            case "json" -> terminal.out().println(JsonText.page(TraceJson.document(comparison)));
            case "md" -> terminal.out().print(AgainstMarkdown.tell(comparison));
            default -> terminal.out().print(AgainstText.tell(comparison, terminal.ink()));
        }
    }

    private static void print(Versus versus, Arguments arguments, Terminal terminal) {
        switch (arguments.get("--format")) {
            case "text" -> terminal.out().print(VersusText.tell(versus, terminal.ink()));
            case "json" -> terminal.out().println(JsonText.page(TraceJson.document(versus)));
            default -> throw new UsageException("--versus is told as text or json only");
        }
    }

    private static TraceText.Detail detail(Arguments arguments, Terminal terminal) {
        if (terminal.verbose()) return TraceText.Detail.FULL;
        return arguments.has("--brief") ? TraceText.Detail.BRIEF : TraceText.Detail.NORMAL;
    }

    /** The bounds of {@code --client-port}: room for the conversation's later connections is kept. */
    static int clientPort(Arguments arguments) {
        return (int) arguments.number("--client-port", CLIENT_PORT_LEAST, CLIENT_PORT_MOST);
    }
}
