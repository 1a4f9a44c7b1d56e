package dev.mipath.explain;

import dev.mipath.profile.Era;

/** The pictures there are. */
public final class Pictures {
    private Pictures() {}

    /** The way of the packets of a trace, phase by phase. */
    public static Picture path(TraceReport report) {
        return PathPicture.of(report);
    }

    /** The topology with the way of the packets of a trace marked on it. */
    public static Picture traced(TraceReport report) {
        return TracedTopology.of(report);
    }

    /** Everything the input declares. */
    public static Picture topology(Context context) {
        return new TopologyPicture(context.compilation(), "Topology").picture();
    }

    /** What connects to the instances, and what they connect to. */
    public static Picture entities(Context context, Era era) {
        return new InstancePictures(context.compilation(), era).entities();
    }

    /** The virtual clusters in the customer's network, and Azure outside. */
    public static Picture highLevel(Context context, Era era) {
        return new InstancePictures(context.compilation(), era).highLevel();
    }

    /** Load balancer, gateways and nodes of each virtual cluster, and its management endpoint where the era has one. */
    public static Picture virtualCluster(Context context, Era era) {
        return new InstancePictures(context.compilation(), era).virtualCluster();
    }
}
