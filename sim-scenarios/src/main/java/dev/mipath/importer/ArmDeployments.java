package dev.mipath.importer;

import com.google.common.base.Ascii;
import dev.mipath.format.Node;
import dev.mipath.topology.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The deployments that one template makes, by name and by symbolic name, for those who refer to their outputs. */
final class ArmDeployments {
    private final Map<String, ArmDeployment> byName = new HashMap<>();
    private final Set<String> several = new HashSet<>();

    void add(@Nullable String symbol, ArmDeployment deployment) {
        put(deployment.name(), deployment);
        // The same deployment under both of its names is not meant twice.
        if (symbol != null && !symbol.equalsIgnoreCase(deployment.name())) put(symbol, deployment);
    }

    private void put(String name, ArmDeployment deployment) {
        String key = Ascii.toLowerCase(name);
        if (byName.putIfAbsent(key, deployment) != null) several.add(key);
    }

    /**
     * The object that {@code reference()} gives for a deployment.
     *
     * @param target its name, its symbolic name or its id
     * @return null when the template makes no such deployment, or when several are called like this
     */
    @Nullable
    Node outputs(String target, Place here) {
        String name = target;
        if (target.startsWith("/")) {
            String type = ResourceTypes.typeOf(target);
            if (type == null || !ArmDeployment.isType(type)) return null;
            name = target.substring(target.lastIndexOf('/') + 1);
        }
        String key = Ascii.toLowerCase(name);
        ArmDeployment deployment = several.contains(key) ? null : byName.get(key);
        return deployment == null ? null : deployment.outputs(here);
    }
}
