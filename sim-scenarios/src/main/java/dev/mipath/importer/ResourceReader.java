package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.ApplicationSecurityGroup;
import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** Turns one resource into facts, by its type. */
final class ResourceReader {
    private static final String NETWORK = "microsoft.network/";
    private static final String MICROSOFT_PEERING = "MicrosoftPeering";

    private static final ImmutableSet<String> READ = ImmutableSet.of(
            "microsoft.network/virtualnetworks",
            "microsoft.network/virtualnetworks/subnets",
            "microsoft.network/virtualnetworks/virtualnetworkpeerings",
            "microsoft.network/networksecuritygroups",
            "microsoft.network/networksecuritygroups/securityrules",
            "microsoft.network/routetables",
            "microsoft.network/routetables/routes",
            "microsoft.network/networkinterfaces",
            "microsoft.network/applicationsecuritygroups",
            "microsoft.network/loadbalancers",
            "microsoft.network/loadbalancers/inboundnatrules",
            "microsoft.network/privateendpoints",
            "microsoft.network/publicipaddresses",
            "microsoft.network/natgateways",
            "microsoft.network/privatednszones",
            "microsoft.network/privatednszones/a",
            "microsoft.network/privatednszones/virtualnetworklinks",
            "microsoft.network/virtualnetworkgateways",
            "microsoft.network/localnetworkgateways",
            "microsoft.network/connections",
            "microsoft.compute/virtualmachines",
            "microsoft.sql/managedinstances",
            "microsoft.sql/virtualclusters",
            "microsoft.sql/locations/instancefailovergroups",
            "microsoft.sql/locations/failovergroups",
            "microsoft.network/privateendpoints/privatednszonegroups",
            "microsoft.network/expressroutecircuits",
            "microsoft.network/expressroutecircuits/peerings",
            "microsoft.authorization/locks",
            "microsoft.network/azurefirewalls",
            "microsoft.network/firewallpolicies",
            "microsoft.network/firewallpolicies/rulecollectiongroups",
            "microsoft.network/networkmanagers",
            "microsoft.network/networkmanagers/networkgroups",
            "microsoft.network/networkmanagers/networkgroups/staticmembers",
            "microsoft.network/networkmanagers/securityadminconfigurations",
            "microsoft.network/networkmanagers/securityadminconfigurations/rulecollections",
            "microsoft.network/networkmanagers/securityadminconfigurations/rulecollections/rules");

    /** Network resources that change no answer, so that nobody needs to be told that they are passed over. */
    private static final ImmutableSet<String> QUIET = ImmutableSet.of(
            "publicipprefixes",
            "networkwatchers",
            "networkintentpolicies",
            "ddosprotectionplans",
            "networkprofiles",
            "servicetags");

    /** What every group and every zone has, and nobody declares. */
    private static final ImmutableSet<String> STANDARD = ImmutableSet.of(
            "microsoft.network/networksecuritygroups/defaultsecurityrules", "microsoft.network/privatednszones/soa");

    private static final ImmutableSet<String> TOLD = ImmutableSet.of(
            "microsoft.sql/locations/servertrustgroups",
            "microsoft.compute/virtualmachinescalesets",
            "microsoft.sql/managedinstances/privateendpointconnections");

    /** What lists of all resources say of each. */
    private static final ImmutableSet<String> ENVELOPE = ImmutableSet.of(
            "id",
            "name",
            "type",
            "location",
            "sku",
            "tags",
            "etag",
            "resourcegroup",
            "kind",
            "managedby",
            "plan",
            "identity",
            "extendedlocation",
            "createdtime",
            "changedtime",
            "provisioningstate",
            "systemdata",
            "zones",
            "resourcegroupname",
            "resourceid",
            "resourcename",
            "resourcetype",
            "subscriptionid",
            "parentresource");

    /** Lists of which an answer could need every entry; of rules and routes an unknown one is kept as such. */
    private static final ImmutableList<String> PARTS = ImmutableList.of(
            "subnets",
            "virtualNetworkPeerings",
            "ipConfigurations",
            "frontendIPConfigurations",
            "networkInterfaces",
            "childResources");

    private final Problems problems;
    private final Notices notices;
    private final NetworkReader networks;

    ResourceReader(Problems problems, Notices notices) {
        this.problems = problems;
        this.notices = notices;
        networks = new NetworkReader(notices);
    }

    /** Whether resources of this type carry facts. */
    static boolean reads(String type) {
        return READ.contains(Ascii.toLowerCase(type)) || LockReader.isType(type);
    }

    /** Whether a resource that answers hold says nothing but what it is called and where it lives. */
    static boolean isBare(Node.Obj body, String type) {
        if (Ascii.equalsIgnoreCase(type, "Microsoft.Network/applicationSecurityGroups")) return false;
        for (Node.Member member : body.members()) {
            boolean says =
                    !(member.value() instanceof Node.Null) && !ENVELOPE.contains(Ascii.toLowerCase(member.name()));
            if (says || namesAnother(body, member)) return false;
        }
        return true;
    }

    /** Whether a resource names another one: PowerShell's lists call its own id so, members of network groups do not. */
    private static boolean namesAnother(Node.Obj body, Node.Member member) {
        return member.name().equalsIgnoreCase("resourceId")
                && member.value() instanceof Node.Str named
                && body.get("id") instanceof Node.Str own
                && !named.text().equalsIgnoreCase(own.text());
    }

    /** Tells that a resource has a part in the network that answers will not see; false when it has none. */
    @CanIgnoreReturnValue
    static boolean noticeUnmodelled(String type, String name, Place place, Notices notices) {
        String lower = Ascii.toLowerCase(type);
        boolean network = lower.startsWith(NETWORK)
                && !QUIET.contains(lower.substring(NETWORK.length()).split("/", 2)[0]);
        boolean standard = STANDARD.contains(lower);
        boolean told = (network || TOLD.contains(lower)) && !standard;
        if (told) {
            notices.add(
                    Notices.NOT_MODELLED,
                    place,
                    "`" + Printable.text(name) + "` is of type `" + Printable.text(type)
                            + "`, which is not modelled; answers do not see it");
        }
        return told;
    }

    void read(Resource resource, Facts facts) {
        ResourceId id = resource.id();
        Fields fields = Fields.of(resource.body(), problems);
        for (String list : PARTS) notices.openList(id, list, fields.node(list));
        if (isAnswer(fields)) {
            facts.addComplete(fields.place());
            if (fields.node("subnets") instanceof Node.Arr subnets) {
                for (Node subnet : subnets.items()) facts.addComplete(subnet.place());
            }
        }
        switch (Ascii.toLowerCase(resource.type())) {
            case "microsoft.network/virtualnetworks" -> facts.add(id, networks.vnet(id, fields));
            case "microsoft.network/virtualnetworks/subnets" -> facts.addChild(parent(id), networks.subnet(id, fields));
            case "microsoft.network/virtualnetworks/virtualnetworkpeerings" ->
                facts.addChild(parent(id), networks.peering(id, fields));
            case "microsoft.network/networksecuritygroups" -> facts.add(id, networks.group(id, fields));
            case "microsoft.network/networksecuritygroups/securityrules" ->
                facts.addChild(parent(id), networks.rule(resource, fields));
            case "microsoft.network/routetables" -> facts.add(id, networks.table(id, fields));
            case "microsoft.network/routetables/routes" ->
                facts.addChild(parent(id), RouteReader.read(fields, resource.certain()));
            case "microsoft.network/networkinterfaces" -> {
                facts.add(id, MachineReader.networkInterface(id, fields));
                MachineReader.natTargets(id, fields).forEach(target -> facts.add(target.id(), target));
            }
            case "microsoft.network/applicationsecuritygroups" ->
                facts.add(id, new ApplicationSecurityGroup(id, fields.place()));
            case "microsoft.network/loadbalancers" -> facts.add(id, BalancerReader.loadBalancer(id, fields));
            case "microsoft.network/loadbalancers/inboundnatrules" -> facts.add(id, BalancerReader.natRule(id, fields));
            case "microsoft.network/privateendpoints" -> facts.add(id, MachineReader.privateEndpoint(id, fields));
            case "microsoft.network/publicipaddresses" -> facts.add(id, ServiceReader.publicAddress(id, fields));
            case "microsoft.network/natgateways" -> facts.add(id, ServiceReader.natGateway(id, fields));
            case "microsoft.network/privatednszones" -> facts.add(id, ServiceReader.zone(id, fields));
            case "microsoft.network/privatednszones/a" ->
                facts.add(parent(id), ServiceReader.record(parent(id), id, fields));
            case "microsoft.network/privatednszones/virtualnetworklinks" ->
                facts.add(parent(id), ServiceReader.link(parent(id), fields));
            case "microsoft.network/virtualnetworkgateways" -> facts.add(id, GatewayReader.gateway(id, fields));
            case "microsoft.network/localnetworkgateways" -> facts.add(id, GatewayReader.site(id, fields));
            case "microsoft.network/connections" -> {
                facts.add(id, GatewayReader.connection(id, fields));
                @Nullable ExpressRouteCircuit circuit = GatewayReader.circuitOf(fields);
                if (circuit != null) facts.add(circuit.id(), circuit);
            }
            case "microsoft.compute/virtualmachines" -> facts.add(id, MachineReader.machine(id, fields));
            case "microsoft.sql/managedinstances" -> facts.add(id, InstanceReader.instance(id, fields));
            // Some answers give the group of an instance the shorter type, beside an id with the longer one.
            case "microsoft.sql/locations/instancefailovergroups", "microsoft.sql/locations/failovergroups" -> {
                FailoverGroup group = InstanceReader.group(id, fields);
                facts.add(group.id(), group);
            }
            case "microsoft.sql/virtualclusters" -> {
                for (ManagedInstance instance : InstanceReader.ofCluster(fields)) facts.add(instance.id(), instance);
            }
            default -> guards(resource, fields, facts);
        }
    }

    /** Firewalls and admin rules, which a topology holds in one piece; circuits and locks. */
    private void guards(Resource resource, Fields fields, Facts facts) {
        ResourceId id = resource.id();
        FirewallReader firewalls = new FirewallReader(notices);
        String managers = NETWORK + "networkmanagers/";
        String configurations = managers + "securityadminconfigurations";
        String type = Ascii.toLowerCase(resource.type());
        if (LockReader.isType(type)) {
            facts.add(id, LockReader.lock(id, fields));
        } else if (type.equals(NETWORK + "privateendpoints/privatednszonegroups")) {
            facts.add(id, ServiceReader.zoneGroup(id, fields));
        } else if (type.equals(NETWORK + "expressroutecircuits")) {
            boolean microsoft = false;
            for (Node item : fields.items("peerings")) {
                Fields peering = NetworkReader.child(item, "a peering of a circuit", fields);
                if (peering != null) microsoft |= noticeMicrosoftPeering(id.name(), peering);
            }
            facts.add(id, GatewayReader.circuit(id, fields, microsoft));
        } else if (type.equals(NETWORK + "expressroutecircuits/peerings")) {
            boolean microsoft = noticeMicrosoftPeering(parent(id).name(), fields);
            if (microsoft) facts.add(parent(id), GatewayReader.circuit(parent(id), fields, true));
        } else if (type.equals(NETWORK + "azurefirewalls")) facts.add(id, firewalls.firewall(id, fields));
        else if (type.equals(NETWORK + "firewallpolicies")) facts.add(id, firewalls.policy(id, fields));
        else if (type.equals(NETWORK + "firewallpolicies/rulecollectiongroups")) {
            facts.add(id, firewalls.group(id, fields));
        } else if (type.equals(managers + "networkgroups")) facts.add(id, AdminRuleReader.networkGroup(id, fields));
        else if (type.equals(managers + "networkgroups/staticmembers")) {
            facts.add(id, AdminRuleReader.member(id, fields));
        } else if (type.equals(configurations)) facts.add(id, AdminRuleReader.configuration(id, fields));
        else if (type.equals(configurations + "/rulecollections")) {
            facts.add(id, AdminRuleReader.collection(id, fields));
        } else if (type.equals(configurations + "/rulecollections/rules")) {
            facts.add(id, AdminRuleReader.rule(id, fields));
        }
    }

    /** Fact 3.24: the instance's VNet cannot be reached by it; private peering is fine. */
    private boolean noticeMicrosoftPeering(String circuit, Fields peering) {
        @Nullable String type = peering.text("peeringType");
        @Nullable String state = peering.text("state");
        boolean named = type == null && peering.name().equalsIgnoreCase(MICROSOFT_PEERING);
        if (!named && !MICROSOFT_PEERING.equalsIgnoreCase(type) || "Disabled".equalsIgnoreCase(state)) return false;
        notices.add(
                "MICROSOFT_PEERING",
                peering.place(),
                "ExpressRoute circuit `" + Printable.text(circuit)
                        + "` has Microsoft peering; where it is on the way to or from the instance's VNet it is not supported"
                        + " and breaks the instance, so use private peering (Connectivity architecture, Network"
                        + " requirements; fact 3.24)");
        return true;
    }

    /** Whether Azure itself says this of a resource, so that what it leaves out is not there. */
    static boolean isAnswer(Fields fields) {
        return fields.has("provisioningState") || fields.has("etag");
    }

    private ResourceId parent(ResourceId child) {
        String parent = ResourceTypes.parentOf(child.text());
        if (parent != null) return new ResourceId(parent);
        int slash = child.text().lastIndexOf('/');
        return new ResourceId(slash < 0 ? child.text() : child.text().substring(0, slash));
    }
}
