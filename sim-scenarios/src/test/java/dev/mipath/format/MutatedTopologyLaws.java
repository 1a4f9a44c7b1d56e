package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Place;
import dev.mipath.topology.SameFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents with slips in them: never an exception, and what the reader accepts the schema accepts too. */
class MutatedTopologyLaws {
    private static final List<Node> STRANGERS = List.of(
            text("x"),
            text(""),
            text("Any"),
            text("10.0.0.0/8"),
            text("10.0.0.300"),
            text("Allow"),
            text("Inbound"),
            text("None"),
            text("2001:db8::/32"),
            text("1433"),
            text("1-70000"),
            new Node.Num(Place.PLATFORM, "0"),
            new Node.Num(Place.PLATFORM, "-1"),
            new Node.Num(Place.PLATFORM, "150"),
            new Node.Num(Place.PLATFORM, "70000"),
            new Node.Num(Place.PLATFORM, "1.5"),
            new Node.Num(Place.PLATFORM, "99999999999999999999"),
            new Node.Bool(Place.PLATFORM, true),
            new Node.Null(Place.PLATFORM),
            new Node.Arr(Place.PLATFORM, ImmutableList.of()),
            new Node.Arr(Place.PLATFORM, ImmutableList.of(text("x"), new Node.Null(Place.PLATFORM))),
            new Node.Obj(Place.PLATFORM, ImmutableList.of()),
            Members.only("unknown", text("u")),
            Members.only("unknown", new Node.Bool(Place.PLATFORM, true)),
            Members.only("id", text("/a/b")),
            Members.only("tag", text("T")),
            Members.only("applicationSecurityGroup", text("asg")),
            new Members().put("id", "/a/b").put("name", "c").build(),
            new Members().put("unknown", "u").put("more", "v").build());

    private static Node text(String text) {
        return Members.text(text);
    }

    static IntStream seeds() {
        return Seeds.of(2_000, 20_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverAnExceptionAndNoMoreThanTheSchema(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Node document =
                TopologyWriter.tree(new TopologyDocument(RandomTopologies.of(seed % 50), null, ImmutableList.of()));
        for (int i = random.nextInt(3); i >= 0; i--) document = mutated(document, random);
        String yaml = YamlPrinter.print(document, 2);
        Node tree = YamlReader.read("t.yaml", Documents.bytes(yaml));
        Problems problems = new Problems();
        TopologyDocument read = TopologyYaml.read(tree, problems);
        List<String> against = Documents.againstSchema(yaml);
        if (!problems.isEmpty() || read == null) return;
        assertThat(against).as("seed %d:%n%s", seed, yaml).isEmpty();
        TopologyDocument again = Documents.topology(TopologyYaml.write(read.topology()));
        assertThat(SameFacts.in(read.topology(), again.topology()))
                .as("seed %d:%n%s", seed, yaml)
                .isTrue();
    }

    /** The tree with one value replaced, dropped, doubled, or put under another name. */
    private static Node mutated(Node node, SplittableRandom random) {
        if (node instanceof Node.Obj object && !object.members().isEmpty() && random.nextInt(10) > 0) {
            List<Node.Member> members = new ArrayList<>(object.members());
            int at = random.nextInt(members.size());
            Node.Member member = members.get(at);
            switch (random.nextInt(12)) {
                case 0 -> members.remove(at);
                case 1 -> members.set(at, new Node.Member(member.name() + "s", member.place(), member.value()));
                case 2 -> members.add(new Node.Member("stranger" + members.size(), member.place(), member.value()));
                default ->
                    members.set(at, new Node.Member(member.name(), member.place(), mutated(member.value(), random)));
            }
            return new Node.Obj(object.place(), ImmutableList.copyOf(members));
        }
        if (node instanceof Node.Arr array && !array.items().isEmpty() && random.nextInt(10) > 0) {
            List<Node> items = new ArrayList<>(array.items());
            int at = random.nextInt(items.size());
            switch (random.nextInt(8)) {
                case 0 -> items.remove(at);
                case 1 -> items.add(items.get(at));
                default -> items.set(at, mutated(items.get(at), random));
            }
            return new Node.Arr(array.place(), ImmutableList.copyOf(items));
        }
        return STRANGERS.get(random.nextInt(STRANGERS.size()));
    }
}
