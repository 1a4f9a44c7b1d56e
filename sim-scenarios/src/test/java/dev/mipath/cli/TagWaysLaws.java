package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is told of a whole service tag")
class TagWaysLaws {
    private static final int PREFIXES = 6;
    private static final int SIZE = 8;

    @Test
    @DisplayName("counts a prefix that a rule denies as blocked, and one that it denies in part as such")
    void denied() {
        World world = World.usual()
                .clientRules(
                        "name: one, priority: 100, direction: Outbound, access: Deny, destination: 20.1.0.8/29",
                        "name: half, priority: 101, direction: Outbound, access: Deny, destination: 20.1.0.16/30");
        Traced traced = Traced.about(world, arguments("Small", "--format", "json"));
        assertThat(Traced.outcome(traced)).isEqualTo("blocked");
        assertThat(ways(traced)).containsExactlyInAnyOrder("4 connected false", "1 blocked false", "1 blocked true");
        assertThat(Traced.about(world, arguments("Small")).out())
                .contains("4 of 6 IPv4 prefixes", "blocked in part", "1 of 6 IPv4 prefixes");
    }

    @Test
    @DisplayName("counts a prefix from which a rule keeps the management plane out")
    void deniedInbound() {
        World world = World.usual()
                .instanceRules("name: one, priority: 100, direction: Inbound, access: Deny, source: 20.1.0.8/29");
        Traced traced = Traced.about(
                world, "--from", "SqlManagement", "--to", "mi-prod", "--tag", tag("SqlManagement"), "--format", "json");
        assertThat(Traced.outcome(traced)).isEqualTo("blocked");
        assertThat(ways(traced)).containsExactlyInAnyOrder("5 connected false", "1 blocked false");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("is what each of its addresses is told alone")
    void everyAddress(long seed) {
        Random random = new Random(seed);
        World world = World.usual().clientRules(rules(random)).clientRoutes(routes(random));
        Set<String> expected = new TreeSet<>();
        for (int prefix = 0; prefix < PREFIXES; prefix++) {
            Set<String> ends = new TreeSet<>();
            for (int i = 0; i < SIZE; i++) {
                String address = "20.1.0." + (prefix * SIZE + i) + ":443";
                ends.add(Traced.outcome(Traced.about(world, arguments(address, "--format", "json"))));
            }
            boolean inPart = ends.size() > 1;
            if (inPart) ends.remove("connected");
            assertThat(ends).hasSize(1);
            expected.add(block(prefix) + " " + ends.iterator().next() + " " + inPart);
        }
        Traced traced = Traced.about(world, arguments("Small", "--format", "json"));
        Set<String> told = new TreeSet<>();
        for (Node.Obj way : Traced.items((Node.Obj) Traced.given(traced.document(), "tagRoutes"), "ways")) {
            Node.Arr prefixes = (Node.Arr) Traced.given(way, "prefixes");
            for (Node prefix : prefixes.items()) {
                told.add(((Node.Str) prefix).text() + " " + Traced.text(way, "outcome") + " " + inPart(way));
            }
        }
        assertThat(told).isEqualTo(expected);
        boolean whole = expected.stream().allMatch(each -> each.endsWith("connected false"));
        assertThat(Traced.outcome(traced).equals("connected")).isEqualTo(whole);
    }

    private static String[] rules(Random random) {
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            rules.add("name: r" + i + ", priority: " + (100 + i) + ", direction: Outbound, access: "
                    + (random.nextBoolean() ? "Deny" : "Allow") + ", destination: " + part(random));
        }
        return rules.toArray(new String[0]);
    }

    private static String[] routes(Random random) {
        return new String[] {"name: n, addressPrefix: " + part(random) + ", nextHopType: None"};
    }

    private static String part(Random random) {
        int length = 28 + random.nextInt(5);
        int start = random.nextInt(PREFIXES * SIZE) >> (32 - length) << (32 - length);
        return "20.1.0." + start + "/" + length;
    }

    private static String block(int prefix) {
        return "20.1.0." + prefix * SIZE + "/29";
    }

    private static String tag(String name) {
        List<String> blocks = new ArrayList<>();
        for (int i = 0; i < PREFIXES; i++) blocks.add(block(i));
        return name + "=" + String.join(",", blocks);
    }

    private static String[] arguments(String target, String... more) {
        List<String> all = new ArrayList<>(List.of("--from", "app-vm", "--to", target, "--tag", tag("Small")));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    private static List<String> ways(Traced traced) {
        return Traced.items((Node.Obj) Traced.given(traced.document(), "tagRoutes"), "ways").stream()
                .map(way -> Traced.text(way, "count") + " " + Traced.text(way, "outcome") + " " + inPart(way))
                .toList();
    }

    private static boolean inPart(Node.Obj way) {
        return way.get("inPart") != null;
    }
}
