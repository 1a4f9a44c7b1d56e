package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges two statements about one resource. What one of them leaves open the other may say; what both say must be equal.
 * Places are those of the first statement.
 */
final class FactMerger {
    /** What a subnet or NIC may have attached or not; where Azure's answer names none, there is none. */
    private static final ImmutableSet<String> ATTACHED =
            ImmutableSet.of("networkSecurityGroup", "routeTable", "natGateway");

    private final List<String> path = new ArrayList<>();
    private final Deque<Record> ones = new ArrayDeque<>();
    private final Deque<Record> others = new ArrayDeque<>();
    private @Nullable Difference differing;
    private @Nullable Difference leftOut;

    /**
     * The first part in which two statements differ.
     *
     * @param one the innermost fact of the first statement that the part belongs to
     * @param other the same fact in the second statement
     * @param component the part, by its names inside the fact
     * @param left what the first says, null where it is no fact of its own
     * @param right what the second says
     */
    record Difference(
            Record one,
            Record other,
            List<String> component,
            @Nullable Object left,
            @Nullable Object right) {}

    /** The first part that differs, or null when everything could be merged. */
    @Nullable
    Difference differing() {
        return differing;
    }

    /** The first thing that one subnet or NIC has attached in one statement and not in the other, or null. */
    @Nullable
    Difference leftOut() {
        return leftOut;
    }

    /** Where a fact was declared. */
    static Place placeOf(Record fact) {
        try {
            return (Place) fact.getClass().getMethod("place").invoke(fact);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a declared fact has no place", e);
        }
    }

    /** The identity of a resource. */
    static ResourceId idOf(Record fact) {
        try {
            return (ResourceId) fact.getClass().getMethod("id").invoke(fact);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a declared resource has no identity", e);
        }
    }

    /** Both statements as one; the first one when they differ. */
    @Nullable
    Object merge(@Nullable Object one, @Nullable Object other) {
        if (one == null != (other == null)) noteLeftOut(one, other);
        if (one == null || one instanceof Given.Unknown<?>) return other == null ? one : other;
        if (other == null || other instanceof Given.Unknown<?>) return one;
        if (SameFacts.of(one, other)) return one;
        if (one instanceof ImmutableList<?> left && other instanceof ImmutableList<?> right) return lists(left, right);
        boolean parts = one instanceof Record && !(one instanceof ResourceId) && !(one instanceof Given<?>);
        if (parts && one.getClass() == other.getClass()) return facts((Record) one, (Record) other);
        return differ(one, other);
    }

    private Object facts(Record one, Record other) {
        if (!hasPlace(one)) return records(one, other);
        List<String> outside = List.copyOf(path);
        path.clear();
        ones.push(one);
        others.push(other);
        Object merged = records(one, other);
        ones.pop();
        others.pop();
        path.clear();
        path.addAll(outside);
        return merged;
    }

    private static boolean hasPlace(Record fact) {
        for (RecordComponent component : fact.getClass().getRecordComponents()) {
            if (component.getType() == Place.class) return true;
        }
        return false;
    }

    private Object records(Record one, Record other) {
        return Components.rebuilt(one, component -> {
            path.add(component.getName());
            @Nullable Object merged = merge(Components.value(component, one), Components.value(component, other));
            path.remove(path.size() - 1);
            return merged;
        });
    }

    private Object lists(ImmutableList<?> ones, ImmutableList<?> others) {
        if (open(ones)) return others;
        if (open(others)) return ones;
        boolean complete = holds(ones, others, SecurityRule.class) || holds(ones, others, Route.class);
        if (!complete && others.isEmpty()) return ones;
        if (!complete && ones.isEmpty()) return others;
        Map<Object, Object> merged = keyed(ones);
        Map<Object, Object> added = keyed(others);
        if (merged == null || added == null) return sameItems(ones, others) ? ones : differ(ones, others);
        // A list of rules or routes is the whole list; subnets and peerings may be told in several places.
        if (complete && !merged.keySet().equals(added.keySet())) return differ(ones, others);
        added.forEach((key, item) -> {
            Object both = merge(merged.get(key), item);
            if (both != null) merged.put(key, both);
        });
        return ImmutableList.copyOf(merged.values());
    }

    /** A list that is not given, as a whole. */
    private static boolean open(ImmutableList<?> items) {
        return !items.isEmpty() && items.stream().allMatch(Given.Unknown.class::isInstance);
    }

    private static boolean holds(ImmutableList<?> ones, ImmutableList<?> others, Class<?> type) {
        return ones.stream().anyMatch(type::isInstance) || others.stream().anyMatch(type::isInstance);
    }

    private static @Nullable Map<Object, Object> keyed(ImmutableList<?> items) {
        Map<Object, Object> byKey = new LinkedHashMap<>();
        for (Object item : items) {
            Object key = key(item);
            if (key == null || byKey.putIfAbsent(key, item) != null) return null;
        }
        return byKey;
    }

    /** What tells an item of a list from the others, or null when nothing does. */
    static @Nullable Object key(Object item) {
        if (item instanceof Subnet subnet) return subnet.id();
        if (item instanceof Peering peering) return peering.id();
        if (item instanceof SecurityRule rule) return new ResourceId(rule.name());
        if (item instanceof Route route) return new ResourceId(route.name());
        if (item instanceof PrivateDnsZone.Link link) return link.vnet();
        if (item instanceof ExpressRouteCircuit.Connection connection) return connection.gateway();
        if (item instanceof PrivateDnsZone.Entry entry) return Ascii.toLowerCase(entry.name());
        if (item instanceof NetworkInterface.IpConfiguration configuration) return new ResourceId(configuration.name());
        return null;
    }

    private static boolean sameItems(ImmutableList<?> ones, ImmutableList<?> others) {
        return ones.size() == others.size()
                && ones.stream().allMatch(one -> others.stream().anyMatch(other -> SameFacts.of(one, other)));
    }

    private void noteLeftOut(@Nullable Object one, @Nullable Object other) {
        @Nullable Record fact = ones.peek();
        @Nullable Record same = others.peek();
        boolean attachable = fact instanceof Subnet || fact instanceof NetworkInterface;
        boolean reference = one instanceof Given<?> || other instanceof Given<?>;
        if (leftOut != null || fact == null || same == null || !attachable || !reference) return;
        if (ATTACHED.contains(path.get(path.size() - 1))) {
            leftOut = new Difference(fact, same, List.copyOf(path), one, other);
        }
    }

    private Object differ(Object kept, Object other) {
        if (differing == null) {
            differing = new Difference(ones.getFirst(), others.getFirst(), List.copyOf(path), kept, other);
        }
        return kept;
    }
}
