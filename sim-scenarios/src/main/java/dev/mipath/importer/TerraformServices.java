package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Load balancers, NAT gateways, public addresses, private zones, circuits, locks and failover groups in Azure's words. What
 * Azure keeps in one resource, such as a load balancer with its pools, probes and rules, stands in several here.
 */
final class TerraformServices {
    private static final String BALANCER_ID = "loadbalancer_id";
    private static final String POOL_ID = "backend_address_pool_id";

    private final TerraformIds ids;
    private final ImmutableList<TerraformInstance> instances;

    TerraformServices(TerraformIds ids, ImmutableList<TerraformInstance> instances) {
        this.ids = ids;
        this.instances = instances;
    }

    /** The body of a resource of these types; null for every other type. */
    Node.@Nullable Obj body(TerraformInstance instance) {
        return switch (instance.type()) {
            case "azurerm_public_ip" ->
                named(instance).copy("ip_address", "ipAddress").build();
            case "azurerm_nat_gateway" -> natGateway(instance);
            case "azurerm_private_dns_zone" -> named(instance).build();
            case "azurerm_private_dns_zone_virtual_network_link" ->
                named(instance)
                        .refer(
                                "virtualNetwork",
                                ids.reference(instance, List.of("virtual_network_id"), TerraformIds.VNET))
                        .build();
            case "azurerm_private_dns_a_record" -> record(instance);
            case "azurerm_express_route_circuit" -> named(instance).build();
            case "azurerm_express_route_circuit_peering" ->
                new TerraformBody(instance.values(), instance.place())
                        .copy("peering_type", "peeringType")
                        .build();
            case "azurerm_management_lock" ->
                named(instance)
                        .copy("lock_level", "level")
                        .put("scope", ids.scope(instance))
                        .build();
            case "azurerm_mssql_managed_instance_failover_group", "azurerm_sql_managed_instance_failover_group" ->
                failoverGroup(instance);
            default -> null;
        };
    }

    private static TerraformBody named(TerraformInstance instance) {
        return new TerraformBody(instance.values(), instance.place()).copy("name", "name");
    }

    /** What refers to a resource by an attribute: its parts and associations. */
    private List<TerraformInstance> of(TerraformInstance whole, String type, String attribute, String wholeType) {
        List<TerraformInstance> parts = new ArrayList<>();
        for (TerraformInstance instance : instances) {
            if (!instance.type().equals(type) || instance.data()) continue;
            Node to = ids.reference(instance, List.of(attribute), wholeType);
            if (to instanceof Node.Str id && id.text().equalsIgnoreCase(ids.idOf(whole))) parts.add(instance);
        }
        return parts;
    }

    private Node.Obj natGateway(TerraformInstance gateway) {
        ImmutableList.Builder<Node> addresses = ImmutableList.builder();
        for (TerraformInstance association :
                of(gateway, "azurerm_nat_gateway_public_ip_association", "nat_gateway_id", TerraformIds.NAT)) {
            Node id = ids.reference(association, List.of("public_ip_address_id"), TerraformIds.ADDRESS);
            if (id != null) addresses.add(id instanceof Node.Str ? TerraformBody.object("id", id) : id);
        }
        return named(gateway)
                .put("publicIpAddresses", new Node.Arr(gateway.place(), addresses.build()))
                .build();
    }

    private static Node.Obj record(TerraformInstance record) {
        ImmutableList.Builder<Node> addresses = ImmutableList.builder();
        for (Node address : record.blocks("records")) addresses.add(TerraformBody.object("ipv4Address", address));
        return named(record)
                .put("aRecords", new Node.Arr(record.place(), addresses.build()))
                .build();
    }

    private Node.Obj failoverGroup(TerraformInstance group) {
        boolean two = group.attribute("partner_managed_instance_id") != null;
        Node pair = new TerraformBody(group.values(), group.place())
                .put(
                        "primaryManagedInstanceId",
                        ids.reference(group, List.of("managed_instance_id"), TerraformIds.INSTANCE))
                .put(
                        "partnerManagedInstanceId",
                        two
                                ? ids.reference(group, List.of("partner_managed_instance_id"), TerraformIds.INSTANCE)
                                : null)
                .build();
        return named(group)
                .put("managedInstancePairs", new Node.Arr(group.place(), ImmutableList.of(pair)))
                .build();
    }

    /** Adds the pools, probes and rules of a load balancer to its body. */
    void addParts(TerraformInstance balancer, TerraformBody body) {
        ImmutableList.Builder<Node> pools = ImmutableList.builder();
        for (TerraformInstance pool : part(balancer, "azurerm_lb_backend_address_pool")) pools.add(pool(pool));
        ImmutableList.Builder<Node> probes = ImmutableList.builder();
        for (TerraformInstance probe : part(balancer, "azurerm_lb_probe")) {
            probes.add(named(probe)
                    .copy("protocol", "protocol")
                    .copy("port", "port")
                    .build());
        }
        ImmutableList.Builder<Node> rules = ImmutableList.builder();
        for (TerraformInstance rule : part(balancer, "azurerm_lb_rule")) rules.add(rule(balancer, rule));
        ImmutableList.Builder<Node> outbound = ImmutableList.builder();
        for (TerraformInstance rule : part(balancer, "azurerm_lb_outbound_rule")) {
            outbound.add(outboundRule(balancer, rule));
        }
        body.put("backendAddressPools", new Node.Arr(balancer.place(), pools.build()))
                .put("probes", new Node.Arr(balancer.place(), probes.build()))
                .put("loadBalancingRules", new Node.Arr(balancer.place(), rules.build()))
                .put("outboundRules", new Node.Arr(balancer.place(), outbound.build()));
    }

    private List<TerraformInstance> part(TerraformInstance balancer, String type) {
        return of(balancer, type, BALANCER_ID, TerraformIds.BALANCER);
    }

    private Node.Obj pool(TerraformInstance pool) {
        ImmutableList.Builder<Node> members = ImmutableList.builder();
        String association = "azurerm_network_interface_backend_address_pool_association";
        for (TerraformInstance member : of(pool, association, POOL_ID, TerraformIds.POOL)) {
            Node nic = ids.reference(member, List.of("network_interface_id"), TerraformIds.NIC);
            if (!(nic instanceof Node.Str id)) continue;
            String name = TerraformIds.named(member, "ip_configuration_name");
            Node configuration = new Node.Str(nic.place(), id.text() + "/ipConfigurations/" + name);
            members.add(TerraformBody.object("id", configuration));
        }
        ImmutableList.Builder<Node> addresses = ImmutableList.builder();
        for (TerraformInstance member :
                of(pool, "azurerm_lb_backend_address_pool_address", POOL_ID, TerraformIds.POOL)) {
            addresses.add(named(member).copy("ip_address", "ipAddress").build());
        }
        return named(pool)
                .put("backendIPConfigurations", new Node.Arr(pool.place(), members.build()))
                .put("loadBalancerBackendAddresses", new Node.Arr(pool.place(), addresses.build()))
                .build();
    }

    private Node.Obj rule(TerraformInstance balancer, TerraformInstance rule) {
        boolean renamed = rule.attribute("floating_ip_enabled") != null;
        TerraformBody body = named(rule)
                .copy("protocol", "protocol")
                .copy("frontend_port", "frontendPort")
                .copy("backend_port", "backendPort")
                .copy("load_distribution", "loadDistribution")
                .copy(renamed ? "floating_ip_enabled" : "enable_floating_ip", "enableFloatingIP")
                .copy("disable_outbound_snat", "disableOutboundSnat");
        body.refer("frontendIPConfiguration", frontend(balancer, rule.attribute("frontend_ip_configuration_name")));
        body.refer("probe", ids.reference(rule, List.of("probe_id"), TerraformIds.PROBE));
        Node pools = ids.references(rule, List.of("backend_address_pool_ids"), TerraformIds.POOL);
        if (pools instanceof Node.Arr all && !all.items().isEmpty()) {
            body.refer("backendAddressPool", all.items().get(0));
        }
        return body.build();
    }

    private Node.Obj outboundRule(TerraformInstance balancer, TerraformInstance rule) {
        boolean renamed = rule.attribute("tcp_reset_enabled") != null;
        ImmutableList.Builder<Node> frontends = ImmutableList.builder();
        for (Node item : rule.blocks("frontend_ip_configuration")) {
            Node id = frontend(balancer, item instanceof Node.Obj block ? block.get("name") : null);
            frontends.add(id == null ? item : TerraformBody.object("id", id));
        }
        return named(rule)
                .copy("protocol", "protocol")
                .copy("allocated_outbound_ports", "allocatedOutboundPorts")
                .copy("idle_timeout_in_minutes", "idleTimeoutInMinutes")
                .copy(renamed ? "tcp_reset_enabled" : "enable_tcp_reset", "enableTcpReset")
                .put("frontendIPConfigurations", new Node.Arr(rule.place(), frontends.build()))
                .refer("backendAddressPool", ids.reference(rule, List.of(POOL_ID), TerraformIds.POOL))
                .build();
    }

    /** The id of a frontend of which a part of the load balancer says the name. */
    private @Nullable Node frontend(TerraformInstance balancer, @Nullable Node name) {
        if (!(name instanceof Node.Str text)) return null;
        return new Node.Str(text.place(), ids.idOf(balancer) + "/frontendIPConfigurations/" + text.text());
    }
}
