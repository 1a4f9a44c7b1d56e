package dev.mipath.profile;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/** What an instance does together with somebody else: the flows it needs, and what has to hold before (facts 4d). */
public enum Feature {
    FAILOVER_GROUP(
            "failover-group",
            ImmutableList.of(Need.SAME_DNS_ZONE, Need.OTHER_REGION, Need.NO_OVERLAP, Need.OWN_GROUP_AND_TABLE),
            ImmutableList.of(
                    new Flow(Side.INSTANCE, Side.PEER, 5022, 5022, "facts 4.50"),
                    new Flow(Side.PEER, Side.INSTANCE, 5022, 5022, "facts 4.50"),
                    new Flow(Side.INSTANCE, Side.PEER, 11_000, 11_999, "facts 4.50"),
                    new Flow(Side.PEER, Side.INSTANCE, 11_000, 11_999, "facts 4.50"))),
    LINK(
            "link",
            ImmutableList.of(),
            ImmutableList.of(
                    new Flow(Side.PEER, Side.INSTANCE, 5022, 5022, "facts 4.53"),
                    new Flow(Side.PEER, Side.INSTANCE, 11_000, 11_999, "facts 4.53"),
                    new Flow(Side.INSTANCE, Side.PEER, 5022, 5022, "facts 4.53"))),
    REPLICATION(
            "replication",
            ImmutableList.of(),
            ImmutableList.of(
                    new Flow(Side.INSTANCE, Side.PEER, 1433, 1433, "facts 4.55"),
                    new Flow(Side.INSTANCE, Side.AZURE_FILES, 445, 445, "facts 4.55"))),
    DTC(
            "dtc",
            ImmutableList.of(Need.SHORT_HOST_NAME),
            ImmutableList.of(
                    new Flow(Side.INSTANCE, Side.PEER, 135, 135, "facts 4.54"),
                    new Flow(Side.PEER, Side.INSTANCE, 135, 135, "facts 4.54"),
                    new Flow(Side.INSTANCE, Side.PEER, 1024, 65_535, "facts 4.54"),
                    new Flow(Side.PEER, Side.INSTANCE, 1024, 65_535, "facts 4.54"))),
    /** Automatic backups; with a peer, backups to an account of the customer's own too. */
    BACKUP(
            "backup",
            PeerKind.SERVICE,
            ImmutableList.of(Need.RESERVED_ZONES, Need.PUBLIC_NAMES),
            ImmutableList.of(
                    new Flow(Side.INSTANCE, Side.STORAGE, 443, 443, "facts 4.27"),
                    new Flow(Side.INSTANCE, Side.PEER, 443, 443, "facts 4.27"))),
    /** Audit logs go to one target: a storage account unless a peer says otherwise. */
    AUDIT(
            "audit",
            PeerKind.SERVICE,
            ImmutableList.of(Need.RESERVED_ZONES, Need.PUBLIC_NAMES),
            ImmutableList.of(new Flow(Side.INSTANCE, Side.TARGET, 443, 443, "facts 4.32"))),
    PUBLIC_ENDPOINT(
            "public-endpoint",
            ImmutableList.of(Need.PUBLIC_ENDPOINT_ON),
            ImmutableList.of(new Flow(Side.PEER, Side.PUBLIC_ENDPOINT, 3342, 3342, "facts 4.2"))),
    PRIVATE_ENDPOINT(
            "private-endpoint",
            ImmutableList.of(Need.PRIVATE_ENDPOINT_MADE, Need.ZONE_AT_CLIENT, Need.ZONE_NOT_AT_INSTANCE),
            ImmutableList.of(new Flow(Side.PEER, Side.PRIVATE_ENDPOINT, 1433, 1433, "facts 4.3"))),
    /** Sign-in: the instance checks tokens and reads the directory, the client gets its token there before it logs in. */
    ENTRA(
            "entra",
            PeerKind.CLIENT,
            ImmutableList.of(Need.RESERVED_ZONES, Need.PUBLIC_NAMES),
            ImmutableList.of(
                    new Flow(Side.INSTANCE, Side.SIGN_IN, 443, 443, "facts 4.27"),
                    new Flow(Side.PEER, Side.SIGN_IN, 443, 443, "facts 5a"),
                    new Flow(Side.PEER, Side.INSTANCE, 1433, 1433, "facts 4.4")));

    /** Who takes part. */
    public enum Side {
        INSTANCE,
        PEER,
        /** The storage account of the snapshots (fact 4.55). */
        AZURE_FILES,
        /** The storage account that Microsoft keeps the automatic backups in. */
        STORAGE,
        /** The peer, and without one a storage account. */
        TARGET,
        /** Where people and services sign in. */
        SIGN_IN,
        /** The instance at its public address. */
        PUBLIC_ENDPOINT,
        /** The instance at the address of its private endpoint. */
        PRIVATE_ENDPOINT
    }

    /** Who the peer may be. */
    public enum PeerKind {
        /** Somebody has to be named. */
        ANYBODY,
        /** A service that the instance connects to; the feature has a meaning without one. */
        SERVICE,
        /** A client; the feature has a meaning without one. */
        CLIENT
    }

    /** What has to hold before any packet counts. */
    public enum Need {
        /** Both instances have one DNS zone, which is set when the second is made and never changes. */
        SAME_DNS_ZONE("facts 4.50"),
        /** The instances are in different regions. */
        OTHER_REGION("facts 4.50"),
        /** The address spaces of both VNets share nothing. */
        NO_OVERLAP("facts 4.50"),
        /** The subnets of both instances share neither security group nor route table. */
        OWN_GROUP_AND_TABLE("facts 4e"),
        /** The host name of the peer has at most 15 characters. */
        SHORT_HOST_NAME("facts 4.54"),
        /** No private zone at the instance's VNet takes over a name that instances need. */
        RESERVED_ZONES("facts 4.58"),
        /** The DNS servers of the instance's VNet resolve public names. */
        PUBLIC_NAMES("facts 4.57"),
        /** The public endpoint is on. */
        PUBLIC_ENDPOINT_ON("facts 4.2"),
        /** Some private endpoint leads to the instance. */
        PRIVATE_ENDPOINT_MADE("facts 4.3"),
        /** The client's VNet has the private zone with the instance's record. */
        ZONE_AT_CLIENT("facts 4.3"),
        /** The instance's own VNet does not have that zone. */
        ZONE_NOT_AT_INSTANCE("facts 4.3");

        private final String source;

        Need(String source) {
            this.source = source;
        }

        /** Where this is known from. */
        public String source() {
            return source;
        }
    }

    /**
     * One flow over TCP.
     *
     * @param from who opens it
     * @param to whom it is for
     * @param firstPort the first port of the range
     * @param lastPort its last
     * @param source where this is known from
     */
    @Immutable
    public record Flow(Side from, Side to, int firstPort, int lastPort, String source) {
        /** {@code 5022}, or {@code 11000-11999}. */
        public String ports() {
            return firstPort == lastPort ? Integer.toString(firstPort) : firstPort + "-" + lastPort;
        }
    }

    /** Zones that must stay public DNS's in an instance's VNet (fact 4.58). */
    public static final ImmutableList<String> RESERVED_NAMES = ImmutableList.of(
            "windows.net",
            "database.windows.net",
            "core.windows.net",
            "blob.core.windows.net",
            "table.core.windows.net",
            "queue.core.windows.net",
            "management.core.windows.net",
            "monitoring.core.windows.net",
            "graph.windows.net",
            "login.microsoftonline.com",
            "login.windows.net",
            "servicebus.windows.net",
            "vault.azure.net");

    private final String word;
    private final PeerKind peer;
    private final ImmutableList<Need> needs;
    private final ImmutableList<Flow> flows;

    Feature(String word, ImmutableList<Need> needs, ImmutableList<Flow> flows) {
        this(word, PeerKind.ANYBODY, needs, flows);
    }

    Feature(String word, PeerKind peer, ImmutableList<Need> needs, ImmutableList<Flow> flows) {
        this.word = word;
        this.peer = peer;
        this.needs = needs;
        this.flows = flows;
    }

    /** How it is written, such as {@code failover-group}. */
    public String word() {
        return word;
    }

    /** Who the peer may be. */
    public PeerKind peer() {
        return peer;
    }

    /** What has to hold. */
    public ImmutableList<Need> needs() {
        return needs;
    }

    /** Its flows. */
    public ImmutableList<Flow> flows() {
        return flows;
    }

    /** The feature of this name. */
    public static Optional<Feature> named(String word) {
        for (Feature feature : values()) if (feature.word.equals(word)) return Optional.of(feature);
        return Optional.empty();
    }

    /** The names of all features. */
    public static ImmutableList<String> names() {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        for (Feature feature : values()) names.add(feature.word);
        return names.build();
    }
}
