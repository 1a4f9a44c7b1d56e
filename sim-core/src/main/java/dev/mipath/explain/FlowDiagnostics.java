package dev.mipath.explain;

import dev.mipath.compile.Compilation;
import dev.mipath.explain.FlowVerdict.Access;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.forwarding.Step;
import dev.mipath.lookup.RuleTable;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a flow in the form of Network Watcher's NSG diagnostics: layer by layer, rule by rule up to the match,
 * field by field (fact 8.26).
 *
 * <p>What the input leaves open is {@code null} where the service has true or false; the verdict is then
 * {@code Unknown}, a layer has no {@code matchedRule}, and {@code missing} says what would have to be known.
 */
public final class FlowDiagnostics {
    private final FlowReport report;
    private final Compilation compilation;

    private FlowDiagnostics(FlowReport report, Compilation compilation) {
        this.report = report;
        this.compilation = compilation;
    }

    /** The members of the answer, in the service's order. */
    public static Map<String, @Nullable Object> members(FlowReport report, Compilation compilation) {
        return new FlowDiagnostics(report, compilation).members();
    }

    private Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> profile = new LinkedHashMap<>();
        profile.put("direction", report.direction().azureName());
        profile.put("protocol", report.packet().protocol().name());
        profile.put("source", report.packet().source().toString());
        profile.put("destination", report.packet().destination().toString());
        profile.put("destinationPort", Integer.toString(report.packet().destinationPort()));
        FlowVerdict verdict = report.verdict();
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("securityRuleAccessResult", verdict.access().word());
        if (verdict.access() == Access.UNKNOWN) result.put("missing", verdict.missing());
        List<Object> groups = new ArrayList<>();
        for (Step step : report.steps()) groups.add(group(step));
        result.put("evaluatedNetworkSecurityGroups", groups);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("profile", profile);
        answer.put("networkSecurityGroupResult", result);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("results", List.of(answer));
        return members;
    }

    private Map<String, @Nullable Object> group(Step step) {
        FlowVerdict verdict = FlowVerdict.of(step.decision(), step.why());
        Map<String, @Nullable Object> group = new LinkedHashMap<>();
        ResourceId id = verdict.group();
        group.put("networkSecurityGroupId", id == null ? null : id.text());
        ResourceId target = compilation.filtered(step.element());
        group.put("appliedTo", target == null ? null : target.text());
        RuleFact rule = verdict.rule();
        if (rule != null && verdict.access() != Access.UNKNOWN) {
            Map<String, @Nullable Object> matched = new LinkedHashMap<>();
            matched.put("ruleName", name(rule));
            matched.put("action", verdict.access().word());
            group.put("matchedRule", matched);
        }
        group.put("rulesEvaluationResult", trials(step.why()));
        return group;
    }

    /** The rules in their order up to the one that decides; the service asks none behind it. */
    private static List<Object> trials(Evidence why) {
        List<Object> rows = new ArrayList<>();
        List<Evidence.RuleTrial> trials = List.of();
        if (why instanceof Evidence.RuleMatched matched) trials = matched.trials();
        else if (why instanceof Evidence.RuleUndetermined open) trials = open.trials();
        else if (why instanceof Evidence.PlatformAddress platform) trials = platform.trials();
        for (Evidence.RuleTrial trial : trials) {
            if (!trial.afterWinner()) rows.add(row(trial.rule(), trial.fields(), trial.possible()));
        }
        if (why instanceof Evidence.RuleMatched matched) rows.add(row(matched.rule(), RuleTable.ALL, RuleTable.ALL));
        return rows;
    }

    private static Map<String, @Nullable Object> row(RuleFact rule, int sure, int possible) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", name(rule));
        row.put("protocolMatched", matched(RuleTable.PROTOCOL, sure, possible));
        row.put("sourceMatched", matched(RuleTable.SOURCE, sure, possible));
        row.put("sourcePortMatched", matched(RuleTable.SOURCE_PORT, sure, possible));
        row.put("destinationMatched", matched(RuleTable.DESTINATION, sure, possible));
        row.put("destinationPortMatched", matched(RuleTable.DESTINATION_PORT, sure, possible));
        return row;
    }

    private static @Nullable Boolean matched(int field, int sure, int possible) {
        if ((sure & field) != 0) return true;
        return (possible & field) != 0 ? null : Boolean.FALSE;
    }

    private static String name(RuleFact rule) {
        if (rule.isAdmin()) return rule.rule().name();
        return (rule.isDefault() ? "DefaultRule_" : "UserRule_") + rule.rule().name();
    }
}
