package dev.mipath.swarm;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.engine.NetworkTimeline.Epoch;
import dev.mipath.engine.Population;
import dev.mipath.engine.RunObserver;
import dev.mipath.forwarding.Ending;
import dev.mipath.net.Address;
import dev.mipath.profile.Driver.Redirect;
import dev.mipath.trace.Conversation;
import java.util.HashMap;
import java.util.Map;

/**
 * {@link Law#LIVENESS}: whoever begins when all has been repaired for a while must end as a trace of the last network says.
 * Load is no fault: a flow may find no source port, and an instance that its own network harms serves nobody.
 */
final class Liveness implements RunObserver {
    private final ImmutableList<Population> populations;
    private final Epoch last;
    private final long from;
    private final PortLedger ports;
    private final HealthLedger health;
    private final Violations violations;
    private final Map<Integer, Client> late = new HashMap<>();
    private final Map<Client, String> traced = new HashMap<>();
    private long judged;

    private record Client(int population, Address address) {}

    Liveness(
            ImmutableList<Population> populations,
            Epoch last,
            long from,
            PortLedger ports,
            HealthLedger health,
            Violations violations) {
        this.populations = populations;
        this.last = last;
        this.from = from;
        this.ports = ports;
        this.health = health;
        this.violations = violations;
    }

    /** How many attempts were compared with a trace. */
    long judged() {
        return judged;
    }

    @Override
    public void begun(long time, int connection, int population, Address client) {
        if (time >= from) late.put(connection, new Client(population, client));
    }

    @Override
    public void ended(long time, int connection, String outcome, String ending, String instance) {
        Client client = late.remove(connection);
        if (client == null) return;
        String wanted = traced.computeIfAbsent(client, this::trace);
        if (wanted.isEmpty() || ending.equals("POOL_BLOCKED")) return;
        judged++;
        if (outcome.equals(wanted)) return;
        if (ending.equals("SNAT_EXHAUSTED") && ports.wasRefused(connection)) return;
        if (ending.equals("INSTANCE_UNAVAILABLE") && health.isUnavailable(instance)) return;
        Population of = populations.get(client.population);
        violations.add(
                Law.LIVENESS,
                time,
                "connection " + connection + " of " + of.name() + " from " + client.address + " to "
                        + of.target().host() + ":" + of.target().port(),
                outcome + (ending.equals("NONE") ? "" : ", " + ending),
                wanted);
    }

    /** What a trace says, or nothing where it cannot say. */
    private String trace(Client client) {
        Population population = populations.get(client.population);
        Redirect redirect = population.client().redirect();
        if (redirect != Redirect.FOLLOWS && redirect != Redirect.PROXIED) return "";
        Conversation told = Ways.trace(last, population, client.address, redirect == Redirect.FOLLOWS);
        boolean open = told.problems().stream().anyMatch(problem -> problem.ending() == Ending.UNDETERMINED);
        return open ? "" : Ascii.toLowerCase(told.outcome().name());
    }
}
