package dev.mipath.engine;

import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Network.HealthProbe;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.PlatformRanges;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What keeps watch: the load balancers' probes, and the traffic that keeps an instance well. */
final class HealthWatch {
    private static final int OWN_PORT = 50_000;

    private final Stage stage;
    private final Calls calls;
    private final int failuresOfProbe;
    private final int failuresOfUpkeep;
    private final int[] upkeepFailures;
    /** By element: how many probes in a row failed. */
    private byte[] probeFailures = {};

    private RunReport.State[] states = {};
    private String cause = "";

    HealthWatch(Stage stage) {
        this.stage = stage;
        calls = new Calls(stage);
        failuresOfProbe = stage.settings.count(Setting.PROBE_FAILURES);
        failuresOfUpkeep = stage.settings.count(Setting.HEALTH_FAILURES);
        upkeepFailures = new int[stage.plan.upkeep().size()];
    }

    /** Probes every machine; the first result counts at once. */
    void probe(boolean first) {
        probeFailures = Arrays.copyOf(probeFailures, stage.elements.size());
        for (HealthProbe probe : stage.network().probes()) {
            int machine = stage.elements.stable(probe.machine());
            boolean failed = stage.machines.isDrained(machine) || !answers(probe);
            if (!failed) probeFailures[machine] = 0;
            else if (probeFailures[machine] < Byte.MAX_VALUE) probeFailures[machine]++;
            stage.elements.setDown(machine, failed && (first || probeFailures[machine] >= failuresOfProbe));
            stage.observation.probed(stage.now(), machine);
        }
    }

    private boolean answers(HealthProbe probe) {
        Address from = PlatformRanges.HOST_SERVICES.network();
        stage.memory.turnTo(from, OWN_PORT, FlowSets.EMPTY, 0);
        stage.header.load(from, OWN_PORT, probe.address(), probe.port(), Protocol.TCP.number(), true);
        int outside = stage.places.number(stage.network(), stage.network().outside());
        Path path = stage.paths.path(stage.paths.leadFrom(
                -1, outside, probe.entry(), stage.header, stage.memory, stage.anybody(), stage.now()));
        return path.arrives() || Causes.ending(path.cause) == Ending.UNDETERMINED && path.cause < Causes.NO_ANSWER;
    }

    /** Tries one upkeep, and says what that means for its instance. */
    void tend(int number) {
        Upkeep upkeep = stage.plan.upkeep().get(number);
        int instance = stage.instances.number(upkeep.instance());
        @Nullable Hosted hosted = stage.instances.hosted(instance);
        @Nullable VirtualCluster cluster = stage.instances.cluster(instance);
        if (hosted == null || cluster == null || stage.instances.isInMaking(instance)) {
            upkeepFailures[number] = 0;
            stage.observation.lapsed(upkeep);
            return;
        }
        RunReport.@Nullable Failure failure =
                calls.attempt(upkeep, cluster, instance).failure();
        if (failure != null) cause = failure.ending() + " at " + failure.element();
        upkeepFailures[number] = failure == null ? 0 : upkeepFailures[number] + 1;
        stage.observation.judged(upkeep, judge(instance, upkeep.name()));
    }

    private RunReport.State judge(int instance, String name) {
        int worst = 0;
        for (int i = 0; i < upkeepFailures.length; i++) {
            boolean own = stage.instances.number(stage.plan.upkeep().get(i).instance()) == instance;
            if (own) worst = Math.max(worst, upkeepFailures[i]);
        }
        RunReport.State state = worst == 0
                ? RunReport.State.HEALTHY
                : worst < failuresOfUpkeep ? RunReport.State.DEGRADED : RunReport.State.UNAVAILABLE;
        int before = states.length;
        if (instance >= before) {
            states = Arrays.copyOf(states, instance + 1);
            Arrays.fill(states, before, states.length, RunReport.State.HEALTHY);
        }
        if (states[instance] == state) return state;
        states[instance] = state;
        stage.instances.setUnavailable(instance, state == RunReport.State.UNAVAILABLE);
        String why = state == RunReport.State.HEALTHY ? name + ": passes again" : name + ": " + cause;
        stage.tally.health(new RunReport.Health(stage.now(), stage.instances.name(instance), state, why));
        return state;
    }

    World.Memento save() {
        int[] savedUpkeep = upkeepFailures.clone();
        byte[] savedProbes = probeFailures.clone();
        RunReport.State[] savedStates = states.clone();
        return () -> {
            System.arraycopy(savedUpkeep, 0, upkeepFailures, 0, upkeepFailures.length);
            probeFailures = savedProbes.clone();
            states = savedStates.clone();
        };
    }
}
