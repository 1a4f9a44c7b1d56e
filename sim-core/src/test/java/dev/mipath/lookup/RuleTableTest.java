package dev.mipath.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RuleTableTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;

    private final RuleTable table = new RuleTable.Builder()
            .rule(TCP)
            .source(0x0A00_0000, 0x0A00_00FF)
            .sourcePorts(0, 65_535)
            .anyDestination()
            .destinationPorts(1433, 1433)
            .destinationPorts(11_000, 11_999)
            .rule(-1)
            .anySource()
            .sourcePorts(0, 65_535)
            .destination(0x0A00_0100, 0x0A00_01FF)
            .destinationPorts(0, 65_535)
            .rule(UDP)
            .anySource()
            .anyDestination()
            .build();

    @Test
    void firstMatchingRuleWins() {
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.match(0x0A00_0001, 50_000, 0x0A00_0101, 1433, TCP)).isZero();
        assertThat(table.match(0x0A00_0001, 50_000, 0x0A00_0101, 11_999, TCP)).isZero();
        assertThat(table.match(0x0A00_0001, 50_000, 0x0A00_0101, 12_000, TCP)).isEqualTo(1);
        assertThat(table.match(0x0A00_0001, 50_000, 0x0B00_0101, 12_000, TCP)).isEqualTo(RuleTable.NONE);
    }

    @Test
    void nextMatchStepsOverRules() {
        assertThat(table.nextMatch(0, 0x0A00_0001, 5, 0x0A00_0101, 1433, TCP)).isZero();
        assertThat(table.nextMatch(1, 0x0A00_0001, 5, 0x0A00_0101, 1433, TCP)).isEqualTo(1);
        assertThat(table.nextMatch(2, 0x0A00_0001, 5, 0x0A00_0101, 1433, TCP)).isEqualTo(RuleTable.NONE);
        assertThat(table.nextMatch(3, 0x0A00_0001, 5, 0x0A00_0101, 1433, TCP)).isEqualTo(RuleTable.NONE);
    }

    @Test
    void packetsWithoutPortsMatchEveryPortField() {
        assertThat(table.match(1, 0, 0x0A00_0100, 0, ICMP)).isEqualTo(1);
        assertThat(table.fields(2, 1, 0, 2, 0, ICMP)).isEqualTo(RuleTable.ALL & ~RuleTable.PROTOCOL);
    }

    @Test
    void ruleWithoutPortsMatchesNoPacketWithPorts() {
        assertThat(table.match(1, 53, 2, 53, UDP)).isEqualTo(RuleTable.NONE);
        assertThat(table.fields(2, 1, 53, 2, 53, UDP))
                .isEqualTo(RuleTable.SOURCE | RuleTable.DESTINATION | RuleTable.PROTOCOL);
    }

    @Test
    void familiesAreApart() {
        // Rule 0 has no IPv6 source and rule 1 no IPv6 destination.
        assertThat(table.match(1, 1, 50_000, 2, 2, 1433, TCP)).isEqualTo(RuleTable.NONE);
        assertThat(table.fields(0, 1, 1, 50_000, 2, 2, 1433, TCP)).isEqualTo(RuleTable.ALL & ~RuleTable.SOURCE);
        RuleTable six = new RuleTable.Builder()
                .rule(TCP)
                .source(1, 0, 1, -1)
                .sourcePorts(0, 65_535)
                .anyDestination()
                .destinationPorts(443, 443)
                .build();
        assertThat(six.match(1, 7, 1, 9, 9, 443, TCP)).isZero();
        assertThat(six.match(2, 0, 1, 9, 9, 443, TCP)).isEqualTo(RuleTable.NONE);
        assertThat(six.match(0, 1, 0x0909_0909, 443, TCP)).isEqualTo(RuleTable.NONE);
        assertThat(six.nextMatch(1, 1, 7, 1, 9, 9, 443, TCP)).isEqualTo(RuleTable.NONE);
    }

    @Test
    void refusesWhatIsNoRule() {
        RuleTable.Builder builder = new RuleTable.Builder();
        assertThatThrownBy(builder::anySource).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.rule(256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.rule(-2)).isInstanceOf(IllegalArgumentException.class);
        builder.rule(TCP);
        assertThatThrownBy(() -> builder.source(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.destination(1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.sourcePorts(0, 65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.destinationPorts(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noRulesMatchNothing() {
        RuleTable empty = new RuleTable.Builder().build();
        assertThat(empty.size()).isZero();
        assertThat(empty.match(1, 1, 1, 1, TCP)).isEqualTo(RuleTable.NONE);
        assertThat(empty.match(1, 1, 1, 1, 1, 1, TCP)).isEqualTo(RuleTable.NONE);
    }
}
