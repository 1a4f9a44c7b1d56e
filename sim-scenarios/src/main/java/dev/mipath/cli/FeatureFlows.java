package dev.mipath.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.Compilation;
import dev.mipath.explain.Safe;
import dev.mipath.forwarding.Edge;
import dev.mipath.instance.Estate;
import dev.mipath.instance.Gateway;
import dev.mipath.instance.HostName;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Feature.Flow;
import dev.mipath.profile.Feature.Side;
import dev.mipath.topology.ResourceId;
import dev.mipath.trace.FeatureWalk;
import dev.mipath.trace.FeatureWalk.End;
import dev.mipath.trace.TraceRequest;
import dev.mipath.trace.TraceRequest.Behaviour;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the ends of a feature's flows, and follows each: between two machines, to a service, to an endpoint. */
final class FeatureFlows {
    private static final String STORAGE = "storage";
    private static final String FILES = "azurefiles";
    private static final String SIGN_IN = "aad";

    private final Compilation compiled;
    private final Where where;
    private final FeatureWalk walk;
    private final Hosted instance;
    private final End here;
    private final @Nullable End there;
    private final @Nullable String service;

    /** {@code there} is the peer that is a machine, {@code service} the name of the one that is a service. */
    FeatureFlows(
            Compilation compiled,
            Where where,
            FeatureWalk walk,
            Hosted instance,
            End here,
            @Nullable End there,
            @Nullable String service) {
        this.compiled = compiled;
        this.where = where;
        this.walk = walk;
        this.instance = instance;
        this.here = here;
        this.there = there;
        this.service = service;
    }

    /**
     * What became of a flow.
     *
     * @param to whom it was for
     * @param parts its ports, those that end alike together
     */
    record Followed(String to, ImmutableList<FeatureWalk.Part> parts) {}

    /** Whether everybody is named whom the flow is between. */
    boolean takesPart(Flow flow) {
        boolean peer = flow.from() == Side.PEER || flow.to() == Side.PEER;
        return !peer || there != null || service != null;
    }

    /** The name of one who takes part. */
    String name(Side side) {
        return switch (side) {
            case INSTANCE -> here.name();
            case PEER, TARGET -> there != null ? there.name() : service != null ? service : STORAGE;
            case AZURE_FILES -> FILES;
            case STORAGE -> STORAGE;
            case SIGN_IN -> SIGN_IN;
            case PUBLIC_ENDPOINT -> HostName.publicName(instance.hostName());
            case PRIVATE_ENDPOINT -> endpoint().map(each -> each.id().name()).orElse("private endpoint");
        };
    }

    /** Follows a flow; a {@link UsageException} says what would have to be known. */
    Followed follow(Flow flow) {
        End from = flow.from() == Side.INSTANCE || there == null ? here : there;
        String to = name(flow.to());
        ImmutableList<FeatureWalk.Part> parts = switch (flow.to()) {
            case INSTANCE -> walk.follow(flow, from, here);
            case PEER ->
                there != null && service == null
                        ? walk.follow(flow, from, there)
                        : ImmutableList.of(toService(from, to));
            case TARGET, STORAGE, AZURE_FILES -> ImmutableList.of(toService(from, to));
            case SIGN_IN -> ImmutableList.of(flow.from() == Side.INSTANCE ? toService(from, to) : signIn(from));
            case PUBLIC_ENDPOINT -> ImmutableList.of(toPublicEndpoint(from));
            case PRIVATE_ENDPOINT -> ImmutableList.of(toPrivateEndpoint(from));
        };
        return new Followed(to, parts);
    }

    private FeatureWalk.Part toService(End from, String name) {
        TraceRequest.Client client = client(from);
        Aim aim = where.outbound(client, name)
                .orElseThrow(() -> new UsageException("what " + Safe.text(name)
                        + " is (a service of the input, or what instances depend" + " on: storage, eventhub …)"));
        return walk.follow(new TraceRequest(client, aim.target(), Behaviour.DEFAULT, aim.flow()));
    }

    private FeatureWalk.Part signIn(End from) {
        TraceRequest.Target target = where.dependency(SIGN_IN);
        return walk.follow(new TraceRequest(client(from), target, Behaviour.DEFAULT));
    }

    private FeatureWalk.Part toPublicEndpoint(End from) {
        TraceRequest.Target target =
                new TraceRequest.Target(name(Side.PUBLIC_ENDPOINT), null, HostName.PUBLIC_PORT, Protocol.TCP);
        return walk.follow(new TraceRequest(client(from), target, Behaviour.DEFAULT));
    }

    /** As one whose resolver answers with the endpoint's address; whether it does is a need of its own. */
    private FeatureWalk.Part toPrivateEndpoint(End from) {
        Address address = endpoint()
                .map(Estate.Endpoint::address)
                .orElseThrow(() -> new UsageException("the address of a private endpoint of " + here.name()));
        Behaviour usual = Behaviour.DEFAULT;
        Behaviour led = new Behaviour(
                usual.port(),
                usual.validatesCertificate(),
                usual.followsRedirect(),
                ImmutableMap.of(Ascii.toLowerCase(instance.hostName()), address),
                usual.unresolved());
        TraceRequest.Target target = new TraceRequest.Target(instance.hostName(), null, Gateway.PORT, Protocol.TCP);
        return walk.follow(new TraceRequest(client(from), target, led));
    }

    /** The endpoint in the client's VNet, and without one the first. */
    private Optional<Estate.Endpoint> endpoint() {
        List<Estate.Endpoint> all = compiled.estate().endpoints().stream()
                .filter(each -> instance.id().equals(each.service()))
                .toList();
        @Nullable ResourceId vnet = there == null ? null : vnetOf(there);
        return all.stream()
                .filter(each -> compiled.network().edges(each.address()).stream()
                        .anyMatch(edge -> edge.vnet().equals(vnet)))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    /** The VNet of one who takes part, or null outside of all. */
    @Nullable
    ResourceId vnetOf(End end) {
        for (Edge edge : compiled.network().edges(end.address())) {
            if (edge.ofSite()) continue;
            if (end.vnet() == null || edge.vnetName().equalsIgnoreCase(end.vnet())) return edge.vnet();
        }
        return null;
    }

    private static TraceRequest.Client client(End end) {
        return new TraceRequest.Client(end.name(), end.address(), end.vnet(), false);
    }
}
