package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import dev.mipath.explain.Safe;
import dev.mipath.net.Address;
import dev.mipath.profile.ClientKind;
import dev.mipath.profile.ClientKind.Origin;
import dev.mipath.topology.Client;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualMachine;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client of which only the kind is known, from {@code --client-kind}: declared as if it stood in the input, where {@code
 * --from} says.
 *
 * @param topology the input with the client in it
 * @param name its name there
 */
record ClientOfKind(Topology topology, String name) {
    private static final Place GIVEN = Place.assumed("--client-kind");

    /** The client that the command line names by its kind, or null when it names none so. */
    static @Nullable ClientOfKind of(Arguments arguments, Topology topology) {
        @Nullable String word = arguments.find("--client-kind");
        if (word == null) return null;
        ClientKind kind = ClientKind.named(word).orElseThrow();
        @Nullable String from = arguments.find("--from");
        for (Client declared : topology.clients()) {
            if (from == null || !Named.is(declared.id(), from)) continue;
            if (declared.kind().equals(kind.word())) return new ClientOfKind(topology, from);
            throw new UsageException("client " + Safe.text(from) + " is declared as " + Safe.text(declared.kind())
                    + " (leave out --client-kind)");
        }
        String name = from == null ? kind.word() : kind.word() + " " + from.replace('/', ' ');
        Client client =
                new Client(new ResourceId(name), GIVEN, kind.word(), origin(kind, from, topology), own(from, topology));
        return new ClientOfKind(topology.toBuilder().add(client).build(), name);
    }

    private static Client.Origin origin(ClientKind kind, @Nullable String from, Topology topology) {
        @Nullable ResourceId subnet = from == null ? null : subnet(from, topology);
        if (subnet == null && kind.origin() == Origin.SUBNET) {
            throw new UsageException("--client-kind " + kind.word()
                    + " runs in a subnet (name it, a NIC or a VM in it, or an address of it with --from)");
        }
        if (kind.origin() == Origin.SUBNET_OR_OUTSIDE && from != null && subnet == null) {
            List<ResourceId> subnets = new ArrayList<>();
            topology.vnets().forEach(vnet -> vnet.subnets().forEach(each -> subnets.add(each.id())));
            throw Named.unknown("subnet", from, subnets);
        }
        boolean inSubnet = kind.origin() == Origin.SUBNET || kind.origin() == Origin.SUBNET_OR_OUTSIDE;
        return new Client.Origin(
                inSubnet && subnet != null ? Given.of(subnet) : null,
                kind.origin() == Origin.GATEWAY ? Given.of(gateway(kind, from, topology)) : null,
                kind.origin() == Origin.OUTSIDE && from != null && Where.parsed(from) == null ? from : null);
    }

    private static Client.Own own(@Nullable String from, Topology topology) {
        @Nullable Address address = from == null ? null : Where.parsed(from);
        @Nullable Given<Address> given = address == null ? null : Given.of(address);
        for (NetworkInterface nic : topology.networkInterfaces()) {
            if (given != null || from == null || !isOf(nic, from, topology)) continue;
            given = nic.ipConfigurations().get(0).privateIpAddress();
        }
        return new Client.Own(
                given,
                ImmutableList.of(),
                null,
                Given.unknown("vnetRouteAllEnabled", GIVEN),
                Given.unknown("preventDataExfiltration", GIVEN));
    }

    private static ResourceId gateway(ClientKind kind, @Nullable String from, Topology topology) {
        List<VirtualNetworkGateway> gateways = topology.virtualNetworkGateways();
        if (from == null || Where.parsed(from) == null) {
            throw new UsageException(
                    "--client-kind " + kind.word() + " needs the address it has from the gateway's pool (--from IP)");
        }
        if (gateways.size() == 1) return gateways.get(0).id();
        throw new UsageException(
                "--client-kind " + kind.word() + " needs one gateway to dial in to, and the input holds "
                        + (gateways.isEmpty()
                                ? "none"
                                : gateways.size() + "; declare the client under `clients:` of a topology"));
    }

    private static @Nullable ResourceId subnet(String from, Topology topology) {
        @Nullable Address address = Where.parsed(from);
        List<ResourceId> found = new ArrayList<>();
        for (Vnet vnet : topology.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                boolean holds = address != null
                        && subnet.prefixes().stream()
                                .anyMatch(prefix -> prefix.value()
                                        .filter(known -> known.contains(address))
                                        .isPresent());
                if (holds || Named.is(subnet.id(), from)) found.add(subnet.id());
            }
        }
        for (NetworkInterface nic : topology.networkInterfaces()) {
            if (!isOf(nic, from, topology)) continue;
            nic.ipConfigurations()
                    .get(0)
                    .subnet()
                    .value()
                    .filter(id -> !found.contains(id))
                    .ifPresent(found::add);
        }
        if (found.size() <= 1) return found.isEmpty() ? null : found.get(0);
        throw new UsageException("`" + Safe.text(from) + "` may be " + String.join(", ", Named.names(found))
                + " (name it as vnet/subnet, or by its id)");
    }

    /** Whether the NIC has this name, or is one of the machine that has it. */
    private static boolean isOf(NetworkInterface nic, String name, Topology topology) {
        boolean named = Named.is(nic.id(), name);
        for (VirtualMachine machine : topology.virtualMachines()) {
            named |= Named.is(machine.id(), name)
                    && (machine.networkInterfaces().contains(nic.id())
                            || machine.id().equals(nic.virtualMachine()));
        }
        return named && !nic.ipConfigurations().isEmpty();
    }
}
