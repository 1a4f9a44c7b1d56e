package dev.mipath.importer;

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
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.List;

/** Recorded answers about what really applies at a NIC (facts §6, list-effective-nsg and show-effective-route-table). */
final class EffectiveReader {
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
        List<SecurityRule> rules = new ArrayList<>();
        RuleReader reader = new RuleReader(notices);
        for (Node item : fields.items("effectiveSecurityRules")) {
            Fields rule = Fields.ofItem(item, "an effective rule", problems);
            if (rule != null) rules.add(reader.recorded(rule));
        }
        ImmutableList.Builder<EffectiveSecurityRules> answers = ImmutableList.builder();
        for (String target : List.of("subnet", "networkInterface")) {
            ResourceId at = MachineReader.known(association.reference(target));
            if (at == null) continue;
            answers.add(new EffectiveSecurityRules(
                    entry.place(), group, at, ImmutableList.copyOf(rules), tags(fields.nested("tagMap"), entry)));
        }
        return answers.build();
    }

    private ImmutableListMultimap<String, Prefix> tags(Fields tagMap, Node.Obj entry) {
        ImmutableListMultimap.Builder<String, Prefix> tags = ImmutableListMultimap.builder();
        if (!(entry.get("tagMap") instanceof Node.Obj map)) return tags.build();
        for (Node.Member tag : map.members()) {
            for (Given<Prefix> prefix : tagMap.givens(tag.name(), "a list of blocks", Prefix::parseDroppingHostBits)) {
                prefix.value().ifPresent(known -> tags.put(tag.name(), known));
            }
        }
        return tags.build();
    }

    /** The rows of one answer. */
    EffectiveRouteTable routes(Place place, List<Node.Obj> rows) {
        ImmutableList.Builder<EffectiveRouteTable.Row> read = ImmutableList.builder();
        for (Node.Obj row : rows) {
            Fields fields = Fields.of(row, problems);
            Given<NextHopType> hop = fields.required("nextHopType", "a next hop type", NextHopType::parse);
            String source = fields.text("source");
            String state = fields.text("state");
            String name = fields.text("name");
            ImmutableList<Prefix> prefixes = list(fields, "addressPrefix", Prefix::parseDroppingHostBits);
            ImmutableList<Address> addresses = list(fields, "nextHopIpAddress", Address::parse);
            hop.value()
                    .ifPresent(type -> read.add(new EffectiveRouteTable.Row(
                            row.place(),
                            name == null || name.isEmpty() ? null : name,
                            source == null ? "Unknown" : source,
                            state == null || state.equalsIgnoreCase("Active"),
                            prefixes,
                            type,
                            addresses)));
        }
        return new EffectiveRouteTable(place, read.build());
    }

    /** Answers use a list even for one value; hand-made ones a bare text. */
    private <T> ImmutableList<T> list(Fields fields, String name, java.util.function.Function<String, T> parse) {
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
