package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.ResourceId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a Terraform state or plan in Azure's words, to be read like everyone else's.
 *
 * <p>Models: the azurerm provider from version 1 to 4, with the old and new names of attributes, and resources of azapi.
 * Leaves out: other providers, and source code, which only Terraform can evaluate.
 */
final class TerraformReader {
    /** Beginnings of types that have a part in the network which answers do not see. */
    private static final ImmutableSet<String> TOLD = ImmutableSet.of(
            "azurerm_network_manager_connectivity_configuration",
            "azurerm_network_manager_routing",
            "azurerm_virtual_hub",
            "azurerm_virtual_wan",
            "azurerm_vpn_",
            "azurerm_point_to_site",
            "azurerm_express_route",
            "azurerm_route_server",
            "azurerm_route_map",
            "azurerm_application_gateway",
            "azurerm_private_dns",
            "azurerm_private_link_service",
            "azurerm_virtual_network_gateway_nat_rule",
            "azurerm_subnet_service_endpoint_storage_policy",
            "azurerm_linux_virtual_machine_scale_set",
            "azurerm_windows_virtual_machine_scale_set",
            "azurerm_orchestrated_virtual_machine_scale_set",
            "azurerm_virtual_machine_scale_set",
            "azapi_");

    private final TerraformIds ids;
    private final TerraformConfiguration configuration;
    private final TerraformAttachments attachments;
    private final TerraformNetworks networks;
    private final TerraformServices services;
    private final TerraformGuards guards;
    private final Problems problems;
    private final Notices notices;
    private final TerraformDocument.Read document;

    private TerraformReader(TerraformDocument.Read document, Problems problems, Notices notices) {
        this.document = document;
        this.problems = problems;
        this.notices = notices;
        configuration = new TerraformConfiguration(document.configuration(), document.instances());
        ids = new TerraformIds(configuration, document.instances());
        attachments = new TerraformAttachments(ids, document);
        services = new TerraformServices(ids, document.instances());
        guards = new TerraformGuards(ids, document.instances());
        networks = new TerraformNetworks(ids, configuration, attachments, document, notices);
    }

    static ImmutableList<Resource> read(Node.Obj root, Problems problems, Notices notices) {
        TerraformReader reader = new TerraformReader(TerraformDocument.read(root, problems), problems, notices);
        reader.noticeDeleted();
        return reader.resources();
    }

    private void noticeDeleted() {
        for (TerraformInstance instance : document.deleted()) {
            if (!instance.type().startsWith("azurerm_") || instance.data()) continue;
            boolean part =
                    TerraformIds.azureType(instance) != null || instance.type().endsWith("_association");
            if (!part) continue;
            notices.add(
                    Notices.DELETED_BY_PLAN,
                    instance.place(),
                    "the plan deletes `" + Printable.text(instance.address())
                            + "`; answers are of the network without it");
        }
    }

    private ImmutableList<Resource> resources() {
        ImmutableList.Builder<Resource> all = ImmutableList.builder();
        Set<ResourceId> told = new HashSet<>();
        for (boolean data : new boolean[] {false, true}) {
            for (TerraformInstance instance : document.instances()) {
                if (instance.data() != data) continue;
                String type = TerraformIds.azureType(instance);
                if (type != null && TerraformAzapi.is(instance) && !ResourceReader.reads(type)) {
                    ResourceReader.noticeUnmodelled(type, instance.address(), instance.place(), notices);
                    continue;
                }
                Node.Obj body = type == null ? null : body(instance);
                if (type == null || body == null) {
                    if (type == null) noticeUnmodelled(instance);
                    continue;
                }
                // What was only looked up may be what the plan changes; the plan is later.
                boolean lookedUp = data && instance.text("id") == null;
                ResourceId id = new ResourceId(ids.idOf(instance));
                if (lookedUp || !told.add(id) && data) continue;
                all.add(new Resource(id, type, body, true));
            }
        }
        networks.noticeAssumed();
        all.addAll(attachments.outside(told, notices));
        return all.build();
    }

    private void noticeUnmodelled(TerraformInstance instance) {
        if (TOLD.stream().noneMatch(instance.type()::startsWith)) return;
        notices.add(
                Notices.NOT_MODELLED,
                instance.place(),
                "`" + Printable.text(instance.address())
                        + "` is of a type that is not modelled; answers do not see it");
    }

    private Node.@Nullable Obj body(TerraformInstance instance) {
        return switch (instance.type()) {
            case "azapi_resource" -> TerraformAzapi.body(instance, problems);
            case "azurerm_virtual_network" -> networks.vnet(instance);
            case "azurerm_subnet" -> networks.subnet(instance);
            case "azurerm_virtual_network_peering" -> networks.peering(instance);
            case "azurerm_network_security_group" -> networks.group(instance);
            case "azurerm_network_security_rule" -> networks.rule(instance);
            case "azurerm_route_table" -> networks.table(instance);
            case "azurerm_route" -> networks.route(instance.values(), instance.place());
            case "azurerm_network_interface" -> networkInterface(instance);
            case "azurerm_application_security_group" -> named(instance).build();
            case "azurerm_lb" -> loadBalancer(instance);
            case "azurerm_private_endpoint" -> privateEndpoint(instance);
            case "azurerm_virtual_network_gateway" -> gateway(instance);
            case "azurerm_local_network_gateway" -> site(instance);
            case "azurerm_virtual_network_gateway_connection" -> connection(instance);
            case "azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine", "azurerm_virtual_machine" ->
                machine(instance);
            case "azurerm_mssql_managed_instance", "azurerm_sql_managed_instance" -> managedInstance(instance);
            default -> {
                Node.@Nullable Obj guard = guards.body(instance);
                yield guard == null ? services.body(instance) : guard;
            }
        };
    }

    private static TerraformBody named(TerraformInstance instance) {
        return new TerraformBody(instance.values(), instance.place()).copy("name", "name");
    }

    private Node.Obj networkInterface(TerraformInstance nic) {
        TerraformBody body = named(nic);
        boolean renamed = nic.attribute("ip_forwarding_enabled") != null;
        body.copy(renamed ? "ip_forwarding_enabled" : "enable_ip_forwarding", "enableIPForwarding");
        body.refer("networkSecurityGroup", attachments.ofNic(ids.idOf(nic)));
        ImmutableList<Node> memberships = attachments.memberships(ids.idOf(nic));
        ImmutableList.Builder<Node> groups = ImmutableList.builder();
        for (Node group : memberships)
            groups.add(group instanceof Node.Str ? TerraformBody.object("id", group) : group);
        return body.put("ipConfigurations", blocks(nic, "ip_configuration", (block, number) -> {
                    TerraformBody ip =
                            addressed(nic, block, "ip_configuration", number).copy("primary", "primary");
                    ip.refer(
                            "publicIPAddress",
                            ids.reference(
                                    nic,
                                    List.of("ip_configuration", number, "public_ip_address_id"),
                                    TerraformIds.ADDRESS));
                    return ip.put("applicationSecurityGroups", new Node.Arr(nic.place(), groups.build()));
                }))
                .build();
    }

    /** A block with a subnet and an address; one that Azure hands out at apply is not given, as in a template. */
    private TerraformBody addressed(TerraformInstance of, Node.Obj block, String name, String number) {
        TerraformBody body = new TerraformBody(block, block.place()).copy("name", "name");
        Node address = block.get("private_ip_address");
        boolean handedOut = address instanceof Node.Unknown
                && block.get("private_ip_address_allocation") instanceof Node.Str how
                && Ascii.equalsIgnoreCase(how.text(), "Dynamic");
        if (!handedOut && !(address instanceof Node.Str text && text.text().isEmpty())) {
            body.put("privateIPAddress", address);
        }
        return body.refer("subnet", ids.reference(of, List.of(name, number, "subnet_id"), TerraformIds.SUBNET));
    }

    private interface Block {
        TerraformBody in(Node.Obj block, String number);
    }

    private static Node blocks(TerraformInstance of, String name, Block translated) {
        ImmutableList.Builder<Node> all = ImmutableList.builder();
        int number = 0;
        for (Node item : of.blocks(name)) {
            all.add(
                    item instanceof Node.Obj block
                            ? translated.in(block, Integer.toString(number)).build()
                            : item);
            number++;
        }
        return new Node.Arr(of.place(), all.build());
    }

    private Node.Obj machine(TerraformInstance machine) {
        Node nics = ids.references(machine, List.of("network_interface_ids"), TerraformIds.NIC);
        if (!(nics instanceof Node.Arr all)) {
            return named(machine).put("networkProfile", nics).build();
        }
        ImmutableList.Builder<Node> references = ImmutableList.builder();
        for (Node nic : all.items()) references.add(nic instanceof Node.Str ? TerraformBody.object("id", nic) : nic);
        Node list = new Node.Arr(all.place(), references.build());
        return named(machine)
                .put("networkProfile", TerraformBody.object("networkInterfaces", list))
                .build();
    }

    private Node.Obj loadBalancer(TerraformInstance balancer) {
        TerraformBody body = named(balancer);
        Node sku = balancer.attribute("sku");
        if (sku != null) body.put("sku", TerraformBody.object("name", sku));
        String frontend = "frontend_ip_configuration";
        services.addParts(balancer, body);
        return body.put(
                        "frontendIPConfigurations",
                        blocks(
                                balancer,
                                frontend,
                                (block, number) -> addressed(balancer, block, frontend, number)
                                        .refer(
                                                "publicIPAddress",
                                                ids.reference(
                                                        balancer,
                                                        List.of(frontend, number, "public_ip_address_id"),
                                                        TerraformIds.ADDRESS))))
                .build();
    }

    /** The address is the one the plan fixes, or the one that the connection shows once it is there. */
    private Node.Obj privateEndpoint(TerraformInstance endpoint) {
        TerraformBody body = named(endpoint);
        body.refer("subnet", ids.reference(endpoint, List.of("subnet_id"), TerraformIds.SUBNET));
        String connection = "private_service_connection";
        body.put(
                "privateLinkServiceConnections",
                blocks(
                        endpoint,
                        connection,
                        (block, number) -> new TerraformBody(block, block.place())
                                .copy("name", "name")
                                .put(
                                        "privateLinkServiceId",
                                        ids.reference(
                                                endpoint,
                                                List.of(connection, number, "private_connection_resource_id"),
                                                TerraformIds.INSTANCE))));
        for (String block : List.of("ip_configuration", connection)) {
            for (Node item : endpoint.blocks(block)) {
                if (!(item instanceof Node.Obj object)
                        || !(object.get("private_ip_address") instanceof Node.Str address)) continue;
                if (address.text().isEmpty()) continue;
                Node configuration = TerraformBody.object("privateIPAddress", address);
                return body.put("ipConfigurations", new Node.Arr(item.place(), ImmutableList.of(configuration)))
                        .build();
            }
        }
        return body.build();
    }

    private Node.Obj gateway(TerraformInstance gateway) {
        return named(gateway)
                .copy("type", "gatewayType")
                .put(
                        "ipConfigurations",
                        blocks(
                                gateway,
                                "ip_configuration",
                                (block, number) -> addressed(gateway, block, "ip_configuration", number)))
                .build();
    }

    private static Node.Obj site(TerraformInstance site) {
        TerraformBody body = named(site);
        Node space = site.attribute("address_space");
        if (space != null) body.put("localNetworkAddressSpace", TerraformBody.object("addressPrefixes", space));
        return body.build();
    }

    private Node.Obj connection(TerraformInstance connection) {
        return named(connection)
                .refer(
                        "virtualNetworkGateway1",
                        ids.reference(connection, List.of("virtual_network_gateway_id"), TerraformIds.GATEWAY))
                .refer(
                        "localNetworkGateway2",
                        ids.reference(connection, List.of("local_network_gateway_id"), TerraformIds.SITE))
                .refer("peer", ids.reference(connection, List.of("express_route_circuit_id"), TerraformIds.CIRCUIT))
                .build();
    }

    private Node.Obj managedInstance(TerraformInstance instance) {
        TerraformBody body = named(instance)
                .copy("fqdn", "fullyQualifiedDomainName")
                .copy("dns_zone", "dnsZone")
                .copy("proxy_override", "proxyOverride")
                .copy("public_data_endpoint_enabled", "publicDataEndpointEnabled");
        Node sku = instance.attribute("sku_name");
        if (sku != null) body.put("sku", TerraformBody.object("name", sku));
        return body.put("subnetId", ids.reference(instance, List.of("subnet_id"), TerraformIds.SUBNET))
                .put("dnsZonePartner", ids.reference(instance, List.of("dns_zone_partner_id"), TerraformIds.INSTANCE))
                .build();
    }
}
