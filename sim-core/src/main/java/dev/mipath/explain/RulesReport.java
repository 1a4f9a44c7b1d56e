package dev.mipath.explain;

import dev.mipath.azure.RuleList;
import dev.mipath.compile.AdminLayer;
import dev.mipath.compile.Compilation;
import dev.mipath.explain.Ink.Tone;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.topology.Access;
import dev.mipath.topology.Direction;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The effective security rules of one subnet, and of one NIC in it, as text and in the shape of Azure's own answer.
 *
 * @param subnet the subnet
 * @param networkInterface the NIC, or null
 * @param context what they were computed from
 */
public record RulesReport(ResourceId subnet, @Nullable ResourceId networkInterface, Context context) {
    private List<Compilation.Layer> layers() {
        List<Compilation.Layer> layers = new ArrayList<>();
        @Nullable AdminLayer admin = context.compilation().adminLayer(subnet);
        if (admin != null) {
            layers.add(
                    new Compilation.Layer(admin.inbound().group(), vnet(), subnet, admin.inbound(), admin.outbound()));
        }
        for (ResourceId target : targets()) {
            Compilation.@Nullable Layer layer = context.compilation().layer(target);
            if (layer != null) layers.add(layer);
        }
        return layers;
    }

    private List<ResourceId> targets() {
        return networkInterface == null ? List.of(subnet) : List.of(subnet, networkInterface);
    }

    /** For a person; {@code all} shows every prefix and place in full. */
    public String text(Ink ink, boolean all) {
        StringBuilder out = new StringBuilder();
        for (Compilation.Layer layer : layers()) {
            String title = Safe.text(title(layer));
            out.append(out.length() == 0 ? "" : "\n")
                    .append(ink.paint(title, Tone.STRONG))
                    .append('\n');
            list(layer, layer.inbound(), ink, all, out);
            list(layer, layer.outbound(), ink, all, out);
        }
        for (ResourceId target : targets()) {
            if (context.compilation().layer(target) != null) continue;
            String kind = target.equals(subnet) ? "subnet " + subnet.qualifiedName() : "NIC " + target.name();
            out.append(Safe.text(kind)).append(" has no security group: everything passes there\n");
        }
        Remarks remarks = new Remarks(context, ink, all);
        remarks.about(subnet);
        remarks.print(out);
        return out.toString();
    }

    private String title(Compilation.Layer layer) {
        if (layer.target().equals(vnet()))
            return "admin rules of VNet " + layer.target().name() + ", before any security group";
        String rules = "effective rules of " + layer.group().name();
        return layer.target().equals(subnet)
                ? rules + " on subnet " + subnet.qualifiedName()
                : rules + " on NIC " + layer.target().name();
    }

    private ResourceId vnet() {
        return context.compilation().topology().vnets().stream()
                .filter(vnet ->
                        vnet.subnets().stream().anyMatch(each -> each.id().equals(subnet)))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private void list(Compilation.Layer layer, RuleList list, Ink ink, boolean all, StringBuilder out) {
        Map<RuleFact, RuleFact> shadows = Shadows.of(list, context.compilation(), layer.subnet());
        Grid grid = new Grid();
        String[] titles = {"prio", "rule", "", "protocol", "source", "src port", "destination", "dst port", ""};
        for (String title : titles) grid.cell(title, Tone.FAINT);
        grid.end();
        for (RuleFact fact : rules(list)) {
            SecurityRule rule = fact.rule();
            @Nullable RuleFact shadow = shadows.get(fact);
            Tone tone = shadow == null ? Tone.PLAIN : Tone.FAINT;
            int most = all ? Integer.MAX_VALUE : 2;
            grid.cell(Words.brief(rule.priority()), tone).cell(Words.inTable(rule.name()), tone);
            Tone access = rule.access().is(Access.ALLOW) ? Tone.GOOD : Tone.BAD;
            grid.cell(Words.access(fact), shadow == null ? access : tone);
            grid.cell(Words.protocol(rule.match().protocol()), tone);
            grid.cell(Words.list(rule.match().source(), most), tone);
            grid.cell(Words.list(rule.match().sourcePorts(), most), tone);
            grid.cell(Words.list(rule.match().destination(), most), tone);
            grid.cell(Words.list(rule.match().destinationPorts(), most), tone);
            grid.cell(shadow == null ? remark(list, fact) : "never decides: " + covering(list, shadow), tone);
            grid.cell(Words.lastPart(rule.place(), all), Tone.FAINT).end();
        }
        out.append(list.direction() == Direction.INBOUND ? "  inbound\n" : "  outbound\n");
        grid.print("    ", ink, out);
    }

    private static Set<RuleFact> rules(RuleList list) {
        Set<RuleFact> rules = new LinkedHashSet<>();
        for (RuleList.Entry entry : list.entries()) {
            if (entry.kind() != RuleList.Kind.PLATFORM_ADDRESS) rules.add(entry.rule());
        }
        return rules;
    }

    private static String remark(RuleList list, RuleFact fact) {
        List<String> missing = missing(list, fact);
        return missing.isEmpty() ? "" : "missing: " + Words.list(missing, 1);
    }

    private static List<String> missing(RuleList list, RuleFact fact) {
        List<String> missing = new ArrayList<>();
        for (RuleList.Entry entry : list.entries()) {
            if (entry.kind() == RuleList.Kind.MAYBE && entry.rule().equals(fact)) missing.addAll(entry.missing());
        }
        return missing;
    }

    private static String covering(RuleList list, RuleFact shadow) {
        String text =
                Words.inTable(shadow.rule().name()) + " (" + shadow.rule().priority() + ") matches all it matches";
        // Outbound denies leave the platform's own addresses alone (fact 1.27).
        boolean leaves =
                list.direction() == Direction.OUTBOUND && shadow.rule().access().is(Access.DENY);
        return leaves ? text + ", the platform's own addresses aside" : text;
    }

    /** In the shape of {@code az network nic list-effective-nsg}, with locations and losers added. */
    public Map<String, @Nullable Object> members() {
        List<Object> value = new ArrayList<>();
        List<Object> losers = new ArrayList<>();
        for (Compilation.Layer layer : layers()) {
            RuleJson json = new RuleJson(context.compilation(), layer);
            List<Object> rules = new ArrayList<>();
            for (RuleList list : List.of(layer.inbound(), layer.outbound())) {
                Map<RuleFact, RuleFact> shadows = Shadows.of(list, context.compilation(), layer.subnet());
                for (RuleFact fact : rules(list)) {
                    rules.add(json.rule(fact, list.direction(), missing(list, fact)));
                    @Nullable RuleFact shadow = shadows.get(fact);
                    if (shadow != null) losers.add(json.loser(fact, shadow, covering(list, shadow)));
                }
            }
            boolean admin = layer.target().equals(vnet());
            value.add(
                    admin ? json.admin(rules) : json.group(rules, layer.target().equals(subnet)));
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("value", value);
        answer.put("losers", losers);
        return answer;
    }
}
