package dev.mipath.format;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.engine.Setting;
import dev.mipath.format.TimeScript.Changed;
import dev.mipath.format.TimeScript.Figure;
import dev.mipath.format.TimeScript.Happening;
import dev.mipath.topology.Change;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a topology file says about time. */
final class TimeScriptReader {
    /** The keys at the top of the document that are read here. */
    static final String WORKLOAD = "workload";

    static final String TIMELINE = "timeline";
    static final String SETTINGS = "settings";
    static final String UNTIL = "until";
    static final String FIGURE = "figure";

    static final String INTENT_POLICY = "intentPolicy";
    /** Whether the network intent policy is off. */
    static final ImmutableMap<String, Boolean> SWITCH = ImmutableMap.of("on", false, "off", true);

    private final Resources resources;
    private final Values values;

    TimeScriptReader(Resources resources) {
        this.resources = resources;
        values = resources.values();
    }

    /** What the document says about time, or null when it says nothing; {@code expect} are the figures. */
    @Nullable
    TimeScript read(Fields fields, Topology topology, List<Node> expect) {
        Node workload = fields.optional(WORKLOAD);
        Node timeline = fields.optional(TIMELINE);
        Node settings = fields.optional(SETTINGS);
        if (workload == null && timeline == null && settings == null && expect.isEmpty()) return null;
        ImmutableList.Builder<Figure> figures = ImmutableList.builder();
        for (Node item : expect) {
            Figure figure = figure(item);
            if (figure != null) figures.add(figure);
        }
        Numbers numbers = numbers(settings);
        ImmutableList<TimeScript.Workload> clients = values.rows(workload, new WorkloadReader(values)::workload);
        Set<String> names = new HashSet<>();
        for (TimeScript.Workload each : clients) {
            if (names.add(each.name())) continue;
            values.problems()
                    .add(
                            each.place(),
                            "there are clients called " + Printable.quoted(each.name()) + " already",
                            "give these another name");
        }
        return new TimeScript(
                clients,
                timeline(timeline, topology),
                numbers.changed,
                numbers.until,
                numbers.policyOff,
                figures.build());
    }

    /** Edits mean resources as the edits before them, in time, have left them. */
    private ImmutableList<Happening> timeline(@Nullable Node list, Topology topology) {
        HappeningReader reader = new HappeningReader(resources);
        ImmutableList<HappeningReader.Draft> drafts = values.rows(list, reader::happening);
        List<HappeningReader.Draft> inTime = new ArrayList<>(drafts);
        inTime.sort(Comparator.comparingLong(HappeningReader.Draft::at));
        ImmutableMap.Builder<HappeningReader.Draft, ImmutableList<Change>> edits = ImmutableMap.builder();
        Topology changed = topology;
        for (HappeningReader.Draft draft : inTime) {
            if (draft.operation() instanceof InstanceOperation.Create create) {
                changed = changed.toBuilder().add(create.instance()).build();
            }
            if (draft.change() == null) continue;
            ImmutableList<Change> changes = ChangeYaml.read(draft.change(), changed, values.problems());
            edits.put(draft, changes);
            for (Change change : changes) {
                try {
                    changed = changed.with(change);
                } catch (IllegalArgumentException e) {
                    break; // reported where it was read
                }
            }
        }
        ImmutableMap<HappeningReader.Draft, ImmutableList<Change>> read = edits.buildOrThrow();
        ImmutableList.Builder<Happening> happenings = ImmutableList.builder();
        for (HappeningReader.Draft draft : drafts) {
            ImmutableList<Change> changes = read.getOrDefault(draft, ImmutableList.of());
            happenings.add(new Happening(draft.place(), draft.at(), draft.action(), draft.operation(), changes));
        }
        return happenings.build();
    }

    private record Numbers(
            ImmutableList<Changed> changed, @Nullable Long until, boolean policyOff) {}

    private Numbers numbers(@Nullable Node value) {
        Fields fields = value == null ? null : Fields.of(value, "the settings", values.problems());
        if (fields == null) return new Numbers(ImmutableList.of(), null, false);
        ImmutableList.Builder<Changed> changed = ImmutableList.builder();
        @Nullable Long until = values.span(fields.optional(UNTIL));
        if (until != null && until == 0) {
            values.problems().add(fields.place(), "a run ends after its start", "write a longer `until`");
        }
        Node guard = fields.optional(INTENT_POLICY);
        @Nullable Boolean off = guard == null ? null : values.word(guard, SWITCH);
        for (Setting setting : Setting.values()) {
            Node given = fields.optional(key(setting));
            if (given == null) continue;
            Long number = number(setting, given);
            if (number == null) continue;
            if (number >= setting.least()) {
                changed.add(new Changed(setting, number));
            } else {
                boolean time = setting.unit() == Setting.Unit.NANOS;
                String least = time ? Durations.print(setting.least()) : String.valueOf(setting.least());
                values.problems()
                        .add(given.place(), key(setting) + " is below " + least, "write " + least + " or more");
            }
        }
        fields.done();
        return new Numbers(changed.build(), until, Boolean.TRUE.equals(off));
    }

    private @Nullable Long number(Setting setting, Node given) {
        return switch (setting.unit()) {
            case NANOS -> values.span(given);
            case COUNT -> {
                Integer number = values.number(given);
                yield number == null ? null : Long.valueOf(number);
            }
            case TRUTH -> {
                Boolean truth = values.truth(given);
                yield truth == null ? null : truth ? 1L : 0L;
            }
        };
    }

    /** How a document spells a setting, such as {@code rttVnet}. */
    static String key(Setting setting) {
        return CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, setting.name());
    }

    private @Nullable Figure figure(Node item) {
        Fields fields = Fields.of(item, "an expected figure", values.problems());
        if (fields == null) return null;
        Node name = fields.required(FIGURE);
        Node is = fields.optional("is");
        Node least = fields.optional("least");
        Node most = fields.optional("most");
        fields.done();
        if (is == null && least == null && most == null) {
            return values.wrong(item.place(), "the figure is expected to be anything", "write `is`, `least` or `most`");
        }
        if (is != null && (least != null || most != null)) {
            return values.wrong(
                    item.place(),
                    "the figure is expected to be one value and a range",
                    "write `is` alone, or `least` and `most`");
        }
        String path = name == null ? null : values.text(name);
        if (path == null) return null;
        return new Figure(item.place(), path, is == null ? null : exact(is), amount(least), amount(most));
    }

    private @Nullable String exact(Node value) {
        if (value instanceof Node.Num number) return number.text();
        String text = values.text(value);
        if (text == null || text.isEmpty() || !Character.isDigit(text.charAt(0))) return text;
        Long span = values.span(value);
        return span == null ? null : span.toString();
    }

    /** A number, or a time in nanoseconds. */
    private @Nullable Double amount(@Nullable Node value) {
        if (value instanceof Node.Num number) {
            double amount = Double.parseDouble(number.text());
            if (Double.isFinite(amount)) return amount;
            return values.wrong(number.place(), Printable.quoted(number.text()) + " is too large", "write it shorter");
        }
        Long span = values.span(value);
        return span == null ? null : Double.valueOf(span);
    }
}
