package dev.mipath.cli;

import dev.mipath.explain.FlowVerdict;
import dev.mipath.explain.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers a logged flow, and says where the log and the model do not agree. */
final class FlowLogAnswers {
    private static final String CUSTOMERS = "UserRule";
    private static final String DEFAULT = "DefaultRule";

    /** Logs may cut names of rules off (fact 1.17). */
    private static final int NAME_CUT = 65;

    private final FlowAsker asker;
    private boolean differed;

    FlowLogAnswers(FlowAsker asker) {
        this.asker = asker;
    }

    /** Whether the last answer was another one than the log's. */
    boolean differed() {
        return differed;
    }

    /** The JSON answer without its line end; with {@code logged} and the flow itself where the log says otherwise. */
    byte[] answer(LogTuple flow, String rule) {
        FlowAsker.Answer answer = asker.answer(flow.question());
        FlowVerdict verdict = answer.verdict();
        differed = verdict.access() != flow.logged() || !named(verdict, rule);
        if (!differed) return answer.line();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        verdict.members().forEach((name, value) -> {
            members.put(name, value);
            if (name.equals("access")) members.put("logged", flow.logged().word());
        });
        if (!rule.isEmpty()) members.put("loggedRuleName", rule);
        members.put("flow", flow.text());
        return JsonText.line(members).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the log's rule may be the one that decides; logs of VNets may say no more than of which kind it is. */
    private static boolean named(FlowVerdict verdict, String rule) {
        boolean customers = rule.startsWith(CUSTOMERS);
        if (!customers && !rule.startsWith(DEFAULT)) return true;
        String ours = verdict.rule() == null ? "" : verdict.rule().qualifiedName();
        String logged = inAzuresWords(rule);
        if (logged.endsWith("/")) return ours.startsWith(logged);
        boolean cut = logged.length() - logged.indexOf('/') > NAME_CUT;
        return cut ? ours.regionMatches(true, 0, logged, 0, logged.length()) : ours.equalsIgnoreCase(logged);
    }

    /** {@code UserRule_x} as {@code securityRules/x}; other words, such as those of the platform, as they are. */
    private static String inAzuresWords(String rule) {
        if (rule.startsWith(CUSTOMERS)) return "securityRules/" + bare(rule, CUSTOMERS);
        return rule.startsWith(DEFAULT) ? "defaultSecurityRules/" + bare(rule, DEFAULT) : rule;
    }

    private static String bare(String rule, String kind) {
        String rest = rule.substring(kind.length());
        return rest.startsWith("_") ? rest.substring(1) : rest;
    }
}
