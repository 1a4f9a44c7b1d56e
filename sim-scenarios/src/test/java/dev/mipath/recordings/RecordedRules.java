package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Packet;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.NetworkSecurityGroup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A recorded answer of {@code az network nic list-effective-nsg} about a NIC with one group, read literally.
 *
 * @param group the group's id
 * @param rules the rows as recorded
 * @param rows the same in one spelling
 */
record RecordedRules(String group, List<Recorded> rules, List<RuleRow> rows) {
    /** The NIC's own address, for questions. */
    private static final Address OWN = Address.parse("10.0.0.4");

    static RecordedRules in(String file) {
        List<Recorded> entries = Recorded.in(file).items("value");
        assertThat(entries).hasSize(1);
        Recorded entry = entries.get(0);
        assertThat(entry.at("association").has("networkInterface"))
                .as("the group is the NIC's")
                .isTrue();
        List<Recorded> rules = entry.items("effectiveSecurityRules");
        return new RecordedRules(
                entry.text("networkSecurityGroup", "id"),
                rules,
                rules.stream()
                        .map(rule -> RuleRow.recorded(rule.text("name"), rule))
                        .toList());
    }

    /** The customer's part of the answer. */
    NetworkSecurityGroup declared() {
        return Rebuilt.group(
                group,
                rows.stream()
                        .filter(RuleRow::isCustomers)
                        .map(RuleRow::declared)
                        .toList());
    }

    /** The range of the VNet, which is all that its tag holds beside the platform's own address (fact 1.21). */
    String vnetRange() {
        return expansion("VirtualNetwork").get(0).toString();
    }

    /** What a tag stood for, the same wherever it stands. */
    List<Prefix> expansion(String tag) {
        Set<List<String>> found = new LinkedHashSet<>();
        for (Recorded rule : rules) {
            for (String side : List.of("Source", "Destination")) {
                boolean named = rule.text(side.equals("Source") ? "sourceAddressPrefix" : "destinationAddressPrefix")
                        .equals(tag);
                if (named) found.add(rule.texts("expanded" + side + "AddressPrefix"));
            }
        }
        assertThat(found).as("expansions of %s", tag).hasSize(1);
        return found.iterator().next().stream().map(Prefix::parse).toList();
    }

    /** Whether TCP 443 to the address is let out, by the recorded rows: the first that matches decides. */
    boolean allowsOutbound(Address remote) {
        return allows("Outbound", OWN, remote, 443);
    }

    /** Whether TCP 22 from the address is let in, by the recorded rows. */
    boolean allowsInbound(Address remote) {
        return allows("Inbound", remote, OWN, 22);
    }

    private boolean allows(String direction, Address source, Address destination, int port) {
        for (int i = 0; i < rows.size(); i++) {
            RuleRow row = rows.get(i);
            Recorded rule = rules.get(i);
            boolean portMatches = row.destinationPorts().contains("0-65535")
                    || row.destinationPorts().contains(port + "-" + port);
            if (row.direction().equals(direction)
                    && portMatches
                    && covers(rule, "expandedSourceAddressPrefix", row.source(), source)
                    && covers(rule, "expandedDestinationAddressPrefix", row.destination(), destination)) {
                return row.access().equals("Allow");
            }
        }
        throw new AssertionError("the last rule matches everything");
    }

    private static boolean covers(Recorded rule, String expanded, Set<String> prefixes, Address address) {
        List<String> blocks = new ArrayList<>(rule.texts(expanded));
        if (blocks.isEmpty()) blocks.addAll(prefixes);
        return blocks.stream().map(Prefix::parse).anyMatch(block -> block.contains(address));
    }

    /** Our answer to {@link #allowsOutbound}. */
    static boolean allowsOutbound(Compilation compiled, Address remote) {
        return allows(
                compiled,
                Rebuilt.nicEdge(compiled).outboundFilters(),
                new Packet(OWN, 50_000, remote, 443, Protocol.TCP));
    }

    /** Our answer to {@link #allowsInbound}. */
    static boolean allowsInbound(Compilation compiled, Address remote) {
        return allows(
                compiled,
                Rebuilt.nicEdge(compiled).inboundFilters(),
                new Packet(remote, 50_000, OWN, 22, Protocol.TCP));
    }

    private static boolean allows(Compilation compiled, ImmutableList<Integer> filters, Packet packet) {
        assertThat(filters).hasSize(1);
        return Decision.forwards(
                compiled.network().decide(filters.get(0), new Header().set(packet), FlowMemory.NONE, 0));
    }

    /** Every IPv4 boundary of these sets and its neighbours. */
    static Set<Address> samples(AddressSet... sets) {
        Set<Address> samples = new LinkedHashSet<>();
        for (AddressSet set : sets) {
            set.ranges().forEach(range -> {
                if (range.first().v6()) return;
                samples.add(range.first());
                samples.add(range.last());
                if (range.first().bits() != 0)
                    samples.add(Address.v4(range.first().bits() - 1));
                if (range.last().bits() != -1)
                    samples.add(Address.v4(range.last().bits() + 1));
            });
        }
        return samples;
    }
}
