package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Azure Firewalls, their policies and rule collections. */
final class FirewallReader {
    private static final String PRIORITY = "a number from 100 to 65000";
    private static final String PROTOCOL = "`TCP`, `UDP`, `ICMP` or `Any`";
    private static final String PORTS = "a port, a range such as `1433-1440`, or `*`";

    private final Notices notices;

    FirewallReader(Notices notices) {
        this.notices = notices;
    }

    Drafts.OfFirewall firewall(ResourceId id, Fields fields) {
        @Nullable Given<ResourceId> subnet = null;
        @Nullable Given<Address> address = null;
        for (Node item : fields.items("ipConfigurations")) {
            Fields entry = NetworkReader.child(item, "an IP configuration", fields);
            if (entry == null || subnet != null) continue;
            subnet = entry.reference("subnet");
            address = entry.given("privateIPAddress", MachineReader.ADDRESS, Address::parse);
        }
        Fields hub = fields.nested("hubIPAddresses");
        if (address == null) address = hub.given("privateIPAddress", MachineReader.ADDRESS, Address::parse);
        ImmutableList.Builder<Drafts.Collection> collections = ImmutableList.builder();
        for (String list : ImmutableList.of("networkRuleCollections", "applicationRuleCollections")) {
            for (Node item : fields.items(list)) {
                Fields entry = NetworkReader.child(item, "a rule collection", fields);
                if (entry != null) collections.add(collection(entry, list.startsWith("application")));
            }
        }
        noticeTranslation(fields, "natRuleCollections");
        return new Drafts.OfFirewall(
                id, fields.place(), subnet, address, fields.reference("firewallPolicy"), collections.build());
    }

    Drafts.OfPolicy policy(ResourceId id, Fields fields) {
        return new Drafts.OfPolicy(id, fields.place(), fields.reference("basePolicy"));
    }

    Drafts.OfGroup group(ResourceId id, Fields fields) {
        ImmutableList.Builder<Drafts.Collection> collections = ImmutableList.builder();
        // PowerShell's word for the list is the singular.
        for (Node item : fields.items(fields.has("ruleCollection") ? "ruleCollection" : "ruleCollections")) {
            Fields entry = NetworkReader.child(item, "a rule collection", fields);
            if (entry == null) continue;
            @Nullable String type = entry.text("ruleCollectionType");
            if (type != null && type.toLowerCase(Locale.ROOT).contains("nat")) {
                noticeTranslation(entry, "rules");
                continue;
            }
            boolean application = false;
            for (Node rule : entry.items("rules")) {
                application |= rule instanceof Node.Obj object
                        && object.get("ruleType") instanceof Node.Str text
                        && text.text().equalsIgnoreCase("ApplicationRule");
            }
            collections.add(collection(entry, application));
        }
        return new Drafts.OfGroup(id, fields.place(), priority(fields), collections.build());
    }

    private void noticeTranslation(Fields fields, String list) {
        if (fields.items(list).isEmpty()) return;
        notices.add(
                Notices.NOT_MODELLED,
                fields.place(),
                "`" + Printable.text(fields.name()) + "` translates destinations of a firewall, which is not modelled");
    }

    private static Given<Integer> priority(Fields fields) {
        return fields.required("priority", PRIORITY, text -> {
            Long number = Wholes.parse(text);
            if (number == null || number < 0 || number > 65_000) {
                throw new IllegalArgumentException("priority " + Printable.quoted(text) + " is none");
            }
            return number.intValue();
        });
    }

    private Drafts.Collection collection(Fields entry, boolean application) {
        Given<Access> access = entry.nested("action").required("type", "`Allow` or `Deny`", FirewallReader::access);
        Given<Integer> priority = priority(entry);
        ImmutableList.Builder<SecurityRule> rules = ImmutableList.builder();
        for (Node item : entry.items("rules")) {
            Fields rule = NetworkReader.child(item, "a rule of a firewall", entry);
            if (rule != null) addRules(rule, entry.name(), priority, access, rules);
        }
        return new Drafts.Collection(entry.name(), entry.place(), priority, application, rules.build());
    }

    private static Access access(String text) {
        for (Access access : Access.values()) if (access.azureName().equalsIgnoreCase(text)) return access;
        throw new IllegalArgumentException("`type` is " + Printable.quoted(text));
    }

    /** One rule for each protocol and its ports; application rules name both together. */
    private static void addRules(
            Fields rule,
            String collection,
            Given<Integer> priority,
            Given<Access> access,
            ImmutableList.Builder<SecurityRule> rules) {
        String name = collection + "/" + rule.name();
        ImmutableList<AddressTerm> sources =
                terms(rule, ImmutableList.of("sourceAddresses"), ImmutableList.of("sourceIpGroups"));
        ImmutableList<AddressTerm> destinations = terms(
                rule,
                ImmutableList.of("destinationAddresses"),
                ImmutableList.of(
                        "destinationIpGroups",
                        "destinationFqdns",
                        "targetFqdns",
                        "fqdnTags",
                        "targetUrls",
                        "webCategories"));
        boolean byName =
                rule.has("protocols") && rule.items("protocols").stream().anyMatch(Node.Obj.class::isInstance);
        if (byName) {
            List<Given<PortRange>> ports = new ArrayList<>();
            for (Node item : rule.items("protocols")) {
                Fields protocol = NetworkReader.child(item, "a protocol of an application rule", rule);
                if (protocol != null) ports.add(protocol.required("port", PORTS, PortRange::parse));
            }
            rules.add(rule(name, rule.place(), priority, access, Given.of(Protocol.TCP), sources, destinations, ports));
            return;
        }
        List<Given<PortRange>> ports = rule.givens("destinationPorts", PORTS, PortRange::parse);
        String list = rule.has("ipProtocols") ? "ipProtocols" : "protocols";
        for (Given<Protocol> protocol : rule.givens(list, PROTOCOL, FirewallReader::protocol)) {
            rules.add(rule(name, rule.place(), priority, access, protocol, sources, destinations, ports));
        }
    }

    private static SecurityRule rule(
            String name,
            Place place,
            Given<Integer> priority,
            Given<Access> access,
            Given<Protocol> protocol,
            ImmutableList<AddressTerm> sources,
            ImmutableList<AddressTerm> destinations,
            List<Given<PortRange>> ports) {
        return new SecurityRule(
                name,
                place,
                priority,
                Given.of(Direction.INBOUND),
                access,
                new SecurityRule.Match(
                        protocol,
                        sources,
                        ImmutableList.of(Given.of(PortRange.ANY)),
                        destinations,
                        ImmutableList.copyOf(ports)));
    }

    private static Protocol protocol(String text) {
        return Protocol.parse(text.equalsIgnoreCase("any") ? "*" : text);
    }

    /** Addresses and tags as they are; groups and names stand for addresses that the input does not give. */
    private static ImmutableList<AddressTerm> terms(
            Fields rule, ImmutableList<String> addresses, ImmutableList<String> others) {
        ImmutableList.Builder<AddressTerm> terms = ImmutableList.builder();
        for (String list : addresses) {
            for (Node item : rule.items(list)) {
                Given<AddressTerm> term = Fields.given(
                        item, list, "a block, an address, a service tag or `*`", RuleReader::address, rule.problems());
                if (term instanceof Given.Unknown<AddressTerm> unknown) {
                    terms.add(new AddressTerm.Unknown(unknown.what(), unknown.place()));
                } else {
                    term.value().ifPresent(terms::add);
                }
            }
        }
        for (String list : others) {
            for (Node item : rule.items(list)) {
                @Nullable String text = item instanceof Node.Obj ? null : Opaque.text(item);
                terms.add(new AddressTerm.Unknown(
                        "addresses of " + (text == null ? list : text.substring(text.lastIndexOf('/') + 1)),
                        item.place()));
            }
        }
        return terms.build();
    }
}
