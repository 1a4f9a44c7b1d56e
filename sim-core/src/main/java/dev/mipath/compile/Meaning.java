package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that something stands for, as far as the input says.
 *
 * @param certain the addresses it surely holds
 * @param possible the addresses it may hold, the certain ones included
 * @param missing what would have to be known; empty when both sets are the same
 */
record Meaning(AddressSet certain, AddressSet possible, ImmutableList<String> missing) {
    static final Meaning NOTHING = of(AddressSet.empty());

    static Meaning of(AddressSet known) {
        return new Meaning(known, known, ImmutableList.of());
    }

    static Meaning atMost(AddressSet possible, String missing) {
        return new Meaning(AddressSet.empty(), possible, ImmutableList.of(missing));
    }

    static Meaning ofPrefixes(List<Given<Prefix>> prefixes) {
        List<Prefix> known = new ArrayList<>();
        for (Given<Prefix> prefix : prefixes) prefix.value().ifPresent(known::add);
        Meaning all = of(AddressSet.of(known));
        for (Given<Prefix> prefix : prefixes) {
            if (prefix instanceof Given.Unknown<Prefix> unknown) {
                all = all.union(atMost(AddressSet.any(), unknown.what()));
            }
        }
        return all;
    }

    Meaning union(Meaning other) {
        AddressSet surely = certain.union(other.certain);
        // Nearly everything is known, and then both sets are one.
        boolean known = isCertain() && other.isCertain();
        return new Meaning(surely, known ? surely : possible.union(other.possible), allMissing(other));
    }

    private ImmutableList<String> allMissing(Meaning other) {
        if (other.missing.isEmpty()) return missing;
        if (missing.isEmpty()) return other.missing;
        return ImmutableSet.<String>builder()
                .addAll(missing)
                .addAll(other.missing)
                .build()
                .asList();
    }

    /** As {@link #union(Meaning)} of all; a route table has hundreds. */
    static Meaning unionOf(List<Meaning> meanings) {
        List<AddressSet> certain = new ArrayList<>();
        List<AddressSet> possible = new ArrayList<>();
        ImmutableSet.Builder<String> missing = ImmutableSet.builder();
        for (Meaning meaning : meanings) {
            certain.add(meaning.certain);
            possible.add(meaning.possible);
            missing.addAll(meaning.missing);
        }
        return new Meaning(
                AddressSet.unionOf(certain),
                AddressSet.unionOf(possible),
                missing.build().asList());
    }

    /** What is left when the other's addresses are taken out: surely only what the other cannot hold. */
    Meaning minus(Meaning other) {
        AddressSet surely = certain.minus(other.possible);
        boolean known = isCertain() && other.isCertain();
        return new Meaning(surely, known ? surely : possible.minus(other.certain), allMissing(other));
    }

    boolean isCertain() {
        return missing.isEmpty();
    }
}
