package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.engine.Upkeep;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Dependency;
import dev.mipath.profile.Dependency.Purpose;
import dev.mipath.profile.Era;
import dev.mipath.profile.ManagementPlane;
import dev.mipath.profile.ManagementPlane.Caller;
import dev.mipath.profile.ServiceTags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the management plane to an instance, and of the instance to what it depends on, where an address of the
 * other side is known; and the names of the others.
 */
final class UpkeepCalls {
    /** So many addresses of a service tag are tried. */
    private static final int ADDRESSES_MAX = 8;

    private final @Nullable Era era;
    private final ServiceTags tags;
    private final List<Upkeep> known = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    /** By service tag of which no address is known: what would go there or come from there. */
    private final Map<String, String> notPlayed = new LinkedHashMap<>();

    UpkeepCalls(@Nullable Era era, ServiceTags tags) {
        this.era = era;
        this.tags = tags;
    }

    /** Everybody who calls, and every service that all instances depend on. */
    UpkeepCalls all(String instance) {
        callers().forEach(caller -> add(instance, caller));
        if (era == null) return this;
        for (Dependency dependency : Dependency.of(era)) if (dependency.always()) add(instance, dependency);
        return this;
    }

    /** The deployment service that calls first, as it does for every operation. */
    UpkeepCalls deployment(String instance) {
        if (!callers().isEmpty()) add(instance, callers().get(0));
        return this;
    }

    /** What instances depend on for these purposes. */
    UpkeepCalls services(String instance, Set<Purpose> purposes) {
        if (era == null) return this;
        for (Dependency dependency : Dependency.of(era)) {
            if (dependency.always() && purposes.contains(dependency.purpose())) add(instance, dependency);
        }
        return this;
    }

    private ImmutableList<Caller> callers() {
        return era == null
                ? ImmutableList.of()
                : ManagementPlane.of(era).map(ManagementPlane::callers).orElse(ImmutableList.of());
    }

    private void add(String instance, Caller caller) {
        add(
                caller.tag(),
                caller.tag(),
                address -> new Upkeep(instance, caller.tag(), Upkeep.Direction.MANAGEMENT, address, caller.ports()));
    }

    private void add(String instance, Dependency dependency) {
        add(
                dependency.name(),
                dependency.tagIn(Optional.empty()),
                address -> new Upkeep(
                        instance, dependency.name(), Upkeep.Direction.DEPENDENCY, address, dependency.ports()));
    }

    private interface Making {
        Upkeep to(Address address);
    }

    private void add(String name, String tag, Making making) {
        List<Prefix> members = new ArrayList<>();
        for (Prefix prefix : tags.members(tag)) if (!prefix.v6()) members.add(prefix);
        // Some of each part of a long list: what a rule or route treats apart is seldom one block alone.
        int tried = Math.min(ADDRESSES_MAX, members.size());
        for (int i = 0; i < tried; i++) {
            known.add(making.to(members.get(i * members.size() / tried).lastHost()));
        }
        if (tried > 0) return;
        unknown.add(name);
        notPlayed.putIfAbsent(tag, name.equals(tag) ? "the calls of " + tag : "packets to " + name);
    }

    ImmutableList<Upkeep> known() {
        return ImmutableList.copyOf(known);
    }

    ImmutableList<String> unknown() {
        return ImmutableList.copyOf(unknown);
    }

    /** By service tag of which no address is known, what would go there or come from there. */
    ImmutableMap<String, String> notPlayed() {
        return ImmutableMap.copyOf(notPlayed);
    }
}
