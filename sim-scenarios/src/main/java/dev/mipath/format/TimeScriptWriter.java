package dev.mipath.format;

import com.google.common.collect.ImmutableMap;
import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.Population;
import dev.mipath.engine.Population.Arrivals;
import dev.mipath.engine.TimedAction.Action;
import dev.mipath.engine.TimedAction.Link;
import dev.mipath.format.TimeScript.Changed;
import dev.mipath.format.TimeScript.Figure;
import dev.mipath.format.TimeScript.Happening;
import dev.mipath.instance.SessionTable.Dialect;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what a topology file says about time, as it is read. */
final class TimeScriptWriter {
    private TimeScriptWriter() {}

    static void write(TimeScript script, Members members, Function<ManagedInstance, Node> instances) {
        members.listed(TimeScriptReader.WORKLOAD, script.workload(), TimeScriptWriter::workload)
                .listed(TimeScriptReader.TIMELINE, script.timeline(), each -> happening(each, instances));
        Members settings = new Members()
                .put(TimeScriptReader.UNTIL, span(script.until()))
                .put(TimeScriptReader.INTENT_POLICY, script.policyOff() ? "off" : null);
        for (Changed changed : script.settings()) {
            settings.put(TimeScriptReader.key(changed.setting()), value(changed));
        }
        Node.Obj all = settings.build();
        members.put(TimeScriptReader.SETTINGS, all.members().isEmpty() ? null : all);
    }

    private static @Nullable Node value(Changed changed) {
        return switch (changed.setting().unit()) {
            case NANOS -> span(changed.value());
            case COUNT -> number(changed.value());
            case TRUTH -> Members.truth(changed.value() != 0);
        };
    }

    static Node figure(Figure figure) {
        return new Members()
                .put(TimeScriptReader.FIGURE, figure.name())
                .put("is", figure.is() == null ? null : exact(figure.is()))
                .put("least", amount(figure.least()))
                .put("most", amount(figure.most()))
                .build();
    }

    private static @Nullable Node amount(@Nullable Double amount) {
        return amount == null ? null : new Node.Num(Place.PLATFORM, Figure.plain(Objects.requireNonNull(amount)));
    }

    private static Node exact(String text) {
        return text.matches("\\d{1,18}") ? new Node.Num(Place.PLATFORM, text) : Members.text(text);
    }

    private static Node workload(TimeScript.Workload workload) {
        Members members = new Members()
                .put("name", workload.name())
                .put("from", workload.from())
                .put("clients", Members.number(workload.clients()))
                .put("addresses", Members.number(workload.addresses()))
                .put("firstPort", Members.number(workload.firstPort()))
                .put("arrivals", arrivals(workload.arrivals()))
                .put("to", workload.to());
        profile(workload.profile(), members);
        Population.Session session = workload.session();
        members.put("queries", Members.number(session.queries()))
                .put("queriesAtRandom", session.someQueries() ? Members.truth(true) : null)
                .put("think", span(session.think()))
                .put("thinkAtRandom", Members.truth(session.random()));
        Population.Query first = session.mix().get(0);
        if (session.mix().size() == 1 && first.share() == 1)
            return query(first, members).build();
        return members.listed(
                        "queryMix",
                        session.mix(),
                        query -> query(query, new Members().put("share", Members.number(query.share())))
                                .build())
                .build();
    }

    private static Members query(Population.Query query, Members members) {
        return members.put("serviceTime", span(query.serviceTime()))
                .put("serviceAtRandom", query.random() ? null : Members.truth(false));
    }

    private static void profile(ClientProfile profile, Members members) {
        members.put("driver", profile.name()).put("system", profile.system().name());
        for (Map.Entry<String, Dialect> dialect : WorkloadReader.DIALECTS.entrySet()) {
            if (dialect.getValue() == profile.dialect()) members.put("tds", dialect.getKey());
        }
        boolean patient = profile.loginTimeout() == ClientProfile.PLAIN.loginTimeout();
        members.put("loginTimeout", patient ? null : span(profile.loginTimeout()))
                .put("retries", Members.number(profile.retries()))
                .put("retryInterval", span(profile.retryInterval()))
                .put("nameCache", span(profile.nameCache()))
                .put("keepAlive", span(profile.keepAlive()))
                .put("blocksPool", Members.truth(profile.blocksPool()));
    }

    private static Node arrivals(Arrivals arrivals) {
        if (arrivals instanceof Arrivals.Every every) return Members.only("every", Members.text(print(every.gap())));
        if (arrivals instanceof Arrivals.Poisson poisson) {
            return Members.only("poisson", Members.text(print(poisson.meanGap())));
        }
        if (arrivals instanceof Arrivals.ClosedLoop loop) {
            return Members.only("closedLoop", Members.text(print(loop.meanThink())));
        }
        return Members.text("atOnce");
    }

    /** What happens, on one line. */
    static String words(Happening happening) {
        InstanceOperation operation = happening.operation();
        if (operation != null) return operation.title();
        Node.Obj written = (Node.Obj) happening(happening, instance -> new Node.Null(Place.PLATFORM));
        List<String> words = new ArrayList<>();
        for (Node.Member member : written.members()) {
            if (!member.name().equals("at")) words.add(member.name() + ": " + words(member.value()));
        }
        return String.join(", ", words);
    }

    private static String words(Node value) {
        if (value instanceof Node.Str text) return text.text();
        if (value instanceof Node.Num number) return number.text();
        if (value instanceof Node.Arr list) {
            return list.items().stream().map(TimeScriptWriter::words).collect(Collectors.joining(", "));
        }
        if (!(value instanceof Node.Obj object)) return "";
        // An edit by its kind and what it names; a link by its ends.
        List<String> words = new ArrayList<>();
        for (Node.Member member : object.members()) {
            if (member.value() instanceof Node.Obj edit) {
                String name = edit.get("name") instanceof Node.Str text ? " " + text.text() : "";
                words.add(member.name() + name);
            } else {
                words.add(words(member.value()));
            }
        }
        return String.join(" to ", words);
    }

    private static Node happening(Happening happening, Function<ManagedInstance, Node> instances) {
        Members members = new Members().put("at", span(happening.at()));
        InstanceOperation operation = happening.operation();
        if (operation != null) return operation(operation, members, instances).build();
        Action action = happening.action();
        if (action == null) {
            return members.put("change", Members.list(happening.changes(), ChangeWriter::tree))
                    .build();
        }
        WRITINGS.entrySet().stream()
                .filter(writing -> writing.getKey().isInstance(action))
                .forEach(writing -> writing.getValue().write(action, members));
        return members.build();
    }

    private static Members operation(
            InstanceOperation operation, Members members, Function<ManagedInstance, Node> instances) {
        String key = operation.key();
        if (operation instanceof InstanceOperation.Create create) {
            return members.put(key, instances.apply(create.instance()));
        }
        if (operation instanceof InstanceOperation.Scale scale) {
            return members.put(key, scale.instance()).put("tier", scale.tier());
        }
        if (operation instanceof InstanceOperation.CreateDatabase create) {
            return members.put(key, create.database()).put("instance", create.instance());
        }
        return members.put(key, operation.on());
    }

    private interface Writing {
        void write(Action action, Members members);
    }

    private static final ImmutableMap<Class<? extends Action>, Writing> WRITINGS =
            ImmutableMap.<Class<? extends Action>, Writing>builder()
                    .put(Action.Crash.class, (a, m) -> m.put("crash", ((Action.Crash) a).element()))
                    .put(Action.Start.class, (a, m) -> m.put("start", ((Action.Start) a).element()))
                    .put(
                            Action.Restart.class,
                            (a, m) -> m.put("restart", ((Action.Restart) a).element())
                                    .put("down", span(((Action.Restart) a).down())))
                    .put(Action.Drain.class, (a, m) -> m.put("drain", ((Action.Drain) a).element()))
                    .put(Action.Partition.class, (a, m) -> m.put("partition", link(((Action.Partition) a).link())))
                    .put(Action.Hold.class, (a, m) -> m.put("hold", link(((Action.Hold) a).link())))
                    .put(Action.Release.class, (a, m) -> m.put("release", link(((Action.Release) a).link())))
                    .put(Action.Repair.class, (a, m) -> m.put("repair", link(((Action.Repair) a).link())))
                    .put(
                            Action.Clog.class,
                            (a, m) -> m.put("clog", link(((Action.Clog) a).link()))
                                    .put("for", span(((Action.Clog) a).time())))
                    .put(
                            Action.Slow.class,
                            (a, m) -> m.put("slow", link(((Action.Slow) a).link()))
                                    .put("by", span(((Action.Slow) a).extra())))
                    .put(
                            Action.Lose.class,
                            (a, m) -> m.put("lose", link(((Action.Lose) a).link()))
                                    .put(
                                            "probability",
                                            ((Action.Lose) a).numerator() + "/" + ((Action.Lose) a).denominator()))
                    .put(Action.Revoke.class, (a, m) -> m.put("revoke", ((Action.Revoke) a).instance()))
                    .put(Action.Renew.class, (a, m) -> m.put("renew", ((Action.Renew) a).instance()))
                    .put(Action.FailOver.class, (a, m) -> m.put("failOver", ((Action.FailOver) a).instance()))
                    .put(
                            Action.MoveName.class,
                            (a, m) -> m.put("moveName", ((Action.MoveName) a).name())
                                    .put("to", ((Action.MoveName) a).target()))
                    .put(
                            Action.ScaleGateways.class,
                            (a, m) -> m.put("scaleGateways", Members.number(((Action.ScaleGateways) a).servers())))
                    .buildOrThrow();

    private static Node link(Link link) {
        if (link.next() == null) return Members.text(link.element());
        return new Members()
                .put("element", link.element())
                .put("next", link.next())
                .build();
    }

    private static Node number(long number) {
        return new Node.Num(Place.PLATFORM, Long.toString(number));
    }

    private static @Nullable Node span(@Nullable Long nanos) {
        return nanos == null ? null : Members.text(print(Objects.requireNonNull(nanos)));
    }

    private static String print(long nanos) {
        return Durations.print(nanos);
    }
}
