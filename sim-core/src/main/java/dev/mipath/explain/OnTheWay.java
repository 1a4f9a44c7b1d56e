package dev.mipath.explain;

import dev.mipath.forwarding.Step;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import dev.mipath.trace.Conversation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which notices of a large input an answer about one way tells: where few are of a kind all of them, else those that were
 * declared where a subnet or machine on the way was.
 */
final class OnTheWay {
    /** So many notices of one kind nobody minds; an estate of fifty instances has fifty. */
    private static final int FEW = 4;

    private final Conversation conversation;
    private final Topology topology;
    private final Set<Place> places = new HashSet<>();
    private final Map<String, Integer> ofKind = new HashMap<>();
    private boolean found;

    OnTheWay(Conversation conversation, Topology topology, List<Notice> notices) {
        this.conversation = conversation;
        this.topology = topology;
        for (Notice notice : notices) {
            @Nullable Integer count = ofKind.get(notice.code());
            ofKind.put(notice.code(), count == null ? 1 : count + 1);
        }
    }

    /** Whether the answer tells this notice. */
    boolean tells(Notice notice) {
        @Nullable Integer count = ofKind.get(notice.code());
        if (count == null || count <= FEW) return true;
        if (!found) find();
        return places.contains(notice.place());
    }

    private void find() {
        found = true;
        Set<String> names = new HashSet<>();
        conversation.phases().forEach(phase -> {
            for (Step step : phase.forward()) names.add(step.at());
            for (Step step : phase.back()) names.add(step.at());
        });
        for (Vnet vnet : topology.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                if (isIn(names, "subnet " + subnet.id().qualifiedName())) add(vnet, subnet);
            }
        }
        for (NetworkInterface nic : topology.networkInterfaces()) {
            if (!isIn(names, nic.id().name())) continue;
            places.add(nic.place());
            for (NetworkInterface.IpConfiguration ip : nic.ipConfigurations()) places.add(ip.place());
        }
    }

    private static boolean isIn(Set<String> names, String name) {
        for (String at : names) if (Remarks.namesWhole(at, name)) return true;
        return false;
    }

    private void add(Vnet vnet, Subnet subnet) {
        places.add(vnet.place());
        places.add(subnet.place());
        known(
                subnet.attached().networkSecurityGroup(),
                id -> topology.networkSecurityGroup(id)
                        .map(NetworkSecurityGroup::place)
                        .ifPresent(places::add));
        known(
                subnet.attached().routeTable(),
                id -> topology.routeTable(id).map(RouteTable::place).ifPresent(places::add));
    }

    private static void known(@Nullable Given<ResourceId> attached, Consumer<ResourceId> action) {
        if (attached != null) attached.value().ifPresent(action);
    }
}
