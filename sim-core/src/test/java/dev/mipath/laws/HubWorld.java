package dev.mipath.laws;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.profile.Era;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.Topology;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.ConversationTracer;
import dev.mipath.trace.TraceRequest;

/**
 * A hub with its spokes and managed instances, and what its clients ask for.
 *
 * @param world the world
 * @param era the era of the instances' own rules
 * @param requests who connects to what
 */
public record HubWorld(World world, Era era, ImmutableList<TraceRequest> requests) {
    /** The same world and questions about another topology. */
    public HubWorld with(Topology topology) {
        return new HubWorld(world.with(topology), era, requests);
    }

    /** What the product compiles it with. */
    public CompileOptions options() {
        ServiceTags tags = ServiceTags.loaded("law", world.tags());
        return new CompileOptions(
                tags,
                world.routesWiden(),
                world.defaultRemoves(),
                era,
                ImmutableMap.of(),
                CompileOptions.AssumedAddress.HOLDS);
    }

    /** What the product makes of it. */
    public Compilation compile() {
        return NetworkCompiler.compile(world.topology(), options());
    }

    /** What the product tells about one question. */
    public static Conversation trace(Compilation compiled, TraceRequest request) {
        return ConversationTracer.trace(compiled.network(), compiled.estate(), request);
    }
}
