package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.engine.NetworkTimeline.Epoch;
import dev.mipath.engine.Population;
import dev.mipath.engine.TimedAction.Link;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.ConversationTracer;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The traces that a swarm asks for. */
final class Ways {
    private Ways() {}

    /** What a client of a population says when nothing goes wrong, by a trace. */
    static Conversation trace(Epoch epoch, Population population, Address client, boolean follows) {
        Population.Target target = population.target();
        @Nullable Address pinned = target.pinned();
        TraceRequest request = new TraceRequest(
                new TraceRequest.Client(
                        population.name(), client, population.source().vnet(), true),
                new TraceRequest.Target(target.host(), literal(target.host()), target.port(), Protocol.TCP),
                new TraceRequest.Behaviour(
                        population.source().firstPort(),
                        population.client().validatesCertificate(),
                        follows,
                        pinned == null ? ImmutableMap.of() : ImmutableMap.of(target.host(), pinned),
                        ImmutableSet.of()));
        return ConversationTracer.trace(epoch.network(), epoch.estate(), request);
    }

    private static @Nullable Address literal(String host) {
        try {
            return Address.parse(host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Neighbours that packets of the populations meet on their ways. */
    static List<Link> of(Epoch epoch, ImmutableList<Population> populations) {
        Set<Link> links = new LinkedHashSet<>();
        for (Population population : populations) {
            Conversation told = trace(epoch, population, population.source().first(), true);
            for (Conversation.Phase phase : told.phases()) {
                add(phase.forward(), links);
                add(phase.back(), links);
            }
        }
        return new ArrayList<>(links);
    }

    private static void add(ImmutableList<Step> way, Set<Link> links) {
        for (int i = 1; i < way.size(); i++) {
            String before = way.get(i - 1).at();
            String here = way.get(i).at();
            if (!before.isEmpty() && !here.isEmpty()) links.add(new Link(before, here));
        }
    }
}
