package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.AddressSwitch;
import dev.mipath.azure.OutboundWay;
import dev.mipath.azure.SourceTranslation;
import dev.mipath.lookup.LpmTable;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Builds how a site sends: into its gateway what belongs to the VNets and other sites behind it, and by its own Internet
 * access what is public.
 */
final class SiteWiring {
    private static final LpmTable NOBODY = new LpmTable.Builder().build();

    private final Wiring wiring;
    private final Map<Integer, Integer> exits = new HashMap<>();

    SiteWiring(Wiring wiring) {
        this.wiring = wiring;
    }

    /** The first element of what a site sends; {@code routes} are those of the GatewaySubnet (trap 35). */
    int exit(SubnetView view, VnetReach.Learnt learnt, int host, int routes) {
        Integer known = exits.get(host);
        if (known != null) return known;
        int exit = build(view, learnt, host, routes);
        exits.put(host, exit);
        return exit;
    }

    private int build(SubnetView view, VnetReach.Learnt learnt, int host, int routes) {
        SortedMap<Prefix, Integer> ways = new TreeMap<>();
        ways.put(Prefix.ALL_V6, routes);
        for (Prefix reserved : PlatformRanges.RESERVED) ways.put(reserved, routes);
        boolean complete = add(view.reach().vnet().addressPrefixes(), routes, ways);
        for (VnetReach.Peer peer : view.reach().peers()) complete &= add(peer.ranges(), routes, ways);
        for (VnetReach.Learnt other : view.reach().learnt()) {
            // A default route says where the VNets send, not where the site itself does.
            boolean range = other.prefix().isUnknown()
                    || other.prefix().orElse(Prefix.ALL_V4).length() > 0;
            if (range) complete &= add(ImmutableList.of(other.prefix()), routes, ways);
        }
        // Where a range is not known, a public address may belong to a VNet.
        ResourceId site = Wiring.siteOwner(learnt);
        ways.put(Prefix.ALL_V4, complete ? translation(site, host) : routes);
        return wiring.add(new AddressSwitch("site " + site.name(), site, PrefixSweep.longest(ways), true));
    }

    private static boolean add(ImmutableList<Given<Prefix>> ranges, int routes, SortedMap<Prefix, Integer> ways) {
        boolean complete = true;
        for (Given<Prefix> range : ranges) {
            complete &= !range.isUnknown();
            range.value().ifPresent(known -> ways.put(known, routes));
        }
        return complete;
    }

    private int translation(ResourceId site, int host) {
        Address outside = wiring.publicAddresses.next();
        int translation = wiring.reserve();
        int door = wiring.reserve();
        wiring.set(
                translation,
                new SourceTranslation(
                        "Internet access of site " + site.name(),
                        NOBODY,
                        NOBODY,
                        ImmutableList.of(OutboundWay.assumed(outside, site)),
                        ImmutableList.of(),
                        ImmutableList.of(),
                        translation,
                        wiring.internet));
        wiring.set(
                door,
                new SourceTranslation.Return(
                        "public address " + outside,
                        site,
                        translation,
                        null,
                        ImmutableList.of(),
                        Wiring.NOWHERE,
                        door,
                        host));
        wiring.publicFrontends.put(Prefix.host(outside), door);
        return translation;
    }
}
