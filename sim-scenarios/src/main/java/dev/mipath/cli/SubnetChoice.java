package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.format.Nearest;
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
        if (nic != null) return ofNic(nic, topology);
        @Nullable String name = arguments.find("--subnet");
        List<Subnet> subnets = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> bareNames = new ArrayList<>();
        for (Vnet vnet : topology.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                names.add(subnet.id().qualifiedName());
                bareNames.add(subnet.id().name());
                if (name == null || isNamed(subnet.id(), name)) subnets.add(subnet);
            }
        }
        if (subnets.size() == 1) return new SubnetChoice(subnets.get(0), null);
        if (name == null) throw new UsageException("name a subnet or NIC: --subnet " + Safe.text(oneOf(names)));
        if (subnets.isEmpty()) throw unknown("subnet", name, names, bareNames);
        throw new UsageException("`" + Safe.text(name) + "` may be any of " + Safe.text(oneOf(qualified(subnets))));
    }

    private static SubnetChoice ofNic(String name, Topology topology) {
        List<String> names = new ArrayList<>();
        for (NetworkInterface nic : topology.networkInterfaces()) {
            names.add(nic.id().name());
            if (!isNamed(nic.id(), name)) continue;
            for (NetworkInterface.IpConfiguration ip : nic.ipConfigurations()) {
                Subnet subnet = ip.subnet().value().flatMap(topology::subnet).orElse(null);
                if (subnet != null) return new SubnetChoice(subnet, nic.id());
            }
            throw new UsageException("the input does not hold the subnet of NIC `" + Safe.text(name)
                    + "` (add its VNet; `mipath collect SOURCE` prints the command)");
        }
        throw unknown("NIC", name, names, names);
    }

    private static boolean isNamed(ResourceId id, String name) {
        return id.text().equalsIgnoreCase(name)
                || bare(id.qualifiedName()).equalsIgnoreCase(bare(name))
                || bare(id.name()).equalsIgnoreCase(bare(name));
    }

    /** Names match without the marks of placeholders. */
    private static String bare(String name) {
        return name.indexOf('‹') < 0 ? name : name.replace("‹", "").replace("›", "");
    }

    private static List<String> qualified(List<Subnet> subnets) {
        List<String> names = new ArrayList<>();
        for (Subnet subnet : subnets) names.add(subnet.id().qualifiedName());
        return names;
    }

    private static String oneOf(List<String> names) {
        return names.isEmpty() ? "(the input declares none)" : String.join(" | ", names);
    }

    private static UsageException unknown(String kind, String name, List<String> names, List<String> bareNames) {
        String near =
                Nearest.to(name, names).or(() -> Nearest.to(name, bareNames)).orElse(null);
        String hint = near != null ? "did you mean `" + near + "`?" : "there is " + oneOf(names);
        return new UsageException("there is no " + kind + " `" + Safe.text(name) + "` (" + Safe.text(hint) + ")");
    }
}
