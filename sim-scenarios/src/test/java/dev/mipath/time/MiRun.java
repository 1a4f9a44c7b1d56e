package dev.mipath.time;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.MiWorld;
import dev.mipath.engine.NetworkTimeline;
import dev.mipath.engine.Population;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.Setting;
import dev.mipath.engine.Settings;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.engine.TimedAction;
import dev.mipath.engine.TimedAction.Action;
import dev.mipath.engine.Upkeep;
import dev.mipath.format.TopologyYaml;
import dev.mipath.net.Address;
import dev.mipath.profile.Era;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A small network with an instance, its clients and what happens to them, as a plan is made of it. */
final class MiRun {
    static final long SECOND = 1_000_000_000L;
    static final long MILLI = 1_000_000L;
    static final String HOST = "mi-prod.0a1b2c3d4e5f.database.windows.net";
    static final String PROXY_HOST = "mi-proxy.0a1b2c3d4e5f.database.windows.net";
    static final String PUBLIC_HOST = "mi-prod.public.0a1b2c3d4e5f.database.windows.net";

    private static final String TEXT = """
            mipath: topology/1
            profile: "2020"
            vnets:
              - name: vnet-hub
                location: westeurope
                addressPrefixes: 10.0.0.0/16
                subnets:
                  - {name: snet-mi, addressPrefix: 10.0.1.0/24, networkSecurityGroup: nsg-mi, routeTable: rt-mi, delegations: Microsoft.Sql/managedInstances}
                peerings:
                  - {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}
              - name: vnet-spoke
                location: westeurope
                addressPrefixes: 10.1.0.0/16
                subnets:
                  - {name: snet-app, addressPrefix: 10.1.0.0/20, networkSecurityGroup: nsg-app}
                peerings:
                  - {name: spoke-to-hub, remoteVnet: vnet-hub, state: Connected}
              - name: vnet-far
                location: northeurope
                addressPrefixes: 10.9.0.0/16
                subnets:
                  - {name: snet-batch, addressPrefix: 10.9.0.0/24, natGateway: nat}
            natGateways:
              - {name: nat, publicIpAddresses: pip}
            publicIpAddresses:
              - {name: pip, ipAddress: 20.50.60.70}
            managedInstances:
              - {name: mi-prod, subnet: snet-mi, fullyQualifiedDomainName: mi-prod.0a1b2c3d4e5f.database.windows.net, dnsZone: 0a1b2c3d4e5f, proxyOverride: Redirect, tier: BusinessCritical, publicDataEndpointEnabled: true}
              - {name: mi-proxy, subnet: snet-mi, fullyQualifiedDomainName: mi-proxy.0a1b2c3d4e5f.database.windows.net, dnsZone: 0a1b2c3d4e5f, proxyOverride: Proxy, tier: BusinessCritical}
            networkSecurityGroups:
              - {name: nsg-app, rules: []}
              - name: nsg-mi
                rules:
                  - {name: allow_tds, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 1433}
                  - {name: allow_redirect, priority: 1100, direction: Inbound, access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 11000-11999}
                  - {name: allow_public, priority: 1200, direction: Inbound, access: Allow, protocol: Tcp, source: Internet, destinationPorts: 3342}
                  - {name: deny_all_inbound, priority: 4096, direction: Inbound, access: Deny}
            routeTables:
              - {name: rt-mi, routes: []}
            """;

    private final List<NetworkTimeline.Epoch> epochs = new ArrayList<>();
    private final ImmutableList.Builder<Population> populations = ImmutableList.builder();
    private final ImmutableList.Builder<Upkeep> upkeep = ImmutableList.builder();
    private final ImmutableList.Builder<TimedAction> timeline = ImmutableList.builder();
    private Settings settings = Settings.STANDARD;
    private long until = 60 * SECOND;
    private String text = TEXT;
    private int epoch;

    /** The usual network. */
    static MiRun usual() {
        return new MiRun();
    }

    /** The line of the network's text that declares an instance. */
    static String lineOf(String instance) {
        return TEXT.lines()
                        .filter(line -> line.contains("{name: " + instance + ","))
                        .findFirst()
                        .orElseThrow()
                + "\n";
    }

    /** The network of the start with a part replaced. */
    MiRun with(String part, String other) {
        if (!text.contains(part)) throw new IllegalArgumentException("no `" + part + "`");
        text = text.replace(part, other);
        return this;
    }

    /** A part is replaced from a time on. */
    MiRun from(long at, String part, String other) {
        if (epochs.isEmpty()) epochs.add(compiled(0));
        with(part, other);
        epochs.add(compiled(at));
        return this;
    }

    private NetworkTimeline.Epoch compiled(long at) {
        CompileOptions options = CompileOptions.DEFAULTS.with(Era.Y2020).with(CompileOptions.AssumedAddress.HOLDS);
        Compilation made = NetworkCompiler.compile(
                TopologyYaml.read("time.yaml", text.getBytes(StandardCharsets.UTF_8))
                        .topology(),
                options);
        return new NetworkTimeline.Epoch(at, made.network().withVersion(epoch++), made.estate());
    }

    MiRun set(Setting setting, long value) {
        settings = settings.with(setting, value);
        return this;
    }

    MiRun until(long end) {
        until = end;
        return this;
    }

    MiRun at(long time, Action action) {
        timeline.add(new TimedAction(time, action));
        return this;
    }

    MiRun upkeep(Upkeep one) {
        upkeep.add(one);
        return this;
    }

    MiRun population(Population population) {
        populations.add(population);
        return this;
    }

    /** Clients of the app subnet that begin at once. */
    MiRun clients(int count, String host, ClientProfile client, Population.Session session) {
        return clients(count, host, client, session, new Population.Arrivals.AtOnce());
    }

    MiRun clients(
            int count, String host, ClientProfile client, Population.Session session, Population.Arrivals arrivals) {
        int addresses = 1 + (count - 1) / 4_000;
        return population(new Population(
                "app " + host,
                new Population.Source(Address.parse("10.1.0.16"), addresses, null, 49_152),
                count,
                arrivals,
                new Population.Target(host, 1433),
                client,
                session));
    }

    SimulationPlan plan() {
        ImmutableList<NetworkTimeline.Epoch> all =
                epochs.isEmpty() ? ImmutableList.of(compiled(0)) : ImmutableList.copyOf(epochs);
        return new SimulationPlan(
                new NetworkTimeline(all), populations.build(), upkeep.build(), timeline.build(), settings, until);
    }

    /** What came of it. */
    RunReport run() {
        return run(1);
    }

    RunReport run(long seed) {
        SimulationPlan plan = plan();
        MiWorld world = new MiWorld(plan, new RandomStreams(seed));
        Simulation simulation = new Simulation(world);
        simulation.runUntil(plan.until());
        return world.report(simulation);
    }
}
