package dev.mipath.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.Compilation;
import dev.mipath.explain.Safe;
import dev.mipath.forwarding.Edge;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Dependency;
import dev.mipath.profile.Era;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.ExternalService;
import dev.mipath.topology.Given;
import dev.mipath.topology.Vnet;
import dev.mipath.trace.TraceRequest;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what an instance's own connections go to: a dependency by its name, which wins over a service tag. */
final class OutboundFlows {
    private static final int SQL_SERVER = 1433;

    private final Compilation compiled;
    private final ServiceTags tags;
    private final ImmutableMap<String, Address> resolved;

    /** {@code resolved} is what the customer's resolver answers. */
    OutboundFlows(Compilation compiled, ServiceTags tags, ImmutableMap<String, Address> resolved) {
        this.compiled = compiled;
        this.tags = tags;
        this.resolved = resolved;
    }

    /** The connection that is meant, when an instance is asked about one of its dependencies. */
    Optional<Aim> between(TraceRequest.Client client, String to) {
        Destination destination = Destination.of(to);
        String name = destination.host();
        @Nullable Integer port = destination.port();
        @Nullable Era era = compiled.era();
        if (era == null || !isInstance(client.address())) return Optional.empty();
        for (ExternalService service : compiled.topology().services(ExternalService.class)) {
            if (Named.is(service.id(), name)) return Optional.of(call(service, port));
        }
        if (!Dependency.isName(name)) return Optional.empty();
        Dependency dependency = named(era, name);
        ImmutableList<Integer> ports = port != null ? ImmutableList.of(port) : dependency.ports();
        String tag = dependency.tagIn(region(client.address()));
        Address address = address(dependency, tag);
        return Optional.of(new Aim(
                new TraceRequest.Target(dependency.name(), address, ports.get(0), Protocol.TCP),
                new TraceRequest.Flow.Outbound(
                        dependency.name(), dependency.purpose(), tag, dependency.hostName(), ports, null)));
    }

    private static Dependency named(Era era, String name) {
        return Dependency.named(era, name)
                .orElseThrow(() -> new UsageException("instances of profile " + era.name() + " do not depend on "
                        + Safe.text(name) + " (but on "
                        + Dependency.of(era).stream().map(Dependency::name).collect(Collectors.joining(", ")) + ")"));
    }

    /** A built-in dependency at its first port, for whoever connects to it. */
    TraceRequest.Target target(String name) {
        @Nullable Era era = compiled.era();
        Dependency dependency = named(era == null ? Era.CURRENT : era, name);
        String tag = dependency.tagIn(Optional.empty());
        return new TraceRequest.Target(
                dependency.name(), address(dependency, tag), dependency.ports().get(0), Protocol.TCP);
    }

    /** What the input declares; it has the ports and the purpose of the built-in dependency that it is one of. */
    private Aim call(ExternalService service, @Nullable Integer port) {
        String name = service.id().name();
        @Nullable String host = service.hostName() == null ? null : Ascii.toLowerCase(service.hostName());
        @Nullable Address stated = host == null ? null : resolved.get(host);
        if (service.address() instanceof Given.Unknown<Address> unknown && stated == null) {
            throw new UsageException(
                    "the address of " + Safe.text(name) + " is not known: " + Safe.text(unknown.what()));
        }
        Address address = stated != null ? stated : service.address().value().orElseThrow();
        @Nullable String isOne = service.service();
        Optional<Dependency> kind = isOne == null ? Optional.empty() : anyEra(isOne);
        ImmutableList<Integer> ports = !service.ports().isEmpty()
                ? service.ports()
                : kind.map(Dependency::ports).orElse(ImmutableList.of(SQL_SERVER));
        if (port != null) ports = ImmutableList.of(port);
        return new Aim(
                new TraceRequest.Target(name, address, ports.get(0), Protocol.TCP),
                new TraceRequest.Flow.Outbound(
                        name,
                        kind.map(Dependency::purpose).orElse(Dependency.Purpose.OWN),
                        null,
                        host,
                        ports,
                        service.tlsVersion()));
    }

    private static Optional<Dependency> anyEra(String name) {
        return Era.ALL.stream()
                .flatMap(era -> Dependency.named(era, name).stream())
                .findFirst();
    }

    private boolean isInstance(Address address) {
        for (Hosted hosted : compiled.estate().instances()) {
            for (VirtualCluster.Node node : hosted.nodes()) if (node.address().equals(address)) return true;
        }
        return false;
    }

    private Optional<String> region(Address address) {
        for (Edge edge : compiled.network().edges(address)) {
            for (Vnet vnet : compiled.topology().vnets()) {
                if (vnet.id().equals(edge.vnet())) return vnet.location().value();
            }
        }
        return Optional.empty();
    }

    private Address address(Dependency dependency, String tag) {
        @Nullable Address stated = dependency.hostName() == null ? null : resolved.get(dependency.hostName());
        if (stated != null) return stated;
        return Where.firstOf(tags, tag)
                .or(() -> tag.indexOf('.') < 0
                        ? Optional.empty()
                        : Where.firstOf(tags, tag.substring(0, tag.indexOf('.'))))
                .orElseThrow(() -> new UsageException("the addresses of " + dependency.name()
                        + " are those of service tag "
                        + Safe.text(tag) + ", which is not known (load the tags with --service-tags FILE"
                        + (dependency.hostName() == null ? "" : ", or say --resolve " + dependency.hostName() + "=IP")
                        + ")"));
    }
}
