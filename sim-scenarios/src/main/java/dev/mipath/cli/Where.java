package dev.mipath.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.Compilation;
import dev.mipath.explain.Context;
import dev.mipath.explain.Safe;
import dev.mipath.format.Ask;
import dev.mipath.forwarding.Edge;
import dev.mipath.instance.Estate;
import dev.mipath.instance.HostName;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Topology;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what the ends of a trace mean: an address, a resource, a host name. */
final class Where {
    private static final int TDS_PORT = 1433;
    private static final int HTTPS_PORT = 443;
    private static final String VIRTUAL_NETWORK = "VirtualNetwork";
    private static final String INTERNET = "Internet";
    /** 198.51.100.254, of a block for documentation (RFC 5737): in the tag Internet, and none of Microsoft's for sure. */
    private static final Address ANYBODY = Address.v4(0xC633_64FE);

    /** What the customer's resolver answers for a name that it does not know. */
    private static final String NO_ANSWER = "none";

    private final Compilation compiled;
    private final Topology topology;
    private final ServiceTags tags;
    private final @Nullable Ask ask;
    private final EndFinder ends;

    Where(Context context, @Nullable Ask ask) {
        this.compiled = context.compilation();
        this.tags = context.tags();
        this.ends = new EndFinder(compiled);
        this.topology = compiled.topology();
        this.ask = ask;
    }

    /** The question that a command line asks, whose client is {@code client} where that is given. */
    TraceRequest request(Arguments arguments, @Nullable String client) {
        boolean asked = ask != null && client == null && !arguments.has("--to");
        String from = asked && ask != null ? ask.from() : from(client);
        return between(arguments, from, asked && ask != null ? to(ask) : to(arguments.find("--to")));
    }

    /** The same question from another client. */
    TraceRequest versus(Arguments arguments, @Nullable String client, String other) {
        boolean asked = ask != null && client == null && !arguments.has("--to");
        return between(arguments, other, asked && ask != null ? to(ask) : to(arguments.find("--to")));
    }

    private TraceRequest between(Arguments arguments, String from, String to) {
        TraceRequest.Dialect dialect = Dialects.of(arguments);
        TraceRequest.Behaviour behaviour = new TraceRequest.Behaviour(
                Trace.clientPort(arguments),
                arguments.has("--validate-certificate") || Dialects.validates(dialect),
                !arguments.has("--no-redirect") && Dialects.isRedirected(dialect),
                resolved(arguments),
                unresolved(arguments),
                dialect);
        TraceRequest.Client sender = client(from);
        Optional<Aim> call = new ManagementCalls(compiled, ends).between(sender, to);
        if (call.isPresent()) {
            return new TraceRequest(
                    sender, call.get().target(), behaviour, call.get().flow());
        }
        Optional<Aim> outbound = new OutboundFlows(compiled, tags, behaviour.resolved()).between(sender, to);
        if (outbound.isPresent()) {
            return new TraceRequest(
                    sender, outbound.get().target(), behaviour, outbound.get().flow());
        }
        TraceRequest.Target target = target(to, Protocol.parse(arguments.get("--protocol")));
        @Nullable
        Address wrong = target.address() != null
                        && target.address().v6() != sender.address().v6()
                ? target.address()
                : null;
        for (Address answer : behaviour.resolved().values()) {
            if (answer.v6() != sender.address().v6()) wrong = answer;
        }
        if (wrong != null) {
            throw new UsageException(sender.address() + " and " + wrong + " are not of one family (IPv4 or IPv6)");
        }
        return new TraceRequest(sender, target, behaviour);
    }

    /** What an instance connects to by this name, or nothing when it is neither declared nor built in. */
    Optional<Aim> outbound(TraceRequest.Client instance, String name) {
        return new OutboundFlows(compiled, tags, ImmutableMap.of()).between(instance, name);
    }

    /** A service that instances depend on, as anybody's target. */
    TraceRequest.Target dependency(String name) {
        return new OutboundFlows(compiled, tags, ImmutableMap.of()).target(name);
    }

    /** What the customer's resolver is said to answer, by lower-case name. */
    static ImmutableMap<String, Address> resolved(Arguments arguments) {
        ImmutableMap.Builder<String, Address> resolved = ImmutableMap.builder();
        for (String pair : arguments.list("--resolve")) {
            int equals = pair.indexOf('=');
            String answer = pair.substring(equals + 1);
            boolean none = answer.equals(NO_ANSWER);
            if (equals <= 0 || !none && !isAddress(answer)) {
                throw new UsageException("--resolve `" + Safe.text(pair)
                        + "` is not NAME=IP (such as mi1.contoso.com=10.0.1.4) or NAME=none");
            }
            if (!none) resolved.put(Ascii.toLowerCase(pair.substring(0, equals)), address(answer));
        }
        return resolved.buildKeepingLast();
    }

    private static ImmutableSet<String> unresolved(Arguments arguments) {
        ImmutableSet.Builder<String> unresolved = ImmutableSet.builder();
        for (String pair : arguments.list("--resolve")) {
            if (!pair.endsWith("=" + NO_ANSWER)) continue;
            unresolved.add(Ascii.toLowerCase(pair.substring(0, pair.indexOf('='))));
        }
        return unresolved.build();
    }

    private static String to(Ask ask) {
        return ask.port() == null ? ask.to() : ask.to() + ":" + ask.port();
    }

    private String from(@Nullable String given) {
        if (given != null) return given;
        if (topology.virtualMachines().size() == 1) {
            return topology.virtualMachines().get(0).id().name();
        }
        int machines = topology.virtualMachines().size();
        throw new UsageException("missing --from WHERE (the input holds "
                + (machines == 0 ? "no VM" : machines + " VMs") + ", so the client has to be named)");
    }

    private String to(@Nullable String given) {
        if (given != null) return given;
        List<String> instances = new ArrayList<>();
        for (Hosted placed : compiled.estate().instances()) instances.add(placed.hostName());
        for (Estate.Unplaced unplaced : compiled.estate().unplaced()) {
            if (unplaced.hostName().indexOf('*') < 0) instances.add(unplaced.hostName());
        }
        if (instances.size() == 1) return instances.get(0);
        throw new UsageException("missing --to WHERE (the input holds "
                + (instances.isEmpty() ? "no managed instance" : instances.size() + " managed instances")
                + ", so the target has to be named)");
    }

    /** The client of this name. */
    TraceRequest.Client client(String name) {
        if (isAddress(name)) {
            oneVnet(address(name));
            return new TraceRequest.Client(name, address(name), null, true);
        }
        Optional<EndFinder.End> end = ends.named(name);
        if (end.isPresent()) {
            @Nullable Address address = end.get().address();
            if (address == null) {
                throw new UsageException("the input gives no address of " + Safe.text(name)
                        + ": it does not hold its subnet (give an IP address instead)");
            }
            return new TraceRequest.Client(name, address, end.get().vnet(), false);
        }
        Optional<Address> sample = sample(name);
        if (sample.isEmpty()) throw ends.unknown(name);
        return new TraceRequest.Client(name, sample.get(), null, true);
    }

    /** VNets that are not peered may use the same addresses. */
    private void oneVnet(Address address) {
        List<Edge> edges = compiled.network().edges(address);
        if (edges.size() < 2) return;
        List<String> places = edges.stream()
                .map(edge -> Safe.text(edge.subnet().qualifiedName()))
                .toList();
        throw new UsageException(
                address + " is in " + String.join(" and ", places) + " (name the VM, or the subnet as vnet/subnet)");
    }

    /** What a word of {@code --to} means. */
    TraceRequest.Target target(String text, Protocol protocol) {
        Destination destination = Destination.of(text);
        String host = destination.host();
        @Nullable Integer given = destination.port();
        int port = given == null ? TDS_PORT : given;
        if (isAddress(host)) return new TraceRequest.Target(host, address(host), port, protocol);
        Optional<EndFinder.End> end = ends.named(host);
        if (end.isPresent()) {
            @Nullable String hostName = end.get().hostName();
            return hostName == null
                    ? new TraceRequest.Target(host, end.get().address(), port, protocol)
                    : new TraceRequest.Target(hostName, null, port, protocol);
        }
        Optional<Address> sample = sample(host);
        if (sample.isPresent()) {
            return new TraceRequest.Target(host, sample.get(), given == null ? HTTPS_PORT : given, protocol);
        }
        if (host.indexOf('.') < 0 || host.indexOf('/') >= 0) throw ends.unknown(host);
        boolean isPublic = HostName.isKnownSuffix(host) && host.contains(".public.");
        int usual = isPublic ? HostName.PUBLIC_PORT : TDS_PORT;
        return new TraceRequest.Target(host, null, given == null ? usual : given, protocol);
    }

    /** An address that a service tag surely stands for; nothing when the name is no tag's. */
    private Optional<Address> sample(String name) {
        Optional<ImmutableList<Prefix>> prefixes = tags.prefixes(name);
        if (prefixes.isPresent() && name.equalsIgnoreCase(INTERNET)) return Optional.of(ANYBODY);
        if (prefixes.isEmpty() && !tags.members(name).isEmpty()) return firstOf(tags, name);
        if (prefixes.isEmpty() && isTag(name)) {
            if (name.equalsIgnoreCase(VIRTUAL_NETWORK)) {
                throw new UsageException(
                        "service tag VirtualNetwork is another in every subnet (name a subnet or a VM)");
            }
            throw new OpenEnd(name);
        }
        return prefixes.isEmpty() ? Optional.empty() : firstOf(tags, name);
    }

    /** An address that surely is a tag's. */
    static Optional<Address> firstOf(ServiceTags tags, String name) {
        if (name.equalsIgnoreCase(INTERNET)) return Optional.of(ANYBODY);
        return tags.sample(name);
    }

    /** Microsoft has thousands of tags; those that the input's own rules name are surely some. */
    private boolean isTag(String name) {
        if (name.equalsIgnoreCase(VIRTUAL_NETWORK) || ManagementCalls.isCaller(name)) return true;
        return topology.networkSecurityGroups().stream()
                .flatMap(group -> group.rules().stream())
                .flatMap(rule -> Stream.concat(rule.match().source().stream(), rule.match().destination().stream()))
                .anyMatch(term ->
                        term instanceof AddressTerm.Tag tag && tag.name().equalsIgnoreCase(name));
    }

    private static boolean isAddress(String text) {
        return parsed(text) != null;
    }

    /** The address that a word is, or null when it is none. */
    static @Nullable Address parsed(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Address address(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
