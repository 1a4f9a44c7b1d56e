package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.mipath.topology.EveryResource;
import dev.mipath.topology.Identified;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells resources of one topology by the names another has for them: where that one gives bare names instead of ids, an id
 * that ends in the name means the same resource. Where a plan does not know its subscription, the one resource of the same
 * resource group, type and name is meant.
 */
final class IdTranslation {
    private final Map<String, ResourceId> bare = new HashMap<>();
    private final Map<String, ResourceId> located = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();

    private IdTranslation() {}

    /** Translates into the words of a network; {@code also} speaks of the same one, maybe of more of it. */
    static IdTranslation to(Topology network, Topology also) {
        IdTranslation translation = new IdTranslation();
        Set<String> twice = new HashSet<>();
        for (ResourceId id : ids(network)) {
            translation.learn(id, twice);
            translation.locate(id);
        }
        for (ResourceId id : ids(also)) translation.locate(id);
        twice.forEach(translation.bare::remove);
        translation.ambiguous.forEach(translation.located::remove);
        return translation;
    }

    private static List<ResourceId> ids(Topology topology) {
        List<ResourceId> all = new ArrayList<>();
        EveryResource.in(topology).forEach(resource -> all.add(resource.id()));
        for (Vnet vnet : topology.vnets()) {
            vnet.subnets().forEach(subnet -> all.add(subnet.id()));
            vnet.peerings().forEach(peering -> all.add(peering.id()));
        }
        return all;
    }

    /** What an id says without its subscription; null for what is no id or has a made-up subscription. */
    private static @Nullable String location(ResourceId id) {
        List<String> parts = Splitter.on('/').limit(4).splitToList(id.text());
        boolean whole = parts.size() == 4 && Ascii.toLowerCase(id.text()).startsWith("/subscriptions/");
        return whole ? Ascii.toLowerCase(parts.get(3)) : null;
    }

    private static boolean isNowhere(ResourceId id) {
        return id.text().startsWith(TerraformIds.NO_SUBSCRIPTION);
    }

    private void locate(ResourceId id) {
        @Nullable String location = location(id);
        if (location == null || isNowhere(id)) return;
        @Nullable ResourceId had = located.putIfAbsent(location, id);
        if (had != null && !had.equals(id)) ambiguous.add(location);
    }

    /** Whether several resources may be meant by an id that lacks the subscription. */
    boolean isAmbiguous(ResourceId id) {
        @Nullable String location = isNowhere(id) ? location(id) : null;
        return location != null && ambiguous.contains(location);
    }

    /** The id with the subscription of the resource that is meant, or of the one it is a part of. */
    private ResourceId placed(ResourceId id) {
        @Nullable String location = location(id);
        if (location == null || !isNowhere(id)) return id;
        @Nullable ResourceId own = located.get(location);
        if (own != null) return own;
        List<String> segments = Splitter.on('/').splitToList(location);
        for (int length = segments.size() - 2; length > 4; length -= 2) {
            String outer = String.join("/", segments.subList(0, length));
            @Nullable ResourceId whole = located.get(outer);
            if (whole == null) continue;
            String inner = id.text().substring(id.text().length() - (location.length() - outer.length()));
            return new ResourceId(whole.text() + inner);
        }
        return id;
    }

    private void learn(ResourceId id, Set<String> twice) {
        if (id.text().startsWith("/")) return;
        String name = Ascii.toLowerCase(id.qualifiedName());
        if (bare.putIfAbsent(name, id) != null) twice.add(name);
    }

    Topology apply(Topology topology) {
        if (bare.isEmpty() && located.isEmpty()) return topology;
        return EveryResource.builder(new EveryResource.Lists() {
                    @Override
                    public <T extends Identified> List<T> of(Function<Topology, ImmutableList<T>> of) {
                        return of.apply(topology).stream()
                                .map(IdTranslation.this::renamed)
                                .toList();
                    }
                })
                .name(topology.name())
                .profile(topology.profile())
                .build();
    }

    @SuppressWarnings("unchecked")
    private <T> T renamed(T fact) {
        return (T) item(fact);
    }

    private @Nullable Object deep(@Nullable Object value) {
        if (value instanceof ResourceId id) {
            @Nullable
            ResourceId own = id.text().startsWith("/") ? bare.get(Ascii.toLowerCase(id.qualifiedName())) : null;
            return own == null ? placed(id) : own;
        }
        if (value instanceof ImmutableList<?> list) {
            return list.stream().map(this::item).collect(ImmutableList.toImmutableList());
        }
        if (!(value instanceof Record fact) || value instanceof Place) return value;
        if (!fact.getClass().getName().startsWith(ResourceId.class.getPackageName() + ".")) return value;
        return Components.rebuilt(fact, component -> deep(Components.value(component, fact)));
    }

    private Object item(Object item) {
        @Nullable Object renamed = deep(item);
        return renamed == null ? item : renamed;
    }
}
