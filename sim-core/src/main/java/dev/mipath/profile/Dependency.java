package dev.mipath.profile;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service that an instance connects to by itself.
 *
 * <p>The list of an era is data: "Connectivity architecture", sections "Communication overview" and "Mandatory outbound
 * security rules"; facts 4.22, 4.27, 4.29, 4.55 to 4.59. Where a source names a service and no port, the port is that of
 * the era's own outbound rules, 443.
 *
 * @param name the name by which commands know it
 * @param purpose what the instance needs it for
 * @param tag the service tag of its addresses, which may end in {@link Era#REGION} or {@link Era#PAIRED_REGION}
 * @param hostName what its host names end with, as DNS knows them (fact 4.58), or null
 * @param ports the TCP ports, in order
 * @param always whether every instance needs it; otherwise only those that use the feature
 * @param source where it was read
 */
public record Dependency(
        String name,
        Purpose purpose,
        String tag,
        @Nullable String hostName,
        ImmutableList<Integer> ports,
        boolean always,
        String source) {
    /** What an instance needs a service for. */
    public enum Purpose {
        /** Backups, and audit logs where they are written there. */
        BACKUPS,
        /** Telemetry, by which the service watches over the instance. */
        TELEMETRY,
        /** Azure AD authentication. */
        AUTHENTICATION,
        /** Keys of transparent data encryption. */
        ENCRYPTION,
        /** Whether certificates were revoked (fact 4.59). */
        REVOCATION,
        /** Deployment and other services of the management plane. */
        MANAGEMENT,
        /** The file share of transactional replication (fact 4.55). */
        REPLICATION,
        /** Database mail (fact 4.56). */
        MAIL,
        /** Whatever the customer has it connect to: a linked server, a storage account. */
        OWN
    }

    private static final String OVERVIEW = "Connectivity architecture, Communication overview";
    private static final int HTTPS = 443;
    private static final int SMB = 445;
    private static final int SUBMISSION = 587;

    private static final Dependency STORAGE =
            needed("storage", Purpose.BACKUPS, "Storage" + Era.REGION, "blob.core.windows.net", OVERVIEW);
    private static final Dependency AZURE_AD =
            needed("aad", Purpose.AUTHENTICATION, "AzureActiveDirectory", "login.microsoftonline.com", OVERVIEW);
    private static final Dependency KEY_VAULT =
            needed("keyvault", Purpose.ENCRYPTION, "AzureKeyVault" + Era.REGION, "vault.azure.net", OVERVIEW);
    // The rules of 2019 named port 80 too; those of the specification name 443 and 12000 only (fact 4.22).
    private static final Dependency REVOCATION_LISTS =
            needed("crl", Purpose.REVOCATION, "AzureCloud", null, OVERVIEW + "; fact 4.59");
    private static final Dependency FILE_SHARE = new Dependency(
            "azurefiles",
            Purpose.REPLICATION,
            "Storage" + Era.REGION,
            "file.core.windows.net",
            ImmutableList.of(SMB),
            false,
            "Connectivity architecture, Mandatory outbound security rules, note; fact 4.55");
    private static final Dependency MAIL =
            new Dependency("mail", Purpose.MAIL, "Internet", null, ImmutableList.of(SUBMISSION), false, "fact 4.56");

    private static final ImmutableList<Dependency> WITH_ENDPOINT = ImmutableList.of(
            STORAGE,
            needed("eventhub", Purpose.TELEMETRY, "EventHub" + Era.REGION, "servicebus.windows.net", OVERVIEW),
            AZURE_AD,
            KEY_VAULT,
            REVOCATION_LISTS,
            needed("monitor", Purpose.TELEMETRY, "AzureMonitor", "monitoring.core.windows.net", "facts 4.25, 4.58"),
            new Dependency(
                    "management",
                    Purpose.MANAGEMENT,
                    "AzureCloud",
                    null,
                    ImmutableList.of(HTTPS, 12_000),
                    true,
                    "Connectivity architecture, Mandatory outbound security rules"),
            FILE_SHARE,
            MAIL);

    private static final ImmutableList<Dependency> SINCE_NOVEMBER_2022 = ImmutableList.of(
            STORAGE,
            needed("onedsc", Purpose.TELEMETRY, "OneDsCollector", null, "facts 4.27, 4.28"),
            AZURE_AD,
            KEY_VAULT,
            REVOCATION_LISTS,
            FILE_SHARE,
            MAIL);

    private static Dependency needed(
            String name, Purpose purpose, String tag, @Nullable String hostName, String source) {
        return new Dependency(name, purpose, tag, hostName, ImmutableList.of(HTTPS), true, source);
    }

    /** What instances of an era connect to, in the order in which it is told to people. */
    public static ImmutableList<Dependency> of(Era era) {
        return ManagementPlane.of(era).isPresent() ? WITH_ENDPOINT : SINCE_NOVEMBER_2022;
    }

    /** The dependency of this name in an era; case does not matter. */
    public static Optional<Dependency> named(Era era, String name) {
        for (Dependency each : of(era)) if (each.name.equalsIgnoreCase(name)) return Optional.of(each);
        return Optional.empty();
    }

    /** Whether any era knows this name. */
    public static boolean isName(String name) {
        for (Era era : Era.ALL) if (named(era, name).isPresent()) return true;
        return false;
    }

    /** The tag narrowed to a region, and without one the tag of all regions. */
    public String tagIn(Optional<String> region) {
        boolean paired = tag.endsWith(Era.PAIRED_REGION);
        if (!paired && !tag.endsWith(Era.REGION)) return tag;
        String stem = tag.substring(0, tag.length() - (paired ? Era.PAIRED_REGION : Era.REGION).length());
        Optional<String> meant = paired ? region.flatMap(RegionPairs::pairedWith) : region.map(RegionPairs::spelling);
        return meant.map(name -> stem + "." + name).orElse(stem);
    }
}
