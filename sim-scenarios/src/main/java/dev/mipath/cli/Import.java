package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.format.TopologyDocument;
import dev.mipath.format.TopologyYaml;
import dev.mipath.topology.DnsServer;
import dev.mipath.topology.NatGateway;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Notice;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PublicIpAddress;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code mipath import}: what the sources declare, as one file in MiPath's own format. */
final class Import implements Subcommand {
    private static final String OUTPUT = "-o";

    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("import", "Convert sources to one topology file in MiPath's own format (YAML).");
        return Sources.in(syntax.with(
                Option.file(OUTPUT, "FILE", "Write to this file instead of standard output; it is replaced whole.")));
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        RunFiles.check(List.of(OUTPUT), arguments);
        Sources.Read read = Sources.read(arguments, terminal);
        Topology topology = read.topology();
        String yaml = TopologyYaml.write(new TopologyDocument(topology, read.ask(), read.expect(), read.time()));
        @Nullable String file = arguments.find(OUTPUT);
        if (file == null) terminal.out().print(yaml);
        else replace(Path.of(file), yaml);
        terminal.note((file == null ? "" : Safe.text(file) + ": ") + counts(topology));
        for (Notice notice : topology.notices()) {
            terminal.note(Safe.text(notice.code() + " " + notice.place() + ": " + notice.text()));
        }
        return ExitCode.YES;
    }

    /** Nobody ever sees half a file: it is written beside its place and then moved there. */
    private static void replace(Path file, String text) throws IOException {
        Path whole = file.toAbsolutePath();
        Path folder = whole.getParent();
        if (folder == null || Files.isDirectory(whole)) {
            throw new UsageException("`" + Safe.text(file.toString()) + "` is a folder (give a file in it)");
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    "the folder `" + Safe.text(folder.toString()) + "` does not exist (make it first)");
        }
        OutputFile output = OutputFile.open(file);
        try {
            output.write(text.getBytes(StandardCharsets.UTF_8));
            output.finish();
        } finally {
            output.discard();
        }
    }

    private static String counts(Topology topology) {
        int subnets = 0;
        int peerings = 0;
        for (Vnet vnet : topology.vnets()) {
            subnets += vnet.subnets().size();
            peerings += vnet.peerings().size();
        }
        int rules = 0;
        for (NetworkSecurityGroup group : topology.networkSecurityGroups())
            rules += group.rules().size();
        int routes = 0;
        for (RouteTable table : topology.routeTables()) routes += table.routes().size();
        List<String> counts = new ArrayList<>();
        count(topology.vnets().size(), "VNet", counts);
        count(subnets, "subnet", counts);
        count(peerings, "peering link", counts);
        count(topology.networkSecurityGroups().size(), "security group", counts);
        count(rules, "rule", counts);
        count(topology.routeTables().size(), "route table", counts);
        count(routes, "route", counts);
        count(topology.networkInterfaces().size(), "NIC", counts);
        count(topology.virtualMachines().size(), "VM", counts);
        count(topology.applicationSecurityGroups().size(), "application security group", counts);
        count(topology.managedInstances().size(), "managed instance", counts);
        count(topology.virtualNetworkGateways().size(), "gateway", counts);
        count(topology.localNetworkGateways().size(), "local network gateway", counts);
        count(topology.gatewayConnections().size(), "gateway connection", counts);
        count(topology.privateEndpoints().size(), "private endpoint", counts);
        count(topology.loadBalancers().size(), "load balancer", counts);
        count(topology.services(PublicIpAddress.class).size(), "public address", counts);
        count(topology.services(NatGateway.class).size(), "NAT gateway", counts);
        count(topology.services(PrivateDnsZone.class).size(), "private DNS zone", counts);
        count(topology.services(DnsServer.class).size(), "DNS server", counts);
        count(topology.clients().size(), "client", counts);
        count(topology.effectiveSecurityRules().size(), "effective rule answer", counts);
        count(topology.effectiveRouteTables().size(), "effective route answer", counts);
        return counts.isEmpty() ? "nothing that MiPath models" : String.join(", ", counts);
    }

    private static void count(int number, String what, List<String> counts) {
        if (number > 0) counts.add(number + " " + what + (number == 1 ? "" : "s"));
    }
}
