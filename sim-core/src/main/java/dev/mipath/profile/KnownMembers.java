package dev.mipath.profile;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Prefix;

/**
 * A few prefixes that service tags hold in Microsoft's download of July 2025 (change 363), so that somebody who is named by
 * such a tag has an address when no download is loaded. They are the tag's for sure; what else it holds stays unknown.
 * Where there are two, the routes of the era 2020 cover the first and not the second.
 */
final class KnownMembers {
    /** A prefix and the tags that hold it. */
    private static final String[] PREFIXES = {
        "13.64.155.40/32 SqlManagement AzureCloud AzureCloud.westus ",
        "4.190.146.192/26 SqlManagement AzureCloud AzureCloud.japanwest ",
        "13.69.40.16/28 Storage Storage.WestEurope AzureCloud AzureCloud.westeurope ",
        "20.153.4.0/24 Storage Storage.WestEurope AzureCloud AzureCloud.westeurope ",
        "13.70.208.16/28 Storage Storage.NorthEurope AzureCloud AzureCloud.northeurope ",
        "20.153.2.0/24 Storage Storage.NorthEurope AzureCloud AzureCloud.northeurope ",
        "13.69.64.0/26 EventHub EventHub.WestEurope AzureCloud AzureCloud.westeurope ",
        "68.219.160.128/25 EventHub EventHub.WestEurope AzureCloud AzureCloud.westeurope ",
        "13.69.64.72/30 AzureKeyVault AzureKeyVault.WestEurope AzureCloud AzureCloud.westeurope ",
        "13.64.151.161/32 AzureActiveDirectory AzureCloud AzureCloud.westus ",
        "4.149.98.192/27 AzureActiveDirectory AzureCloud AzureCloud.southcentralus ",
        "13.65.96.175/32 AzureMonitor AzureMonitor.SouthCentralUS AzureCloud AzureCloud.southcentralus ",
        "4.145.79.224/27 AzureMonitor AzureMonitor.SoutheastAsia AzureCloud AzureCloud.southeastasia ",
        "13.67.15.200/29 OneDsCollector AzureCloud AzureCloud.southeastasia ",
        "4.150.76.184/29 OneDsCollector AzureCloud AzureCloud.eastus2 "
    };

    private KnownMembers() {}

    /** What is known of a tag; its name in any case. */
    static ImmutableList<Prefix> of(String tag) {
        ImmutableList.Builder<Prefix> members = ImmutableList.builder();
        for (String line : PREFIXES) {
            int blank = line.indexOf(' ');
            for (int start = blank + 1; start < line.length(); start = line.indexOf(' ', start) + 1) {
                int length = line.indexOf(' ', start) - start;
                boolean is = length == tag.length() && line.regionMatches(true, start, tag, 0, length);
                if (is) members.add(Prefix.parse(line.substring(0, blank)));
            }
        }
        return members.build();
    }
}
