package dev.mipath.engine;

import dev.mipath.engine.TimedAction.Action;
import dev.mipath.engine.TimedAction.Link;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Does what the timeline of a plan, or somebody at the controls, says. */
final class Actions {
    private final Stage stage;
    private final ClientSide client;
    private final ServerSide server;

    Actions(Stage stage, ClientSide client, ServerSide server) {
        this.stage = stage;
        this.client = client;
        this.server = server;
    }

    void apply(Action action) {
        stage.observation.acted(action);
        if (action instanceof Action.Crash crash) {
            stop(crash.element(), false);
        } else if (action instanceof Action.Start start) {
            start(element(start.element()));
        } else if (action instanceof Action.Restart restart) {
            stop(restart.element(), true);
            stage.simulation().after(restart.down(), Kinds.STARTED, element(restart.element()));
        } else if (action instanceof Action.Drain drain) {
            stage.machines.drain(machine(element(drain.element())));
        } else if (action instanceof Action.FailOver failOver) {
            failOver(instance(failOver.instance()));
        } else if (action instanceof Action.Revoke revoke) {
            stage.instances.setRevoked(instance(revoke.instance()), true);
            server.closeInstance(instance(revoke.instance()), Causes.REVOKED);
        } else if (action instanceof Action.Renew renew) {
            stage.instances.setRevoked(instance(renew.instance()), false);
        } else if (action instanceof Action.MoveName move) {
            move(move);
        } else if (action instanceof Action.ScaleGateways scale) {
            stage.machines.scaleGateways(scale.servers(), stage.now());
            server.callWaiting();
        } else {
            onLink(action);
        }
    }

    private void move(Action.MoveName move) {
        @Nullable Address to = move.to();
        @Nullable String holder = move.instance();
        if (holder != null) {
            @Nullable VirtualCluster cluster = stage.instances.cluster(instance(holder));
            // An instance that is gone by now has no gateways to lead to.
            if (cluster == null) return;
            to = cluster.loadBalancer();
        }
        stage.names.move(move.name(), Objects.requireNonNull(to), holder);
        stage.changed();
    }

    private void onLink(Action action) {
        Faults faults = stage.faults;
        if (action instanceof Action.Partition on) {
            faults.partition(from(on.link()), next(on.link()));
        } else if (action instanceof Action.Hold on) {
            faults.hold(from(on.link()), next(on.link()));
        } else if (action instanceof Action.Clog on) {
            faults.clog(from(on.link()), next(on.link()), stage.now() + on.time());
            stage.simulation().after(on.time(), Kinds.UNCLOGGED, from(on.link()), next(on.link()) + 1);
        } else if (action instanceof Action.Slow on) {
            faults.slow(from(on.link()), next(on.link()), on.extra());
        } else if (action instanceof Action.Lose on) {
            faults.lose(from(on.link()), next(on.link()), on.numerator(), on.denominator());
        } else if (action instanceof Action.Release on) {
            faults.release(from(on.link()), next(on.link()));
            unpark();
        } else if (action instanceof Action.Repair on) {
            faults.repair(from(on.link()), next(on.link()));
            unpark();
        }
    }

    /** A clogged link passes again. */
    void unclog(int element, int next) {
        if (!stage.faults.unclog(element, next, stage.now())) return;
        String behind = next < 0 ? null : stage.elements.name(next);
        stage.observation.unclogged(new Link(stage.elements.name(element), behind));
        unpark();
    }

    private void unpark() {
        for (int[] waiting : stage.unpark()) {
            if (waiting[2] == 1) server.again(waiting[0], waiting[1]);
            else client.resend(waiting[0], waiting[1]);
        }
    }

    private int from(Link link) {
        return element(link.element());
    }

    private int next(Link link) {
        @Nullable String behind = link.next();
        return behind == null ? -1 : element(behind);
    }

    private int element(String name) {
        int element = stage.elements.named(name);
        if (element < 0) throw new IllegalArgumentException("no network of the plan has an element `" + name + "`");
        return element;
    }

    private int instance(String name) {
        int instance = stage.instances.number(name);
        if (instance < 0) throw new IllegalArgumentException("no network of the plan has an instance `" + name + "`");
        return instance;
    }

    private int machine(int element) {
        return stage.machines.number(element, stage.elements.name(element).startsWith("gateway "));
    }

    private void stop(String name, boolean orderly) {
        int element = element(name);
        int machine = machine(element);
        if (orderly) server.closeAll(machine, Causes.RESET);
        stage.machines.stop(machine, stage.now());
        stage.faults.crash(element);
    }

    /** A machine that stopped serves again. */
    void start(int element) {
        stage.machines.start(machine(element));
        stage.faults.start(element);
        stage.observation.started(element);
    }

    /** The next node of an instance takes over. */
    void failOver(int instance) {
        // One that is gone at the moment has no primary.
        if (stage.instances.hosted(instance) == null) return;
        String node = "node " + stage.instances.primary(instance).address() + " of " + stage.instances.name(instance);
        int element = stage.elements.named(node);
        int machine = stage.machines.known(element);
        if (machine >= 0) server.closeAll(machine, Causes.RESET);
        stage.instances.failOver(instance, stage.now() + stage.settings.get(Setting.FAIL_OVER));
    }
}
