package dev.mipath.explain;

import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.explain.Ink.Tone;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.RouteFact.Standing;
import dev.mipath.net.Prefix;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effective routes of one subnet, as text and in the shape of Azure's own answer.
 *
 * @param subnet the subnet
 * @param routes its routes
 * @param context what they were computed from
 */
public record RoutesReport(Subnet subnet, EffectiveRoutes routes, Context context) {
    /** For a person; {@code all} shows every prefix and place in full. */
    public String text(Ink ink, boolean all) {
        StringBuilder out = new StringBuilder();
        out.append(
                ink.paint("effective routes of subnet " + Safe.text(subnet.id().qualifiedName()), Tone.STRONG));
        out.append('\n');
        Grid listed = new Grid();
        Grid removed = new Grid();
        for (String title : new String[] {"source", "state", "prefix", "next hop", "route", "why"}) {
            listed.cell(title, Tone.FAINT);
        }
        listed.end();
        for (RouteFact row : routes.facts()) row(row, row.standing().state() == null ? removed : listed, all);
        listed.print("  ", ink, out);
        if (!removed.isEmpty()) {
            out.append("\nnot in Azure's list\n");
            removed.print("  ", ink, out);
        }
        Remarks remarks = new Remarks(context, ink, all);
        remarks.about(subnet.id());
        remarks.print(out);
        return out.toString();
    }

    private static void row(RouteFact row, Grid grid, boolean all) {
        boolean active = row.standing() == Standing.ACTIVE;
        Tone tone = active ? Tone.PLAIN : Tone.FAINT;
        @Nullable String name = row.origin().name();
        @Nullable String tag = row.origin().tag();
        grid.cell(row.origin().source().azureName(), tone).cell(state(row), active ? Tone.GOOD : Tone.FAINT);
        String prefixes = Words.prefixes(row.prefixes(), all ? Integer.MAX_VALUE : 1);
        grid.cell(tag == null ? prefixes : Safe.text(tag) + ": " + prefixes, tone)
                .cell(RouteWords.hop(row), tone);
        grid.cell(name == null ? "" : Words.inTable(name), tone);
        String why = RouteWords.standing(row.standing());
        if (!row.certain()) why = (why.isEmpty() ? "" : why + "; ") + "missing: " + Words.list(row.missing(), 3);
        grid.cell(why, row.certain() ? tone : Tone.UNSURE);
        grid.cell(Words.lastPart(row.origin().place(), all), Tone.FAINT).end();
    }

    private static String state(RouteFact row) {
        @Nullable String state = row.standing().state();
        if (!row.certain()) return "Unknown";
        return state == null ? "Removed" : state;
    }

    /** In the shape of {@code az network nic show-effective-route-table}, with locations and losers added. */
    public Map<String, @Nullable Object> members() {
        List<Object> value = new ArrayList<>();
        List<Object> losers = new ArrayList<>();
        boolean disabled = isPropagationDisabled();
        for (RouteFact row : routes.facts()) {
            if (row.standing().state() != null) value.add(row(row, disabled));
            if (row.standing() == Standing.ACTIVE) continue;
            Map<String, @Nullable Object> loser = row(row, disabled);
            loser.put("why", row.standing().name());
            loser.put("explanation", RouteWords.standing(row.standing()));
            losers.add(loser);
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("value", value);
        answer.put("losers", losers);
        return answer;
    }

    private boolean isPropagationDisabled() {
        if (subnet.attached().routeTable() == null) return false;
        @Nullable ResourceId id = subnet.attached().routeTable().value().orElse(null);
        @Nullable
        RouteTable table = id == null
                ? null
                : context.compilation().topology().routeTable(id).orElse(null);
        return table != null && table.disableBgpRoutePropagation().is(true);
    }

    private static Map<String, @Nullable Object> row(RouteFact row, boolean propagationDisabled) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (row.origin().name() != null) members.put("name", row.origin().name());
        members.put("disableBgpRoutePropagation", propagationDisabled);
        members.put("source", row.origin().source().azureName());
        members.put("state", state(row));
        members.put("hasBgpOverride", row.origin().overridesBgp());
        List<Object> prefixes = new ArrayList<>();
        for (Prefix prefix : row.prefixes()) prefixes.add(prefix.toString());
        members.put("addressPrefix", prefixes);
        members.put("nextHopType", row.hop().type().value().isEmpty() ? "Unknown" : RouteWords.type(row));
        boolean known = row.hop().address() != null && !row.hop().address().isUnknown();
        members.put("nextHopIpAddress", known ? List.of(String.valueOf(row.hop().address())) : List.of());
        @Nullable String tag = row.origin().tag();
        members.put("destinationServiceTags", tag == null ? List.of() : List.of(tag));
        members.put("tagMap", Map.of());
        members.put("location", Locations.of(row.origin().place()));
        if (!row.certain()) members.put("missing", row.missing());
        return members;
    }
}
