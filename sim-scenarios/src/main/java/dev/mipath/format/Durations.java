package dev.mipath.format;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.util.Map;

/** Spans of time as people write them: a number and a unit, such as {@code 500ms} or {@code 4min}. */
public final class Durations {
    private static final ImmutableMap<String, Long> UNITS = ImmutableMap.<String, Long>builder()
            .put("ns", 1L)
            .put("us", 1_000L)
            .put("ms", 1_000_000L)
            .put("s", 1_000_000_000L)
            .put("min", 60_000_000_000L)
            .put("h", 3_600_000_000_000L)
            .buildOrThrow();

    /** No span is longer: 30 days. */
    private static final BigDecimal LONGEST = BigDecimal.valueOf(30L * 24 * 3_600_000_000_000L);

    /** What to write instead. */
    public static final String REMEDY = "write a time such as `500ms`, `60s`, `4min` or `1h`, 30 days at most";

    private Durations() {}

    /**
     * The span in nanoseconds.
     *
     * @throws IllegalArgumentException when the text is no span from 0 to 30 days, in whole nanoseconds
     */
    public static long parse(String text) {
        int end = 0;
        while (end < text.length() && isNumeral(text.charAt(end))) end++;
        Long unit = UNITS.get(text.substring(end).strip());
        if (end == 0 || end > 30 || unit == null) throw new IllegalArgumentException("`" + text + "` is no time");
        try {
            BigDecimal nanos = new BigDecimal(text.substring(0, end)).multiply(BigDecimal.valueOf(unit));
            if (nanos.compareTo(LONGEST) > 0) throw new IllegalArgumentException("`" + text + "` is too long");
            return nanos.longValueExact();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("`" + text + "` is no time", e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("`" + text + "` is no whole number of nanoseconds", e);
        }
    }

    private static boolean isNumeral(char letter) {
        return letter >= '0' && letter <= '9' || letter == '.';
    }

    /** The span with the largest unit that gives a whole number. */
    public static String print(long nanos) {
        String best = nanos + "ns";
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (nanos != 0 && nanos % unit.getValue() == 0) best = nanos / unit.getValue() + unit.getKey();
        }
        return nanos == 0 ? "0s" : best;
    }
}
