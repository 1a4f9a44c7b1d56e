package dev.mipath.explain;

import dev.mipath.swarm.Fault;
import dev.mipath.swarm.SwarmRun;
import dev.mipath.swarm.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What came of a swarm of worlds, on one screen and as a document. */
public final class SwarmText {
    private final long seed;
    private final long worlds;
    private final List<SwarmRun> runs;

    /** What came of these runs, of {@code worlds} that were to be played from this seed on. */
    public SwarmText(long seed, long worlds, List<SwarmRun> runs) {
        this.seed = seed;
        this.worlds = worlds;
        this.runs = runs;
    }

    private long sum(ToLongFunction<SwarmRun> figure) {
        return runs.stream().mapToLong(figure).sum();
    }

    private long broken() {
        return sum(run -> run.holds() ? 0 : 1);
    }

    private Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new TreeMap<>();
        for (SwarmRun run : runs) run.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
        return outcomes;
    }

    private Map<String, Long> faults() {
        Map<String, Long> faults = new TreeMap<>();
        for (SwarmRun run : runs) for (Fault fault : run.faults()) faults.merge(fault.kind(), 1L, Long::sum);
        return faults;
    }

    /** As text; the laws that were broken with their figures. */
    public String text(Ink ink) {
        StringBuilder out = new StringBuilder();
        String head =
                (runs.size() == worlds ? "" : runs.size() + " of ") + worlds + (worlds == 1 ? " world" : " worlds");
        out.append(ink.paint(head, Ink.Tone.STRONG))
                .append(" of faults, from seed ")
                .append(seed)
                .append('\n');
        line(out, "attempts", sum(run -> run.attempts()) + ": " + counts(outcomes()));
        line(out, "faults", sum(run -> run.faults().size()) + ": " + counts(faults()));
        line(out, "packets", sum(SwarmRun::packets) + " taken, each asked of the network again");
        line(out, "repaired", sum(SwarmRun::judged) + " attempts compared with `trace`");
        line(out, "upkeep", sum(SwarmRun::tries) + " tries followed");
        for (SwarmRun run : runs) {
            if (run.holds()) continue;
            out.append(ink.verdict("✗ ", false))
                    .append("seed ")
                    .append(run.seed())
                    .append('\n');
            for (Violation violation : run.violations()) violation(out, violation);
            long more = run.broken() - run.violations().size();
            if (more > 0) out.append("    and ").append(more).append(" more\n");
            for (Fault fault : run.faults()) fault(out, fault);
        }
        if (runs.isEmpty()) return out.toString();
        if (broken() == 0) out.append(ink.verdict("✓ ", true)).append("every law held in every world\n");
        else out.append(broken() + " of " + runs.size() + " worlds broke a law\n");
        return out.toString();
    }

    private static void line(StringBuilder out, String title, String text) {
        out.append("  ").append(title).append(" ".repeat(Math.max(1, 13 - title.length())));
        out.append(Safe.text(text)).append('\n');
    }

    private static String counts(Map<String, Long> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((name, count) -> parts.add(count + " " + name));
        return String.join(", ", parts);
    }

    private static void violation(StringBuilder out, Violation violation) {
        out.append("    law: ").append(violation.law().sentence()).append('\n');
        out.append("      ").append(RunText.time(violation.at())).append(", ").append(Safe.text(violation.subject()));
        out.append(": ").append(Safe.text(violation.found()));
        out.append("; should be: ").append(Safe.text(violation.wanted())).append('\n');
    }

    private static void fault(StringBuilder out, Fault fault) {
        out.append("    ").append(RunText.time(fault.from())).append(" to ").append(RunText.time(fault.to()));
        out.append(' ')
                .append(Safe.text(fault.kind()))
                .append(": ")
                .append(Safe.text(fault.where()))
                .append('\n');
    }

    /** As a document. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("schema", "mipath.swarm/1");
        members.put("seed", seed);
        members.put("worlds", worlds);
        members.put("complete", runs.size());
        members.put("broken", broken());
        members.put("attempts", sum(run -> run.attempts()));
        members.put("outcomes", outcomes());
        members.put("faults", faults());
        members.put("packets", sum(SwarmRun::packets));
        members.put("compared", sum(SwarmRun::judged));
        members.put("tries", sum(SwarmRun::tries));
        members.put("runs", runs.stream().map(SwarmText::run).toList());
        return members;
    }

    private static Map<String, Object> run(SwarmRun run) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("seed", run.seed());
        members.put("fingerprint", run.fingerprint());
        members.put("attempts", run.attempts());
        members.put("holds", run.holds());
        if (run.holds()) return members;
        members.put(
                "violations", run.violations().stream().map(SwarmText::member).toList());
        members.put("violationCount", run.broken());
        members.put("faults", run.faults().stream().map(SwarmText::member).toList());
        return members;
    }

    private static Map<String, Object> member(Violation violation) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("law", violation.law().name());
        members.put("at", violation.at());
        members.put("subject", violation.subject());
        members.put("found", violation.found());
        members.put("wanted", violation.wanted());
        return members;
    }

    private static Map<String, Object> member(Fault fault) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kind", fault.kind());
        members.put("where", fault.where());
        members.put("from", fault.from());
        members.put("to", fault.to());
        return members;
    }
}
