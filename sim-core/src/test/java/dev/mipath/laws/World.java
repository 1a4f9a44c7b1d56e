package dev.mipath.laws;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.net.Prefix;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.Topology;

/**
 * A topology with all that its answers depend on.
 *
 * @param topology what is declared
 * @param tags the loaded service tags
 * @param routesWiden which routes widen the tag VirtualNetwork
 * @param defaultRemoves which routes for 0.0.0.0/0 remove the reserved None routes
 */
public record World(
        Topology topology,
        ImmutableMap<String, ImmutableList<Prefix>> tags,
        CompileOptions.TagRoutes routesWiden,
        CompileOptions.DefaultRouteRemoves defaultRemoves) {

    /** The same choices about another topology. */
    public World with(Topology other) {
        return new World(other, tags, routesWiden, defaultRemoves);
    }

    /** The same topology with other service tags. */
    public World withTags(ImmutableMap<String, ImmutableList<Prefix>> other) {
        return new World(topology, other, routesWiden, defaultRemoves);
    }

    /** What the product makes of it. */
    public Compilation compile() {
        return NetworkCompiler.compile(
                topology,
                new CompileOptions(
                        ServiceTags.loaded("law", tags),
                        routesWiden,
                        defaultRemoves,
                        null,
                        ImmutableMap.of(),
                        CompileOptions.AssumedAddress.MAY_DIFFER));
    }
}
