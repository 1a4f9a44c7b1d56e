package dev.mipath.instance;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import dev.mipath.topology.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The host names of managed instances: {@code name.zone.database.windows.net}, or {@code name.public.zone…} for the
 * public endpoint.
 *
 * <p>Models: "Connectivity architecture", section "Virtual cluster connectivity architecture" (read 2026-11-22); facts
 * 4.1 to 4.3.
 *
 * <p>Leaves out: the names of sovereign clouds.
 */
public final class HostName {
    /** What every name ends with. */
    public static final String SUFFIX = ".database.windows.net";

    /** The port of the public endpoint (fact 4.2). */
    public static final int PUBLIC_PORT = 3342;

    /** What follows the group's name in the name of a failover group's read-only listener (fact 4.51). */
    static final String SECONDARY = ".secondary";

    private HostName() {}

    /** Whether a name is of Azure SQL at all. */
    public static boolean isKnownSuffix(String name) {
        return Ascii.toLowerCase(name).endsWith(SUFFIX);
    }

    /** The name of the public endpoint of the instance with this VNet-local name (fact 4.2). */
    public static String publicName(String hostName) {
        return hostName.replaceFirst("\\.", ".public.");
    }

    /** The name that leads to the primary of a failover group: its name in the zone of that instance (fact 4.51). */
    public static String listener(String group, String hostName) {
        return group + hostName.substring(hostName.indexOf('.'));
    }

    /** The name that leads to the secondary of a failover group. */
    public static String readOnlyListener(String group, String hostName) {
        return listener(group + SECONDARY, hostName);
    }

    /**
     * A zone id for a subnet whose instances do not state one: twelve hex digits, the same on every run (fact 8.23).
     */
    public static String zoneOf(ResourceId subnet) {
        return Hashing.sha256()
                .hashString(Ascii.toLowerCase(subnet.text()), StandardCharsets.UTF_8)
                .toString()
                .substring(0, 12);
    }

    /** What can be wrong with the shape of a name. */
    public enum FaultKind {
        /** The zone label is missing; the name would be one of SQL Database. */
        NO_ZONE,
        /** The instance is known, in another zone. */
        WRONG_ZONE,
        /** A private-link name, which is for DNS only. */
        PRIVATE_LINK,
        /** More labels than a name has. */
        TOO_MANY_LABELS,
        /** The public name with another port than 3342. */
        PUBLIC_NAME_NEEDS_ITS_PORT,
        /** The VNet-local name with the public endpoint's port. */
        PORT_NEEDS_PUBLIC_NAME
    }

    /**
     * A name that cannot work as it stands.
     *
     * @param kind what is wrong
     * @param rightForm how it would have to be written; {@code ZONE} stands for the zone id nobody gave
     */
    public record Fault(FaultKind kind, String rightForm) {}

    /**
     * Judges the shape of a name before any lookup.
     *
     * @param name the name as the client uses it
     * @param port the port the client uses
     * @return what is wrong, or nothing when the shape is right or the name is not one of Azure SQL
     */
    public static Optional<Fault> fault(String name, int port) {
        String lower = Ascii.toLowerCase(name);
        if (!lower.endsWith(SUFFIX)) return Optional.empty();
        List<String> labels = Splitter.on('.').splitToList(lower.substring(0, lower.length() - SUFFIX.length()));
        String first = labels.get(0);
        if (labels.contains("privatelink")) {
            return Optional.of(new Fault(FaultKind.PRIVATE_LINK, lower.replace(".privatelink.", ".")));
        }
        if (labels.size() == 1) return Optional.of(new Fault(FaultKind.NO_ZONE, first + ".ZONE" + SUFFIX));
        boolean isPublic = labels.size() == 3 && labels.get(1).equals("public");
        String zone = labels.get(labels.size() - 1);
        boolean readOnly = labels.size() == 3 && labels.get(1).equals(SECONDARY.substring(1));
        if (labels.size() > 2 && !isPublic && !readOnly) {
            return Optional.of(new Fault(FaultKind.TOO_MANY_LABELS, first + "." + zone + SUFFIX));
        }
        if (isPublic && port != PUBLIC_PORT) {
            return Optional.of(new Fault(FaultKind.PUBLIC_NAME_NEEDS_ITS_PORT, lower + "," + PUBLIC_PORT));
        }
        if (!isPublic && port == PUBLIC_PORT) {
            String right = first + ".public." + zone + SUFFIX + "," + PUBLIC_PORT;
            return Optional.of(new Fault(FaultKind.PORT_NEEDS_PUBLIC_NAME, right));
        }
        return Optional.empty();
    }
}
