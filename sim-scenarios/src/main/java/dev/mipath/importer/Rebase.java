package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Printable;
import dev.mipath.topology.EveryResource;
import dev.mipath.topology.Given;
import dev.mipath.topology.Identified;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A network with the difference between two statements of it: what both say alike stays as it is, however much more or
 * less the network itself says.
 *
 * @param topology the network with the difference
 * @param edits what was added, changed and removed
 * @param doubts what the statements speak of that cannot be found in the network for certain, in sentences
 */
public record Rebase(Topology topology, ImmutableList<Edit> edits, ImmutableList<String> doubts) {
    /** What happened to one resource, rule, route, subnet or peering. */
    public enum Kind {
        ADDED,
        CHANGED,
        REMOVED
    }

    /**
     * One difference.
     *
     * @param kind what happened
     * @param name the name, with that of the group, table or network it is part of
     */
    public record Edit(Kind kind, String name) {}

    static Rebase of(Topology onto, Topology before, Topology after) {
        IdTranslation ids = IdTranslation.to(onto, before);
        Merge merge = new Merge(ids, ids.apply(before), ids.apply(after));
        Topology merged = merge.onto(onto);
        return new Rebase(merged, ImmutableList.copyOf(merge.edits), ImmutableList.copyOf(merge.doubts));
    }

    /** The work on one network. */
    private static final class Merge {
        private final IdTranslation ids;
        private final Topology before;
        private final Topology after;
        private final List<Edit> edits = new ArrayList<>();
        private final List<String> doubts = new ArrayList<>();

        Merge(IdTranslation ids, Topology before, Topology after) {
            this.ids = ids;
            this.before = before;
            this.after = after;
        }

        Topology onto(Topology onto) {
            Topology.Builder all = EveryResource.builder(new EveryResource.Lists() {
                        @Override
                        public <T extends Identified> List<T> of(Function<Topology, ImmutableList<T>> of) {
                            return list(of.apply(onto), of.apply(before), of.apply(after), "");
                        }
                    })
                    .name(onto.name())
                    .profile(onto.profile());
            onto.clients().forEach(all::add);
            // What Azure once answered about rules and routes does not hold for those that change.
            boolean touched = !edits.isEmpty();
            if (!touched) onto.effectiveSecurityRules().forEach(all::add);
            if (!touched) onto.effectiveRouteTables().forEach(all::add);
            onto.notices().forEach(all::add);
            return all.build();
        }

        private <T> ImmutableList<T> list(List<T> onto, List<T> was, List<T> becomes, String owner) {
            ImmutableList.Builder<T> all = ImmutableList.builder();
            for (T item : onto) {
                @Nullable T old = find(item, was);
                @Nullable T now = find(item, becomes);
                if (old != null && now == null) now = shell(old);
                if (old == null && now == null) all.add(item);
                else if (now == null) edits.add(new Edit(Kind.REMOVED, name(item, owner)));
                else all.add(item(item, old, now, owner));
            }
            for (T item : becomes) {
                if (isOpen(item) || find(item, onto) != null) continue;
                @Nullable T old = find(item, was);
                // What changes is written whole, so it is there afterwards even where it was lost meanwhile.
                if (old != null && SameFacts.of(old, item)) continue;
                doubt(item);
                edits.add(new Edit(Kind.ADDED, name(item, owner)));
                all.add(item);
            }
            return all.build();
        }

        /** Says when parts of a whole change that the network does not have, or has twice. */
        private void doubt(Object item) {
            if (!(item instanceof Identified resource)) return;
            boolean twice = ids.isAmbiguous(resource.id());
            if (!twice && shell(item) == null) return;
            doubts.add("the change is of a part of `"
                    + Printable.text(resource.id().text()) + "`, "
                    + (twice
                            ? "which the sources hold in several subscriptions; the plan does not say which is meant"
                            : "which the sources do not hold"));
        }

        /** What is left of a whole of which only parts are told, when they go: it itself is not spoken of. */
        @SuppressWarnings("unchecked")
        private static <T> @Nullable T shell(T part) {
            if (part instanceof Vnet vnet && vnet.addressPrefixes().stream().allMatch(Given::isUnknown)) {
                return (T) vnet.withSubnets(ImmutableList.of()).withPeerings(ImmutableList.of());
            }
            if (part instanceof Subnet subnet && subnet.prefixes().stream().allMatch(Given::isUnknown)) {
                return (T) subnet.with(new Subnet.Attached(null, null, null));
            }
            if (part instanceof NetworkSecurityGroup group
                    && group.rules().stream().anyMatch(Merge::isOpen)) {
                return (T) group.withRules(ImmutableList.of());
            }
            if (part instanceof RouteTable table && table.routes().stream().anyMatch(Merge::isOpen)) {
                return (T) table.withRoutes(ImmutableList.of());
            }
            return null;
        }

        /** Whether this stands for rules or routes that the statement does not tell. */
        private static boolean isOpen(Object part) {
            if (part instanceof SecurityRule rule) {
                return rule.name().startsWith("‹")
                        && rule.priority().isUnknown()
                        && rule.direction().isUnknown();
            }
            return part instanceof Route route
                    && route.name().startsWith("‹")
                    && route.destination().isUnknown()
                    && route.nextHopType().isUnknown();
        }

        @SuppressWarnings("unchecked")
        private <T> T item(T onto, @Nullable T was, T becomes, String owner) {
            if (was != null && SameFacts.of(was, becomes)) return onto;
            int told = edits.size();
            String name = name(onto, owner);
            @Nullable Object merged = merge(onto, was, becomes, name);
            boolean changed = !SameFacts.of(onto, merged);
            if (changed && edits.size() == told) edits.add(new Edit(Kind.CHANGED, name));
            return merged == null ? onto : (T) merged;
        }

        private @Nullable Object merge(
                @Nullable Object onto, @Nullable Object was, @Nullable Object becomes, String owner) {
            if (SameFacts.of(was, becomes)) return onto;
            if (becomes == null || onto == null) return becomes;
            if (becomes instanceof Given.Unknown<?> && was == null) return onto;
            if (onto instanceof ImmutableList<?> ontos && becomes instanceof ImmutableList<?> now) {
                List<?> old = was instanceof ImmutableList<?> list ? list : ImmutableList.of();
                boolean keyed = ontos.stream().allMatch(Merge::hasKey)
                        && old.stream().allMatch(Merge::hasKey)
                        && now.stream().allMatch(Merge::hasKey);
                return keyed ? list(cast(ontos), cast(old), cast(now), owner) : becomes;
            }
            boolean parts = onto instanceof Record && !(onto instanceof ResourceId) && !(onto instanceof Given<?>);
            if (!parts || onto.getClass() != becomes.getClass()) return becomes;
            return records((Record) onto, (Record) becomes, was, owner);
        }

        private Record records(Record onto, Record becomes, @Nullable Object was, String owner) {
            boolean whole = onto instanceof Vnet || onto instanceof NetworkSecurityGroup || onto instanceof RouteTable;
            @Nullable Record old = was instanceof Record record && was.getClass() == onto.getClass() ? record : null;
            return Components.rebuilt(onto, component -> {
                @Nullable Object here = Components.value(component, onto);
                if (component.getName().equals("id")) return here;
                @Nullable Object now = Components.value(component, becomes);
                // A rule that changes is written in the proposal; a network or group still is where it was.
                if (component.getType() == Place.class) return whole ? here : now;
                return merge(here, old == null ? null : Components.value(component, old), now, owner);
            });
        }

        @SuppressWarnings("unchecked")
        private static List<Object> cast(List<?> list) {
            return (List<Object>) list;
        }

        private static boolean hasKey(Object item) {
            return key(item) != null;
        }

        private static <T> @Nullable T find(T item, List<T> in) {
            @Nullable Object key = key(item);
            for (T other : in) {
                if (item.getClass() == other.getClass() && key != null && key.equals(key(other))) return other;
            }
            return null;
        }

        private static @Nullable Object key(Object item) {
            @Nullable Object part = FactMerger.key(item);
            return part != null || !(item instanceof Record record) ? part : Components.named(record, "id");
        }

        private static String name(Object item, String owner) {
            if (item instanceof SecurityRule rule) return owner + "/" + rule.name();
            if (item instanceof Route route) return owner + "/" + route.name();
            @Nullable Object key = key(item);
            return key instanceof ResourceId id ? id.qualifiedName() : String.valueOf(key);
        }
    }
}
