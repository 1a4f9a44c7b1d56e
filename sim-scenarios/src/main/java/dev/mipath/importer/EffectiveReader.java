package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.mipath.format.Node;
import dev.mipath.format.Problems;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.EffectiveRouteTable;
import dev.mipath.topology.EffectiveSecurityRules;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Recorded answers about what really applies at a NIC (facts §6, list-effective-nsg and show-effective-route-table). */
final class EffectiveReader {
    private static final Function<String, String> SOURCE =
            Fields.oneOf("source", List.of("Default", "User", "VirtualNetworkGateway", "Unknown"));
    private static final Function<String, String> STATE = Fields.oneOf("state", List.of("Active", "Invalid"));

    private final Problems problems;
    private final Notices notices;

    EffectiveReader(Problems problems, Notices notices) {
        this.problems = problems;
        this.notices = notices;
    }

    /** One entry per subnet or NIC that the group is associated with. */
    ImmutableList<EffectiveSecurityRules> rules(Node.Obj entry) {
        Fields fields = Fields.of(entry, problems);
        ResourceId group = MachineReader.known(fields.reference("networkSecurityGroup"));
        Fields association = fields.nested("association");
        if (association.has("networkManager")) {
            notices.add(
                    Notices.NOT_MODELLED,
                    entry.place(),
                    "security admin rules of a network manager apply here too; they are not modelled");
        }
        if (group == null) {
            problems.add(entry.place(), "the answer does not name its security group", "save the whole answer again");
            return ImmutableList.of();
        }
        if (!association.has("subnet") && !association.has("networkInterface") && !association.has("networkManager")) {
            problems.add(
                    entry.place(),
                    "the answer names neither the subnet nor the NIC that its group is on",
                    "save the whole answer again, `association` included");
        }
        List<SecurityRule> rules = new ArrayList<>();
        RuleReader reader = new RuleReader(notices);
        for (Node item : fields.items("effectiveSecurityRules")) {
            Fields rule = Fields.ofItem(item, "an effective rule", problems);
            if (rule != null) rules.add(reader.recorded(rule));
        }
        ImmutableListMultimap<String, Prefix> tags = tags(fields);
        ImmutableList.Builder<EffectiveSecurityRules> answers = ImmutableList.builder();
        for (String target : List.of("subnet", "networkInterface")) {
            ResourceId at = MachineReader.known(association.reference(target));
            if (at == null) continue;
            answers.add(new EffectiveSecurityRules(entry.place(), group, at, ImmutableList.copyOf(rules), tags));
        }
        return answers.build();
    }

    /** What tags stood for: answers before 2018 have no {@code tagMap}, but every rule expands the tags it names. */
    private ImmutableListMultimap<String, Prefix> tags(Fields answer) {
        ImmutableListMultimap.Builder<String, Prefix> tags = ImmutableListMultimap.builder();
        Set<String> mapped = new HashSet<>();
        Fields fields = answer.nested("tagMap");
        if (answer.node("tagMap") instanceof Node.Obj map) {
            for (Node.Member tag : map.members()) {
                mapped.add(Ascii.toLowerCase(tag.name()));
                tags.putAll(tag.name(), blocks(fields, tag.name()));
            }
        }
        for (Node item : answer.items("effectiveSecurityRules")) {
            if (!(item instanceof Node.Obj object)) continue;
            Fields rule = Fields.of(object, problems);
            for (String side : List.of("Source", "Destination")) {
                String tag = onlyTag(rule, side);
                String expanded = "expanded" + side + "AddressPrefix";
                boolean expands = !rule.items(expanded).isEmpty();
                if (tag == null || !expands || !mapped.add(Ascii.toLowerCase(tag))) continue;
                tags.putAll(tag, blocks(rule, expanded));
            }
        }
        return tags.build();
    }

    /** The tag that alone is a side of the rule, or null: of several entries the expansion is one list for all. */
    private static @Nullable String onlyTag(Fields rule, String side) {
        String single = side.equals("Source") ? "sourceAddressPrefix" : "destinationAddressPrefix";
        boolean several = rule.node(single + "es") instanceof Node.Arr entries
                && entries.items().size() > 1;
        Node only = rule.node(single);
        if (only instanceof Node.Arr list && list.items().size() == 1)
            only = list.items().get(0);
        String entry = !several && only instanceof Node.Str text ? text.text() : "/";
        return entry.contains("/") ? null : entry;
    }

    private static ImmutableList<Prefix> blocks(Fields fields, String name) {
        return fields.givens(name, "a list of blocks", Prefix::parseDroppingHostBits).stream()
                .flatMap(prefix -> prefix.value().stream())
                .collect(ImmutableList.toImmutableList());
    }

    /** The rows of one answer; Azure's does not name its NIC, one that was saved with it may. */
    EffectiveRouteTable routes(Node answer, List<Node.Obj> rows) {
        @Nullable
        ResourceId asked = answer instanceof Node.Obj object
                ? MachineReader.known(Fields.of(object, problems).reference("networkInterface"))
                : null;
        ImmutableList.Builder<EffectiveRouteTable.Row> read = ImmutableList.builder();
        for (Node.Obj row : rows) {
            Fields fields = Fields.of(row, problems);
            Given<NextHopType> hop = fields.required("nextHopType", "a next hop type", NextHopType::parse);
            Given<String> source = fields.given("source", "the word that Azure answered", SOURCE);
            Given<String> state = fields.given("state", "`Active` or `Invalid`", STATE);
            String name = fields.text("name");
            ImmutableList<Prefix> prefixes = list(fields, "addressPrefix", Prefix::parseDroppingHostBits);
            ImmutableList<Address> addresses = list(fields, "nextHopIpAddress", Address::parse);
            hop.value()
                    .ifPresent(type -> read.add(new EffectiveRouteTable.Row(
                            row.place(),
                            name == null || name.isEmpty() ? null : name,
                            source == null ? "Unknown" : source.orElse("Unknown"),
                            state == null || state.is("Active"),
                            prefixes,
                            type,
                            addresses)));
        }
        return new EffectiveRouteTable(answer.place(), asked, read.build());
    }

    /** Answers use a list even for one value; hand-made ones a bare text. */
    private <T> ImmutableList<T> list(Fields fields, String name, Function<String, T> parse) {
        Node node = fields.node(name);
        if (node == null) return ImmutableList.of();
        List<Node> items = node instanceof Node.Arr array ? array.items() : List.of(node);
        ImmutableList.Builder<T> values = ImmutableList.builder();
        for (Node item : items) {
            if (item instanceof Node.Str text && text.text().isEmpty()) continue;
            Fields.given(item, name, "an address or block", parse, problems)
                    .value()
                    .ifPresent(values::add);
        }
        return values.build();
    }
}
