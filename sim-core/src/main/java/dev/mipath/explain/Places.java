package dev.mipath.explain;

import dev.mipath.forwarding.Edge;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import org.jspecify.annotations.Nullable;

/** Names places of a network. */
final class Places {
    private static final int SUBNETS_MAX = 8;

    private Places() {}

    static String named(Edge edge) {
        @Nullable ResourceId nic = edge.networkInterface();
        String subnet = "subnet " + Safe.text(edge.subnet().qualifiedName());
        return nic == null ? subnet : "NIC " + Safe.text(nic.name()) + " in " + subnet;
    }

    /** Appends the subnets there are, for one who asked about an address in none of them. */
    static void declared(Context context, StringBuilder out) {
        Grid grid = new Grid();
        int more = 0;
        int shown = 0;
        for (Vnet vnet : context.compilation().topology().vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                if (shown++ >= SUBNETS_MAX) {
                    more++;
                    continue;
                }
                grid.cell(Safe.text(subnet.id().qualifiedName())).cell(Words.list(subnet.prefixes(), 3));
                grid.cell(Words.place(subnet.place(), false), Ink.Tone.FAINT).end();
            }
        }
        out.append('\n').append(grid.isEmpty() ? "the input declares no subnet\n" : "declared subnets\n");
        grid.print("  ", Ink.PLAIN, out);
        if (more > 0) out.append("  and ").append(more).append(" more\n");
    }
}
