package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Collects what a reader of the answers must know; each is told once. */
final class CompileNotices {
    private final Topology topology;
    private final boolean serviceAided;
    private final Set<Notice> notices = new LinkedHashSet<>();

    CompileNotices(Topology topology, boolean serviceAided) {
        this.topology = topology;
        this.serviceAided = serviceAided;
    }

    void add(String code, String text, Place place) {
        notices.add(new Notice(code, text, place));
    }

    ImmutableList<Notice> all(ImmutableList<Notice> assumptions) {
        Set<Notice> all = new LinkedHashSet<>(topology.notices());
        all.addAll(notices);
        all.addAll(assumptions);
        if (!serviceAided) {
            for (Vnet vnet : topology.vnets()) {
                for (Subnet subnet : vnet.subnets()) tellServiceAided(subnet, all);
            }
        }
        for (RouteTable table : topology.routeTables()) {
            for (Route route : table.routes()) {
                if (!route.nextHopType().is(NextHopType.VIRTUAL_NETWORK_GATEWAY)) continue;
                new GatewayRoutes(topology).tell(table, route, all);
            }
        }
        return ImmutableList.copyOf(all);
    }

    private static void tellServiceAided(Subnet subnet, Set<Notice> all) {
        if (!ServiceAided.isDelegated(subnet)) return;
        all.add(new Notice(
                "SERVICE_AIDED_NOT_APPLIED",
                "subnet " + subnet.id().qualifiedName() + " is delegated to managed instances; rules and routes that"
                        + " the service adds by itself are not applied unless the input holds them",
                subnet.place()));
    }

    /** Says that a recorded answer and what follows from the declared resources are not the same. */
    void tellDifference(ResourceId target, Place recorded, Place declared, String what) {
        add(
                "EFFECTIVE_DIFFERS",
                what + " at " + target.qualifiedName() + " differ between the recorded answer (" + recorded.brief()
                        + ") and the declared resources (" + declared.brief() + "); the recorded answer is taken",
                recorded);
    }
}
