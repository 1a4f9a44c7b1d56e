package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import dev.mipath.engine.RunObserver;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.TimedAction;
import dev.mipath.engine.Upkeep;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.SourcePorts;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import java.util.function.Consumer;

/** Several observers as one; each is told in turn. */
final class Observers implements RunObserver {
    private final ImmutableList<RunObserver> all;

    Observers(ImmutableList<RunObserver> all) {
        this.all = all;
    }

    private void each(Consumer<RunObserver> told) {
        for (int i = 0; i < all.size(); i++) told.accept(all.get(i));
    }

    @Override
    public void turned(long time, int network) {
        each(one -> one.turned(time, network));
    }

    @Override
    public void acted(long time, TimedAction.Action action) {
        each(one -> one.acted(time, action));
    }

    @Override
    public void unclogged(long time, TimedAction.Link link) {
        each(one -> one.unclogged(time, link));
    }

    @Override
    public void started(long time, String machine) {
        each(one -> one.started(time, machine));
    }

    @Override
    public void probed(long time, String machine, boolean isDown) {
        each(one -> one.probed(time, machine, isDown));
    }

    @Override
    public void begun(long time, int connection, int population, Address client) {
        each(one -> one.begun(time, connection, population, client));
    }

    @Override
    public void ended(long time, int connection, String outcome, String ending, String instance) {
        each(one -> one.ended(time, connection, outcome, ending, instance));
    }

    @Override
    public void gone(long time, int connection) {
        each(one -> one.gone(time, connection));
    }

    @Override
    public void sent(long time, int connection, Leg leg, Edge from, Packet packet, boolean opens) {
        each(one -> one.sent(time, connection, leg, from, packet, opens));
    }

    @Override
    public void answered(long time, int connection, Leg leg) {
        each(one -> one.answered(time, connection, leg));
    }

    @Override
    public void arrived(long time, int connection, Leg leg, boolean isAnswer, String at) {
        each(one -> one.arrived(time, connection, leg, isAnswer, at));
    }

    @Override
    public void portTaken(long time, int connection, int pool, SourcePorts ports) {
        each(one -> one.portTaken(time, connection, pool, ports));
    }

    @Override
    public void portRefused(long time, int connection, int pool, SourcePorts ports) {
        each(one -> one.portRefused(time, connection, pool, ports));
    }

    @Override
    public void portReleased(long time, int connection, int pool) {
        each(one -> one.portReleased(time, connection, pool));
    }

    @Override
    public void portFreed(long time, int pool) {
        each(one -> one.portFreed(time, pool));
    }

    @Override
    public void tried(long time, Upkeep upkeep, Edge from, Packet packet, boolean passes) {
        each(one -> one.tried(time, upkeep, from, packet, passes));
    }

    @Override
    public void lapsed(long time, Upkeep upkeep) {
        each(one -> one.lapsed(time, upkeep));
    }

    @Override
    public void judged(long time, Upkeep upkeep, RunReport.State state) {
        each(one -> one.judged(time, upkeep, state));
    }
}
