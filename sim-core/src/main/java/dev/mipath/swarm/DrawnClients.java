package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.Population;
import dev.mipath.engine.Population.Arrivals;
import dev.mipath.engine.Population.Session;
import dev.mipath.engine.SynProfile;
import dev.mipath.engine.Upkeep;
import dev.mipath.instance.HostName;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.PublicEndpoint;
import dev.mipath.net.Address;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random clients for the machines and instances of a network. */
final class DrawnClients {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final int PORT = 1433;
    private static final int MACHINES_MAX = 6;
    /** Where an instance keeps its backups; any address of the Internet will do. */
    private static final Address STORAGE = Address.parse("52.239.1.1");

    private final Compilation compiled;
    private final Draws draws;

    DrawnClients(Compilation compiled, Draws draws) {
        this.compiled = compiled;
        this.draws = draws;
    }

    /** A population for some of the machines; none where there is no machine or no instance. */
    ImmutableList<Population> populations() {
        List<Hosted> instances = compiled.estate().instances();
        ImmutableList.Builder<Population> populations = ImmutableList.builder();
        if (instances.isEmpty()) return populations.build();
        for (NetworkInterface machine : machines()) {
            @Nullable Address address = compiled.address(machine.id());
            if (address == null) continue;
            Hosted instance = draws.of(instances);
            boolean isPublic = instance.publicEndpoint() == PublicEndpoint.ON && draws.oneIn(2);
            populations.add(population(machine, address, instance, isPublic));
        }
        return populations.build();
    }

    private List<NetworkInterface> machines() {
        List<NetworkInterface> all = new ArrayList<>(compiled.topology().networkInterfaces());
        while (all.size() > MACHINES_MAX) all.remove(draws.below(all.size()));
        return all;
    }

    private Population population(NetworkInterface machine, Address address, Hosted instance, boolean isPublic) {
        String host = isPublic ? HostName.publicName(instance.hostName()) : instance.hostName();
        ClientProfile client = draws.of(ClientProfile.SQL_CLIENT, ClientProfile.MSSQL_JDBC, ClientProfile.OLD_TDS)
                .with(draws.of(SynProfile.ALL))
                .with((5 + draws.below(20)) * SECOND, draws.below(3), (1 + draws.below(5)) * SECOND);
        Arrivals arrivals = draws.oneIn(4)
                ? new Arrivals.ClosedLoop((1 + draws.below(5)) * SECOND)
                : new Arrivals.Poisson((200 + draws.below(2000)) * MILLI);
        Session session = new Session(draws.below(4), draws.time(10 * SECOND), true, 3 * MILLI);
        return new Population(
                machine.id().name() + " to " + host,
                new Population.Source(address, 1, vnetOf(machine), Population.Source.FIRST_DYNAMIC_PORT),
                2 + draws.below(20),
                arrivals,
                new Population.Target(host, isPublic ? HostName.PUBLIC_PORT : PORT),
                client,
                session);
    }

    private @Nullable String vnetOf(NetworkInterface machine) {
        for (Vnet vnet : compiled.topology().vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                if (machine.ipConfigurations().get(0).subnet().is(subnet.id())) {
                    return vnet.id().name();
                }
            }
        }
        return null;
    }

    /** What every instance needs: its backups. */
    ImmutableList<Upkeep> upkeep() {
        ImmutableList.Builder<Upkeep> upkeep = ImmutableList.builder();
        for (Hosted instance : compiled.estate().instances()) {
            upkeep.add(new Upkeep(
                    instance.name(), "storage", Upkeep.Direction.DEPENDENCY, STORAGE, ImmutableList.of(443)));
        }
        return upkeep.build();
    }
}
