package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.Population;
import dev.mipath.engine.Population.Arrivals;
import dev.mipath.engine.SynProfile;
import dev.mipath.instance.SessionTable.Dialect;
import org.jspecify.annotations.Nullable;

/** Reads clients that are alike. */
final class WorkloadReader {
    private static final ImmutableMap<String, ClientProfile> DRIVERS =
            Maps.uniqueIndex(ClientProfile.ALL, ClientProfile::name);
    private static final ImmutableMap<String, SynProfile> SYSTEMS = Maps.uniqueIndex(SynProfile.ALL, SynProfile::name);
    static final ImmutableMap<String, Dialect> DIALECTS =
            ImmutableMap.of("7.4", Dialect.TDS_7_4, "strict", Dialect.STRICT);
    private static final int MOST_CLIENTS = 1 << 24;

    private final Values values;

    WorkloadReader(Values values) {
        this.values = values;
    }

    TimeScript.@Nullable Workload workload(Node item) {
        Fields fields = Fields.of(item, "a population of clients", values.problems());
        if (fields == null) return null;
        String name = text(fields, "name");
        String from = text(fields, "from");
        String to = text(fields, "to");
        int clients = count(fields, "clients", 1, MOST_CLIENTS, 1);
        int addresses = count(fields, "addresses", 1, MOST_CLIENTS, 1);
        int firstPort = count(fields, "firstPort", 1_024, 65_535, Population.Source.FIRST_DYNAMIC_PORT);
        Arrivals arrivals = arrivals(fields.optional("arrivals"));
        ClientProfile profile = profile(fields);
        Population.Session session = session(fields);
        fields.done();
        long room = (long) addresses * ((65_536 - firstPort) / Population.PORTS_PER_CLIENT);
        if (clients > room) {
            return values.wrong(
                    item.place(),
                    clients + " clients do not fit on "
                            + (addresses == 1 ? "1 address, which holds " : addresses + " addresses, which hold ")
                            + room,
                    "raise `addresses`, or lower `clients`");
        }
        if (name == null || from == null || to == null || arrivals == null) return null;
        return new TimeScript.Workload(
                item.place(), name, from, clients, addresses, firstPort, arrivals, to, profile, session);
    }

    private @Nullable String text(Fields fields, String key) {
        Node value = fields.required(key);
        return value == null ? null : values.text(value);
    }

    private int count(Fields fields, String key, int least, int most, int usual) {
        Node value = fields.optional(key);
        Integer number = value == null ? Integer.valueOf(usual) : values.number(value);
        if (number == null) return usual;
        if (value != null && (number < least || number > most)) {
            values.problems()
                    .add(
                            value.place(),
                            "`" + key + "` " + number + " is not in " + least + ".." + most,
                            "write a number in between");
            return usual;
        }
        return number;
    }

    private @Nullable Arrivals arrivals(@Nullable Node value) {
        if (value == null) return new Arrivals.AtOnce();
        if (!(value instanceof Node.Obj)) {
            return values.word(value, ImmutableMap.of("atOnce", new Arrivals.AtOnce()));
        }
        Fields fields = Fields.of(value, "the arrivals", values.problems());
        if (fields == null) return null;
        Long every = values.span(fields.optional("every"));
        Long poisson = values.span(fields.optional("poisson"));
        Long closedLoop = values.span(fields.optional("closedLoop"));
        fields.done();
        ImmutableList.Builder<Arrivals> given = ImmutableList.builder();
        if (every != null) given.add(new Arrivals.Every(every));
        if (poisson != null) given.add(new Arrivals.Poisson(poisson));
        if (closedLoop != null) given.add(new Arrivals.ClosedLoop(closedLoop));
        ImmutableList<Arrivals> all = given.build();
        if (all.size() == 1) return all.get(0);
        return values.wrong(
                value.place(),
                "clients arrive in one way",
                "write `atOnce`, or one of `every`, `poisson` and `closedLoop`");
    }

    private ClientProfile profile(Fields fields) {
        Node driver = fields.optional("driver");
        ClientProfile named = driver == null ? ClientProfile.SQL_CLIENT : values.word(driver, DRIVERS);
        ClientProfile profile = named == null ? ClientProfile.SQL_CLIENT : named;
        Node system = fields.optional("system");
        SynProfile syn = system == null ? null : values.word(system, SYSTEMS);
        if (syn != null) profile = profile.with(syn);
        Node tds = fields.optional("tds");
        Dialect dialect = tds == null ? null : values.word(tds, DIALECTS);
        if (dialect != null) profile = profile.with(dialect);
        Long timeout = values.span(fields.optional("loginTimeout"));
        int retries = count(fields, "retries", 0, 255, profile.retries());
        Long interval = values.span(fields.optional("retryInterval"));
        profile = profile.with(
                timeout == null ? profile.loginTimeout() : timeout,
                retries,
                interval == null ? profile.retryInterval() : interval);
        Long cache = values.span(fields.optional("nameCache"));
        Long alive = values.span(fields.optional("keepAlive"));
        profile = profile.keeping(
                cache == null ? profile.nameCache() : cache, alive == null ? profile.keepAlive() : alive);
        Boolean blocks = truth(fields, "blocksPool");
        return blocks == null ? profile : profile.blocking(blocks);
    }

    private Population.Session session(Fields fields) {
        int queries = count(fields, "queries", 0, 1 << 20, 1);
        Boolean some = truth(fields, "queriesAtRandom");
        Long think = values.span(fields.optional("think"));
        Boolean random = truth(fields, "thinkAtRandom");
        Node mixed = fields.optional("queryMix");
        Population.Query only = query(fields, 1);
        ImmutableList<Population.Query> mix = mixed == null ? ImmutableList.of(only) : mix(mixed);
        if (mixed != null && (fields.has("serviceTime") || fields.has("serviceAtRandom"))) {
            values.problems()
                    .add(
                            mixed.place(),
                            "the service time of queries is told twice",
                            "write `serviceTime` and `serviceAtRandom` into each kind of `queryMix`");
        }
        return new Population.Session(
                queries,
                some != null && some,
                think == null ? 0 : think,
                random != null && random,
                mix.isEmpty() ? ImmutableList.of(only) : mix);
    }

    private Population.Query query(Fields fields, int share) {
        Long service = values.span(fields.optional("serviceTime"));
        Boolean random = truth(fields, "serviceAtRandom");
        return new Population.Query(share, service == null ? 0 : service, random == null || random);
    }

    /** The kinds of queries, and how often each is meant. */
    private ImmutableList<Population.Query> mix(Node list) {
        ImmutableList<Population.Query> mix = values.rows(list, item -> {
            Fields fields = Fields.of(item, "a kind of query", values.problems());
            if (fields == null) return null;
            int share = count(fields, "share", 1, Population.Query.MOST_SHARES, 1);
            Population.Query query = query(fields, share);
            fields.done();
            return query;
        });
        long shares = mix.stream().mapToLong(Population.Query::share).sum();
        if (mix.isEmpty() || shares > Population.Query.MOST_SHARES) {
            values.problems()
                    .add(
                            list.place(),
                            mix.isEmpty() ? "a mix of no queries" : "the shares are " + shares + " together",
                            "write one kind or more, with shares of " + Population.Query.MOST_SHARES
                                    + " together at most");
            return ImmutableList.of();
        }
        return mix;
    }

    private @Nullable Boolean truth(Fields fields, String key) {
        Node value = fields.optional(key);
        return value == null ? null : values.truth(value);
    }
}
