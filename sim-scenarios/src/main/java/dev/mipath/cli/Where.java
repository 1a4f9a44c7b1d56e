package dev.mipath.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.Compilation;
import dev.mipath.explain.Safe;
import dev.mipath.format.Ask;
import dev.mipath.instance.HostName;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualMachine;
import dev.mipath.topology.Vnet;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds what the ends of a trace mean: an address, a resource, a host name. */
final class Where {
    private static final int TDS_PORT = 1433;

    private final Compilation compiled;
    private final Topology topology;
    private final @Nullable Ask ask;

    Where(Compilation compiled, @Nullable Ask ask) {
        this.compiled = compiled;
        this.topology = compiled.topology();
        this.ask = ask;
    }

    TraceRequest request(Arguments arguments) {
        boolean asked = ask != null && !arguments.has("--from") && !arguments.has("--to");
        String from = asked && ask != null ? ask.from() : from(arguments.find("--from"));
        String to = asked && ask != null ? to(ask) : to(arguments.find("--to"));
        ImmutableMap.Builder<String, Address> resolved = ImmutableMap.builder();
        for (String pair : arguments.list("--resolve")) {
            int equals = pair.indexOf('=');
            if (equals <= 0 || !isAddress(pair.substring(equals + 1))) {
                throw new UsageException(
                        "--resolve `" + Safe.text(pair) + "` is not NAME=IP (such as mi1.contoso.com=10.0.1.4)");
            }
            resolved.put(Ascii.toLowerCase(pair.substring(0, equals)), address(pair.substring(equals + 1)));
        }
        TraceRequest.Behaviour behaviour = new TraceRequest.Behaviour(
                Trace.clientPort(arguments),
                arguments.has("--validate-certificate"),
                !arguments.has("--no-redirect"),
                resolved.buildKeepingLast());
        TraceRequest.Client client = client(from);
        TraceRequest.Target target = target(to, Protocol.parse(arguments.get("--protocol")));
        @Nullable
        Address wrong = target.address() != null
                        && target.address().v6() != client.address().v6()
                ? target.address()
                : null;
        for (Address answer : behaviour.resolved().values()) {
            if (answer.v6() != client.address().v6()) wrong = answer;
        }
        if (wrong != null) {
            throw new UsageException(client.address() + " and " + wrong + " are not of one family (IPv4 or IPv6)");
        }
        return new TraceRequest(client, target, behaviour);
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
        List<Hosted> instances = compiled.estate().instances();
        if (instances.size() == 1) return instances.get(0).hostName();
        throw new UsageException("missing --to WHERE (the input holds "
                + (instances.isEmpty() ? "no managed instance" : instances.size() + " managed instances")
                + ", so the target has to be named)");
    }

    private TraceRequest.Client client(String name) {
        if (isAddress(name)) return new TraceRequest.Client(name, address(name), null);
        List<TraceRequest.Client> found = new ArrayList<>();
        for (NetworkInterface nic : machines(name)) {
            @Nullable Address address = compiled.address(nic.id());
            if (address != null) found.add(new TraceRequest.Client(name, address, null));
        }
        for (Vnet vnet : topology.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                if (!Named.is(subnet.id(), name)) continue;
                @Nullable Address host = someHost(subnet);
                if (host != null)
                    found.add(new TraceRequest.Client(name, host, vnet.id().name()));
            }
        }
        for (LocalNetworkGateway site : topology.localNetworkGateways()) {
            if (!Named.is(site.id(), name)) continue;
            site.addressPrefixes().stream()
                    .flatMap(prefix -> prefix.value().stream())
                    .findFirst()
                    .ifPresent(prefix -> found.add(new TraceRequest.Client(name, lastHost(prefix), null)));
        }
        if (found.size() == 1) return found.get(0);
        throw found.isEmpty() ? unknown(name) : new UsageException(ambiguous(name, found));
    }

    private List<NetworkInterface> machines(String name) {
        Predicate<NetworkInterface> meant = nic -> Named.is(nic.id(), name);
        for (VirtualMachine machine : topology.virtualMachines()) {
            if (!Named.is(machine.id(), name)) continue;
            meant = meant.or(nic -> machine.networkInterfaces().contains(nic.id())
                    || machine.id().equals(nic.virtualMachine()));
        }
        return topology.networkInterfaces().stream().filter(meant).toList();
    }

    private static @Nullable Address someHost(Subnet subnet) {
        return subnet.prefixes().stream()
                .flatMap(prefix -> prefix.value().stream())
                .findFirst()
                .map(Where::lastHost)
                .orElse(null);
    }

    /** The last address before the broadcast one: Azure hands addresses out from the other end. */
    private static Address lastHost(Prefix prefix) {
        @Nullable Address before = prefix.last().previous();
        return before != null && prefix.contains(before) ? before : prefix.first();
    }

    private UsageException unknown(String name) {
        List<ResourceId> ids = new ArrayList<>();
        topology.managedInstances().forEach(instance -> ids.add(instance.id()));
        topology.virtualMachines().forEach(machine -> ids.add(machine.id()));
        topology.networkInterfaces().forEach(nic -> ids.add(nic.id()));
        topology.localNetworkGateways().forEach(site -> ids.add(site.id()));
        topology.vnets().forEach(vnet -> vnet.subnets().forEach(subnet -> ids.add(subnet.id())));
        return Named.unknown("instance, VM, NIC, site or subnet", name, ids);
    }

    private static String ambiguous(String name, List<TraceRequest.Client> found) {
        StringBuilder addresses = new StringBuilder();
        for (TraceRequest.Client client : found) {
            addresses.append(addresses.length() == 0 ? "" : ", ").append(client.address());
        }
        return "`" + Safe.text(name) + "` may be " + addresses + " (name it by its address or as vnet/subnet)";
    }

    private TraceRequest.Target target(String text, Protocol protocol) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean hasPort = colon > 0 && (bracketed ? text.charAt(colon - 1) == ']' : text.indexOf(':') == colon);
        String host = hasPort ? text.substring(0, colon) : text;
        if (bracketed && host.endsWith("]")) host = host.substring(1, host.length() - 1);
        @Nullable Integer port = hasPort ? port(text.substring(colon + 1)) : null;
        if (isAddress(host)) {
            return new TraceRequest.Target(host, address(host), port == null ? TDS_PORT : port, protocol);
        }
        for (Hosted instance : compiled.estate().instances()) {
            if (Named.is(instance.id(), host)) host = instance.hostName();
        }
        for (NetworkInterface nic : machines(host)) {
            @Nullable Address address = compiled.address(nic.id());
            if (address != null) {
                return new TraceRequest.Target(host, address, port == null ? TDS_PORT : port, protocol);
            }
        }
        if (host.indexOf('.') < 0) throw unknown(host);
        boolean isPublic = HostName.isKnownSuffix(host) && host.contains(".public.");
        int usual = isPublic ? HostName.PUBLIC_PORT : TDS_PORT;
        return new TraceRequest.Target(host, null, port == null ? usual : port, protocol);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) return port;
        } catch (NumberFormatException e) {
            throw new UsageException("`" + Safe.text(text) + "` is not a port (0..65535)");
        }
        throw new UsageException("`" + Safe.text(text) + "` is not a port (0..65535)");
    }

    private static boolean isAddress(String text) {
        try {
            Address.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
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
