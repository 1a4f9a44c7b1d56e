package dev.mipath.engine;

import com.google.common.base.Ascii;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.instance.Estate;
import dev.mipath.instance.HostName;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.profile.PlatformRanges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What names lead to, and what clients still believe. An answer is the number of an address, or below 0 one less than the
 * negative {@link Causes} number of why there is none.
 */
final class Names {
    /** The name a population asks for first. */
    static final int TARGET = 0;
    /** The name of the node that the gateway sends it on to. */
    static final int NODE = 1;

    /** The answer of a resolver that knows no such name. */
    static final int UNKNOWN = none(Ending.DNS_NAME_UNKNOWN);

    private static final int KINDS = 2;

    private final Clients clients;
    private final long timeToLive;
    private final List<Address> addresses = new ArrayList<>();
    private final Map<Address, Integer> numbers = new HashMap<>();
    private Map<String, Address> moved = new HashMap<>();
    /** By name: the instance it was moved to, where one was named. */
    private Map<String, String> holders = new HashMap<>();

    /** By address of a client and kind of name: until when the answer is believed, what it is, and of which instance. */
    private long[] believedUntil;

    private int[] believed;
    private int[] believedOf;
    /** By population and kind: the answer of the resolver, of which instance, of which server, and in which state. */
    private final int[] told;

    private final int[] toldOf;
    private final int[] toldBy;
    private final int[] toldIn;

    Names(Clients clients, Settings settings) {
        this.clients = clients;
        timeToLive = settings.get(Setting.DNS_TTL);
        believedUntil = new long[clients.addresses() * KINDS];
        believed = new int[believedUntil.length];
        believedOf = new int[believedUntil.length];
        Arrays.fill(believedUntil, -1);
        told = new int[clients.populations() * KINDS];
        toldOf = new int[told.length];
        toldBy = new int[told.length];
        toldIn = new int[told.length];
        Arrays.fill(toldIn, -1);
    }

    /** The number of an address. */
    int number(Address address) {
        Integer known = numbers.get(address);
        if (known != null) return known;
        numbers.put(address, addresses.size());
        addresses.add(address);
        return addresses.size() - 1;
    }

    Address address(int number) {
        return addresses.get(number);
    }

    /** A name leads elsewhere from now on, to this instance where one is named. */
    void move(String name, Address to, @Nullable String instance) {
        moved.put(Ascii.toLowerCase(name), to);
        if (instance == null) holders.remove(Ascii.toLowerCase(name));
        else holders.put(Ascii.toLowerCase(name), instance);
    }

    /** The instance that a name was moved to, or null when none was named. */
    @Nullable
    String holder(String name) {
        return holders.get(Ascii.toLowerCase(name));
    }

    /** Whether a name was moved, to this address. */
    boolean movedTo(String name, Address address) {
        return address.equals(moved.get(Ascii.toLowerCase(name)));
    }

    /** What a client still believes, or below 0 when it has to ask; {@code of} is the instance whose name it is. */
    int believed(int client, int population, int kind, int of, long now) {
        int at = clients.addressNumber(client, population) * KINDS + kind;
        return believedUntil[at] > now && believedOf[at] == of ? believed[at] : -1;
    }

    void believe(int client, int population, int kind, int of, int answer, long now) {
        int at = clients.addressNumber(client, population) * KINDS + kind;
        long cache = clients.of(population).client().nameCache();
        believedUntil[at] = now + (cache > 0 ? cache : timeToLive);
        believed[at] = answer;
        believedOf[at] = of;
    }

    /**
     * What a resolver answers.
     *
     * @param host the name
     * @param of the number of the instance whose name it is, for what is known already
     * @param server the number of the client's DNS server in its edge's list
     * @param state the state of the world, which changes with every network
     */
    int answer(int population, int kind, String host, int of, Edge edge, int server, Estate estate, int state) {
        int at = population * KINDS + kind;
        if (toldIn[at] == state && toldOf[at] == of && toldBy[at] == server) return told[at];
        told[at] = look(population, kind, host, edge, server, estate);
        toldOf[at] = of;
        toldBy[at] = server;
        toldIn[at] = state;
        return told[at];
    }

    private int look(int population, int kind, String host, Edge edge, int server, Estate estate) {
        Population.Target target = clients.of(population).target();
        @Nullable Address pinned = kind == TARGET ? target.pinned() : null;
        if (pinned != null) return number(pinned);
        @Nullable Address elsewhere = moved.get(Ascii.toLowerCase(host));
        if (elsewhere != null) return number(elsewhere);
        if (kind == TARGET && target.port() == HostName.PUBLIC_PORT) {
            VirtualCluster.PublicEndpoint endpoint = estate.publicEndpoint(host)
                    .map(VirtualCluster.Hosted::publicEndpoint)
                    .orElse(VirtualCluster.PublicEndpoint.ON);
            if (endpoint == VirtualCluster.PublicEndpoint.OFF) return none(Ending.DNS_NAME_UNKNOWN);
            if (endpoint == VirtualCluster.PublicEndpoint.UNKNOWN) return none(Ending.UNDETERMINED);
        }
        @Nullable
        Address asked = edge.ofSite() || edge.dnsServers().isEmpty()
                ? null
                : own(edge.dnsServers().get(server));
        Estate.Lookup found = estate.lookUp(host, edge.ofSite() ? null : edge.vnet(), asked);
        if (found.address() != null) return number(found.address());
        if (estate.unplaced(host).isPresent()) return none(Ending.UNDETERMINED);
        if (kind == NODE) return none(Ending.REDIRECT_NAME_UNRESOLVED);
        boolean foreign = found.deniedBy() == null && !HostName.isKnownSuffix(host);
        return none(foreign ? Ending.UNDETERMINED : Ending.DNS_NAME_UNKNOWN);
    }

    private static @Nullable Address own(Address server) {
        return server.equals(PlatformRanges.HOST_SERVICES.network()) ? null : server;
    }

    private static int none(Ending ending) {
        return -1 - Causes.of(ending);
    }

    World.Memento save() {
        Map<String, Address> savedMoved = new HashMap<>(moved);
        Map<String, String> savedHolders = new HashMap<>(holders);
        long[] savedUntil = believedUntil.clone();
        int[] savedBelieved = believed.clone();
        int[] savedOf = believedOf.clone();
        return () -> {
            moved = new HashMap<>(savedMoved);
            holders = new HashMap<>(savedHolders);
            believedUntil = savedUntil.clone();
            believed = savedBelieved.clone();
            believedOf = savedOf.clone();
            Arrays.fill(toldIn, -1);
        };
    }
}
