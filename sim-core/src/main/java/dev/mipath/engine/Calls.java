package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import dev.mipath.engine.RunReport.Failure;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Node;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries the connections of the management plane and of the instances themselves: the first packet and its answer. */
final class Calls {
    private static final int OWN_PORT = 50_000;

    private final Stage stage;
    private List<Step> steps = new ArrayList<>();

    Calls(Stage stage) {
        this.stage = stage;
    }

    /**
     * Tries every port of a call of or to an instance that is there.
     *
     * @param failure how the first port failed that did, or null
     * @param unsure whether the input did not decide it
     */
    record Result(@Nullable Failure failure, boolean unsure) {}

    /** Tries all ports, those after a failure too, as callers do. */
    Result attempt(Upkeep call, VirtualCluster cluster, int instance) {
        @Nullable Failure failure = null;
        boolean unsure = false;
        for (int port : call.ports()) {
            Result each = attempt(call, cluster, instance, port);
            if (failure == null) failure = each.failure;
            unsure |= each.unsure;
        }
        return new Result(failure, unsure);
    }

    private Result attempt(Upkeep call, VirtualCluster cluster, int instance, int port) {
        if (call.direction() == Upkeep.Direction.MANAGEMENT) {
            VirtualCluster.@Nullable Management management = cluster.management();
            if (management == null) return new Result(null, false);
            int outside = stage.places.number(stage.network(), stage.network().outside());
            return attempt(call, outside, call.other(), management.address(), port);
        }
        Node node = stage.instances.primary(instance);
        return stage.network()
                .holder(node.address(), cluster.subnet())
                .map(edge ->
                        attempt(call, stage.places.number(stage.network(), edge), node.address(), call.other(), port))
                .orElseGet(() -> new Result(
                        new Failure(
                                call.name(),
                                call.other(),
                                port,
                                Ending.ELEMENT_REMOVED.name(),
                                "",
                                ImmutableList.of(),
                                false),
                        false));
    }

    /** Whether a packet and its answer arrive; an answer on the way the packet came always does. */
    private Result attempt(Upkeep call, int from, Address own, Address other, int port) {
        stage.memory.turnTo(own, OWN_PORT, FlowSets.EMPTY, 0);
        @Nullable StepSink told = stage.paths.sink();
        steps = new ArrayList<>();
        stage.paths.tell((connection, network, element, arrived, decision) -> {
            steps.add(new Step(network, element, arrived, decision));
            if (told != null) told.step(connection, network, element, arrived, decision);
        });
        Result result = thereAndBack(call, from, own, other, port);
        stage.paths.tell(told);
        // The try is over at once, and its source port is free again.
        int pool = stage.memory.snatPool() - 1;
        if (pool >= 0) {
            stage.pools.give(pool);
            stage.observation.portReleased(-1, pool);
            stage.observation.portFreed(pool);
        }
        if (stage.observation.on()) {
            Packet packet = new Packet(own, OWN_PORT, other, port, Protocol.TCP);
            stage.observation.tried(call, from, packet, result.failure == null);
        }
        return result;
    }

    private Result thereAndBack(Upkeep call, int from, Address own, Address other, int port) {
        stage.header.load(own, OWN_PORT, other, port, Protocol.TCP.number(), true);
        Path out =
                stage.paths.path(stage.paths.lead(-1, from, stage.header, stage.memory, stage.anybody(), stage.now()));
        if (stops(out)) return new Result(failure(call, port, out, false), false);
        if (out.arrival == Places.NOWHERE) return new Result(null, !out.arrives());
        steps.clear();
        stage.header.load(
                out.destination,
                out.destinationPort,
                out.source == null ? own : out.source,
                OWN_PORT,
                Protocol.TCP.number(),
                false);
        Path back = stage.paths.path(
                stage.paths.lead(-1, out.arrival, stage.header, stage.memory, stage.answerTo(from), stage.now()));
        if (stops(back)) return new Result(failure(call, port, back, true), false);
        return new Result(null, !out.arrives() || !back.arrives());
    }

    private Failure failure(Upkeep call, int port, Path path, boolean onReturn) {
        stage.dropped(-1, path);
        return new Failure(
                call.name(),
                call.other(),
                port,
                Causes.name(path.cause),
                stage.elements.name(path.last()),
                ImmutableList.copyOf(steps),
                onReturn);
    }

    private static boolean stops(Path path) {
        return !path.arrives() && (path.cause >= Causes.NO_ANSWER || Causes.ending(path.cause) != Ending.UNDETERMINED);
    }
}
