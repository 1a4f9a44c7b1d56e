package dev.mipath.instance;

import dev.mipath.instance.VirtualCluster.Hosted;
import java.util.Optional;

/**
 * Routes a login to the right instance by the server name in it.
 *
 * <p>Models: "Connectivity architecture", section "Virtual cluster connectivity architecture": because multiple managed
 * instances can run inside the same cluster, the gateway uses the host name to direct traffic to the correct SQL engine
 * service (read 2026-11-22); facts 4.4 to 4.9.
 *
 * <p>Leaves out: the user name's {@code @server} suffix.
 *
 * @param cluster the cluster it serves
 */
public record Gateway(VirtualCluster cluster) {
    /** The port clients connect to inside the VNet. */
    public static final int PORT = 1433;

    /** The label of public names, of which the certificate knows too. */
    private static final String PUBLIC = ".public";

    /** The instance that a login with this server name is for; none for an IP address or a foreign name. */
    public Optional<Hosted> instance(String serverName) {
        for (Hosted instance : cluster.instances()) {
            boolean meant = instance.isNamed(serverName) || instance.isPublicName(serverName);
            if (meant) return Optional.of(instance);
        }
        return Optional.empty();
    }

    /** Whether the certificate of the cluster's zone, which all its instances share, is for this name (fact 4.17). */
    public boolean certificateFits(String serverName) {
        String suffix = "." + cluster.dnsZone() + HostName.SUFFIX;
        int start = serverName.length() - suffix.length();
        if (start <= 0 || !serverName.regionMatches(true, start, suffix, 0, suffix.length())) return false;
        String label = serverName.substring(0, start);
        int dot = label.indexOf('.');
        if (dot < 0) return true;
        String rest = label.substring(dot);
        return rest.equalsIgnoreCase(PUBLIC) || rest.equalsIgnoreCase(HostName.SECONDARY);
    }

    /** The name on that certificate. */
    public String certificateName() {
        return "*." + cluster.dnsZone() + HostName.SUFFIX;
    }
}
