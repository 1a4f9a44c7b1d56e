package dev.mipath.profile;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.mipath.net.Prefix;
import java.util.List;

/**
 * A few prefixes that service tags hold in Microsoft's download of July 2025 (change 363), so that somebody who is named by
 * such a tag has an address when no download is loaded. They are the tag's for sure; what else it holds stays unknown.
 * Where there are two, the routes of the era 2020 cover the first and not the second.
 */
final class KnownMembers {
    /** A prefix and the tags that hold it. */
    private static final String PREFIXES = """
            13.64.155.40/32 SqlManagement AzureCloud AzureCloud.westus
            4.190.146.192/26 SqlManagement AzureCloud AzureCloud.japanwest
            13.69.40.16/28 Storage Storage.WestEurope AzureCloud AzureCloud.westeurope
            20.153.4.0/24 Storage Storage.WestEurope AzureCloud AzureCloud.westeurope
            13.70.208.16/28 Storage Storage.NorthEurope AzureCloud AzureCloud.northeurope
            20.153.2.0/24 Storage Storage.NorthEurope AzureCloud AzureCloud.northeurope
            13.69.64.0/26 EventHub EventHub.WestEurope AzureCloud AzureCloud.westeurope
            68.219.160.128/25 EventHub EventHub.WestEurope AzureCloud AzureCloud.westeurope
            13.69.64.72/30 AzureKeyVault AzureKeyVault.WestEurope AzureCloud AzureCloud.westeurope
            13.64.151.161/32 AzureActiveDirectory AzureCloud AzureCloud.westus
            4.149.98.192/27 AzureActiveDirectory AzureCloud AzureCloud.southcentralus
            13.65.96.175/32 AzureMonitor AzureMonitor.SouthCentralUS AzureCloud AzureCloud.southcentralus
            4.145.79.224/27 AzureMonitor AzureMonitor.SoutheastAsia AzureCloud AzureCloud.southeastasia
            13.67.15.200/29 OneDsCollector AzureCloud AzureCloud.southeastasia
            4.150.76.184/29 OneDsCollector AzureCloud AzureCloud.eastus2
            """;

    private static final ImmutableListMultimap<String, Prefix> BY_TAG = byTag();

    private KnownMembers() {}

    /** What is known of a tag; its name in any case. */
    static ImmutableList<Prefix> of(String tag) {
        return BY_TAG.get(Ascii.toLowerCase(tag));
    }

    private static ImmutableListMultimap<String, Prefix> byTag() {
        ImmutableListMultimap.Builder<String, Prefix> byTag = ImmutableListMultimap.builder();
        for (String line : Splitter.on('\n').omitEmptyStrings().split(PREFIXES)) {
            List<String> words = Splitter.on(' ').splitToList(line);
            Prefix prefix = Prefix.parse(words.get(0));
            for (String tag : words.subList(1, words.size())) byTag.put(Ascii.toLowerCase(tag), prefix);
        }
        return byTag.build();
    }
}
