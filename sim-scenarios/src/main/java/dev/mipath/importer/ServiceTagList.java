package dev.mipath.importer;

import com.google.common.collect.ImmutableListMultimap;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;

/**
 * The service tags of one download, or of one answer of the REST list.
 *
 * @param place where the list begins
 * @param changeNumber its version; the download writes a number, the REST answer a text
 * @param cloud the cloud it is for, such as {@code Public}
 * @param prefixes the blocks of each tag, IPv4 and IPv6 mixed, by the tag's name as written
 */
public record ServiceTagList(
        Place place, String changeNumber, String cloud, ImmutableListMultimap<String, Prefix> prefixes) {

    static ServiceTagList read(Node.Obj root, Problems problems) {
        Fields list = Fields.of(root, problems);
        ImmutableListMultimap.Builder<String, Prefix> prefixes = ImmutableListMultimap.builder();
        for (Node item : list.items("values")) {
            Fields tag = Fields.ofItem(item, "a service tag", problems);
            String name = tag == null ? null : tag.text("name");
            if (tag == null || name == null) continue;
            for (Given<Prefix> prefix : tag.givens("addressPrefixes", "a block", Prefix::parseDroppingHostBits)) {
                prefix.value().ifPresent(known -> prefixes.put(name, known));
            }
        }
        return new ServiceTagList(root.place(), text(list, "changeNumber"), text(list, "cloud"), prefixes.build());
    }

    private static String text(Fields list, String name) {
        String text = list.text(name);
        return text == null ? "" : Printable.text(text);
    }
}
