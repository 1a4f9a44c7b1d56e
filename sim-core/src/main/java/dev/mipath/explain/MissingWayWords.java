package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.MissingWay;
import dev.mipath.forwarding.MissingWay.NoTransit;
import dev.mipath.forwarding.MissingWay.PeerOfPeer;
import dev.mipath.forwarding.MissingWay.PeeringDown;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a way that a drawing suggests does not exist. */
final class MissingWayWords {
    private MissingWayWords() {}

    /** One sentence. */
    static String sentence(MissingWay way) {
        if (way instanceof PeeringDown down) return down(down);
        if (way instanceof PeerOfPeer chain) return chain(chain.vnets());
        NoTransit transit = (NoTransit) way;
        ResourceId user = transit.uses() ? transit.otherLink() : transit.link();
        ResourceId lender = transit.uses() ? transit.link() : transit.otherLink();
        return "Gateway " + Safe.text(transit.gateway().name())
                + " knows the address, but the peering does not lend it: useRemoteGateways is " + onOff(transit.uses())
                + " at " + named(user) + ", allowGatewayTransit is " + onOff(transit.allows()) + " at " + named(lender)
                + "; both have to be on.";
    }

    private static String down(PeeringDown down) {
        @Nullable ResourceId other = down.otherLink();
        return "Peering " + named(down.link()) + (other == null ? " has no other half" : " is not Connected")
                + ", so it brings no route.";
    }

    private static String chain(ImmutableList<ResourceId> vnets) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < vnets.size(); i++) {
            String verb = i == 0 ? " is peered with " : " with ";
            pairs.add(Safe.text(vnets.get(i).name())
                    + verb
                    + Safe.text(vnets.get(i + 1).name()));
        }
        return String.join(" and ", pairs) + ", but peering is not transitive: "
                + Safe.text(vnets.get(0).name()) + " has no route to "
                + Safe.text(vnets.get(vnets.size() - 1).name()) + ".";
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static String named(ResourceId link) {
        return Safe.text(link.qualifiedName());
    }

    /** The facts of the trace document. */
    static Map<String, @Nullable Object> facts(MissingWay way) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("code", way.ending().name());
        map.put("link", way.link().text());
        if (way instanceof PeerOfPeer chain) {
            List<Object> vnets = new ArrayList<>();
            for (ResourceId vnet : chain.vnets()) vnets.add(vnet.text());
            map.put("vnets", vnets);
        }
        if (way instanceof PeeringDown down)
            map.put(
                    "otherLink",
                    down.otherLink() == null ? null : down.otherLink().text());
        if (way instanceof NoTransit transit) {
            map.put("otherLink", transit.otherLink().text());
            map.put("gateway", transit.gateway().text());
            map.put("useRemoteGateways", transit.uses());
            map.put("allowGatewayTransit", transit.allows());
        }
        return map;
    }
}
