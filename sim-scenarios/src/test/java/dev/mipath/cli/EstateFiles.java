package dev.mipath.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes the files that {@code az} would save of a large estate: a hub with a firewall appliance and a VPN gateway, spokes
 * peered with it, managed instances in some of them.
 *
 * <p>Spoke {@code i} is {@code 10.(i / 256 + 1).(i % 256)…}; every third of a spoke's subnets has a machine, every subnet a
 * security group of its own, every spoke a route table that sends everything private to the appliance. The first instance
 * and the clients in {@link #CLIENT} can be traced; nothing is drawn at random.
 *
 * <p>{@code main} writes the files for measurements: {@code EstateFiles FOLDER [VNETS]}.
 */
final class EstateFiles {
    /** Subnets in each VNet; 200 VNets hold a thousand. */
    static final int SUBNETS = 5;

    /** A machine in the second spoke; the first instance is in the first one. */
    static final String CLIENT = "vm-002-1";

    static final String INSTANCE = "mi-001";

    private static final String SCOPE =
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-estate/providers/";
    private static final String NET = SCOPE + "Microsoft.Network/";

    private final int vnets;
    private final int instances;

    private EstateFiles(int vnets, int instances) {
        this.vnets = vnets;
        this.instances = instances;
    }

    /** Writes the estate into the folder. */
    static void write(Path folder, int vnets, int instances) throws IOException {
        EstateFiles estate = new EstateFiles(vnets, instances);
        list(folder.resolve("vnets.json"), estate.vnets());
        list(folder.resolve("nsgs.json"), estate.groups());
        list(folder.resolve("route-tables.json"), estate.tables());
        list(folder.resolve("nics.json"), estate.networkInterfaces());
        list(folder.resolve("vms.json"), estate.machines());
        list(folder.resolve("managed-instances.json"), estate.instances());
        list(folder.resolve("gateways.json"), List.of("""
            {"name": "gw-hub", "id": "%svirtualNetworkGateways/gw-hub", "gatewayType": "Vpn", "ipConfigurations":
             [{"name": "c", "subnet": {"id": "%s"}}]}\
            """.formatted(NET, subnetId(0, "GatewaySubnet"))));
        list(folder.resolve("sites.json"), List.of("""
            {"name": "office", "id": "%slocalNetworkGateways/office",
             "localNetworkAddressSpace": {"addressPrefixes": ["192.168.0.0/16"]}}\
            """.formatted(NET)));
        list(folder.resolve("connections.json"), List.of("""
            {"name": "to-office", "id": "%sconnections/to-office", "virtualNetworkGateway1":
             {"id": "%svirtualNetworkGateways/gw-hub"}, "localNetworkGateway2": {"id": "%slocalNetworkGateways/office"}}\
            """.formatted(NET, NET, NET)));
    }

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int vnets = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        write(folder, vnets, vnets / 4);
    }

    private static void list(Path file, List<String> items) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("[\n" + String.join(",\n", items) + "\n]\n");
        }
    }

    private static String number(int spoke) {
        return String.format(Locale.ROOT, "%03d", spoke);
    }

    private static String space(int vnet) {
        return "10." + (vnet / 64 + 1) + "." + vnet % 64 * 4 + ".0/22";
    }

    private static String prefix(int vnet, int subnet) {
        int quarter = vnet % 64 * 4 + subnet / 2;
        return "10." + (vnet / 64 + 1) + "." + quarter + "." + subnet % 2 * 128 + "/25";
    }

    private static String address(int vnet, int subnet, int host) {
        String prefix = prefix(vnet, subnet);
        int start = Integer.parseInt(prefix.substring(prefix.lastIndexOf('.') + 1, prefix.indexOf('/')));
        return prefix.substring(0, prefix.lastIndexOf('.') + 1) + (start + host);
    }

    private static String subnetName(int vnet, int subnet) {
        if (vnet == 0)
            return List.of("GatewaySubnet", "firewall", "shared", "jump", "dns").get(subnet);
        return subnet == 0 ? "mi" : "app-" + subnet;
    }

    private static String vnetId(int vnet) {
        return NET + "virtualNetworks/" + (vnet == 0 ? "hub" : "spoke-" + number(vnet));
    }

    private static String subnetId(int vnet, String name) {
        return vnetId(vnet) + "/subnets/" + name;
    }

    private static String firewall() {
        return address(0, 1, 4);
    }

    private List<String> vnets() {
        List<String> all = new ArrayList<>();
        for (int vnet = 0; vnet < vnets; vnet++) {
            List<String> subnets = new ArrayList<>();
            for (int subnet = 0; subnet < SUBNETS; subnet++) subnets.add(subnet(vnet, subnet));
            List<String> peerings = new ArrayList<>();
            for (int spoke = 1; vnet == 0 && spoke < vnets; spoke++) peerings.add(peering(0, spoke));
            if (vnet > 0) peerings.add(peering(vnet, 0));
            String id = vnetId(vnet);
            all.add("""
                {"name": "%s", "id": "%s", "location": "westeurope", "addressSpace": {"addressPrefixes": ["%s"]},
                 "provisioningState": "Succeeded", "subnets": [%s],
                 "virtualNetworkPeerings": [%s]}\
                """.formatted(
                            id.substring(id.lastIndexOf('/') + 1),
                            id,
                            space(vnet),
                            String.join(",\n  ", subnets),
                            String.join(",\n  ", peerings)));
        }
        return all;
    }

    private static String subnet(int vnet, int subnet) {
        String name = subnetName(vnet, subnet);
        boolean bare = vnet == 0 && subnet == 0;
        String attached = bare
                ? ""
                : ", \"networkSecurityGroup\": {\"id\": \"" + groupId(vnet, subnet) + "\"}"
                        + (vnet == 0 ? "" : ", \"routeTable\": {\"id\": \"" + tableId(vnet) + "\"}");
        String delegated = vnet > 0 && subnet == 0
                ? ", \"delegations\": [{\"name\": \"d\", \"serviceName\": \"Microsoft.Sql/managedInstances\"}]"
                : "";
        return "{\"name\": \"%s\", \"id\": \"%s\", \"addressPrefix\": \"%s\"%s%s}"
                .formatted(name, subnetId(vnet, name), prefix(vnet, subnet), attached, delegated);
    }

    private static String peering(int from, int to) {
        String remote = vnetId(to);
        String name = "to-" + remote.substring(remote.lastIndexOf('/') + 1);
        return """
            {"name": "%s", "id": "%s/virtualNetworkPeerings/%s", "peeringState": "Connected",
               "remoteVirtualNetwork": {"id": "%s"}, "remoteAddressSpace": {"addressPrefixes": ["%s"]},
               "allowVirtualNetworkAccess": true, "allowForwardedTraffic": true, "allowGatewayTransit": %s,
               "useRemoteGateways": %s}\
            """.formatted(name, vnetId(from), name, remote, space(to), from == 0, from != 0);
    }

    private static String groupId(int vnet, int subnet) {
        return NET + "networkSecurityGroups/nsg-" + number(vnet) + "-" + subnet;
    }

    private List<String> groups() {
        List<String> all = new ArrayList<>();
        for (int vnet = 0; vnet < vnets; vnet++) {
            for (int subnet = 0; subnet < SUBNETS; subnet++) {
                if (vnet == 0 && subnet == 0) continue;
                String id = groupId(vnet, subnet);
                List<String> rules = new ArrayList<>();
                int priority = 1000;
                rules.add(rule(id, "allow-sql", priority++, "Inbound", "Allow", "Tcp", "VirtualNetwork", "1433"));
                rules.add(
                        rule(id, "allow-redirect", priority++, "Inbound", "Allow", "Tcp", "10.0.0.0/8", "11000-11999"));
                rules.add(rule(id, "allow-office", priority++, "Inbound", "Allow", "*", "192.168.0.0/16", "*"));
                for (int other = 1; other <= 8; other++) {
                    String from = space((vnet + other * 7) % vnets);
                    rules.add(rule(id, "allow-" + other, priority++, "Inbound", "Allow", "Tcp", from, "443"));
                }
                rules.add(rule(id, "deny-rest", 4000, "Inbound", "Deny", "*", "*", "*"));
                all.add(
                        "{\"name\": \"%s\", \"id\": \"%s\", \"provisioningState\": \"Succeeded\", \"securityRules\": [%s]}"
                                .formatted(id.substring(id.lastIndexOf('/') + 1), id, String.join(",\n  ", rules)));
            }
        }
        return all;
    }

    private static String rule(
            String group,
            String name,
            int priority,
            String direction,
            String access,
            String protocol,
            String source,
            String ports) {
        return """
            {"name": "%s", "id": "%s/securityRules/%s", "priority": %d, "direction": "%s", "access": "%s",
               "protocol": "%s", "sourcePortRange": "*", "sourceAddressPrefix": "%s", "destinationPortRange": "%s",
               "destinationAddressPrefix": "*"}\
            """.formatted(name, group, name, priority, direction, access, protocol, source, ports);
    }

    private static String tableId(int vnet) {
        return NET + "routeTables/rt-" + number(vnet);
    }

    private List<String> tables() {
        List<String> all = new ArrayList<>();
        for (int vnet = 1; vnet < vnets; vnet++) {
            String id = tableId(vnet);
            List<String> routes = new ArrayList<>();
            for (String prefix : List.of("10.0.0.0/8", "172.16.0.0/12")) {
                routes.add("""
                    {"name": "to-%s", "id": "%s/routes/to-%s", "addressPrefix": "%s", "nextHopType": "VirtualAppliance",
                       "nextHopIpAddress": "%s"}\
                    """.formatted(
                                prefix.substring(0, prefix.indexOf('.')),
                                id,
                                prefix.substring(0, prefix.indexOf('.')),
                                prefix,
                                firewall()));
            }
            all.add("{\"name\": \"%s\", \"id\": \"%s\", \"disableBgpRoutePropagation\": false, \"routes\": [%s]}"
                    .formatted(id.substring(id.lastIndexOf('/') + 1), id, String.join(",\n  ", routes)));
        }
        return all;
    }

    private List<String> networkInterfaces() {
        List<String> all = new ArrayList<>();
        all.add(networkInterface("firewall", subnetId(0, "firewall"), firewall(), true));
        for (int vnet = 1; vnet < vnets; vnet++) {
            for (int subnet = 1; subnet < SUBNETS; subnet += 2) {
                String machine = "vm-" + number(vnet) + "-" + subnet;
                all.add(networkInterface(
                        machine, subnetId(vnet, subnetName(vnet, subnet)), address(vnet, subnet, 4), false));
            }
        }
        return all;
    }

    private static String networkInterface(String machine, String subnet, String address, boolean forwards) {
        return """
            {"name": "nic-%s", "id": "%snetworkInterfaces/nic-%s", "enableIPForwarding": %s, "virtualMachine":
              {"id": "%s"}, "ipConfigurations": [{"name": "c", "primary": true, "privateIPAddress": "%s",
              "subnet": {"id": "%s"}}]}\
            """.formatted(machine, NET, machine, forwards, machineId(machine), address, subnet);
    }

    private static String machineId(String machine) {
        return SCOPE + "Microsoft.Compute/virtualMachines/" + machine;
    }

    private List<String> machines() {
        List<String> all = new ArrayList<>();
        all.add(machine("firewall"));
        for (int vnet = 1; vnet < vnets; vnet++) {
            for (int subnet = 1; subnet < SUBNETS; subnet += 2) all.add(machine("vm-" + number(vnet) + "-" + subnet));
        }
        return all;
    }

    private static String machine(String name) {
        return """
            {"name": "%s", "id": "%s", "location": "westeurope", "networkProfile": {"networkInterfaces":
              [{"id": "%snetworkInterfaces/nic-%s"}]}}\
            """.formatted(name, machineId(name), NET, name);
    }

    private List<String> instances() {
        List<String> all = new ArrayList<>();
        for (int spoke = 1; spoke <= instances; spoke++) {
            String name = "mi-" + number(spoke);
            all.add("""
                {"name": "%s", "id": "%sMicrosoft.Sql/managedInstances/%s", "location": "westeurope", "subnetId": "%s",
                 "sku": {"name": "GP_Gen5"}, "proxyOverride": "Redirect", "publicDataEndpointEnabled": false,
                 "dnsZone": "%012x", "fullyQualifiedDomainName": "%s.%012x.database.windows.net"}\
                """.formatted(
                            name, SCOPE, name, subnetId(spoke, "mi"), 0xabc000L + spoke, name, 0xabc000L + spoke));
        }
        return all;
    }
}
