package dev.mipath.repair;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.Internet;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.Step;
import dev.mipath.repair.Remedy.Kind;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Change;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Problem;
import dev.mipath.trace.TraceRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Proposes the smallest edit for one blocker; whether it helps is for a new trace to say. */
final class Candidates {
    private final Topology topology;
    private final Compilation asFound;
    private final TraceRequest request;

    /** {@code topology} is what earlier remedies have made of what was found; {@code request} is what was asked. */
    Candidates(Topology topology, Compilation asFound, TraceRequest request) {
        this.topology = topology;
        this.asFound = asFound;
        this.request = request;
    }

    Remedy of(Problem problem) {
        boolean stranger = request.flow() instanceof TraceRequest.Flow.Management call && call.caller() == null;
        return stranger ? Remedy.advice(Kind.KEEP_CLOSED) : edit(problem);
    }

    private Remedy edit(Problem problem) {
        return switch (behind(problem)) {
            case NSG_DENY_INBOUND, NSG_DENY_OUTBOUND, PLATFORM_DNS_BLOCKED, DNS_SERVER_UNREACHABLE ->
                rule(problem.step(), problem);
            case NO_HEALTHY_BACKEND -> rule(problem.cause(), problem);
            case ROUTE_NO_PATH -> isOutside(problem) ? Remedy.advice(Kind.USE_PUBLIC_ENDPOINT) : route(problem);
            case ROUTE_NONE, APPLIANCE_UNKNOWN -> route(problem);
            case ROUTE_LOOP, ASYMMETRIC_RETURN -> route(problem);
            case APPLIANCE_NOT_FORWARDING -> forwarding(problem);
            case PEERING_NOT_CONNECTED, PEERING_ACCESS_OFF, PEERING_FORWARDED_OFF, GATEWAY_TRANSIT_MISMATCH ->
                new PeeringRemedies(topology).of(problem);
            case PEERING_NOT_TRANSITIVE -> new HubRemedies(topology, asFound).of(problem);
            case GLOBAL_PEERING_BASIC_LB -> Remedy.advice(Kind.NO_GLOBAL_PEERING);
            case NO_LISTENER, NO_LOAD_BALANCING_RULE ->
                Remedy.advice(problem.finding() == null ? Kind.NONE : Kind.USE_HOST_NAME);
            case LOAD_BALANCER_HAIRPIN -> Remedy.advice(Kind.NO_HAIRPIN);
            case PRIVATE_ENDPOINT_PORT -> Remedy.advice(Kind.USE_HOST_NAME);
            case FIREWALL_DENY -> Remedy.advice(Kind.ALLOW_AT_FIREWALL);
            case ADMIN_RULE_DENY -> Remedy.advice(Kind.ALLOW_IN_ADMIN_RULES);
            case SERVICE_FIREWALL -> Remedy.advice(Kind.ADMIT_AT_SERVICE);
            case TLS_VERSION -> Remedy.advice(Kind.UPDATE_TLS);
            case REDIRECT_NAME_UNRESOLVED -> Remedy.advice(Kind.RESOLVE_NODES);
            case CERTIFICATE_NAME -> certificate(problem);
            case DRIVER_CANNOT_REDIRECT, LOGIN_NOT_FOR_NODE -> proxy(problem.finding());
            case GATEWAY_NAME_UNKNOWN, DNS_NAME_UNKNOWN -> Remedy.advice(Kind.USE_HOST_NAME);
            case CLIENT_OUTSIDE_VNET, CLIENT_ROUTE_MISSING, CLIENT_KIND_CANNOT -> Remedy.advice(Kind.CHANGE_CLIENT);
            default -> Remedy.advice(Kind.NONE);
        };
    }

    /** What keeps a question from a DNS server is what the packet met on its way there. */
    private static Ending behind(Problem problem) {
        @Nullable Step step = problem.step();
        boolean unreachable = problem.ending() == Ending.DNS_SERVER_UNREACHABLE;
        if (!unreachable || step == null || Decision.forwards(step.decision())) return problem.ending();
        Ending met = Decision.ending(step.decision());
        return met.success() ? problem.ending() : met;
    }

    /** Whether a client on the Internet asked for a private address: no route of the network led there. */
    private static boolean isOutside(Problem problem) {
        @Nullable Step step = problem.step();
        return problem.cause() == null
                && step != null
                && step.why() instanceof Evidence.At at
                && at.where().equals(Internet.NAME);
    }

    private Remedy certificate(Problem problem) {
        if (!(problem.finding() instanceof Finding.NodeCertificate node)) return Remedy.advice(Kind.USE_HOST_NAME);
        return node.given() ? Remedy.advice(Kind.DROP_CERTIFICATE_NAME) : proxy(node);
    }

    /** What only the second connection suffers from. */
    private Remedy proxy(@Nullable Finding finding) {
        @Nullable String name = null;
        if (finding instanceof Finding.DriverFault fault) name = fault.instance();
        if (finding instanceof Finding.NodeCertificate certificate) name = certificate.instance();
        if (finding instanceof Finding.ForeignTicket ticket) name = ticket.instance();
        ImmutableList.Builder<Change> changes = ImmutableList.builder();
        for (ManagedInstance instance : topology.managedInstances()) {
            if (instance.id().name().equals(name)) changes.add(new Change.SetConnectionType(instance.id(), "Proxy"));
        }
        return new Remedy(Kind.SWITCH_TO_PROXY, changes.build(), ImmutableList.of());
    }

    private Remedy rule(@Nullable Step step, Problem problem) {
        if (step != null && step.why() instanceof Evidence.RuleMatched matched) {
            return new AllowRule(topology, asFound, matched.rule(), step.arrived(), request).remedy();
        }
        return step == null ? Remedy.advice(Kind.NONE) : route(problem);
    }

    private Remedy route(Problem problem) {
        @Nullable Step step = problem.cause() != null ? problem.cause() : problem.step();
        return step == null
                ? Remedy.advice(Kind.NONE)
                : tagRoute(step)
                        .or(() -> userRoute(step))
                        .or(() -> propagation(step))
                        .orElse(Remedy.advice(Kind.NONE));
    }

    /** A gateway's route covers the destination and is kept out by the table of the subnet that the packet leaves. */
    private Optional<Remedy> propagation(Step step) {
        if (!(step.why() instanceof Evidence.RouteChosen chosen)) return Optional.empty();
        boolean keptOut = chosen.losers().stream()
                .anyMatch(loser -> loser.route().standing() == RouteFact.Standing.PROPAGATION_DISABLED);
        if (!keptOut) return Optional.empty();
        return asFound.network().edges(step.arrived().source()).stream()
                .flatMap(edge -> topology.subnet(edge.subnet()).stream())
                .flatMap(subnet -> Optional.ofNullable(subnet.attached().routeTable()).stream())
                .flatMap(table -> table.value().stream())
                .findFirst()
                .map(table -> new Remedy(
                        Kind.PROPAGATE_GATEWAY_ROUTES,
                        ImmutableList.of(new Change.SetBgpPropagationDisabled(table, false)),
                        ImmutableList.of()));
    }

    /** Azure's services need not share the way of the rest: a route to their tag is longer than a default route. */
    private Optional<Remedy> tagRoute(Step step) {
        @Nullable String tag = tag();
        if (tag == null || !(step.why() instanceof Evidence.RouteChosen chosen)) return Optional.empty();
        @Nullable ResourceId table = chosen.route().origin().table();
        if (table == null || !isLoaded(tag, table) || has(table, tag)) return Optional.empty();
        Route route = new Route(
                tag,
                chosen.route().origin().place(),
                Given.of(new RouteDestination.Tag(tag)),
                Given.of(NextHopType.INTERNET),
                null,
                false,
                Given.of(true));
        Change add = new Change.AddRoute(table, route);
        return Optional.of(new Remedy(Kind.ROUTE_TAG, ImmutableList.of(add), ImmutableList.of()));
    }

    private @Nullable String tag() {
        if (request.flow() instanceof TraceRequest.Flow.Management call) return call.caller();
        return request.flow() instanceof TraceRequest.Flow.Outbound outbound ? outbound.tag() : null;
    }

    private boolean isLoaded(String tag, ResourceId table) {
        for (Vnet vnet : topology.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                @Nullable Given<ResourceId> attached = subnet.attached().routeTable();
                boolean here = attached != null && attached.is(table);
                if (here
                        && !asFound.expansion(subnet.id(), new AddressTerm.Tag(tag))
                                .isEmpty()) return true;
            }
        }
        return false;
    }

    private boolean has(ResourceId table, String name) {
        return topology.routeTable(table)
                .filter(known ->
                        known.routes().stream().anyMatch(route -> route.name().equalsIgnoreCase(name)))
                .isPresent();
    }

    private static Optional<Remedy> userRoute(Step step) {
        if (!(step.why() instanceof Evidence.RouteChosen chosen)) return Optional.empty();
        RouteFact.Origin origin = chosen.route().origin();
        @Nullable ResourceId table = origin.table();
        @Nullable String name = origin.name();
        if (table == null || name == null) return Optional.empty();
        Change remove = new Change.RemoveRoute(table, name);
        return Optional.of(new Remedy(Kind.REMOVE_ROUTE, ImmutableList.of(remove), ImmutableList.of()));
    }

    private Remedy forwarding(Problem problem) {
        @Nullable Step step = problem.step();
        if (step == null || !(step.why() instanceof Evidence.At at)) return Remedy.advice(Kind.NONE);
        @Nullable ResourceId nic = at.owner();
        if (nic == null || topology.networkInterface(nic).isEmpty()) return Remedy.advice(Kind.NONE);
        return new Remedy(
                Kind.ENABLE_FORWARDING, ImmutableList.of(new Change.SetIpForwarding(nic, true)), ImmutableList.of());
    }
}
