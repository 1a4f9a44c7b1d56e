package dev.mipath.explain;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.mipath.engine.RunReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What came of a simulated run, as a document (contract: simulation documents) and as figures by path. */
public final class RunSummary {
    /** The figures of a queue. */
    public static final ImmutableSet<String> STATION = ImmutableSet.copyOf(
            station(new RunReport.StationUse("", 0, 0, 0, 0, 0, 0, 0)).keySet());

    /** The figures of a translator's source ports. */
    public static final ImmutableSet<String> SNAT =
            ImmutableSet.copyOf(snat(new RunReport.SnatUse("", 0, 0, 0)).keySet());

    /** The figures of what takes time. */
    public static final ImmutableSet<String> LATENCY = ImmutableSet.of("count", "mean", "p50", "p90", "p99", "max");

    private static final double[] PERCENTILES = {50, 90, 99};

    /** What a figure may tell of a request to Azure. */
    public static final ImmutableSet<String> REQUEST =
            ImmutableSet.of("outcome", "code", "duration", "phase", "call", "rule", "place");

    private RunSummary() {}

    /** The document. */
    public static Map<String, Object> members(long seed, RunReport report) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("schema", "mipath.simulation/1");
        members.put("seed", seed);
        members.put("fingerprint", report.fingerprint());
        members.put("time", report.time());
        members.put("events", report.events());
        members.put("attempts", report.attempts());
        members.put("peakConnections", report.peakConnections());
        members.put("outcomes", report.outcomes());
        members.put("symptoms", report.symptoms());
        members.put("endings", report.endings());
        members.put("queries", report.queries());
        members.put("latency", latencies(report.latencies()));
        members.put("drops", report.drops().stream().map(RunSummary::drop).toList());
        members.put("health", report.health().stream().map(RunSummary::health).toList());
        members.put(
                "requests", report.requests().stream().map(RequestWords::json).toList());
        members.put("snat", report.snat().stream().map(RunSummary::snat).toList());
        members.put(
                "stations", report.stations().stream().map(RunSummary::station).toList());
        return members;
    }

    /**
     * The figure of this path, or nothing when the summary has none: a member such as {@code attempts}, or one inside,
     * such as {@code outcomes.connected}, {@code latency.login.p99}, {@code snat.ELEMENT.peak}. What was counted and
     * never happened is 0.
     */
    public static Optional<String> figure(RunReport report, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) return Optional.ofNullable(plain(report, path));
        String group = path.substring(0, dot);
        String rest = path.substring(dot + 1);
        int last = rest.lastIndexOf('.');
        String name = last < 0 ? rest : rest.substring(0, last);
        String member = last < 0 ? "" : rest.substring(last + 1);
        return Optional.ofNullable(
                switch (group) {
                    case "outcomes" -> count(report.outcomes(), rest);
                    case "symptoms" -> count(report.symptoms(), rest);
                    case "endings" -> count(report.endings(), rest);
                    case "queries" -> count(report.queries(), rest);
                    case "latency" -> latency(report, name, member);
                    case "health" -> state(report, rest);
                    case "requests" -> RequestWords.figure(report, name, member);
                    case "drops" -> drops(report, name, member);
                    case "snat" -> of(report.snat(), use -> use.element().equals(name), RunSummary::snat, member);
                    case "stations" ->
                        of(report.stations(), use -> use.element().equals(name), RunSummary::station, member);
                    default -> null;
                });
    }

    /** Of how many attempts it is not known how they end. */
    public static long undetermined(RunReport report) {
        return report.outcomes().getOrDefault("undetermined", 0L);
    }

    /** Whether the figure of this path is a time, in nanoseconds. */
    public static boolean isTime(String path) {
        return path.equals("time")
                || path.startsWith("latency.") && !path.endsWith(".count")
                || path.startsWith("stations.") && path.endsWith(".meanWait")
                || path.startsWith("requests.") && path.endsWith(".duration");
    }

    /** Every number of the summary by its path, for comparing runs; times in nanoseconds. */
    public static Map<String, Double> numbers(RunReport report) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("attempts", (double) report.attempts());
        numbers.put("events", (double) report.events());
        numbers.put("peakConnections", (double) report.peakConnections());
        report.outcomes().forEach((name, count) -> numbers.put("outcomes." + name, (double) count));
        report.symptoms().forEach((name, count) -> numbers.put("symptoms." + name, (double) count));
        report.endings().forEach((name, count) -> numbers.put("endings." + name, (double) count));
        report.queries().forEach((name, count) -> numbers.put("queries." + name, (double) count));
        report.latencies()
                .forEach((name, latency) -> latency(latency).forEach((member, value) -> {
                    numbers.put("latency." + name + "." + member, ((Number) value).doubleValue());
                }));
        report.snat().forEach(use -> {
            numbers.put("snat." + use.element() + ".peak", (double) use.peak());
            numbers.put("snat." + use.element() + ".exhausted", (double) use.exhausted());
        });
        report.stations().forEach(use -> {
            station(use).forEach((member, value) -> {
                if (value instanceof Number number) {
                    numbers.put("stations." + use.element() + "." + member, number.doubleValue());
                }
            });
        });
        return numbers;
    }

    private static @Nullable String plain(RunReport report, String name) {
        Object value = members(0, report).get(name);
        return value instanceof Number || value instanceof String ? value.toString() : null;
    }

    private static String count(ImmutableSortedMap<String, Long> counts, String name) {
        return String.valueOf(counts.getOrDefault(name, 0L));
    }

    private static @Nullable String latency(RunReport report, String name, String member) {
        RunReport.Latency latency = report.latencies().get(name);
        if (latency == null) return member.equals("count") ? "0" : null;
        Object value = latency(latency).get(member);
        return value == null ? null : value.toString();
    }

    /** The instance's state at the end; one that nothing was told of is well. */
    private static String state(RunReport report, String instance) {
        RunReport.State state = RunReport.State.HEALTHY;
        for (RunReport.Health health : report.health()) {
            if (health.instance().equals(instance)) state = health.state();
        }
        return state.name();
    }

    private static String drops(RunReport report, String element, String reason) {
        long packets = 0;
        for (RunReport.Drop drop : report.drops()) {
            if (drop.element().equals(element) && drop.reason().equals(reason)) packets += drop.packets();
        }
        return String.valueOf(packets);
    }

    private static <T> @Nullable String of(
            List<T> all, Predicate<T> which, Function<T, Map<String, Object>> members, String member) {
        for (T each : all) {
            Object value = which.test(each) ? members.apply(each).get(member) : null;
            if (value != null) return value.toString();
        }
        return null;
    }

    private static Map<String, Object> latencies(Map<String, RunReport.Latency> latencies) {
        Map<String, Object> members = new LinkedHashMap<>();
        latencies.forEach((name, latency) -> members.put(name, latency(latency)));
        return members;
    }

    private static Map<String, Object> latency(RunReport.Latency latency) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("count", latency.count());
        members.put("mean", Math.round(latency.mean()));
        for (double percent : PERCENTILES) members.put("p" + (int) percent, latency.percentile(percent));
        members.put("max", latency.histogram().getMaxValue());
        return members;
    }

    private static Map<String, Object> drop(RunReport.Drop drop) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("element", drop.element());
        members.put("reason", drop.reason());
        members.put("packets", drop.packets());
        return members;
    }

    private static Map<String, Object> health(RunReport.Health health) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("at", health.at());
        members.put("instance", health.instance());
        members.put("state", health.state().name());
        members.put("cause", health.cause());
        return members;
    }

    private static Map<String, Object> snat(RunReport.SnatUse use) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("element", use.element());
        members.put("inUse", use.inUse());
        members.put("peak", use.peak());
        members.put("exhausted", use.exhausted());
        return members;
    }

    private static Map<String, Object> station(RunReport.StationUse use) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("element", use.element());
        members.put("arrived", use.arrived());
        members.put("served", use.served());
        members.put("refused", use.refused());
        members.put("blocking", use.blocking());
        members.put("meanBusy", use.meanBusy());
        members.put("utilisation", use.utilisation());
        members.put("meanWaiting", use.meanWaiting());
        members.put("meanPresent", use.meanPresent());
        members.put("meanWait", Math.round(use.meanWait()));
        return members;
    }
}
