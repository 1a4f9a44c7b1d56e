package dev.mipath.explain;

import dev.mipath.compile.Compilation;
import dev.mipath.explain.Picture.Shape;
import dev.mipath.instance.Gateway;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.profile.Era;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The three diagrams of the article "Connectivity architecture for Azure SQL Managed Instance" (2020-03-17), drawn anew
 * from the topology at hand with its names, addresses and the ports of an era.
 */
final class InstancePictures {
    private static final String AGENTS = "azure";
    private static final String INSTANCE = "instance ";
    /** The port that every era with a management endpoint lets in (fact 4.31). */
    private static final int MANAGEMENT_PORT = 9000;

    private final Compilation compiled;
    private final Topology topology;
    private final Era era;

    InstancePictures(Compilation compiled, Era era) {
        this.compiled = compiled;
        this.topology = compiled.topology();
        this.era = era;
    }

    /** "Communication overview": what connects to the instances, and what they connect to. */
    Picture entities() {
        Picture picture = new Picture("Entities that connect to SQL Managed Instance, profile " + era.name());
        picture.group(AGENTS, null, "Azure");
        picture.box("agents", AGENTS, Shape.CLOUD, "management, deployment, maintenance", "automated agents");
        picture.box("api", AGENTS, Shape.CLOUD, "portal, PowerShell, Azure CLI, REST API");
        picture.line("api", "agents", "operations that need the platform", true);
        picture.group("services", null, "services the instance depends on");
        String[][] services = {
            {"storage", "Azure Storage", "backups"},
            {"events", "Azure Event Hubs", "telemetry"},
            {"aad", "Azure Active Directory", "authentication"},
            {"vault", "Azure Key Vault", "transparent data encryption"},
            {"platform", "Azure platform services", "security and supportability"},
            {"crl", "certificate revocation lists", "every certificate is checked"}
        };
        for (String[] service : services) picture.box(service[0], "services", Shape.CLOUD, service[1], service[2]);
        picture.group("clients", null, "applications and tools that use it as a data source");
        clients(picture, "clients");
        for (VirtualCluster cluster : compiled.estate().clusters()) {
            for (VirtualCluster.Hosted hosted : cluster.instances()) {
                String box = INSTANCE + hosted.id().text();
                picture.box(box, null, Shape.ROUND, hosted.name(), hosted.hostName());
                if (hasManagementEndpoint()) picture.line("agents", box, managementPorts(), false);
                for (String[] service : services) {
                    picture.line(box, service[0], service[0].equals("crl") ? "" : outboundPorts(), false);
                }
                picture.boxes().forEach((key, client) -> {
                    if ("clients".equals(client.in())) picture.line(key, box, "TCP " + Gateway.PORT, false);
                });
            }
        }
        return picture;
    }

    private void clients(Picture picture, String group) {
        for (NetworkInterface nic : TopologyPicture.clients(topology)) {
            @Nullable ResourceId machine = nic.virtualMachine();
            @Nullable Address address = compiled.address(nic.id());
            picture.box(
                    "client " + nic.id().text(),
                    group,
                    Shape.ROUND,
                    machine == null ? nic.id().name() : machine.name(),
                    address == null ? "address not known" : address.toString());
        }
        for (LocalNetworkGateway site : topology.localNetworkGateways()) {
            picture.box(
                    "client " + site.id().text(),
                    group,
                    Shape.CLOUD,
                    "site " + site.id().name(),
                    Words.list(site.addressPrefixes(), 2));
        }
    }

    /** "High-level connectivity architecture": the clusters in the customer's network, and Azure outside. */
    Picture highLevel() {
        TopologyPicture drawn =
                new TopologyPicture(compiled, "High-level connectivity architecture, profile " + era.name());
        Picture picture = drawn.picture();
        picture.group(AGENTS, null, "Azure, outside the virtual network");
        picture.box("agents", AGENTS, Shape.CLOUD, "management and deployment services");
        picture.box("services", AGENTS, Shape.CLOUD, "Storage, Event Hubs, Azure AD, Key Vault", "public IP addresses");
        for (VirtualCluster cluster : compiled.estate().clusters()) {
            String group = TopologyPicture.cluster(cluster);
            if (hasManagementEndpoint()) picture.line("agents", group, managementPorts(), false);
            picture.line(
                    group,
                    "services",
                    outboundPorts()
                            + (hasManagementEndpoint() ? "\nseen from the management endpoint's public IP" : ""),
                    false);
        }
        return picture;
    }

    /** "Virtual cluster connectivity architecture": load balancer, gateways, nodes, management endpoint. */
    Picture virtualCluster() {
        Picture picture = new Picture("Virtual cluster connectivity architecture, profile " + era.name());
        picture.box("clients", null, Shape.CLOUD, "clients", "in the VNet, peered, or behind a gateway");
        if (hasManagementEndpoint()) picture.box("agents", null, Shape.CLOUD, "management and deployment services");
        for (VirtualCluster cluster : compiled.estate().clusters()) {
            String key = TopologyPicture.cluster(cluster);
            picture.group(
                    key,
                    null,
                    "virtual cluster in subnet " + cluster.subnet().qualifiedName(),
                    "DNS zone " + cluster.dnsZone());
            String names = cluster.instances().stream()
                    .map(VirtualCluster.Hosted::hostName)
                    .collect(Collectors.joining(", "));
            String balancer = key + " balancer";
            picture.box(
                    balancer,
                    key,
                    Shape.BOX,
                    "internal load balancer",
                    cluster.loadBalancer() + ":" + Gateway.PORT,
                    names);
            picture.line("clients", balancer, "host name → private IP\nTCP " + Gateway.PORT, false);
            for (Address gateway : cluster.gateways()) {
                picture.box(key + " " + gateway, key, Shape.BOX, "gateway", gateway.toString());
                picture.line(balancer, key + " " + gateway, "", false);
            }
            String endpoint = key + " endpoint";
            if (hasManagementEndpoint()) {
                picture.box(endpoint, key, Shape.BOX, "management endpoint", "external load balancer, public IP");
                picture.line("agents", endpoint, managementPorts() + "\nmutual certificates", false);
            }
            for (VirtualCluster.Hosted hosted : cluster.instances()) nodes(picture, cluster, hosted, key, endpoint);
        }
        return picture;
    }

    private void nodes(
            Picture picture, VirtualCluster cluster, VirtualCluster.Hosted hosted, String key, String endpoint) {
        for (VirtualCluster.Node node : hosted.nodes()) {
            String box = key + " " + node.address();
            boolean primary = node.equals(hosted.primary());
            picture.box(
                    box,
                    key,
                    Shape.ROUND,
                    "SQL engine of " + hosted.name() + (primary ? "" : ", secondary"),
                    node.address() + ":" + node.port(),
                    hasManagementEndpoint() ? "built-in firewall" : "");
            if (hasManagementEndpoint()) picture.line(endpoint, box, "", true);
            if (!primary) continue;
            for (Address gateway : cluster.gateways()) {
                picture.line(key + " " + gateway, box, "by server name", !hosted.redirects() ? false : true);
            }
            if (hosted.redirects()) picture.line("clients", box, "redirected\nTCP " + node.port(), false);
        }
    }

    /** The eras since November 2022 have none (fact 4.27); their rules let no management traffic in. */
    private boolean hasManagementEndpoint() {
        return era.rules().stream().anyMatch(InstancePictures::isManagement);
    }

    private static boolean isManagement(Era.ServiceRule rule) {
        return rule.inbound() && rule.ports().contains(MANAGEMENT_PORT);
    }

    private String managementPorts() {
        return era.rules().stream()
                .filter(InstancePictures::isManagement)
                .max(Comparator.comparingInt(rule -> rule.ports().size()))
                .map(InstancePictures::ports)
                .orElse("");
    }

    private String outboundPorts() {
        return era.rules().stream()
                .filter(rule -> !rule.inbound() && !rule.to().equals(Era.SUBNET))
                .map(InstancePictures::ports)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String ports(Era.ServiceRule rule) {
        return "TCP " + rule.ports().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
