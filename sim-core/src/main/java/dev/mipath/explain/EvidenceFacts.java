package dev.mipath.explain;

import com.google.common.base.Ascii;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Evidence.LosingRoute;
import dev.mipath.forwarding.Evidence.RuleTrial;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.profile.ClientKind;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evidence as typed facts of the trace document. */
final class EvidenceFacts implements Evidence.Cases<Map<String, @Nullable Object>> {
    /** The place of what decided, or null. */
    static @Nullable Place place(Evidence why) {
        if (why instanceof Evidence.RuleMatched matched)
            return matched.rule().rule().place();
        if (why instanceof Evidence.RouteChosen chosen)
            return chosen.route().origin().place();
        if (why instanceof Evidence.PeeringMet met) return met.place();
        if (why instanceof Evidence.ClientSends client) return client.place();
        if (why instanceof Evidence.Translated translated)
            return translated.by().place();
        return null;
    }

    @Override
    public Map<String, @Nullable Object> ruleMatched(Evidence.RuleMatched evidence) {
        Map<String, @Nullable Object> map = rule(evidence.rule());
        List<Object> losers = new ArrayList<>();
        for (RuleTrial trial : evidence.trials()) {
            if (trial.afterWinner()) continue;
            Map<String, @Nullable Object> loser = rule(trial.rule());
            loser.put("matchedFields", fields(trial.fields()));
            losers.add(loser);
        }
        map.put("losers", losers);
        return map;
    }

    private static Map<String, @Nullable Object> rule(RuleFact fact) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("nsg", fact.group().text());
        map.put("rule", fact.rule().name());
        map.put("priority", fact.rule().priority().value().orElse(null));
        return map;
    }

    private static List<Object> fields(int bits) {
        List<Object> names = new ArrayList<>();
        String[] all = {"source", "sourcePort", "destination", "destinationPort", "protocol"};
        for (int i = 0; i < all.length; i++) if ((bits >> i & 1) == 1) names.add(all[i]);
        return names;
    }

    @Override
    public Map<String, @Nullable Object> ruleUndetermined(Evidence.RuleUndetermined evidence) {
        Map<String, @Nullable Object> map = rule(evidence.maybe());
        map.put("missing", new ArrayList<>(evidence.missing()));
        return map;
    }

    @Override
    public Map<String, @Nullable Object> platformAddress(Evidence.PlatformAddress evidence) {
        return only("nsg", evidence.group().text());
    }

    @Override
    public Map<String, @Nullable Object> flowRemembered(Evidence.FlowRemembered evidence) {
        Map<String, @Nullable Object> map = only("nsg", evidence.group().text());
        map.put("remembered", true);
        return map;
    }

    @Override
    public Map<String, @Nullable Object> routeChosen(Evidence.RouteChosen evidence) {
        Map<String, @Nullable Object> map = route(evidence.route());
        map.put("prefix", evidence.prefix().toString());
        map.put("losers", losers(evidence.losers()));
        if (evidence.missing() != null) map.put("missingWay", MissingWayWords.facts(evidence.missing()));
        return map;
    }

    private static Map<String, @Nullable Object> route(RouteFact route) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("route", route.origin().name());
        map.put("source", route.origin().source().azureName());
        map.put("nextHop", RouteWords.hop(route));
        return map;
    }

    private static List<Object> losers(List<LosingRoute> routes) {
        List<Object> losers = new ArrayList<>();
        for (LosingRoute loser : routes) {
            Map<String, @Nullable Object> map = route(loser.route());
            map.put("prefix", loser.prefix().toString());
            map.put("why", RouteWords.loss(loser.why(), loser.route()));
            losers.add(map);
        }
        return losers;
    }

    @Override
    public Map<String, @Nullable Object> routeUndetermined(Evidence.RouteUndetermined evidence) {
        Map<String, @Nullable Object> map = route(evidence.maybe());
        map.put("missing", new ArrayList<>(evidence.missing()));
        return map;
    }

    @Override
    public Map<String, @Nullable Object> noRoute(Evidence.NoRoute evidence) {
        return only("losers", losers(evidence.losers()));
    }

    @Override
    public Map<String, @Nullable Object> peeringMet(Evidence.PeeringMet evidence) {
        Map<String, @Nullable Object> map = only("link", evidence.link().text());
        map.put(
                "otherLink",
                evidence.otherLink() == null ? null : evidence.otherLink().text());
        return map;
    }

    @Override
    public Map<String, @Nullable Object> sourceFirewall(Evidence.SourceFirewall evidence) {
        Map<String, @Nullable Object> map =
                only("owner", evidence.owner() == null ? null : evidence.owner().text());
        if (!evidence.missing().isEmpty()) map.put("missing", new ArrayList<>(evidence.missing()));
        return map;
    }

    @Override
    public Map<String, @Nullable Object> balanced(Evidence.Balanced evidence) {
        Map<String, @Nullable Object> map = only("owner", evidence.owner().text());
        if (evidence.rule() == null) return map;
        map.put("rule", evidence.rule());
        map.put("backends", evidence.backends());
        return map;
    }

    @Override
    public Map<String, @Nullable Object> sourceKept(Evidence.SourceKept evidence) {
        return only("publicAddress", null);
    }

    @Override
    public Map<String, @Nullable Object> translated(Evidence.Translated evidence) {
        Map<String, @Nullable Object> map = only(
                "publicAddress", evidence.to() == null ? null : evidence.to().toString());
        @Nullable ResourceId by = evidence.by().resource();
        map.put("by", by == null ? null : by.text());
        if (evidence.by().rule() != null) map.put("rule", evidence.by().rule());
        if (evidence.ports() > 0) map.put("sourcePorts", evidence.ports());
        return map;
    }

    @Override
    public Map<String, @Nullable Object> clientSends(Evidence.ClientSends evidence) {
        Map<String, @Nullable Object> map = only("client", evidence.client().text());
        map.put("clientKind", evidence.kind().word());
        map.put("sends", Ascii.toLowerCase(evidence.kind().sends().name()).replace('_', '-'));
        List<Object> routes = new ArrayList<>();
        evidence.routes().forEach(route -> routes.add(route.toString()));
        if (evidence.kind().sends() == ClientKind.Sends.LISTED) map.put("routes", routes);
        if (!evidence.missing().isEmpty()) map.put("missing", new ArrayList<Object>(evidence.missing()));
        return map;
    }

    @Override
    public Map<String, @Nullable Object> at(Evidence.At evidence) {
        return only("owner", evidence.owner() == null ? null : evidence.owner().text());
    }

    private static Map<String, @Nullable Object> only(String name, @Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }
}
