package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.engine.RunReport.Latency;
import dev.mipath.explain.RunBasis.Mark;
import java.util.Locale;
import java.util.Map;

/** The plots of a run's page, as SVG: bars over time with marks where something happened, and percentiles. */
final class RunPlots {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 120;
    private static final int TALL = 200;
    private static final int LEFT = 84;
    /** Room above a plot for the numbers of marks. */
    private static final int TOP = 18;

    private static final int POINTS = 160;
    private static final ImmutableList<String> COLOURS =
            ImmutableList.of("#0969da", "#8250df", "#bf8700", "#1a7f37", "#cf222e", "#57606a");

    private final StringBuilder out;

    RunPlots(StringBuilder out) {
        this.out = out;
    }

    /** What happened when, by the numbers that stand above the plots. */
    void legend(ImmutableList<Mark> marks) {
        if (marks.isEmpty()) return;
        out.append("<p class=\"note\">Dashed lines are what the file lets happen:</p>\n<ol>\n");
        for (Mark mark : marks) {
            out.append("<li>" + RunHtml.html(RunText.time(mark.at())) + " " + RunHtml.html(mark.what()) + "</li>\n");
        }
        out.append("</ol>\n");
    }

    /** Stacked bars over the time of the run, the first of each at the bottom. */
    void bars(String title, ImmutableMap<String, long[]> stack, long until, ImmutableList<Mark> marks) {
        long most = 0;
        for (int i = 0; i < RunSeries.BINS; i++) {
            long sum = 0;
            for (long[] bins : stack.values()) sum += bins[i];
            most = Math.max(most, sum);
        }
        if (most == 0) return;
        double step = (WIDTH - LEFT) / (double) RunSeries.BINS;
        caption(title + ", " + RunText.time(until / RunSeries.BINS) + " a bar");
        begin(HEIGHT);
        for (int i = 0; i < RunSeries.BINS; i++) {
            double base = HEIGHT;
            for (Map.Entry<String, long[]> part : stack.entrySet()) {
                long count = part.getValue()[i];
                if (count == 0) continue;
                double height = Math.max(1, HEIGHT * count / (double) most);
                base -= height;
                print(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"><title>%s: %d</title></rect>%n",
                        LEFT + i * step,
                        TOP + base,
                        step * 0.85,
                        height,
                        part.getKey(),
                        RunHtml.html(RunText.time(until / RunSeries.BINS * i)),
                        count);
            }
        }
        marks(marks, until);
        text(LEFT - 6, TOP + 10, "end", Long.toString(most));
        text(LEFT - 6, TOP + HEIGHT, "end", "0");
        text(LEFT, TOP + HEIGHT + 15, "start", "0 s");
        text((LEFT + WIDTH) / 2, TOP + HEIGHT + 15, "middle", RunText.time(until / 2));
        end(HEIGHT, RunText.time(until));
    }

    private void marks(ImmutableList<Mark> marks, long until) {
        double free = 0;
        for (int i = 0; i < marks.size(); i++) {
            if (marks.get(i).at() > until) continue;
            double x = LEFT + (WIDTH - LEFT) * (marks.get(i).at() / (double) until);
            print("<path d=\"M%.1f %dV%d\" class=\"mark\"/>%n", x, TOP - 2, TOP + HEIGHT);
            // Numbers that would stand in each other are left to the list.
            if (x < free) continue;
            text((int) Math.round(x), TOP - 5, "middle", Integer.toString(i + 1));
            free = x + 14;
        }
    }

    /**
     * How long things took: the share of all that took no longer on the axis to the right, stretched towards 100 % as rare
     * long ones are what matters; time upwards, both logarithmic.
     */
    void percentiles(ImmutableMap<String, Latency> latencies) {
        long least = Long.MAX_VALUE;
        long most = 1;
        long count = 10;
        for (Latency latency : latencies.values()) {
            least = Math.min(least, Math.max(1, latency.percentile(0)));
            most = Math.max(most, latency.percentile(100));
            count = Math.max(count, latency.count());
        }
        int bottom = (int) Math.floor(Math.log10((double) least));
        int top = Math.max(bottom + 1, (int) Math.ceil(Math.log10((double) most)));
        double nines = Math.min(6, Math.log10((double) count));
        caption("how long things took, by percentile");
        begin(TALL);
        for (int decade = bottom; decade <= top; decade++) {
            double y = TOP + TALL - TALL * (decade - bottom) / (double) (top - bottom);
            print("<path d=\"M%d %.1fH%d\" class=\"grid\"/>%n", LEFT, y, WIDTH);
            text(LEFT - 6, (int) Math.round(y) + 4, "end", RunText.time((long) Math.pow(10, decade)));
        }
        text(LEFT, TOP + TALL + 15, "start", "0 %");
        share(0.301_03, nines, "50 %");
        String label = "9";
        for (int n = 1; n <= nines - 0.5; n++) {
            share(n, nines, (n == 1 ? "90" : label) + " %");
            label = n == 1 ? "99" : n == 2 ? "99.9" : label + "9";
        }
        int line = 0;
        for (Map.Entry<String, Latency> entry : latencies.entrySet()) {
            curve(entry.getValue(), bottom, top, nines, COLOURS.get(line % COLOURS.size()));
            print(
                    "<text x=\"%d\" y=\"%d\" style=\"fill:%s\">%s</text>%n",
                    LEFT + 12 + 110 * line, TOP - 5, COLOURS.get(line % COLOURS.size()), RunHtml.html(entry.getKey()));
            line++;
        }
        end(TALL, "100 %");
    }

    private void share(double n, double nines, String label) {
        double x = LEFT + (WIDTH - LEFT) * n / nines;
        print("<path d=\"M%.1f %dV%d\" class=\"grid\"/>%n", x, TOP, TOP + TALL);
        text((int) Math.round(x), TOP + TALL + 15, "middle", label);
    }

    private void curve(Latency latency, int bottom, int top, double nines, String colour) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i <= POINTS; i++) {
            double n = nines * i / POINTS;
            double log = Math.log10((double) Math.max(1, latency.percentile(100 * (1 - Math.pow(10, -n)))));
            points.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    LEFT + (WIDTH - LEFT) * i / (double) POINTS,
                    TOP + TALL - TALL * (log - bottom) / (top - bottom)));
        }
        print(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                points.toString().strip(), colour);
    }

    private void caption(String words) {
        out.append("<p class=\"note\">" + RunHtml.html(words) + "</p>\n");
    }

    private void begin(int height) {
        out.append("<svg viewBox=\"0 0 " + (WIDTH + 2) + " " + (TOP + height + 20) + "\" role=\"img\">\n");
    }

    private void end(int height, String right) {
        text(WIDTH, TOP + height + 15, "end", right);
        out.append(
                "<path d=\"M" + LEFT + " " + TOP + "V" + (TOP + height) + "H" + WIDTH + "\" class=\"axis\"/></svg>\n");
    }

    private void text(int x, int y, String anchor, String words) {
        out.append("<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">" + RunHtml.html(words)
                + "</text>\n");
    }

    private void print(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }
}
