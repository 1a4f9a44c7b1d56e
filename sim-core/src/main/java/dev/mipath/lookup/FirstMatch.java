package dev.mipath.lookup;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The first rule for a combination of classes: by {@link ProductTable} if that fits, else by {@link SetTable}. */
final class FirstMatch {
    private final @Nullable ProductTable product;
    private final @Nullable SetTable sets;

    FirstMatch(RuleSets sources, RuleSets destinations, RuleSets columns, int rules, int budget) {
        product = rules >= Character.MAX_VALUE
                ? null
                : ProductTable.of(
                        sources,
                        destinations,
                        columns,
                        (rows, row, all, column) -> rows.first(row, all, column, 0, rules) + 1,
                        budget);
        sets = product == null ? new SetTable(sources, destinations, columns) : null;
    }

    int rule(int source, int destination, int column) {
        return product != null
                ? product.answer(source, destination, column) - 1
                : requireNonNull(sets).first(source, destination, column);
    }

    long bytes() {
        return product != null ? product.bytes() : requireNonNull(sets).bytes();
    }
}
