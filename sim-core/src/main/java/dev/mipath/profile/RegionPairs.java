package dev.mipath.profile;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * Which region Azure pairs with which: "Azure region pairs and nonpaired regions", learn.microsoft.com (read 2026-11-23).
 * Five regions are paired with one that has another pair itself.
 */
public final class RegionPairs {
    /** Read when a pair is first asked for, which few inputs need. */
    private static final class Table {
        static final ImmutableMap<String, String> PAIRS = pairs("""
                australiacentral australiacentral2
                australiacentral2 australiacentral
                australiaeast australiasoutheast
                australiasoutheast australiaeast
                brazilsouth southcentralus
                brazilsoutheast brazilsouth
                canadacentral canadaeast
                canadaeast canadacentral
                centralindia southindia
                centralus eastus2
                chinaeast chinanorth
                chinaeast2 chinanorth2
                chinaeast3 chinanorth3
                chinanorth chinaeast
                chinanorth2 chinaeast2
                chinanorth3 chinaeast3
                eastasia southeastasia
                eastus westus
                eastus2 centralus
                francecentral francesouth
                francesouth francecentral
                germanynorth germanywestcentral
                germanywestcentral germanynorth
                japaneast japanwest
                japanwest japaneast
                koreacentral koreasouth
                koreasouth koreacentral
                northcentralus southcentralus
                northeurope westeurope
                norwayeast norwaywest
                norwaywest norwayeast
                southafricanorth southafricawest
                southafricawest southafricanorth
                southcentralus northcentralus
                southeastasia eastasia
                southindia centralindia
                swedencentral swedensouth
                swedensouth swedencentral
                switzerlandnorth switzerlandwest
                switzerlandwest switzerlandnorth
                uaecentral uaenorth
                uaenorth uaecentral
                uksouth ukwest
                ukwest uksouth
                usgovarizona usgovtexas
                usgovtexas usgovvirginia
                usgovvirginia usgovtexas
                westcentralus westus2
                westeurope northeurope
                westindia southindia
                westus eastus
                westus2 westcentralus
                westus3 eastus
                """);
    }

    private RegionPairs() {}

    /**
     * The region paired with this one, in the spelling of service tags; nothing for a region without a pair or not known
     * here.
     *
     * @param region a region's name; blanks and case do not matter
     */
    public static Optional<String> pairedWith(String region) {
        return Optional.ofNullable(Table.PAIRS.get(spelling(region)));
    }

    /** A region as service tags spell it: {@code West Europe} is {@code westeurope}. */
    public static String spelling(String region) {
        return Ascii.toLowerCase(region).replace(" ", "");
    }

    private static ImmutableMap<String, String> pairs(String table) {
        ImmutableMap.Builder<String, String> pairs = ImmutableMap.builder();
        table.lines().forEach(line -> {
            int space = line.indexOf(' ');
            pairs.put(line.substring(0, space), line.substring(space + 1));
        });
        return pairs.buildOrThrow();
    }
}
