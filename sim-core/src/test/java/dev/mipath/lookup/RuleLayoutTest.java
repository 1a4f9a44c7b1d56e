package dev.mipath.lookup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a rule table is classified, as what, and what that takes. */
class RuleLayoutTest {
    private static final int TCP = 6;

    /** Any source port, as every rule of a usual NSG: SQL from one network, and the rest of the network. */
    private static RuleTable usual() {
        return new RuleTable.Builder()
                .rule(TCP)
                .source(0x0A00_0000, 0x0A00_FFFF)
                .sourcePorts(0, 65_535)
                .destination(0x0A01_0000, 0x0A01_00FF)
                .destinationPorts(1433, 1433)
                .destinationPorts(11_000, 11_999)
                .rule(-1)
                .anySource()
                .sourcePorts(0, 65_535)
                .destination(0x0A01_0000, 0x0A01_00FF)
                .destinationPorts(0, 65_535)
                .build();
    }

    @Test
    void anySourcePortIsOneClass() {
        Rules rules = usual().rules();
        assertThat(new PortClasses(rules.sourcePorts, rules.size(), new RuleSets(1)).count)
                .isOne();
        // SQL's ports and all others.
        assertThat(new PortClasses(rules.destinationPorts, rules.size(), new RuleSets(1)).count)
                .isEqualTo(2);
        // Masks, bases, and a column for each port class of TCP and of UDP and for each other protocol.
        assertThat(requireNonNull(ServiceClasses.of(rules)).bytes()).isEqualTo(4L * (256 + 256 + 2 * 2 + 254));
    }

    @Test
    void everyPortHasItsClass() {
        RuleTable table = new RuleTable.Builder()
                .rule(TCP)
                .sourcePorts(0, 0)
                .sourcePorts(255, 256)
                .sourcePorts(65_535, 65_535)
                .rule(TCP)
                .sourcePorts(256, 1_000)
                .build();
        RuleSets sets = new RuleSets(1);
        PortClasses classes = new PortClasses(table.rules().sourcePorts, 2, sets);
        assertThat(classes.count).isEqualTo(sets.size()).isEqualTo(4);
        int none = classes.of(1);
        for (int port = 0; port <= 65_535; port++) {
            boolean first = port == 0 || port == 255 || port == 256 || port == 65_535;
            boolean second = port >= 256 && port <= 1_000;
            int expected = first && second ? classes.of(256) : first ? classes.of(0) : second ? classes.of(257) : none;
            assertThat(classes.of(port)).as("port %d", port).isEqualTo(expected);
        }
        assertThat(new int[] {classes.of(0), none, classes.of(256), classes.of(257)})
                .doesNotHaveDuplicates();
    }

    @Test
    void aTableIsClassifiedOnceItIsAskedOften() {
        RuleTable table = usual();
        for (int i = 0; i < 1_024; i++) table.match(0x0A00_0001, 50_000, 0x0A01_0001, 1433, TCP);
        assertThat(table.bytes()).isZero();
        assertThat(table.match(0x0A00_0001, 50_000, 0x0A01_0001, 1433, TCP)).isZero();
        long four = table.bytes();
        assertThat(four).isPositive();
        for (int i = 0; i < 1_024; i++) table.match(1, 1, 1, 1, 1, 1433, TCP);
        assertThat(table.bytes()).isEqualTo(four);
        assertThat(table.match(1, 1, 1, 1, 1, 1433, TCP)).isEqualTo(RuleTable.NONE);
        long both = table.bytes();
        assertThat(both).isGreaterThan(four);
        assertThat(table.prepare().bytes()).isEqualTo(both);
        assertThat(usual().prepare().bytes()).isEqualTo(both);
    }

    @Test
    void bytesAreWhatTheTablesTake() {
        RuleTable table = usual();
        Rules rules = table.rules();
        ServiceClasses services = requireNonNull(ServiceClasses.of(rules));
        RuleSets sets = new RuleSets(1);
        long tries = requireNonNull(ScatteredTable.of(FieldClasses.of(rules.sources4, 2, sets)))
                        .bytes()
                + requireNonNull(ScatteredTable.of(FieldClasses.of(rules.destinations4, 2, new RuleSets(1))))
                        .bytes();
        // Two source by two destination classes; three rows over two columns: no rule, the second, the first for SQL.
        long product = 2 * 2 * 2 + 3 * 2;
        assertThat(Classifier.four(rules, services, ProductTable.BUDGET).bytes())
                .isEqualTo(services.bytes() + tries + product);
        // Without room for products the sets: two classes a field, each one word.
        assertThat(Classifier.four(rules, services, 0).bytes()).isEqualTo(services.bytes() + tries + 8L * 3 * 2);
    }

    @Test
    void tooManyPortRangesGetNoClassifier() {
        RuleTable.Builder many = new RuleTable.Builder();
        for (int i = 0; i < 1_500; i++) {
            many.rule(TCP)
                    .anySource()
                    .sourcePorts(2 * i, 2 * i)
                    .anyDestination()
                    .destinationPorts(2 * i, 2 * i);
        }
        RuleTable table = many.build().prepare();
        assertThat(table.bytes()).isZero();
        for (int i = 0; i < 3_000; i++) {
            assertThat(table.match(1, i, 2, i, TCP)).isEqualTo(i % 2 == 0 ? i / 2 : RuleTable.NONE);
        }
        assertThat(table.bytes()).isZero();
    }

    /** Rows of up to 1,280 rules are read whole, longer ones by a summary whose bits stand for one word or several. */
    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 1_280, 1_281, 4_096, 4_097, 9_000})
    void setsAnswerHoweverLongTheRows(int size) {
        SplittableRandom random = new SplittableRandom(size);
        RuleTable.Builder builder = new RuleTable.Builder();
        for (int i = 0; i < size; i++) {
            builder.rule(TCP)
                    .source(random.nextInt(4), 4 + random.nextInt(4))
                    .sourcePorts(0, 65_535)
                    .destination(i / 2 * 8, i / 2 * 8 + random.nextInt(24))
                    .destinationPorts(random.nextInt(3), 3 + random.nextInt(3));
        }
        Rules rules = builder.build().rules();
        Classifier sets = Classifier.four(rules, requireNonNull(ServiceClasses.of(rules)), 0);
        int matched = 0;
        for (int i = -1; i <= 4 * size + 30; i++) {
            int source = random.nextInt(9);
            int port = random.nextInt(7);
            int expected = rules.nextMatch(0, source, 1, i, port, TCP);
            assertThat(sets.match(source, 1, i, port, TCP))
                    .as("%d to %d:%d", source, i, port)
                    .isEqualTo(expected);
            matched = Math.max(matched, expected);
        }
        assertThat(matched).as("the last rules are met").isGreaterThanOrEqualTo(size - 1 - size / 8);
    }
}
