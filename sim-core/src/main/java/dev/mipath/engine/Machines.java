package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Comparator;

/** Gateways and nodes as machines: whether they run, how often they started, and who waits for them. */
final class Machines {
    private static final int NONE = -1;

    /** By name, where 10.0.1.9 comes before 10.0.1.10. */
    private static final Comparator<RunReport.StationUse> BY_NAME = Comparator.comparing(
                    (RunReport.StationUse use) -> use.element().replaceAll("[0-9]+", "0"))
            .thenComparing(use -> use.element().replaceAll("([0-9]+)", "00$1").replaceAll("0*([0-9]{3})", "$1"));

    private final Elements elements;
    private final int gatewayRoom;
    private final int nodeRoom;
    private int gatewayServers;
    private final int nodeServers;
    /** By element: the machine's number, or {@link #NONE}. */
    private int[] numbers = {};
    /** By machine. */
    private int[] element = {};

    private byte[] boots = {};
    private boolean[] stopped = {};
    private boolean[] drained = {};
    private boolean[] isGateway = {};
    private Station[] stations = {};
    private int machines;

    Machines(Elements elements, Settings settings) {
        this.elements = elements;
        this.gatewayRoom = settings.count(Setting.GATEWAY_WAITING);
        this.nodeRoom = settings.count(Setting.NODE_WAITING);
        this.gatewayServers = settings.count(Setting.GATEWAY_SERVERS);
        this.nodeServers = settings.count(Setting.NODE_SERVERS);
    }

    /** The number of the machine at an element, made when it is new. */
    int number(int at, boolean gateway) {
        if (at >= numbers.length) {
            int old = numbers.length;
            numbers = Arrays.copyOf(numbers, Math.max(elements.size(), at + 1));
            Arrays.fill(numbers, old, numbers.length, NONE);
        }
        if (numbers[at] != NONE) return numbers[at];
        if (machines == element.length) {
            int room = Math.max(4, machines * 2);
            element = Arrays.copyOf(element, room);
            boots = Arrays.copyOf(boots, room);
            stopped = Arrays.copyOf(stopped, room);
            drained = Arrays.copyOf(drained, room);
            isGateway = Arrays.copyOf(isGateway, room);
            stations = Arrays.copyOf(stations, room);
        }
        element[machines] = at;
        isGateway[machines] = gateway;
        stations[machines] = station(gateway);
        numbers[at] = machines;
        return machines++;
    }

    private Station station(boolean gateway) {
        return gateway ? new Station(gatewayServers, gatewayRoom) : new Station(nodeServers, nodeRoom);
    }

    /** The number of the machine at an element, or -1 when nobody came there yet. */
    int known(int at) {
        return at >= 0 && at < numbers.length ? numbers[at] : NONE;
    }

    byte boot(int machine) {
        return boots[machine];
    }

    int element(int machine) {
        return element[machine];
    }

    boolean isStopped(int machine) {
        return stopped[machine];
    }

    boolean isDrained(int at) {
        int machine = known(at);
        return machine >= 0 && drained[machine];
    }

    Station station(int machine) {
        return stations[machine];
    }

    /** A machine stops; who waits there is forgotten. */
    void stop(int machine, long now) {
        stopped[machine] = true;
        boots[machine]++;
        stations[machine].empty(now);
    }

    void start(int machine) {
        stopped[machine] = false;
        drained[machine] = false;
    }

    void drain(int machine) {
        drained[machine] = true;
    }

    /** Every gateway works on so many at a time from now on, and those that are made later. */
    void scaleGateways(int servers, long now) {
        gatewayServers = servers;
        for (int i = 0; i < machines; i++) if (isGateway[i]) stations[i].resize(now, servers);
    }

    /** How many machines there are. */
    int size() {
        return machines;
    }

    ImmutableList<RunReport.StationUse> report(long now) {
        ImmutableList.Builder<RunReport.StationUse> uses = ImmutableList.builder();
        for (int i = 0; i < machines; i++) {
            Station station = stations[i];
            if (station.arrivals() == 0) continue;
            double time = Math.max(now, 1);
            uses.add(new RunReport.StationUse(
                    elements.name(element[i]),
                    station.arrivals(),
                    station.departures(),
                    station.busyArea(now) / time,
                    station.waitingArea(now) / time,
                    station.refusals(),
                    station.started() == 0 ? 0 : station.waited() / (double) station.started(),
                    station.busyArea(now) / Math.max(1.0, station.serverArea(now))));
        }
        return ImmutableList.sortedCopyOf(BY_NAME, uses.build());
    }

    ImmutableList<MiWorld.Queue> queues(long now) {
        ImmutableList.Builder<MiWorld.Queue> queues = ImmutableList.builder();
        for (int i = 0; i < machines; i++) {
            Station station = stations[i];
            queues.add(new MiWorld.Queue(
                    elements.name(element[i]),
                    station.arrivals(),
                    station.refusals(),
                    station.departures(),
                    (long) station.waiting() + station.busy(),
                    station.waitedSoFar(now),
                    station.waitingArea(now)));
        }
        return queues.build();
    }

    /** Whether Little's law holds at every machine. */
    boolean littleHolds(long now) {
        for (int i = 0; i < machines; i++) if (!stations[i].littleHolds(now)) return false;
        return true;
    }

    World.Memento save() {
        int saved = machines;
        int savedServers = gatewayServers;
        byte[] savedBoots = boots.clone();
        boolean[] savedStopped = stopped.clone();
        boolean[] savedDrained = drained.clone();
        World.Memento[] savedStations = new World.Memento[machines];
        for (int i = 0; i < machines; i++) savedStations[i] = stations[i].save();
        return () -> {
            gatewayServers = savedServers;
            for (int i = 0; i < machines; i++) {
                boots[i] = i < saved ? savedBoots[i] : 0;
                stopped[i] = i < saved && savedStopped[i];
                drained[i] = i < saved && savedDrained[i];
                if (i < saved) savedStations[i].restore();
                if (i >= saved) stations[i] = station(isGateway[i]);
            }
        };
    }
}
