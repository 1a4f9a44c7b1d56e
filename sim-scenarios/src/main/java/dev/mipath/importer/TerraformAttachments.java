package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.MissingReferences;
import dev.mipath.format.Node;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Terraform's association resources attach to subnets and NICs, by the id of the subnet or NIC. */
final class TerraformAttachments {
    private static final String SUBNET = "subnet_id";
    private static final String NIC = "network_interface_id";

    /** Associations by type: the attribute that names what is attached, and its Azure type. */
    private static final ImmutableMap<String, Attached> OF_SUBNETS = ImmutableMap.of(
            "azurerm_subnet_network_security_group_association",
                    new Attached("network_security_group_id", TerraformIds.GROUP),
            "azurerm_subnet_route_table_association", new Attached("route_table_id", TerraformIds.TABLE),
            "azurerm_subnet_nat_gateway_association", new Attached("nat_gateway_id", TerraformIds.NAT));

    private static final ImmutableMap<String, Attached> OF_NICS = ImmutableMap.of(
            "azurerm_network_interface_security_group_association",
                    new Attached("network_security_group_id", TerraformIds.GROUP),
            "azurerm_network_interface_application_security_group_association",
                    new Attached("application_security_group_id", TerraformIds.APPLICATION_GROUP));

    private static final ImmutableMap<String, String> MEMBERS = ImmutableMap.of(
            TerraformIds.GROUP, "networkSecurityGroup",
            TerraformIds.TABLE, "routeTable",
            TerraformIds.NAT, "natGateway");

    private final TerraformIds ids;
    private final Map<Key, Node> attached = new LinkedHashMap<>();
    private final Map<Key, Node> seen = new HashMap<>();
    private final Map<String, Node> anywhere = new HashMap<>();
    private final Map<String, List<Node>> memberships = new HashMap<>();

    private record Attached(String attribute, String type) {}

    private record Key(ResourceId id, String type) {
        static Key of(String id, String type) {
            return new Key(new ResourceId(id), type);
        }
    }

    TerraformAttachments(TerraformIds ids, TerraformDocument.Read document) {
        this.ids = ids;
        for (TerraformInstance instance : document.instances()) {
            if (instance.type().equals("azurerm_virtual_network")) seenInside(instance);
        }
        for (TerraformInstance instance : document.deleted()) {
            Attached kind = OF_SUBNETS.get(instance.type());
            String subnet = instance.text(SUBNET);
            if (kind != null && subnet != null) seen.remove(Key.of(subnet, kind.type()));
        }
        for (TerraformInstance instance : document.instances()) {
            Attached kind = OF_SUBNETS.get(instance.type());
            if (kind != null) attach(instance, kind, SUBNET, TerraformIds.SUBNET);
            kind = OF_NICS.get(instance.type());
            if (kind != null) attach(instance, kind, NIC, TerraformIds.NIC);
        }
    }

    /** A VNet lists what its subnets have, whoever attached it. */
    private void seenInside(TerraformInstance vnet) {
        for (Node item : vnet.blocks("subnet")) {
            if (!(item instanceof Node.Obj subnet) || !(subnet.get("name") instanceof Node.Str name)) continue;
            String id = ids.idOf(vnet) + "/subnets/" + name.text();
            see(id, TerraformIds.GROUP, subnet.get("security_group"));
            see(id, TerraformIds.TABLE, subnet.get("route_table_id"));
        }
    }

    private void see(String id, String type, @Nullable Node value) {
        if (value instanceof Node.Str text && !text.text().isEmpty()) seen.put(Key.of(id, type), value);
    }

    private void attach(TerraformInstance association, Attached kind, String attribute, String type) {
        Node what = ids.reference(association, List.of(kind.attribute()), kind.type());
        if (what == null) return;
        Node to = ids.reference(association, List.of(attribute), type);
        if (to instanceof Node.Str id) {
            attach(id.text(), kind.type(), what);
            return;
        }
        // It is attached somewhere: to one of those that are meant, or to any.
        Node open = new Node.Unknown(association.place(), association.address() + "." + kind.attribute());
        List<TerraformInstance> candidates = ids.candidates(association, attribute, type);
        if (candidates.isEmpty()) anywhere.put(type + " " + kind.type(), open);
        for (TerraformInstance candidate : candidates) attach(ids.idOf(candidate), kind.type(), open);
    }

    private void attach(String id, String type, Node what) {
        if (type.equals(TerraformIds.APPLICATION_GROUP)) {
            memberships
                    .computeIfAbsent(Ascii.toLowerCase(id), any -> new ArrayList<>())
                    .add(what);
            return;
        }
        Node had = attached.putIfAbsent(Key.of(id, type), what);
        if (had instanceof Node.Unknown) attached.put(Key.of(id, type), what);
    }

    /** The id of what is attached to a subnet, maybe unknown; null for nothing. */
    @Nullable
    Node ofSubnet(String id, String type) {
        Node found = attached.get(Key.of(id, type));
        if (found == null) found = seen.get(Key.of(id, type));
        return found != null ? found : anywhere.get(TerraformIds.SUBNET + " " + type);
    }

    /** The id of the security group on a NIC, maybe unknown; null for none. */
    @Nullable
    Node ofNic(String id) {
        Node found = attached.get(Key.of(id, TerraformIds.GROUP));
        return found != null ? found : anywhere.get(TerraformIds.NIC + " " + TerraformIds.GROUP);
    }

    /** The ids of the application security groups that a NIC is a member of. */
    ImmutableList<Node> memberships(String nicId) {
        return ImmutableList.copyOf(memberships.getOrDefault(Ascii.toLowerCase(nicId), List.of()));
    }

    /** Subnets that something is attached to and that are not among the resources of the document. */
    ImmutableList<Resource> outside(Set<ResourceId> told, Notices notices) {
        Map<ResourceId, TerraformBody> bodies = new LinkedHashMap<>();
        attached.forEach((key, what) -> {
            String type = ResourceTypes.typeOf(key.id().text());
            String member = MEMBERS.get(key.type());
            if (told.contains(key.id()) || type == null || member == null) return;
            if (Ascii.equalsIgnoreCase(type, TerraformIds.SUBNET)) {
                bodies.computeIfAbsent(key.id(), id -> bare(id, what)).refer(member, what);
            } else {
                notices.add(
                        MissingReferences.CODE,
                        what.place(),
                        "a security group is attached to " + MissingReferences.notInInput(key.id()));
            }
        });
        ImmutableList.Builder<Resource> resources = ImmutableList.builder();
        bodies.forEach((id, body) -> resources.add(new Resource(id, TerraformIds.SUBNET, body.build(), true)));
        return resources.build();
    }

    private static TerraformBody bare(ResourceId id, Node what) {
        Node.Obj nothing = new Node.Obj(what.place(), ImmutableList.of());
        return new TerraformBody(nothing, what.place()).put("name", new Node.Str(what.place(), id.name()));
    }
}
