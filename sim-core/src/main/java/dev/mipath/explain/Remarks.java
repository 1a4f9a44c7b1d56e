package dev.mipath.explain;

import dev.mipath.compile.Compilation;
import dev.mipath.explain.Ink.Tone;
import dev.mipath.forwarding.Edge;
import dev.mipath.profile.Era;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.Notice;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands below every answer: caveats, assumptions, and where the service tags come from. */
final class Remarks {
    private static final String ASSUMED = "_ASSUMED";
    private static final int WIDTH = 100;

    private final Context context;
    private final Ink ink;
    private final boolean all;
    private final List<Notice> told = new ArrayList<>();
    private int elsewhere;

    Remarks(Context context, Ink ink, boolean all) {
        this.context = context;
        this.ink = ink;
        this.all = all;
    }

    /** Adds a notice of this very answer. */
    void add(Notice notice) {
        if (!told.contains(notice)) told.add(notice);
    }

    /** Counts a notice that is about another part of the input. */
    void leaveOut() {
        elsewhere++;
    }

    /** Adds the notices of the input that are about what an answer at this place rests on. */
    void about(@Nullable Edge edge) {
        about(
                edge == null
                        ? List.of()
                        : names(edge.vnet(), edge.subnet(), edge.networkInterface(), context.compilation()));
    }

    /** Adds the notices of the input that are about what an answer about this subnet rests on. */
    void about(ResourceId subnet) {
        about(names(subnet, subnet, null, context.compilation()));
    }

    /** Adds the notices of the input that are about any of these places. */
    void about(List<Edge> edges, List<ResourceId> subnets) {
        List<String> names = new ArrayList<>();
        for (Edge edge : edges) {
            names.addAll(names(edge.vnet(), edge.subnet(), edge.networkInterface(), context.compilation()));
        }
        for (ResourceId subnet : subnets) names.addAll(names(subnet, subnet, null, context.compilation()));
        about(names);
    }

    private void about(List<String> names) {
        for (Notice notice : context.compilation().notices()) {
            if (all || names(notice, names)) add(notice);
            else elsewhere++;
        }
    }

    private static boolean names(Notice notice, List<String> names) {
        for (String name : names) if (namesWhole(notice.text(), name)) return true;
        return false;
    }

    /** Whether a name stands in the text by itself and not as a part of another. */
    static boolean namesWhole(String text, String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean begins = at == 0 || !isOfName(text.charAt(at - 1));
            if (begins && (end == text.length() || !isOfName(text.charAt(end)))) return true;
        }
        return false;
    }

    private static boolean isOfName(char c) {
        return Character.isLetterOrDigit(c) || "-_./‹›".indexOf(c) >= 0;
    }

    private static List<String> names(
            ResourceId vnet, ResourceId subnetId, @Nullable ResourceId nic, Compilation compilation) {
        Topology topology = compilation.topology();
        List<String> names = new ArrayList<>();
        names.add(subnetId.qualifiedName());
        names.add(vnet.name());
        nameLayer(compilation.layer(subnetId), names);
        @Nullable Subnet subnet = topology.subnet(subnetId).orElse(null);
        if (subnet != null && subnet.attached().routeTable() != null) {
            @Nullable ResourceId table = subnet.attached().routeTable().value().orElse(null);
            if (table != null) names.add(table.name());
        }
        if (nic == null) return names;
        names.add(nic.name());
        nameLayer(compilation.layer(nic), names);
        @Nullable NetworkInterface declared = topology.networkInterface(nic).orElse(null);
        if (declared != null && declared.virtualMachine() != null) {
            names.add(declared.virtualMachine().name());
        }
        return names;
    }

    private static void nameLayer(Compilation.@Nullable Layer layer, List<String> names) {
        if (layer != null) names.add(layer.group().name());
    }

    /** Appends everything, a blank line first. */
    void print(StringBuilder out) {
        StringBuilder text = new StringBuilder();
        printNotices(text);
        if (elsewhere > 0) {
            String more = Words.count(elsewhere, "more remark") + " on other parts of the input (--verbose)";
            text.append(ink.paint(more, Tone.FAINT)).append('\n');
        }
        @Nullable Era era = context.compilation().era();
        String profile = era == null ? "" : "profile " + era.name() + " (--profile chooses another)\n";
        String tags = profile + "service tags: " + Safe.text(context.tags().source())
                + (context.tags().isBuiltIn() ? "; --service-tags FILE loads Microsoft's download" : "");
        out.append('\n').append(text).append(ink.paint(tags, Tone.FAINT)).append('\n');
    }

    /** Appends what was added, assumptions first, and nothing else. */
    void printNotices(StringBuilder out) {
        section("assumed", true, out);
        section("caveats", false, out);
    }

    private void section(String title, boolean assumed, StringBuilder text) {
        boolean titled = false;
        for (Notice notice : told) {
            if (notice.code().endsWith(ASSUMED) != assumed) continue;
            if (!titled) text.append(title).append('\n');
            titled = true;
            String place = Words.place(notice.place(), all);
            text.append("  ").append(ink.paint(Safe.text(notice.code()), Tone.UNSURE));
            text.append("  ").append(ink.paint(place, Tone.FAINT)).append('\n');
            wrap(Safe.text(notice.text()), text);
        }
    }

    private static void wrap(String sentence, StringBuilder text) {
        int start = 0;
        while (start < sentence.length()) {
            int end = Math.min(start + WIDTH, sentence.length());
            int blank = end == sentence.length() ? end : sentence.lastIndexOf(' ', end);
            if (blank <= start) blank = sentence.indexOf(' ', end) < 0 ? sentence.length() : sentence.indexOf(' ', end);
            text.append("      ").append(sentence, start, blank).append('\n');
            start = blank + 1;
        }
    }
}
