package dev.mipath.testing;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Prefix;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Microsoft's file of service tags, as it is downloaded, for laws that want the real size and shape of a tag. */
public final class RealServiceTags {
    private static final String FILE = "azure/servicetags/ServiceTags_Public.femueller.json";

    /** Read once; whoever touches it has seen that the file is there. */
    private static final class All {
        static final ImmutableMap<String, ImmutableList<Prefix>> TAGS = read();
    }

    private RealServiceTags() {}

    /** These tags of the file, by the names asked for; one that the file lacks is left out. Skips the test without the file. */
    public static ImmutableMap<String, ImmutableList<Prefix>> of(List<String> names) {
        SharedData.require(FILE);
        ImmutableMap.Builder<String, ImmutableList<Prefix>> tags = ImmutableMap.builder();
        for (String name : names) {
            ImmutableList<Prefix> prefixes = All.TAGS.get(Ascii.toLowerCase(name));
            if (prefixes != null) tags.put(name, prefixes);
        }
        return tags.buildOrThrow();
    }

    private static ImmutableMap<String, ImmutableList<Prefix>> read() {
        ImmutableMap.Builder<String, ImmutableList<Prefix>> tags = ImmutableMap.builder();
        try (JsonParser json = new JsonFactory()
                .createParser(
                        ObjectReadContext.empty(), SharedData.require(FILE).toFile())) {
            String name = "";
            while (json.nextToken() != null) {
                if (!json.hasToken(JsonToken.PROPERTY_NAME)) continue;
                String member = json.currentName();
                json.nextToken();
                if (member.equals("name")) name = Ascii.toLowerCase(json.getString());
                if (!member.equals("addressPrefixes")) continue;
                ImmutableList.Builder<Prefix> prefixes = ImmutableList.builder();
                while (json.nextToken() != JsonToken.END_ARRAY) prefixes.add(Prefix.parse(json.getString()));
                tags.put(name, prefixes.build());
            }
        }
        return tags.buildOrThrow();
    }
}
