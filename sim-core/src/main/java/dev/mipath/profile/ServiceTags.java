package dev.mipath.profile;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What service tags stand for. Names are compared without case (trap 25).
 *
 * <p>The built-in table holds only the tags that are not in Microsoft's download (fact 1.26) and whose
 * meaning is a recorded fact; every other tag is unknown until a download is loaded. {@code VirtualNetwork}
 * is never here: it differs by subnet.
 */
public final class ServiceTags {
    private static final ServiceTags BUILT_IN = new ServiceTags(
            "built-in table (platform tags and Internet, 2020-07)",
            ImmutableMap.of(
                    "internet", PlatformRanges.internet(),
                    "azureloadbalancer", PlatformRanges.AZURE_LOAD_BALANCER,
                    "azureplatformdns", ImmutableList.of(PlatformRanges.HOST_SERVICES),
                    "azureplatformimds", ImmutableList.of(PlatformRanges.INSTANCE_METADATA)),
            true);

    /** Tags of rules that live answers hold, of which neither the download nor the list by region tells (fact 1.26). */
    private static final ImmutableSet<String> UNPUBLISHED = ImmutableSet.of("corpnetsaw", "corpnetpublic");

    private final String source;
    private final ImmutableMap<String, ImmutableList<Prefix>> prefixes;
    private final boolean builtIn;

    private ServiceTags(String source, ImmutableMap<String, ImmutableList<Prefix>> prefixes, boolean builtIn) {
        this.source = source;
        this.prefixes = prefixes;
        this.builtIn = builtIn;
    }

    /** The tags known without any file. */
    public static ServiceTags builtIn() {
        return BUILT_IN;
    }

    /**
     * The built-in tags together with loaded ones; a loaded tag wins over a built-in one of the same name.
     *
     * @param source what an answer shall name as the source, such as the file and its change number
     * @param loaded the prefixes by tag name
     */
    public static ServiceTags loaded(String source, Map<String, ? extends List<Prefix>> loaded) {
        Map<String, ImmutableList<Prefix>> all = new LinkedHashMap<>(BUILT_IN.prefixes);
        loaded.forEach((name, blocks) -> all.put(Ascii.toLowerCase(name), ImmutableList.copyOf(blocks)));
        return new ServiceTags(source, ImmutableMap.copyOf(all), false);
    }

    /** Whether Microsoft publishes what a tag stands for. */
    public static boolean isPublished(String tag) {
        return !UNPUBLISHED.contains(Ascii.toLowerCase(tag));
    }

    /** The same tags and one more, whose ranges the user knows, as none of Microsoft's files tells those of CorpNetSaw. */
    public ServiceTags and(String tag, List<Prefix> ranges) {
        Map<String, ImmutableList<Prefix>> all = new LinkedHashMap<>(prefixes);
        all.put(Ascii.toLowerCase(tag), ImmutableList.copyOf(ranges));
        return new ServiceTags(source + ", " + tag + " as given", ImmutableMap.copyOf(all), builtIn);
    }

    /** Where the tags come from, for the answer to say. */
    public String source() {
        return source;
    }

    /** Whether no file was loaded. */
    public boolean isBuiltIn() {
        return builtIn;
    }

    /** The prefixes of a tag, IPv4 and IPv6 mixed, or nothing when the tag is not known here. */
    public Optional<ImmutableList<Prefix>> prefixes(String tag) {
        return Optional.ofNullable(prefixes.get(Ascii.toLowerCase(tag)));
    }

    /** Prefixes that surely are a tag's: all of a tag that is known here, a few of some others. */
    public ImmutableList<Prefix> members(String tag) {
        Optional<ImmutableList<Prefix>> whole = prefixes(tag);
        return whole.isPresent() ? whole.get() : KnownMembers.of(tag);
    }

    /** An IPv4 address that surely is a tag's; nothing when no member of it is known. */
    public Optional<Address> sample(String tag) {
        for (Prefix prefix : members(tag)) if (!prefix.v6()) return Optional.of(prefix.lastHost());
        return Optional.empty();
    }

    /** How many tags are known. */
    public int size() {
        return prefixes.size();
    }
}
