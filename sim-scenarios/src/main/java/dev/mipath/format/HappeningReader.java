package dev.mipath.format;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import dev.mipath.engine.TimedAction.Action;
import dev.mipath.engine.TimedAction.Link;
import dev.mipath.net.Address;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what happens at one time. */
final class HappeningReader {
    private final Values values;
    private final MachineReader machines;
    private final ImmutableMap<String, Reading> kinds;
    private final ImmutableMap<String, OperationReading> operations;

    /** How one kind of action is read from the value of its key and the keys beside it. */
    private interface Reading {
        @Nullable
        Action read(Fields fields, Node value);
    }

    /** How one kind of operation is read from the value of its key and the keys beside it. */
    private interface OperationReading {
        @Nullable
        InstanceOperation read(Fields fields, Node value);
    }

    /** An action or operation that was read, or edits that still are to be. */
    record Draft(
            Place place,
            long at,
            @Nullable Action action,
            @Nullable InstanceOperation operation,
            @Nullable Node change) {}

    HappeningReader(Resources resources) {
        values = resources.values();
        machines = new MachineReader(resources);
        operations = ImmutableMap.<String, OperationReading>builder()
                .put("createInstance", (fields, value) -> {
                    ManagedInstance instance = machines.managedInstance(value);
                    return instance == null ? null : new InstanceOperation.Create(instance);
                })
                .put("deleteInstance", (fields, value) -> {
                    String name = values.text(value);
                    return name == null ? null : new InstanceOperation.Delete(name);
                })
                .put("scaleInstance", paired("tier", InstanceOperation.Scale::new))
                .put("createDatabase", paired("instance", InstanceOperation.CreateDatabase::new))
                .buildOrThrow();
        kinds = ImmutableMap.<String, Reading>builder()
                .put("crash", named(Action.Crash::new))
                .put("start", named(Action.Start::new))
                .put("restart", this::restart)
                .put("drain", named(Action.Drain::new))
                .put("partition", linked(Action.Partition::new))
                .put("hold", linked(Action.Hold::new))
                .put("release", linked(Action.Release::new))
                .put("repair", linked(Action.Repair::new))
                .put("clog", this::clog)
                .put("slow", this::slow)
                .put("lose", this::lose)
                .put("revoke", named(Action.Revoke::new))
                .put("renew", named(Action.Renew::new))
                .put("failOver", named(Action.FailOver::new))
                .put("moveName", this::moveName)
                .put("scaleGateways", this::scaleGateways)
                .buildOrThrow();
    }

    @Nullable
    Draft happening(Node item) {
        Fields fields = Fields.of(item, "an entry of the timeline", values.problems());
        if (fields == null) return null;
        Node when = fields.required("at");
        Long at = values.span(when);
        Node change = fields.optional("change");
        List<String> given = new ArrayList<>();
        for (String kind : kinds.keySet()) if (fields.has(kind)) given.add(kind);
        for (String kind : operations.keySet()) if (fields.has(kind)) given.add(kind);
        if (given.size() + (change == null ? 0 : 1) != 1) {
            values.problems()
                    .add(
                            item.place(),
                            "one thing happens at a time",
                            "write `change` or one of `"
                                    + String.join("`, `", Iterables.concat(kinds.keySet(), operations.keySet())) + "`");
            return null;
        }
        Action action = null;
        InstanceOperation operation = null;
        if (change == null) {
            Node value = fields.optional(given.get(0));
            Reading reading = kinds.get(given.get(0));
            OperationReading asked = operations.get(given.get(0));
            action = value == null || reading == null ? null : reading.read(fields, value);
            operation = value == null || asked == null ? null : asked.read(fields, value);
        }
        fields.done();
        if (at == null || change == null && action == null && operation == null) return null;
        return new Draft(item.place(), at, action, operation, change);
    }

    /** An operation whose key names one thing and a second key another. */
    private OperationReading paired(String second, BiFunction<String, String, InstanceOperation> make) {
        return (fields, value) -> {
            String first = values.text(value);
            Node other = fields.required(second);
            String text = other == null ? null : values.text(other);
            return first == null || text == null ? null : make.apply(first, text);
        };
    }

    private Reading named(Function<String, Action> make) {
        return (fields, value) -> {
            String name = values.text(value);
            return name == null ? null : make.apply(name);
        };
    }

    private Reading linked(Function<Link, Action> make) {
        return (fields, value) -> {
            Link link = link(value);
            return link == null ? null : make.apply(link);
        };
    }

    private @Nullable Link link(Node value) {
        if (!(value instanceof Node.Obj)) {
            String element = values.text(value);
            return element == null ? null : new Link(element, null);
        }
        Fields fields = Fields.of(value, "a link", values.problems());
        if (fields == null) return null;
        Node element = fields.required("element");
        Node next = fields.required("next");
        fields.done();
        String here = element == null ? null : values.text(element);
        String there = next == null ? null : values.text(next);
        return here == null || there == null ? null : new Link(here, there);
    }

    private @Nullable Action restart(Fields fields, Node value) {
        String element = values.text(value);
        Long down = values.span(fields.required("down"));
        return element == null || down == null ? null : new Action.Restart(element, down);
    }

    private @Nullable Action clog(Fields fields, Node value) {
        Link link = link(value);
        Long time = values.span(fields.required("for"));
        return link == null || time == null ? null : new Action.Clog(link, time);
    }

    private @Nullable Action slow(Fields fields, Node value) {
        Link link = link(value);
        Long extra = values.span(fields.required("by"));
        return link == null || extra == null ? null : new Action.Slow(link, extra);
    }

    private @Nullable Action lose(Fields fields, Node value) {
        Link link = link(value);
        Node probability = fields.required("probability");
        if (probability instanceof Node.Num number) {
            return values.wrong(
                    probability.place(),
                    Printable.quoted(number.text()) + " is no fraction",
                    "write how many packets of how many are lost, such as `1/2` or `1/100`");
        }
        String text = probability == null ? null : values.text(probability);
        if (link == null || text == null || probability == null) return null;
        if (text.matches("\\d{1,7}/\\d{1,7}")) {
            int slash = text.indexOf('/');
            int numerator = Integer.parseInt(text.substring(0, slash));
            int denominator = Integer.parseInt(text.substring(slash + 1));
            if (denominator > 0 && numerator <= denominator) return new Action.Lose(link, numerator, denominator);
        }
        return values.wrong(
                probability.place(), Printable.quoted(text) + " is no probability", "write a fraction such as `1/100`");
    }

    private @Nullable Action moveName(Fields fields, Node value) {
        String name = values.text(value);
        Node to = fields.required("to");
        String text = to == null ? null : values.text(to);
        if (name == null || to == null || text == null) return null;
        // A name begins with a letter, an address of version 6 may; only that has a colon.
        boolean named = Character.isLetter(text.charAt(0)) && text.indexOf(':') < 0;
        if (named) return new Action.MoveName(name, null, text);
        Address address = values.address(to);
        return address == null ? null : new Action.MoveName(name, address);
    }

    private @Nullable Action scaleGateways(Fields fields, Node value) {
        Integer servers = values.number(value);
        if (servers == null || servers > 0 && servers <= 1 << 16) {
            return servers == null ? null : new Action.ScaleGateways(servers);
        }
        return values.wrong(value.place(), servers + " servers are not in 1..65536", "write a number such as 8");
    }
}
