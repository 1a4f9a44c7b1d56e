package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.MissingReferences;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Network Watcher's security group view: which groups filter a machine, with their rules.
 *
 * <p>The rules name their group in their ids and are all it has. Where the machine is and what addresses it has, the view
 * does not say, so only the groups come of it.
 */
final class GroupView {
    private GroupView() {}

    static Shape recognize(Node.Arr networkInterfaces) {
        List<Node.Obj> associations = new ArrayList<>();
        for (Node item : networkInterfaces.items()) {
            if (!(item instanceof Node.Obj nic && nic.get("securityRuleAssociations") instanceof Node.Obj all))
                continue;
            for (String name : List.of("subnetAssociation", "networkInterfaceAssociation")) {
                if (all.get(name) instanceof Node.Obj one && groupOf(one) != null) associations.add(one);
            }
        }
        if (!associations.isEmpty()) return new Shape.GroupRules(ImmutableList.copyOf(associations));
        return new Shape.Refused(
                "a Network Watcher security group view without a customer's rule in it",
                "give the NSGs and VNets themselves (`az network nsg list`, `az network vnet list`)");
    }

    private static @Nullable String groupOf(Node.Obj association) {
        if (!(association.get("securityRules") instanceof Node.Arr rules)) return null;
        for (Node rule : rules.items()) {
            if (rule instanceof Node.Obj object && object.get("id") instanceof Node.Str id) {
                String group = ResourceTypes.parentOf(id.text());
                if (group != null && !group.contains("//")) return group;
            }
        }
        return null;
    }

    static void read(Node.Obj association, Facts facts, Problems problems, Notices notices) {
        String group = groupOf(association);
        if (group == null) return;
        Fields fields = Fields.of(association, problems);
        RuleReader reader = new RuleReader(notices);
        List<SecurityRule> rules = new ArrayList<>();
        for (Node item : fields.items("securityRules")) {
            Fields rule = Fields.ofItem(item, "a security rule", problems);
            if (rule != null) rules.add(reader.declared(rule, true));
        }
        ResourceId id = new ResourceId(group);
        facts.add(id, new NetworkSecurityGroup(id, association.place(), ImmutableList.copyOf(rules)));
        String at = fields.text("id");
        if (at == null) return;
        notices.add(
                MissingReferences.CODE,
                association.place(),
                "the view says only that security group `" + Printable.text(id.name()) + "` filters "
                        + MissingReferences.notInInput(new ResourceId(at)));
    }
}
