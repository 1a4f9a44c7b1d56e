package dev.mipath.lookup;

import org.jspecify.annotations.Nullable;

/** The fast form of a rule table for one address family: classes of each field, then one answer for their combination. */
final class Classifier {
    /*
     * A packet's source, destination and service become class numbers, by trie and port pages; the class
     * numbers index the product of all rules. Nothing depends on the number of rules or on how many
     * prefixes they name. The trade is the time to build, so RuleTable makes it only for tables that are
     * asked often.
     */
    private final LpmTable sources;
    private final LpmTable destinations;

    /* The same two, as they nearly always are: a call less deep, so that the compiler sees to the bottom. */
    private final @Nullable ScatteredTable sourceNodes;
    private final @Nullable ScatteredTable destinationNodes;

    private final ServiceClasses services;
    private final FirstMatch first;

    private Classifier(LpmTable sources, LpmTable destinations, ServiceClasses services, FirstMatch first) {
        this.sources = sources;
        this.destinations = destinations;
        sourceNodes = sources.prepareClasses();
        destinationNodes = destinations.prepareClasses();
        this.services = services;
        this.first = first;
    }

    static Classifier four(Rules rules, ServiceClasses services, int budget) {
        RuleSets sources = new RuleSets(services.sets.words);
        RuleSets destinations = new RuleSets(services.sets.words);
        return new Classifier(
                LpmTable.of(FieldClasses.of(rules.sources4, rules.size(), sources)),
                LpmTable.of(FieldClasses.of(rules.destinations4, rules.size(), destinations)),
                services,
                new FirstMatch(sources, destinations, services.sets, rules.size(), budget));
    }

    static Classifier six(Rules rules, ServiceClasses services, int budget) {
        RuleSets sources = new RuleSets(services.sets.words);
        RuleSets destinations = new RuleSets(services.sets.words);
        return new Classifier(
                LpmTable.of(FieldClasses.of(rules.sources6, rules.size(), sources)),
                LpmTable.of(FieldClasses.of(rules.destinations6, rules.size(), destinations)),
                services,
                new FirstMatch(sources, destinations, services.sets, rules.size(), budget));
    }

    int match(int source, int sourcePort, int destination, int destinationPort, int protocol) {
        return first.rule(
                sourceNodes != null ? sourceNodes.match(source) : sources.match(source),
                destinationNodes != null ? destinationNodes.match(destination) : destinations.match(destination),
                services.column(sourcePort, destinationPort, protocol));
    }

    int match(
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort,
            int protocol) {
        return first.rule(
                sources.match(sourceHigh, sourceLow),
                destinations.match(destinationHigh, destinationLow),
                services.column(sourcePort, destinationPort, protocol));
    }

    LpmTable sources() {
        return sources;
    }

    LpmTable destinations() {
        return destinations;
    }

    int column(int sourcePort, int destinationPort, int protocol) {
        return services.column(sourcePort, destinationPort, protocol);
    }

    /** The first rule for the classes of a packet. */
    int rule(int source, int destination, int column) {
        return first.rule(source, destination, column);
    }

    long bytes() {
        return sources.bytes() + destinations.bytes() + services.bytes() + first.bytes();
    }
}
