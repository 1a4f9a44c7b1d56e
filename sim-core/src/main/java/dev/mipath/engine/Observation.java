package dev.mipath.engine;

import dev.mipath.engine.RunObserver.Leg;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.SourcePorts;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import org.jspecify.annotations.Nullable;

/** Tells an observer, where there is one, what happens. */
final class Observation {
    private final Stage stage;
    private @Nullable RunObserver observer;

    Observation(Stage stage) {
        this.stage = stage;
    }

    void tell(@Nullable RunObserver newObserver) {
        observer = newObserver;
    }

    /** Whether somebody is told; what is told costs something to put together. */
    boolean on() {
        return observer != null;
    }

    void turned(int network) {
        if (observer != null) observer.turned(stage.now(), network);
    }

    void acted(TimedAction.Action action) {
        if (observer != null) observer.acted(stage.now(), action);
    }

    void unclogged(TimedAction.Link link) {
        if (observer != null) observer.unclogged(stage.now(), link);
    }

    void started(int element) {
        if (observer != null) observer.started(stage.now(), stage.elements.name(element));
    }

    void probed(long now, int element) {
        if (observer != null) observer.probed(now, stage.elements.name(element), stage.elements.isDown(element));
    }

    void begun(int c, int p) {
        if (observer == null) return;
        Address client = stage.clients.address(stage.clients.addressNumber(c, p));
        observer.begun(stage.now(), stage.connections.number[c], p, client);
    }

    void ended(int c, int cause) {
        if (observer == null) return;
        int instance = stage.connections.instance[c];
        String name = instance < 0 ? "" : stage.instances.name(instance);
        observer.ended(stage.now(), stage.connections.number[c], Causes.outcome(cause), Causes.name(cause), name);
    }

    void gone(int c) {
        if (observer != null) observer.gone(stage.now(), stage.connections.number[c]);
    }

    void sent(int c, Leg leg, Edge from, Packet packet, boolean opens) {
        if (observer != null) observer.sent(stage.now(), stage.connections.number[c], leg, from, packet, opens);
    }

    void answered(int c, Leg leg) {
        if (observer != null) observer.answered(stage.now(), stage.connections.number[c], leg);
    }

    void arrived(int c, Leg leg, boolean isAnswer, int at) {
        if (observer == null) return;
        String name = at < 0 ? "" : stage.elements.name(at);
        observer.arrived(stage.now(), stage.connections.number[c], leg, isAnswer, name);
    }

    /** The way of a client's connection: to its gateway, or to its node. */
    Leg leg(int c) {
        return stage.connections.is(c, Connections.ON_NODE) ? Leg.NODE : Leg.GATEWAY;
    }

    /** A flow asked for a source port of a pool. */
    void port(int connection, int pool, SourcePorts ports, boolean got) {
        if (observer == null) return;
        if (got) observer.portTaken(stage.now(), connection, pool, ports);
        else observer.portRefused(stage.now(), connection, pool, ports);
    }

    void portReleased(int connection, int pool) {
        if (observer != null) observer.portReleased(stage.now(), connection, pool);
    }

    void portFreed(int pool) {
        if (observer != null) observer.portFreed(stage.now(), pool);
    }

    void tried(Upkeep upkeep, int from, Packet packet, boolean passes) {
        if (observer != null) observer.tried(stage.now(), upkeep, stage.places.edge(from), packet, passes);
    }

    void lapsed(Upkeep upkeep) {
        if (observer != null) observer.lapsed(stage.now(), upkeep);
    }

    void judged(Upkeep upkeep, RunReport.State state) {
        if (observer != null) observer.judged(stage.now(), upkeep, state);
    }
}
