package dev.mipath.explain;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import dev.mipath.compile.AddressClasses;
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
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How every prefix of the service tag at one end fares, of which one address was followed: where the routes of the
 * network's end send it, and how the conversation with it ends.
 */
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
     * @param prefixes how many IPv4 prefixes there are
     * @param ways the ways; prefixes of one way are sent alike and end alike
     */
    public record Told(String tag, ResourceId subnet, boolean whole, int prefixes, ImmutableList<Fared> ways) {}

    /**
     * Prefixes that fare alike.
     *
     * @param way where the routes send them
     * @param outcome how conversations with them end; where parts of a prefix end unlike, the first end that is not
     *     {@link Outcome#CONNECTED}
     * @param inPart whether parts of each of these prefixes end unlike
     * @param sample an address that ends so
     * @param prefixes the prefixes
     */
    public record Fared(
            RouteSpread.Way way, Outcome outcome, boolean inPart, Address sample, ImmutableList<Prefix> prefixes) {}

    /** How the parts of prefixes end. */
    private record Ends(RouteSpread.Way way, ImmutableList<Outcome> outcomes) {}

    /** The tag at one end, with where the subnet at the other sends it; nothing when there is no such tag. */
    public Optional<Told> told() {
        @Nullable String tag = tag();
        @Nullable ResourceId subnet = subnet();
        if (tag == null || subnet == null || tag.equalsIgnoreCase(INTERNET)) return Optional.empty();
        ImmutableList<Prefix> prefixes = context.tags().members(tag);
        @Nullable EffectiveRoutes routes = context.compilation().routes(subnet);
        if (prefixes.isEmpty() || routes == null) return Optional.empty();
        boolean whole = context.tags().prefixes(tag).isPresent();
        RouteSpread spread = RouteSpread.of(routes, prefixes);
        return Optional.of(new Told(tag, subnet, whole, spread.prefixes(), fared(spread)));
    }

    private ImmutableList<Fared> fared(RouteSpread spread) {
        List<Prefix> all = new ArrayList<>();
        for (RouteSpread.Way way : spread.ways()) all.addAll(way.prefixes());
        AddressClasses classes = new AddressClasses(context.compilation(), all);
        Map<BitSet, Outcome> asked = new HashMap<>();
        Map<Ends, Address> samples = new LinkedHashMap<>();
        ListMultimap<Ends, Prefix> alike = ArrayListMultimap.create();
        for (RouteSpread.Way way : spread.ways()) {
            for (Prefix prefix : way.prefixes()) {
                Map<Outcome, Address> ends = new EnumMap<>(Outcome.class);
                for (Address sample : classes.samples(prefix)) {
                    ends.putIfAbsent(asked.computeIfAbsent(classes.of(sample), any -> outcome(at(sample))), sample);
                }
                Ends key = new Ends(way, ImmutableList.copyOf(ends.keySet()));
                samples.putIfAbsent(key, ends.getOrDefault(worst(key), prefix.last()));
                alike.put(key, prefix);
            }
        }
        ImmutableList.Builder<Fared> fared = ImmutableList.builder();
        samples.forEach((key, sample) -> fared.add(new Fared(
                key.way(), worst(key), key.outcomes().size() > 1, sample, ImmutableList.copyOf(alike.get(key)))));
        return fared.build();
    }

    private static Outcome worst(Ends ends) {
        for (Outcome outcome : ends.outcomes()) if (outcome != Outcome.CONNECTED) return outcome;
        return Outcome.CONNECTED;
    }

    /**
     * The same question about an address of the tag whose way does not connect, when there is one: the answer for a whole
     * tag is that for its worst part.
     */
    public TraceRequest worst() {
        Optional<Told> told = told();
        if (told.isEmpty() || outcome(request) != Outcome.CONNECTED) return request;
        // Of a tag that is not loaded a few prefixes are known by chance; only their routes weigh (TAG_SAMPLED tells
        // the rest).
        long sent = told.get().ways().stream().map(Fared::way).distinct().count();
        if (!told.get().whole() && sent < 2) return request;
        for (Fared way : told.get().ways()) {
            if (way.outcome() != Outcome.CONNECTED) return at(way.sample());
        }
        return request;
    }

    private Outcome outcome(TraceRequest question) {
        Compilation compilation = context.compilation();
        return ConversationTracer.trace(compilation.network(), compilation.estate(), question)
                .outcome();
    }

    /** The question about another address of the tag. */
    private TraceRequest at(Address address) {
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
        for (Fared way : told.ways()) {
            Outcome outcome = way.outcome();
            grid.cell(" " + way.prefixes().size() + " of " + told.prefixes() + " IPv4 prefixes")
                    .cell(hops(way.way()))
                    .cell(TraceText.word(outcome) + (way.inPart() ? " in part" : ""), TraceText.tone(outcome))
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
            document.put("prefixes", told.prefixes());
            List<Object> ways = new ArrayList<>();
            for (Fared way : told.ways()) {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                map.put("nextHop", hops(way.way()));
                map.put("outcome", TraceText.word(way.outcome()));
                if (way.inPart()) map.put("inPart", true);
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
