package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subnet, or the NIC, whose effective rules or routes are asked for.
 *
 * @param subnet the subnet, the NIC's own when a NIC was named
 * @param networkInterface the NIC, or null
 */
record SubnetChoice(Subnet subnet, @Nullable ResourceId networkInterface) {
    static Syntax in(Syntax syntax) {
        return syntax.with(
                Option.text("--subnet", "NAME", "The subnet: its name, vnet/subnet, or id."),
                Option.text("--nic", "NAME", "The NIC: its name or id."));
    }

    static SubnetChoice of(Arguments arguments, Topology topology) {
        @Nullable String nic = arguments.find("--nic");
        @Nullable String name = arguments.find("--subnet");
        if (nic != null && name != null) throw new UsageException("--subnet and --nic are both given (keep one)");
        if (nic != null) return ofNic(nic, topology);
        List<Subnet> all = new ArrayList<>();
        for (Vnet vnet : topology.vnets()) all.addAll(vnet.subnets());
        List<Subnet> subnets = new ArrayList<>();
        for (Subnet subnet : all) if (name == null || Named.is(subnet.id(), name)) subnets.add(subnet);
        if (subnets.size() == 1) return new SubnetChoice(subnets.get(0), null);
        if (all.isEmpty()) {
            throw new UsageException("the input declares no subnet (give the VNets too; `mipath collect` prints the"
                    + " `az` lines that save them)");
        }
        if (name == null) throw new UsageException("name a subnet or NIC: --subnet " + listed(subnets, " | "));
        if (subnets.isEmpty()) throw Named.unknown("subnet", name, ids(all));
        throw new UsageException("`" + Safe.text(name) + "` may be any of " + listed(subnets, " | "));
    }

    private static SubnetChoice ofNic(String name, Topology topology) {
        List<ResourceId> ids = new ArrayList<>();
        for (NetworkInterface nic : topology.networkInterfaces()) {
            ids.add(nic.id());
            if (!Named.is(nic.id(), name)) continue;
            for (NetworkInterface.IpConfiguration ip : nic.ipConfigurations()) {
                Subnet subnet = ip.subnet().value().flatMap(topology::subnet).orElse(null);
                if (subnet != null) return new SubnetChoice(subnet, nic.id());
            }
            throw new UsageException("the input does not hold the subnet of NIC `" + Safe.text(name)
                    + "` (add its VNet; `mipath collect SOURCE` prints the command)");
        }
        throw Named.unknown("NIC", name, ids);
    }

    private static List<ResourceId> ids(List<Subnet> subnets) {
        return subnets.stream().map(Subnet::id).toList();
    }

    private static String listed(List<Subnet> subnets, String separator) {
        return Safe.text(String.join(separator, Named.names(ids(subnets))));
    }
}
