package dev.mipath.engine;

import com.google.common.base.Ascii;
import java.util.Optional;

/** The numbers of the world that a plan may change, each with its default and where that is from. */
public enum Setting {
    /** There and back within a VNet. */
    RTT_VNET(Unit.NANOS, 500_000, "assumed; hosts of one region are below a millisecond apart"),
    /** There and back between peered VNets. */
    RTT_PEERED(Unit.NANOS, 1_000_000, "assumed; of one region"),
    /** There and back between a site and a VNet. */
    RTT_SITE(Unit.NANOS, 20_000_000, "assumed"),
    /** There and back between the Internet and a VNet. */
    RTT_INTERNET(Unit.NANOS, 40_000_000, "assumed"),
    /** There and back to the platform's own addresses, which the host answers. */
    RTT_PLATFORM(Unit.NANOS, 200_000, "assumed; the host itself answers (fact 2.22)"),
    /** How long the answer to a name holds. */
    DNS_TTL(Unit.NANOS, 30_000_000_000L, "assumed; fact 4.51 tells of cached names and names no time"),
    /** How long a client waits for its DNS server before it asks again. */
    DNS_TIMEOUT(Unit.NANOS, 1_000_000_000L, "assumed; first wait of the Windows resolver"),
    /** How often it asks each server. */
    DNS_TRIES(Unit.COUNT, 2, "assumed"),
    /** After so long without a packet the load balancer forgets a flow, and says nothing. */
    LOAD_BALANCER_IDLE(Unit.NANOS, 240_000_000_000L, "fact 3.13: 4 minutes"),
    /** After so long without a packet the gateway closes a session that it serves as a proxy. */
    GATEWAY_IDLE(Unit.NANOS, 1_800_000_000_000L, "assumed: 30 minutes"),
    /** How long a sender waits for an answer on an open connection before it repeats. */
    DATA_RTO(Unit.NANOS, 300_000_000L, "RFC 6298; least timeout of Windows 300 ms, doubled each time"),
    /** How often it repeats before it gives the connection up. */
    DATA_RETRIES(Unit.COUNT, 5, "TcpMaxDataRetransmissions = 5"),
    /** Time between two probes of one machine. */
    PROBE_INTERVAL(Unit.NANOS, 5_000_000_000L, "fact 3.10"),
    /** How many failed probes in a row take a machine out. */
    PROBE_FAILURES(Unit.COUNT, 2, "assumed; the load balancer's older default"),
    /** How many logins or requests a gateway works on at a time. */
    GATEWAY_SERVERS(Unit.COUNT, 8, "assumed"),
    /** How many may wait at a gateway before it refuses. */
    GATEWAY_WAITING(Unit.COUNT, 1_000_000, "assumed"),
    /** The time a gateway works on a login. */
    GATEWAY_LOGIN(Unit.NANOS, 50_000, "assumed"),
    /** Whether that is the mean of a random time, exponentially distributed. */
    GATEWAY_LOGIN_AT_RANDOM(Unit.TRUTH, 0, "assumed"),
    /** The time a gateway works on what it passes on as a proxy, either way. */
    GATEWAY_RELAY(Unit.NANOS, 5_000, "assumed"),
    /** The time a node works on a login. */
    NODE_LOGIN(Unit.NANOS, 200_000, "assumed"),
    /** How many queries a node works on at a time. */
    NODE_SERVERS(Unit.COUNT, 64, "assumed"),
    /** How many queries may wait at a node before it refuses. */
    NODE_WAITING(Unit.COUNT, 1_000_000, "assumed"),
    /** How long the next node needs to become the primary. */
    FAIL_OVER(Unit.NANOS, 10_000_000_000L, "assumed"),
    /** Source ports that one address gets for one destination where a NAT gateway translates. */
    SNAT_PORTS_NAT_GATEWAY(Unit.COUNT, 64_512, "engine facts: 64,512 ports an address"),
    /** Source ports for a machine that has a public address of its own. */
    SNAT_PORTS_OWN_ADDRESS(Unit.COUNT, 64_000, "fact 3.14: usable ports of an address"),
    /** Source ports for each machine where outbound access is the default, or a load balancer's without a rule. */
    SNAT_PORTS_PREALLOCATED(Unit.COUNT, 1_024, "fact 3.14: pools of up to 50 machines"),
    /** How long a port rests after its flow before another flow to the same destination gets it. */
    SNAT_COOL_DOWN(Unit.NANOS, 0, "assumed; a NAT gateway has one, and names no time"),
    /** After so long without a packet a translator frees the port of a flow of UDP, such as a question about a name. */
    SNAT_UDP_IDLE(Unit.NANOS, 240_000_000_000L, "fact 3.13: 4 minutes, fixed"),
    /** Time between two calls of the management plane to an instance. */
    MANAGEMENT_INTERVAL(Unit.NANOS, 60_000_000_000L, "assumed"),
    /** Time between two tries of an instance to reach what it depends on. */
    DEPENDENCY_INTERVAL(Unit.NANOS, 60_000_000_000L, "assumed; revocation lists are read all the time (fact 4.59)"),
    /** How many failures in a row make an instance unavailable; the first makes it degraded. */
    HEALTH_FAILURES(Unit.COUNT, 5, "assumed; the specification says degraded and unavailable, and no time"),
    /** How long the first instance of a subnet waits for its virtual cluster. */
    CLUSTER_CREATION(Unit.NANOS, 14_400_000_000_000L, "assumed: 4 hours; no stored fact names a time"),
    /** How long a virtual cluster takes to grow or shrink. */
    CLUSTER_RESIZING(Unit.NANOS, 9_000_000_000_000L, "assumed: 2.5 hours; no stored fact names a time"),
    /** How long a virtual cluster outlives its last instance, and the network intent policy with it. */
    CLUSTER_REMOVAL(Unit.NANOS, 5_400_000_000_000L, "fact 4.38: up to 1.5 hours"),
    /** How long an instance takes to start in its cluster. */
    INSTANCE_START(Unit.NANOS, 600_000_000_000L, "assumed"),
    /** How long an instance takes to go. */
    INSTANCE_REMOVAL(Unit.NANOS, 300_000_000_000L, "assumed"),
    /** How long the creation of a database takes. */
    DATABASE_CREATION(Unit.NANOS, 60_000_000_000L, "assumed"),
    /** How often the control plane tries the calls of a part of an operation. */
    REQUEST_TRIES(Unit.COUNT, 3, "assumed"),
    /** The time between two of these tries. */
    REQUEST_RETRY(Unit.NANOS, 60_000_000_000L, "assumed");

    /** What a number counts. */
    public enum Unit {
        /** Nanoseconds. */
        NANOS,
        /** A plain number. */
        COUNT,
        /** 1 for yes, 0 for no. */
        TRUTH
    }

    private static final long LEAST_INTERVAL = 1_000_000;

    private final Unit unit;
    private final long standard;
    private final String source;

    Setting(Unit unit, long standard, String source) {
        this.unit = unit;
        this.standard = standard;
        this.source = source;
    }

    /** How plans spell it, such as {@code rtt-vnet}. */
    public String spelling() {
        return Ascii.toLowerCase(name()).replace('_', '-');
    }

    /** What the number counts. */
    public Unit unit() {
        return unit;
    }

    /** The least value; what happens again and again after no time at all would never let time pass. */
    public long least() {
        return switch (this) {
            case PROBE_INTERVAL, MANAGEMENT_INTERVAL, DEPENDENCY_INTERVAL -> LEAST_INTERVAL;
            case PROBE_FAILURES, HEALTH_FAILURES, REQUEST_TRIES, GATEWAY_SERVERS, NODE_SERVERS -> 1;
            default -> 0;
        };
    }

    /** The value where a plan says nothing. */
    public long standard() {
        return standard;
    }

    /** Where the default is from. */
    public String source() {
        return source;
    }

    /** The setting that plans spell so. */
    public static Optional<Setting> of(String spelling) {
        for (Setting setting : values()) if (setting.spelling().equals(spelling)) return Optional.of(setting);
        return Optional.empty();
    }
}
