package dev.mipath.benchmarks;

import com.google.common.base.Splitter;
import dev.mipath.lookup.LpmTable;
import dev.mipath.lookup.RuleTable;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressAssociativeTrie;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Measures tables of rising size and draws what a lookup, a build, a change and the memory cost. */
public final class Plots {
    private static final int ROUNDS = 15;

    /** What each cache of the core holds, nearest first, in bytes. */
    private static final Map<String, Long> CACHES = caches();

    /** The contestants that are drawn, and how a legend calls them. */
    private static final Map<String, String> TITLES = Map.of(
            "mipath", "MiPath",
            "mipath-batch", "MiPath, 256 at a time",
            "ipaddress-trie", "IPAddress trie",
            "guava-immutable-rangemap", "Guava ImmutableRangeMap",
            "treemap-floor", "TreeMap floor",
            "rte-lpm", "DPDK rte_lpm",
            "linear-objects", "linear, objects",
            "tuple-space", "tuple space search",
            "rte-acl", "DPDK rte_acl, 32 at a time");

    /** Ours in blues, the others in their order. */
    private static final Color[] OURS = {new Color(0x0B5FA5), new Color(0x58A6DE)};

    private static final Color[] OTHERS = {
        new Color(0xC4500A), new Color(0x3B7D23), new Color(0x7A3E9D), new Color(0x8A6D1B)
    };

    private final Path folder;

    private Plots(Path folder) {
        this.folder = folder;
    }

    /**
     * Measures and draws.
     *
     * @param args the folder for the images
     */
    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Plots plots = new Plots(Files.createDirectories(Path.of(args[0])));
        plots.routes();
        plots.rules();
    }

    private void routes() throws IOException {
        Curves lookups = new Curves("IPv4 lookup, in-prefix trace", "routes", "nanoseconds a lookup");
        Curves memory = new Curves("Memory of the laid out table", "routes", "kilobytes");
        Curves builds = new Curves("Building a table from unsorted routes", "routes", "milliseconds");
        Curves changes = new Curves("Changing one route", "routes", "nanoseconds");
        Routes all = Inputs.bgp();
        // The compiler comes late: what is drawn first would be drawn slow.
        Routes warmUp = all.every(all.size() / 1_000);
        Costs.build(warmUp, 1_000);
        Costs.change(warmUp);
        trie(warmUp);
        for (int size : new int[] {10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, all.size()}) {
            Routes routes = all.every(all.size() / size);
            LpmTable table = routes.table();
            int[] queries = Traces.inPrefix(routes, 2);
            Map<String, Double> nanos =
                    RouteRaces.race("plot", routes, table, queries).fastest(ROUNDS);
            lookups.points(size, nanos);
            lookups.bytes(size, table.bytes());
            memory.point("MiPath", size, table.bytes() / 1024.0);
            memory.bytes(size, table.bytes());
            Costs.Build build = Costs.build(Costs.shuffled(routes), size < 10_000 ? 200 : 5);
            builds.point("MiPath", size, build.ours());
            builds.point("IPAddress trie", size, build.theirs());
            changes.point("MiPath LiveTable", size, Costs.change(routes));
            changes.point("IPAddress trie", size, trie(routes));
            System.err.printf("%d routes: %s%n", size, nanos);
        }
        lookups.draw(folder.resolve("lookup-routes.png"));
        memory.draw(folder.resolve("memory-routes.png"));
        builds.draw(folder.resolve("build-routes.png"));
        changes.draw(folder.resolve("change-routes.png"));
    }

    private static double trie(Routes routes) {
        IPv4AddressAssociativeTrie<Integer> trie = new IPv4AddressAssociativeTrie<>();
        IPv4Address[] blocks = new IPv4Address[routes.size()];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = RouteRaces.block(routes, i);
            trie.put(blocks[i], routes.value(i));
        }
        SplittableRandom random = new SplittableRandom(1);
        return Costs.fastest(5, () -> {
                    for (int i = 0; i < Costs.CHANGES / 2; i++) {
                        int route = random.nextInt(blocks.length);
                        trie.remove(blocks[route]);
                        trie.put(blocks[route], routes.value(route));
                    }
                    return trie;
                })
                * 1e6
                / Costs.CHANGES;
    }

    private void rules() throws IOException {
        Curves lookups = new Curves("First matching rule of a security group", "rules", "nanoseconds a packet");
        Curves builds = new Curves("Building the classifier of a security group", "rules", "milliseconds");
        Filters warmUp = Filters.nsg(20, false);
        FilterRaces.race("plot", warmUp, warmUp.table().prepare(), new Packets(warmUp, 4))
                .fastest(ROUNDS);
        for (int size : new int[] {10, 20, 50, 100, 200, 500, 1_000}) {
            Filters filters = Filters.nsg(size, false);
            RuleTable[] table = new RuleTable[1];
            double build = Costs.fastest(
                    size < 200 ? 20 : 5, () -> table[0] = filters.table().prepare());
            Map<String, Double> nanos = FilterRaces.race("plot", filters, table[0], new Packets(filters, 4))
                    .fastest(ROUNDS);
            lookups.points(size, nanos);
            lookups.bytes(size, table[0].bytes());
            builds.point("MiPath", size, build);
            System.err.printf("%d rules: %s%n", size, nanos);
        }
        lookups.draw(folder.resolve("lookup-rules.png"));
        builds.draw(folder.resolve("build-rules.png"));
    }

    /** As {@code -Dmipath.caches=48,1024} says, in KB from the nearest on; else as Linux does, which virtual machines may not. */
    private static Map<String, Long> caches() {
        Map<String, Long> caches = new LinkedHashMap<>();
        String given = System.getProperty("mipath.caches", "");
        if (!given.isEmpty()) {
            for (String kilobytes : Splitter.on(',').split(given)) {
                caches.put("L" + (caches.size() + 1), Long.parseLong(kilobytes) << 10);
            }
            return caches;
        }
        for (int level = 0; level < 4; level++) {
            Path of = Path.of("/sys/devices/system/cpu/cpu0/cache/index" + level);
            try {
                if (Files.readString(of.resolve("type")).startsWith("Instruction")) continue;
                String size = Files.readString(of.resolve("size")).strip();
                long kilobytes = Long.parseLong(size.substring(0, size.length() - 1));
                caches.put("L" + Files.readString(of.resolve("level")).strip(), kilobytes << 10);
            } catch (IOException notThere) {
                // Another system, or no such level: its cache is not marked.
            }
        }
        return caches;
    }

    /** The curves of one chart, both axes logarithmic. */
    private static final class Curves {
        private final String title;
        private final String across;
        private final String up;
        private final Map<String, List<double[]>> curves = new LinkedHashMap<>();
        private final List<double[]> bytes = new ArrayList<>();

        Curves(String title, String across, String up) {
            this.title = title;
            this.across = across;
            this.up = up;
        }

        void point(String curve, double size, double value) {
            curves.computeIfAbsent(curve, fresh -> new ArrayList<>()).add(new double[] {size, value});
        }

        /** A point for each contestant that is drawn. */
        void points(double size, Map<String, Double> values) {
            values.forEach((contestant, value) -> {
                String curve = TITLES.get(contestant);
                if (curve != null) point(curve, size, value);
            });
        }

        /** What our table of this size takes, to mark where it outgrows a cache. */
        void bytes(double size, long taken) {
            bytes.add(new double[] {size, taken});
        }

        void draw(Path file) throws IOException {
            XYChart chart = new XYChartBuilder()
                    .width(1_100)
                    .height(600)
                    .title(title)
                    .xAxisTitle(across)
                    .yAxisTitle(up)
                    .build();
            Styler styler = chart.getStyler();
            styler.setLegendPosition(Styler.LegendPosition.OutsideE)
                    .setLegendBorderColor(Color.WHITE)
                    .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
                    .setLegendPadding(12)
                    .setChartBackgroundColor(Color.WHITE)
                    .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
            chart.getStyler()
                    .setXAxisLogarithmic(true)
                    .setYAxisLogarithmic(true)
                    .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                    .setPlotGridLinesColor(new Color(0xE4E4E4))
                    .setPlotBorderVisible(false)
                    .setDecimalPattern("#,##0.##");
            double low = Double.MAX_VALUE;
            double high = 0;
            int ours = 0;
            int others = 0;
            for (Map.Entry<String, List<double[]>> curve : curves.entrySet()) {
                double[] x = curve.getValue().stream().mapToDouble(p -> p[0]).toArray();
                double[] y = curve.getValue().stream().mapToDouble(p -> p[1]).toArray();
                for (double value : y) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
                XYSeries series = chart.addSeries(curve.getKey(), x, y);
                Color colour = curve.getKey().startsWith("MiPath") ? OURS[ours++] : OTHERS[others++];
                series.setLineColor(colour);
                series.setMarkerColor(colour);
                series.setMarker(SeriesMarkers.CIRCLE);
            }
            // Whole decades, so that every axis has two labels at least.
            low = Math.pow(10, Math.floor(Math.log10(low)));
            high = Math.pow(10, Math.ceil(Math.log10(high)));
            chart.getStyler().setYAxisMin(low).setYAxisMax(high);
            for (Map.Entry<String, Long> cache : CACHES.entrySet()) {
                double at = outgrown(cache.getValue());
                if (Double.isNaN(at)) continue;
                XYSeries mark = chart.addSeries(
                        "outgrows " + cache.getKey() + " (" + (cache.getValue() >> 10) + " KB)",
                        new double[] {at, at},
                        new double[] {low, high});
                mark.setMarker(SeriesMarkers.NONE);
                mark.setLineColor(cache.getKey().equals("L2") ? new Color(0x999999) : new Color(0x333333));
                mark.setLineStyle(
                        new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 5}, 0));
            }
            ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile());
        }

        /** The size at which our table takes this many bytes, between two measured sizes. */
        private double outgrown(long cache) {
            for (int i = 1; i < bytes.size(); i++) {
                double[] before = bytes.get(i - 1);
                double[] after = bytes.get(i);
                if (before[1] <= cache && after[1] > cache) {
                    double share = Math.log(cache / before[1]) / Math.log(after[1] / before[1]);
                    return before[0] * Math.pow(after[0] / before[0], share);
                }
            }
            return Double.NaN;
        }
    }
}
