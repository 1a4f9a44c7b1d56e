package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.compile.RouteSpread;
import dev.mipath.explain.Ink.Tone;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.ResourceId;
import dev.mipath.trace.Conversation.Outcome;
import dev.mipath.trace.ConversationTracer;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the routes of the network's end send the whole service tag at the other end, of which one address was followed. */
public final class TagWays {
    private static final int SHOWN = 6;
    private static final String INTERNET = "Internet";

    private final Context context;
    private final TraceRequest request;

    /** The ways of the question that a report answers. */
    TagWays(TraceReport report) {
        this(report.context(), report.conversation().request());
    }

    /** The ways of a question. */
    public TagWays(Context context, TraceRequest request) {
        this.context = context;
        this.request = request;
    }

    /**
     * A tag and where it is sent.
     *
     * @param tag the tag
     * @param subnet the subnet whose routes send to it, or answer to it
     * @param whole whether all prefixes of the tag are known
     * @param spread the ways
     */
    public record Told(String tag, ResourceId subnet, boolean whole, RouteSpread spread) {}

    /** The tag at one end, with where the subnet at the other sends it; nothing when there is no such tag. */
    public Optional<Told> told() {
        @Nullable String tag = tag();
        @Nullable ResourceId subnet = subnet();
        if (tag == null || subnet == null || tag.equalsIgnoreCase(INTERNET)) return Optional.empty();
        ImmutableList<Prefix> prefixes = context.tags().members(tag);
        @Nullable EffectiveRoutes routes = context.compilation().routes(subnet);
        if (prefixes.isEmpty() || routes == null) return Optional.empty();
        boolean whole = context.tags().prefixes(tag).isPresent();
        return Optional.of(new Told(tag, subnet, whole, RouteSpread.of(routes, prefixes)));
    }

    /**
     * The same question about an address of the tag whose way does not connect, when there is one: the answer for a whole
     * tag is that for its worst part.
     */
    public TraceRequest worst() {
        Optional<Told> told = told();
        if (told.isEmpty() || told.get().spread().ways().size() < 2) return request;
        if (outcome(request) != Outcome.CONNECTED) return request;
        for (RouteSpread.Way way : told.get().spread().ways()) {
            TraceRequest other = at(way);
            if (outcome(other) != Outcome.CONNECTED) return other;
        }
        return request;
    }

    private Outcome outcome(TraceRequest question) {
        Compilation compilation = context.compilation();
        return ConversationTracer.trace(compilation.network(), compilation.estate(), question)
                .outcome();
    }

    /** The question about one address of these prefixes. */
    private TraceRequest at(RouteSpread.Way way) {
        Address address = way.prefixes().get(0).last();
        TraceRequest.Client client = request.client();
        TraceRequest.Target target = request.target();
        if (request.flow() instanceof TraceRequest.Flow.Management) {
            client = new TraceRequest.Client(client.name(), address, client.vnet(), true);
        } else {
            target = new TraceRequest.Target(target.host(), address, target.port(), target.protocol());
        }
        return new TraceRequest(client, target, request.behaviour(), request.flow());
    }

    private @Nullable String tag() {
        if (request.flow() instanceof TraceRequest.Flow.Management)
            return request.client().name();
        if (request.flow() instanceof TraceRequest.Flow.Outbound outbound) return outbound.tag();
        return request.target().host();
    }

    private @Nullable ResourceId subnet() {
        Compilation compilation = context.compilation();
        if (request.flow() instanceof TraceRequest.Flow.Management) {
            return compilation
                    .estate()
                    .clusterOf(request.target().host())
                    .map(VirtualCluster::subnet)
                    .orElse(null);
        }
        for (Edge edge : compilation.network().edges(request.client().address())) {
            if (!edge.ofSite()) return edge.subnet();
        }
        return null;
    }

    void tell(Ink ink, boolean all, StringBuilder out) {
        Optional<Told> known = told();
        if (known.isEmpty()) return;
        Told told = known.get();
        out.append('\n')
                .append(ink.paint("service tag " + Safe.text(told.tag()), Tone.STRONG))
                .append("  by the routes of subnet ")
                .append(Safe.text(told.subnet().qualifiedName()))
                .append(told.whole() ? "" : " (only the prefixes that are known without --service-tags)")
                .append('\n');
        Grid grid = new Grid();
        for (RouteSpread.Way way : told.spread().ways()) {
            Outcome outcome = outcome(at(way));
            grid.cell(" " + way.prefixes().size() + " of " + told.spread().prefixes() + " IPv4 prefixes")
                    .cell(hops(way))
                    .cell(TraceText.word(outcome), TraceText.tone(outcome))
                    .cell(Words.list(way.prefixes(), all ? way.prefixes().size() : SHOWN), Tone.FAINT)
                    .end();
        }
        grid.print(" ", ink, out);
    }

    private static String hops(RouteSpread.Way way) {
        ImmutableSet.Builder<String> hops = ImmutableSet.builder();
        for (RouteFact route : way.hops()) hops.add(RouteWords.hop(route));
        if (!way.known()) hops.add("not known");
        ImmutableSet<String> distinct = hops.build();
        return distinct.isEmpty() ? "nowhere" : String.join(" and ", distinct);
    }

    Optional<Map<String, @Nullable Object>> document() {
        return told().map(told -> {
            Map<String, @Nullable Object> document = new LinkedHashMap<>();
            document.put("tag", told.tag());
            document.put("subnet", told.subnet().text());
            document.put("whole", told.whole());
            document.put("prefixes", told.spread().prefixes());
            List<Object> ways = new ArrayList<>();
            for (RouteSpread.Way way : told.spread().ways()) {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                map.put("nextHop", hops(way));
                map.put("outcome", TraceText.word(outcome(at(way))));
                map.put("count", way.prefixes().size());
                map.put(
                        "prefixes",
                        way.prefixes().stream().map(Prefix::toString).toList());
                ways.add(map);
            }
            document.put("ways", ways);
            return document;
        });
    }
}
