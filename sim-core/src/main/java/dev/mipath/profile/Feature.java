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
                    new Flow(Side.PEER, Side.INSTANCE, 1024, 65_535, "facts 4.54")));

    /** Who takes part. */
    public enum Side {
        INSTANCE,
        PEER,
        /** The storage account of the snapshots (fact 4.55). */
        AZURE_FILES
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
        SHORT_HOST_NAME("facts 4.54");

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

    private final String word;
    private final ImmutableList<Need> needs;
    private final ImmutableList<Flow> flows;

    Feature(String word, ImmutableList<Need> needs, ImmutableList<Flow> flows) {
        this.word = word;
        this.needs = needs;
        this.flows = flows;
    }

    /** How it is written, such as {@code failover-group}. */
    public String word() {
        return word;
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
