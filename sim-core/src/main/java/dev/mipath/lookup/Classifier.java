package dev.mipath.lookup;

import static java.util.Objects.requireNonNull;

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
    private final ServiceClasses services;
    private final @Nullable ProductTable product;
    private final @Nullable SetTable sets;

    private Classifier(
            LpmTable sources,
            LpmTable destinations,
            ServiceClasses services,
            RuleSets sourceSets,
            RuleSets destinationSets,
            int rules,
            int budget) {
        this.sources = sources.prepare();
        this.destinations = destinations.prepare();
        this.services = services;
        product = rules >= Character.MAX_VALUE
                ? null
                : ProductTable.of(
                        sourceSets,
                        destinationSets,
                        services.sets,
                        (rows, row, columns, column) -> rows.first(row, columns, column, 0, rules) + 1,
                        budget);
        sets = product == null ? new SetTable(sourceSets, destinationSets, services.sets) : null;
    }

    static Classifier four(Rules rules, ServiceClasses services, int budget) {
        RuleSets sources = new RuleSets(services.sets.words);
        RuleSets destinations = new RuleSets(services.sets.words);
        return new Classifier(
                LpmTable.of(FieldClasses.of(rules.sources4, rules.size(), sources)),
                LpmTable.of(FieldClasses.of(rules.destinations4, rules.size(), destinations)),
                services,
                sources,
                destinations,
                rules.size(),
                budget);
    }

    static Classifier six(Rules rules, ServiceClasses services, int budget) {
        RuleSets sources = new RuleSets(services.sets.words);
        RuleSets destinations = new RuleSets(services.sets.words);
        return new Classifier(
                LpmTable.of(FieldClasses.of(rules.sources6, rules.size(), sources)),
                LpmTable.of(FieldClasses.of(rules.destinations6, rules.size(), destinations)),
                services,
                sources,
                destinations,
                rules.size(),
                budget);
    }

    int match(int source, int sourcePort, int destination, int destinationPort, int protocol) {
        return match(
                sources.match(source),
                destinations.match(destination),
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
        return match(
                sources.match(sourceHigh, sourceLow),
                destinations.match(destinationHigh, destinationLow),
                services.column(sourcePort, destinationPort, protocol));
    }

    private int match(int source, int destination, int column) {
        return product != null
                ? product.answer(source, destination, column) - 1
                : requireNonNull(sets).first(source, destination, column);
    }

    long bytes() {
        return sources.bytes()
                + destinations.bytes()
                + services.bytes()
                + (product != null ? product.bytes() : requireNonNull(sets).bytes());
    }
}
