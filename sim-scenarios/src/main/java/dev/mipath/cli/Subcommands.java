package dev.mipath.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands there are; only the one that is asked for is loaded. */
final class Subcommands {
    /** The names in the order of the help. */
    static final List<String> NAMES = List.of(
            "trace",
            "test-ip-flow",
            "next-hop",
            "effective-rules",
            "effective-routes",
            "doctor",
            "explain-mi",
            "change",
            "draw",
            "simulate",
            "scenarios",
            "import",
            "collect",
            "schema",
            "generate-completion");

    private Subcommands() {}

    /** The command of this name or alias, or null. */
    static @Nullable Subcommand named(String name) {
        return switch (name) {
            case "trace" -> new Trace();
            case "test-ip-flow" -> new TestIpFlow();
            case "next-hop", "show-next-hop" -> new NextHop();
            case "effective-rules" -> new EffectiveRulesOf();
            case "effective-routes" -> new EffectiveRoutesOf();
            case "explain-mi" -> new ExplainMi();
            case "change" -> new ChangeOf();
            case "doctor" -> new DoctorOf();
            case "draw" -> new Draw();
            case "simulate" -> new Simulate();
            case "scenarios" -> new Scenarios();
            case "import" -> new Import();
            case "collect" -> new Collect();
            case "schema" -> new Schema();
            case "generate-completion" -> new GenerateCompletion();
            default -> null;
        };
    }
}
