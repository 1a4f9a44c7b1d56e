package dev.mipath.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.mipath.laws.Dice;
import dev.mipath.space.Policy.Entry;
import dev.mipath.space.RandomBoxes.Probe;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A compiled policy must agree with the obvious slow answer: try every entry in order. */
class PolicyDiagramLaws {
    /** A million packets through twenty policies with {@code -Dmipath.packets=50000}. */
    private static final int PACKETS = Integer.getInteger("mipath.packets", 1_000);

    static IntStream policies() {
        return IntStream.range(0, 20);
    }

    private static Policy policy(RandomBoxes boxes, int seed) {
        return boxes.policy(3 + seed * seed / 2);
    }

    @ParameterizedTest(name = "policy {0}")
    @MethodSource("policies")
    @DisplayName("The diagram names the entry that matches first")
    void firstMatch(int seed) {
        RandomBoxes boxes = new RandomBoxes(seed);
        Policy policy = policy(boxes, seed);
        PolicyDiagram diagram = new PolicyDiagram(new PacketSpace(policy.boxes()), policy);
        BitSet met = new BitSet();
        for (int i = 0; i < PACKETS; i++) {
            Probe probe = boxes.probe(policy);
            int first = linear(policy, probe, 0);
            if (first >= 0) met.set(first);
            assertThat(diagram.firstMatch(
                            probe.protocol(),
                            probe.source(),
                            probe.sourcePort(),
                            probe.destination(),
                            probe.destinationPort()))
                    .as("policy %d, %s", seed, probe)
                    .isEqualTo(first);
        }
        PolicyDiagram.Unneeded unneeded = diagram.unneeded();
        assertThat(unneeded.dead())
                .as("policy %d: an entry that a packet met", seed)
                .noneMatch(met::get);
    }

    @ParameterizedTest(name = "policy {0}")
    @MethodSource("policies")
    @DisplayName("An entry called redundant can go without any packet noticing, and one not called so cannot")
    void redundant(int seed) {
        RandomBoxes boxes = new RandomBoxes(seed);
        Policy policy = boxes.policy(4 + seed);
        PacketSpace space = new PacketSpace(policy.boxes());
        PolicyDiagram whole = new PolicyDiagram(space, policy);
        PolicyDiagram.Unneeded unneeded = whole.unneeded();
        for (int i = 0; i < policy.entries().size(); i++) {
            int without = i;
            Policy rest = new Policy(IntStream.range(0, policy.entries().size())
                    .filter(j -> j != without)
                    .mapToObj(j -> policy.entries().get(j))
                    .collect(ImmutableList.toImmutableList()));
            boolean same = whole.sameEffects(new PolicyDiagram(space, rest));
            assertThat(unneeded.dead().contains(i) || unneeded.redundant().contains(i))
                    .as("policy %d, entry %d", seed, i)
                    .isEqualTo(same);
        }
    }

    @ParameterizedTest(name = "policy {0}")
    @MethodSource("policies")
    @DisplayName(
            "What entries that stand ahead pass on, the first of the rest settles, and nothing of what they settle")
    void ahead(int seed) {
        RandomBoxes boxes = new RandomBoxes(200 + seed);
        Dice dice = new Dice(seed);
        Policy rest = boxes.policy(3 + seed);
        ImmutableList.Builder<Policy.Entry> entries = ImmutableList.builder();
        for (Policy.Entry entry : boxes.policy(2 + seed / 3).entries()) {
            entries.add(new Policy.Entry(
                    null, entry.box(), dice.of(Policy.ALLOWED, Policy.DENIED, Policy.PASSES_ON, Policy.PASSES_ON)));
        }
        ImmutableList<Policy.Entry> first = entries.build();
        Policy policy = new Policy(
                ImmutableList.<Policy.Entry>builder()
                        .addAll(first)
                        .addAll(rest.entries())
                        .build(),
                first.size());
        PolicyDiagram diagram = new PolicyDiagram(new PacketSpace(policy.boxes()), policy);
        PolicyDiagram.Answer all = diagram.about(policy.boxes());
        List<FlowLine> denied = all.denied();
        List<FlowLine> allowed = all.allowed();
        for (int i = 0; i < 300; i++) {
            Probe probe = boxes.probe(policy);
            int settling = linear(new Policy(first), probe, 0);
            if (settling < 0 || first.get(settling).effects() == Policy.PASSES_ON) {
                int behind = linear(rest, probe, 0);
                settling = behind < 0 ? -1 : behind + first.size();
            }
            assertThat(diagram.firstMatch(
                            probe.protocol(),
                            probe.source(),
                            probe.sourcePort(),
                            probe.destination(),
                            probe.destinationPort()))
                    .as("policy %d, %s", seed, probe)
                    .isEqualTo(settling);
            int effect = settling < 0 ? 0 : policy.entries().get(settling).effects();
            assertThat(denied.stream().anyMatch(line -> holds(line, probe)))
                    .as("policy %d, %s", seed, probe)
                    .isEqualTo(effect == Policy.DENIED);
            assertThat(allowed.stream().anyMatch(line -> holds(line, probe)))
                    .as("policy %d, %s", seed, probe)
                    .isEqualTo(effect == Policy.ALLOWED);
        }
    }

    @ParameterizedTest(name = "policy {0}")
    @MethodSource("policies")
    @DisplayName("The lines of an answer hold exactly the packets that are asked about and denied")
    void lines(int seed) {
        RandomBoxes boxes = new RandomBoxes(100 + seed);
        Policy policy = boxes.policy(3 + seed);
        Policy question = boxes.policy(2);
        List<FlowBox> all = new ArrayList<>(policy.boxes());
        all.addAll(question.boxes());
        PolicyDiagram diagram = new PolicyDiagram(new PacketSpace(all), policy);
        PolicyDiagram.Answer answer = diagram.about(question.boxes());
        List<FlowLine> denied = answer.denied();
        for (int i = 0; i < 500; i++) {
            Probe probe = boxes.probe(new Dice(i).oneIn(2) ? policy : question);
            int first = linear(policy, probe, 0);
            boolean expected = linear(question, probe, 0) >= 0
                    && first >= 0
                    && policy.entries().get(first).effects() == Policy.DENIED;
            long holding = denied.stream().filter(line -> holds(line, probe)).count();
            assertThat(holding).as("policy %d, %s", seed, probe).isEqualTo(expected ? 1 : 0);
        }
    }

    private static boolean holds(FlowLine line, Probe probe) {
        String name = switch (probe.protocol()) {
            case 1 -> "ICMP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 50 -> "ESP";
            case 51 -> "AH";
            default -> FlowLine.OTHER;
        };
        boolean ports = probe.protocol() != 6 && probe.protocol() != 17
                || line.sourcePorts().stream().anyMatch(range -> range.contains(probe.sourcePort()))
                        && line.destinationPorts().stream().anyMatch(range -> range.contains(probe.destinationPort()));
        return (line.protocols().isEmpty() || line.protocols().contains(name))
                && ports
                && line.source().contains(probe.source())
                && line.destination().contains(probe.destination());
    }

    private static int linear(Policy policy, Probe probe, int from) {
        List<Entry> entries = policy.entries();
        for (int i = from; i < entries.size(); i++)
            if (RandomBoxes.holds(entries.get(i).box(), probe)) return i;
        return -1;
    }

    @Test
    @DisplayName("A policy that outgrows the budget is called too complex, not answered wrongly")
    void tooComplex() {
        Policy policy = new RandomBoxes(1).policy(60);
        assertThatThrownBy(() -> new PolicyDiagram(new PacketSpace(policy.boxes(), 50), policy))
                .isInstanceOf(TooComplexException.class)
                .hasMessageContaining("50");
    }
}
