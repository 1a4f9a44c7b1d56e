package dev.mipath.lookup;

import org.jspecify.annotations.Nullable;

/** Which rule of an ordered list matches a packet first; immutable, IPv4 and IPv6. */
public final class RuleTable {
    /*
     * The truth is the rules as given, walked one by one: right, explainable and free to make. A table that
     * is asked often makes a Classifier, in a few milliseconds for tens of rules and a few hundred for a
     * thousand, and answers from it in the same few loads whatever the rules are. The fields are written
     * once, under the lock; a thread that does not see them yet walks the rules.
     */

    /** The answer for a packet that no rule matches. */
    public static final int NONE = -1;

    /** Bit of {@link #fields}: the source address matches. */
    public static final int SOURCE = 1;

    /** Bit of {@link #fields}: the source port matches, or the packet has none. */
    public static final int SOURCE_PORT = 2;

    /** Bit of {@link #fields}: the destination address matches. */
    public static final int DESTINATION = 4;

    /** Bit of {@link #fields}: the destination port matches, or the packet has none. */
    public static final int DESTINATION_PORT = 8;

    /** Bit of {@link #fields}: the protocol matches. */
    public static final int PROTOCOL = 16;

    /** Every bit of {@link #fields}: the rule matches. */
    public static final int ALL = SOURCE | SOURCE_PORT | DESTINATION | DESTINATION_PORT | PROTOCOL;

    /** How many packets a table walks its rules for before it makes a classifier. */
    private static final int PATIENCE = 1_024;

    private final Rules rules;
    private int asked;
    private boolean hopeless;

    private @Nullable ServiceClasses services;
    private @Nullable Classifier four;
    private @Nullable Classifier six;

    RuleTable(Rules rules) {
        this.rules = rules;
    }

    /** How many rules there are. */
    public int size() {
        return rules.size();
    }

    /**
     * The first rule that matches an IPv4 packet, or {@link #NONE}.
     *
     * @param protocol the IANA number, 0..255; only TCP and UDP packets have ports, the port fields of any
     *     other packet match every rule
     */
    public int match(int source, int sourcePort, int destination, int destinationPort, int protocol) {
        Classifier classifier = four;
        if (classifier != null) {
            return classifier.match(source, sourcePort, destination, destinationPort, protocol);
        }
        return walk(source, sourcePort, destination, destinationPort, protocol);
    }

    private int walk(int source, int sourcePort, int destination, int destinationPort, int protocol) {
        if (++asked > PATIENCE) classifyFour();
        return rules.nextMatch(0, source, sourcePort, destination, destinationPort, protocol);
    }

    /** The first rule that matches an IPv6 packet, or {@link #NONE}. */
    public int match(
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort,
            int protocol) {
        Classifier classifier = six;
        if (classifier != null) {
            return classifier.match(
                    sourceHigh, sourceLow, sourcePort, destinationHigh, destinationLow, destinationPort, protocol);
        }
        if (++asked > PATIENCE) classifySix();
        return rules.nextMatch(
                0, sourceHigh, sourceLow, sourcePort, destinationHigh, destinationLow, destinationPort, protocol);
    }

    /**
     * Makes the fast form for both families now, instead of after many packets.
     *
     * @return this table
     */
    public RuleTable prepare() {
        classifyFour();
        classifySix();
        return this;
    }

    private synchronized void classifyFour() {
        asked = 0;
        ServiceClasses classes = services();
        if (four == null && classes != null) four = Classifier.four(rules, classes, ProductTable.BUDGET);
    }

    private synchronized void classifySix() {
        asked = 0;
        ServiceClasses classes = services();
        if (six == null && classes != null) six = Classifier.six(rules, classes, ProductTable.BUDGET);
    }

    /** The fast form for IPv4, null before it is made and where the rules allow none. */
    synchronized @Nullable Classifier four() {
        return four;
    }

    Rules rules() {
        return rules;
    }

    private @Nullable ServiceClasses services() {
        if (services == null && !hopeless) {
            services = ServiceClasses.of(rules);
            hopeless = services == null;
        }
        return services;
    }

    /** What the fast forms take, in bytes; 0 before they are made. */
    public synchronized long bytes() {
        return (four == null ? 0 : four.bytes()) + (six == null ? 0 : six.bytes());
    }

    /** The first rule at or after {@code from} that matches an IPv4 packet, or {@link #NONE}. */
    public int nextMatch(int from, int source, int sourcePort, int destination, int destinationPort, int protocol) {
        return rules.nextMatch(from, source, sourcePort, destination, destinationPort, protocol);
    }

    /** The first rule at or after {@code from} that matches an IPv6 packet, or {@link #NONE}. */
    public int nextMatch(
            int from,
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort,
            int protocol) {
        return rules.nextMatch(
                from, sourceHigh, sourceLow, sourcePort, destinationHigh, destinationLow, destinationPort, protocol);
    }

    /** Which fields of a rule an IPv4 packet matches: the bits {@link #SOURCE} to {@link #PROTOCOL}. */
    public int fields(int rule, int source, int sourcePort, int destination, int destinationPort, int protocol) {
        return rules.fields(
                rule,
                rules.sources4.contains(rule, source),
                sourcePort,
                rules.destinations4.contains(rule, destination),
                destinationPort,
                protocol);
    }

    /** Which fields of a rule an IPv6 packet matches: the bits {@link #SOURCE} to {@link #PROTOCOL}. */
    public int fields(
            int rule,
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort,
            int protocol) {
        return rules.fields(
                rule,
                rules.sources6.contains(rule, sourceHigh, sourceLow),
                sourcePort,
                rules.destinations6.contains(rule, destinationHigh, destinationLow),
                destinationPort,
                protocol);
    }

    /**
     * Takes rules in evaluation order: {@link #rule} begins one, the other calls widen the fields of the
     * rule begun last. A rule without a source or destination of a family matches no packet of that family;
     * one without source or destination ports matches no packet that has ports.
     */
    public static final class Builder {
        private final LongList protocols = new LongList();
        private final Ranges4.Collector sources4 = new Ranges4.Collector();
        private final Ranges6.Collector sources6 = new Ranges6.Collector();
        private final Ranges4.Collector sourcePorts = new Ranges4.Collector();
        private final Ranges4.Collector destinations4 = new Ranges4.Collector();
        private final Ranges6.Collector destinations6 = new Ranges6.Collector();
        private final Ranges4.Collector destinationPorts = new Ranges4.Collector();
        private boolean open;

        /** Begins the next rule; the protocol is an IANA number, or -1 for any. */
        public Builder rule(int protocol) {
            if (protocol < Rules.ANY || protocol > 255) {
                throw new IllegalArgumentException("protocol " + protocol + " is not in 0..255");
            }
            endRule();
            protocols.add(protocol);
            open = true;
            return this;
        }

        /** Adds IPv4 source addresses. */
        public Builder source(int first, int last) {
            current().sources4.add(first, last);
            return this;
        }

        /** Adds IPv6 source addresses. */
        public Builder source(long firstHigh, long firstLow, long lastHigh, long lastLow) {
            current().sources6.add(firstHigh, firstLow, lastHigh, lastLow);
            return this;
        }

        /** Adds every source address of both families. */
        public Builder anySource() {
            return source(0, -1).source(0, 0, -1, -1);
        }

        /** Adds IPv4 destination addresses. */
        public Builder destination(int first, int last) {
            current().destinations4.add(first, last);
            return this;
        }

        /** Adds IPv6 destination addresses. */
        public Builder destination(long firstHigh, long firstLow, long lastHigh, long lastLow) {
            current().destinations6.add(firstHigh, firstLow, lastHigh, lastLow);
            return this;
        }

        /** Adds every destination address of both families. */
        public Builder anyDestination() {
            return destination(0, -1).destination(0, 0, -1, -1);
        }

        /** Adds source ports, both ends included. */
        public Builder sourcePorts(int first, int last) {
            current().sourcePorts.add(port(first), port(last));
            return this;
        }

        /** Adds destination ports, both ends included. */
        public Builder destinationPorts(int first, int last) {
            current().destinationPorts.add(port(first), port(last));
            return this;
        }

        private Builder current() {
            if (!open) throw new IllegalStateException("no rule has begun");
            return this;
        }

        private static int port(int port) {
            if (port < 0 || port > 65_535) throw new IllegalArgumentException("port " + port + " is not in 0..65535");
            return port;
        }

        private void endRule() {
            if (!open) return;
            sources4.endRule();
            sources6.endRule();
            sourcePorts.endRule();
            destinations4.endRule();
            destinations6.endRule();
            destinationPorts.endRule();
        }

        /** The finished table. */
        public RuleTable build() {
            endRule();
            open = false;
            int[] numbers = new int[protocols.size()];
            for (int i = 0; i < numbers.length; i++) numbers[i] = (int) protocols.get(i);
            return new RuleTable(new Rules(
                    numbers,
                    sources4.finish(),
                    sources6.finish(),
                    sourcePorts.finish(),
                    destinations4.finish(),
                    destinations6.finish(),
                    destinationPorts.finish()));
        }
    }
}
