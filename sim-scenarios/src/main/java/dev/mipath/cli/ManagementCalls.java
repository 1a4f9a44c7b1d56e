package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.profile.ManagementPlane;
import dev.mipath.profile.ManagementPlane.Caller;
import dev.mipath.trace.TraceRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the questions about an instance's management endpoint from those about its data. */
final class ManagementCalls {
    private static final String INTERNET = "Internet";
    /** How the eras with a management endpoint call it; those without are asked as these would be. */
    private static final Era LAST_WITH_ENDPOINT = Era.Y2022;

    private final Compilation compiled;
    private final EndFinder ends;

    ManagementCalls(Compilation compiled, EndFinder ends) {
        this.compiled = compiled;
        this.ends = ends;
    }

    /** Whether this is the service tag of somebody who calls management endpoints. */
    static boolean isCaller(String tag) {
        Optional<ManagementPlane> plane = ManagementPlane.of(LAST_WITH_ENDPOINT);
        return plane.isPresent() && plane.get().caller(tag).isPresent();
    }

    /**
     * The call that is meant: one of Microsoft's management plane, a scan from the Internet of an instance given by its
     * resource name, or anybody's from outside on a management port.
     */
    Optional<Aim> between(TraceRequest.Client client, String to) {
        boolean inside = !compiled.network().edges(client.address()).isEmpty();
        if (inside || compiled.estate().instances().isEmpty()) return Optional.empty();
        Destination destination = Destination.of(to);
        String name = destination.host();
        @Nullable Integer port = destination.port();
        @Nullable Hosted instance = instance(name);
        if (instance == null) return Optional.empty();
        ManagementPlane plane = plane();
        @Nullable Caller caller = plane.caller(client.name()).orElse(null);
        boolean scan = client.name().equalsIgnoreCase(INTERNET) && name.indexOf('.') < 0 && port == null;
        boolean door = port != null && plane.ports().contains(port);
        if (port != null ? !door : caller == null && !scan) return Optional.empty();
        ImmutableList<Integer> ports = port != null
                ? ImmutableList.of(port)
                : caller != null ? caller.ports() : plane.ports().asList();
        VirtualCluster.@Nullable Management management = compiled.estate()
                .clusterOf(instance.hostName())
                .map(VirtualCluster::management)
                .orElse(null);
        @Nullable Address address = management == null ? null : management.address();
        return Optional.of(new Aim(
                new TraceRequest.Target(instance.hostName(), address, ports.get(0), Protocol.TCP),
                new TraceRequest.Flow.Management(caller == null ? null : caller.tag(), ports)));
    }

    private ManagementPlane plane() {
        @Nullable Era era = compiled.era();
        return ManagementPlane.of(era == null ? LAST_WITH_ENDPOINT : era)
                .orElseGet(() -> ManagementPlane.of(LAST_WITH_ENDPOINT).orElseThrow());
    }

    private @Nullable Hosted instance(String name) {
        for (Hosted hosted : compiled.estate().instances()) {
            if (hosted.hostName().equalsIgnoreCase(name)) return hosted;
        }
        if (name.indexOf('.') >= 0) return null;
        @Nullable String host = ends.named(name).map(EndFinder.End::hostName).orElse(null);
        for (Hosted hosted : compiled.estate().instances())
            if (hosted.hostName().equals(host)) return hosted;
        return null;
    }
}
