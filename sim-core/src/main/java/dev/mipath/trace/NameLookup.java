package dev.mipath.trace;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.Estate;
import dev.mipath.instance.HostName;
import dev.mipath.instance.SqlSession.State;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Finding.Resolver;
import dev.mipath.trace.Conversation.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client's questions about names: packets to its resolver, and what that answers. */
final class NameLookup {
    private static final int PORT = 53;
    private static final Address AZURE_DNS = PlatformRanges.HOST_SERVICES.network();

    private final Course course;
    private final Network network;
    private final Estate estate;
    private final TraceRequest request;
    private final Edge from;
    /** The server of the client's own that answers it; null for Azure's. */
    private @Nullable Address asked;

    NameLookup(Course course) {
        this.course = course;
        this.network = course.network();
        this.estate = course.estate();
        this.request = course.request();
        this.from = course.from();
    }

    /** What is off is not in DNS (facts 4.2, 5a). */
    void askPublicEndpoint(Hosted instance) {
        List<Step> steps = ask(State.DNS);
        Finding finding = new Finding.PublicEndpoint(instance.name(), instance.hostName(), instance.publicEndpoint());
        boolean off = instance.publicEndpoint() == VirtualCluster.PublicEndpoint.OFF;
        Ending ending = off ? Ending.DNS_NAME_UNKNOWN : Ending.UNDETERMINED;
        course.add(ending, State.DNS, finding);
        course.close(State.DNS, 0, ImmutableList.copyOf(steps), ImmutableList.of(), finding, 0);
    }

    private Resolver resolver() {
        if (network.isOutside(from)) return Resolver.PUBLIC;
        return from.ofSite() ? Resolver.SITE : Resolver.VNET;
    }

    /** Asks for a name, which is a phase; null when no address is known. */
    @Nullable
    Address lookUp(String name, State state) {
        int before = course.problems();
        List<Step> steps = ask(state);
        String lower = Ascii.toLowerCase(name);
        @Nullable Address stated = request.behaviour().resolved().get(lower);
        boolean saidUnknown = request.behaviour().cannotResolve(lower);
        Estate.Lookup told = estate.lookUp(name, from.ofSite() ? null : from.vnet(), asked);
        Optional<Address> answer = stated != null
                ? Optional.of(stated)
                : saidUnknown ? Optional.empty() : Optional.ofNullable(told.address());
        Finding finding;
        if (answer.isPresent()) {
            Resolver by = stated != null ? Resolver.STATED : resolver();
            finding = new Finding.Resolved(name, answer.get(), by);
        } else if (estate.unplaced(name).isPresent() && !saidUnknown) {
            finding = new Finding.InstanceUnplaced(
                    name, estate.unplaced(name).get().missing());
            course.add(Ending.UNDETERMINED, state, finding);
        } else if (told.deniedBy() != null && !saidUnknown) {
            finding = new Finding.NameDenied(name, told.deniedBy(), told.alias());
            Ending ending = state == State.DNS ? Ending.DNS_NAME_UNKNOWN : Ending.REDIRECT_NAME_UNRESOLVED;
            course.add(ending, state, finding);
        } else if (state == State.REDIRECT_DNS) {
            finding = new Finding.NameUnknown(name);
            course.add(Ending.REDIRECT_NAME_UNRESOLVED, state, finding);
        } else if (!HostName.isKnownSuffix(name) && !saidUnknown) {
            finding = new Finding.ForeignName(name);
            course.add(Ending.UNDETERMINED, state, finding);
        } else {
            Optional<HostName.Fault> fault = estate.fault(name, request.target().port());
            finding = fault.isPresent() ? new Finding.NameFault(name, fault.get()) : new Finding.NameUnknown(name);
            course.add(Ending.DNS_NAME_UNKNOWN, state, finding);
        }
        course.close(state, 0, ImmutableList.copyOf(steps), ImmutableList.of(), finding, before);
        return answer.orElse(null);
    }

    /** A client asks the next server when one is silent, so only the last silence is a problem, with those before. */
    List<Step> ask(State state) {
        List<Step> steps = new ArrayList<>();
        // What a site asks is not described, and never Azure's own resolver, which serves VNets only.
        if (from.ofSite()) return steps;
        List<Problem> silent = new ArrayList<>();
        for (Address server : from.dnsServers().isEmpty() ? List.of(AZURE_DNS) : from.dnsServers()) {
            List<Problem> found = new ArrayList<>();
            ask(server, state, steps, found);
            asked = server.equals(AZURE_DNS) ? null : server;
            if (found.isEmpty()) return steps;
            silent.addAll(found);
        }
        silent.forEach(course::add);
        return steps;
    }

    private void ask(Address server, State state, List<Step> steps, List<Problem> found) {
        boolean assumed = course.problems() > 0;
        Packet query =
                new Packet(request.client().address(), request.behaviour().port(), server, PORT, Protocol.UDP);
        Exchange exchange = course.send(from, query, network.holders(server));
        steps.addAll(exchange.forward());
        for (Exchange.Stop stop : exchange.stops()) {
            Ending ending = stop.ending();
            if (ending != Ending.UNDETERMINED) {
                ending = server.equals(AZURE_DNS) ? Ending.PLATFORM_DNS_BLOCKED : Ending.DNS_SERVER_UNREACHABLE;
            }
            found.add(new Problem(ending, state, stop.step(), stop.route(), stop.onReturn(), assumed, stop.finding()));
        }
    }
}
