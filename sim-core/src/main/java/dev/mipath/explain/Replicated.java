package dev.mipath.explain;

import dev.mipath.engine.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * What came of several runs that differ in chance alone: of each figure the mean and the half-width of its 95 % interval
 * (Student's t). Of two variants, run by run with the same chances, the same of the differences.
 */
public final class Replicated {
    private static final double LEVEL = 0.975;

    private final Map<String, Estimate> estimates = new TreeMap<>();

    /**
     * An estimate.
     *
     * @param mean the mean of the runs
     * @param half half the width of the interval; NaN when there are fewer than two runs and so no interval
     */
    public record Estimate(double mean, double half) {}

    private Replicated() {}

    /** Of each figure the mean. */
    public static Replicated of(List<RunReport> runs) {
        return difference(runs, List.of());
    }

    /** Of each figure the mean of the differences: these minus the others, which are as many, or none. */
    public static Replicated difference(List<RunReport> runs, List<RunReport> others) {
        Replicated result = new Replicated();
        List<Map<String, Double>> mine = runs.stream().map(RunSummary::numbers).toList();
        List<Map<String, Double>> theirs =
                others.stream().map(RunSummary::numbers).toList();
        TreeMap<String, Boolean> names = new TreeMap<>();
        mine.forEach(each -> each.keySet().forEach(name -> names.put(name, true)));
        theirs.forEach(each -> each.keySet().forEach(name -> names.put(name, true)));
        for (String name : names.keySet()) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < mine.size(); i++) {
                double other = theirs.isEmpty() ? 0 : theirs.get(i).getOrDefault(name, 0.0);
                values.add(mine.get(i).getOrDefault(name, 0.0) - other);
            }
            result.estimates.put(name, estimate(values));
        }
        return result;
    }

    private static Estimate estimate(List<Double> values) {
        int count = values.size();
        double mean = values.stream().mapToDouble(v -> v).sum() / count;
        if (count < 2) return new Estimate(mean, Double.NaN);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        double quantile = TDistribution.of(count - 1).inverseCumulativeProbability(LEVEL);
        return new Estimate(mean, quantile * Math.sqrt(squares / (count - 1) / count));
    }

    /** By path, in order. */
    public Map<String, Estimate> estimates() {
        return estimates;
    }

    /** The estimates as a document. */
    public Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        estimates.forEach((name, estimate) -> {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("mean", estimate.mean);
            each.put("half95", Double.isNaN(estimate.half) ? null : estimate.half);
            members.put(name, each);
        });
        return members;
    }

    /** One line a figure; those that are the same in every run in short. */
    public String text(boolean differences) {
        StringBuilder out = new StringBuilder();
        estimates.forEach((name, estimate) -> {
            boolean time = RunSummary.isTime(name);
            if (differences && estimate.mean == 0 && !(estimate.half > 0)) return;
            String value = time ? RunText.time(Math.round(Math.abs(estimate.mean))) : number(estimate.mean);
            String half = time ? RunText.time(Math.round(estimate.half)) : number(estimate.half);
            String sign = time && estimate.mean < 0 ? "-" : differences && estimate.mean > 0 ? "+" : "";
            out.append(String.format(Locale.ROOT, "  %-34s %s%s", Safe.text(name), sign, value));
            if (estimate.half > 0) out.append(" ± ").append(half);
            if (differences && Math.abs(estimate.mean) > estimate.half) out.append("  differs");
            out.append('\n');
        });
        return out.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
