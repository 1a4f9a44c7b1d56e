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

    private HostName() {}

    /** Whether a name is of Azure SQL at all. */
    public static boolean isKnownSuffix(String name) {
        return Ascii.toLowerCase(name).endsWith(SUFFIX);
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

    /**
     * What is wrong with the shape of a name, told before any lookup; nothing when the shape is right.
     *
     * @param name the name as the client uses it
     * @param port the port the client uses
     */
    public static Optional<String> fault(String name, int port) {
        String lower = Ascii.toLowerCase(name);
        if (!lower.endsWith(SUFFIX)) return Optional.empty();
        List<String> labels = Splitter.on('.').splitToList(lower.substring(0, lower.length() - SUFFIX.length()));
        if (labels.contains("privatelink")) {
            return Optional.of(
                    "a privatelink name is for DNS only; the certificate and the gateway know the instance as "
                            + "name.zone" + SUFFIX);
        }
        if (labels.size() == 1) {
            return Optional.of("the zone is missing: an instance is called " + labels.get(0) + ".ZONE" + SUFFIX
                    + "; without a zone the name is one of SQL Database");
        }
        boolean isPublic = labels.size() == 3 && labels.get(1).equals("public");
        if (labels.size() > 2 && !isPublic) {
            return Optional.of("the name has too many parts; an instance is called name.zone" + SUFFIX);
        }
        if (isPublic && port != PUBLIC_PORT) {
            return Optional.of("the public endpoint listens on port 3342 only; use " + name + ",3342");
        }
        if (!isPublic && port == PUBLIC_PORT) {
            return Optional.of("port 3342 belongs to the public endpoint; use " + labels.get(0) + ".public."
                    + labels.get(1) + SUFFIX + ",3342, or port 1433 inside the network");
        }
        return Optional.empty();
    }
}
