package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.Place;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the values of one template: every expression in a tree is replaced by what it gives.
 *
 * <p>A value keeps the place of the expression that gave it, and behind it the place of the parameter or variable it came
 * from. An expression that the platform would refuse is a problem at its place and counts as an unknown from there on.
 */
final class ArmEvaluator {
    /** Functions that a template defines may call each other, but not themselves; nobody stacks them like this. */
    private static final int FUNCTIONS_MAX = 20;

    /** The platform's own limit for one loop. */
    static final int COPIES_MAX = 800;

    private final ArmRun run;
    private final Problems problems;
    private final Notices notices;
    private final ArmScope scope;
    private final ArmNames names;
    private final ArmDeployments deployments = new ArmDeployments();
    private final Map<String, ArmExpression> parsed = new HashMap<>();
    private final Map<String, Node> copies = new HashMap<>();
    private final Map<String, Node> lambdas = new HashMap<>();
    private int functions;

    ArmEvaluator(Node.Obj template, Map<String, Node> given, ArmScope scope, ArmRun run) {
        this.run = run;
        this.scope = scope;
        problems = run.problems();
        notices = run.notices();
        names = new ArmNames(this, template, given, problems);
    }

    /** Where the template is deployed. */
    ArmScope scope() {
        return scope;
    }

    /** The deployments that the template makes. */
    ArmDeployments deployments() {
        return deployments;
    }

    ArmNames names() {
        return names;
    }

    Notices notices() {
        return notices;
    }

    /** The value with every expression in it evaluated. */
    Node evaluate(Node raw) {
        step(1);
        if (raw instanceof Node.Str text) return text(text);
        if (raw instanceof Node.Obj object) return object(object);
        if (!(raw instanceof Node.Arr array)) return raw;
        ImmutableList.Builder<Node> items = ImmutableList.builder();
        for (Node item : array.items()) items.add(evaluate(item));
        return new Node.Arr(array.place(), items.build());
    }

    private Node text(Node.Str raw) {
        if (!ArmParser.isExpression(raw.text())) {
            return raw.text().startsWith("[[")
                    ? new Node.Str(raw.place(), raw.text().substring(1))
                    : raw;
        }
        try {
            ArmExpression expression = parsed.computeIfAbsent(raw.text(), ArmParser::parse);
            Node value = value(expression, raw.place());
            Place from = value.place();
            return sameSpot(from, raw.place())
                    ? value
                    : Opaque.at(value, raw.place().via(from));
        } catch (ArmFailure e) {
            problems.add(raw.place(), e.problem(), e.remedy());
            return new Node.Unknown(raw.place(), raw.text());
        }
    }

    private static boolean sameSpot(Place one, Place other) {
        return one.line() == other.line()
                && one.pointer().equals(other.pointer())
                && one.file().equals(other.file());
    }

    private Node object(Node.Obj raw) {
        ImmutableList.Builder<Node.Member> members = ImmutableList.builder();
        for (Node.Member member : raw.members()) {
            if (member.name().equalsIgnoreCase("copy") && member.value() instanceof Node.Arr loops) {
                for (Node loop : loops.items()) members.add(loop(loop));
            } else {
                members.add(new Node.Member(member.name(), member.place(), evaluate(member.value())));
            }
        }
        return new Node.Obj(raw.place(), members.build());
    }

    /** A loop over a property or variable: {@code {"name", "count", "input"}} becomes an array of that name. */
    private Node.Member loop(Node raw) {
        if (!(raw instanceof Node.Obj loop) || loop.get("input") == null) {
            problems.add(raw.place(), "a copy loop has no `input`", "give it `name`, `count` and `input`");
            return new Node.Member("copy", raw.place(), new Node.Null(raw.place()));
        }
        Node input = loop.get("input");
        return new Node.Member(loopName(loop), loop.place(), items(loop, input));
    }

    /** The array that a loop over a property or variable gives; one unknown item when its length is not given. */
    Node items(Node.Obj loop, @Nullable Node input) {
        String name = loopName(loop);
        ImmutableList.Builder<Node> items = ImmutableList.builder();
        for (Node index : indexes(loop, "what the loop would give is unknown")) {
            if (index instanceof Node.Unknown)
                items.add(new Node.Unknown(loop.place(), "items of copy loop `" + name + "`"));
            else items.add(inLoop(name, index, () -> evaluate(input == null ? loop : input)));
        }
        return new Node.Arr(loop.place(), items.build());
    }

    /** The name of a copy loop. */
    String loopName(Node.Obj loop) {
        Node name = loop.get("name");
        String text = name == null ? null : Opaque.text(evaluate(name));
        return text == null ? "" : text;
    }

    /** The indexes a copy loop runs through; one unknown index when the count is not given. */
    ImmutableList<Node> indexes(Node.Obj loop, String consequence) {
        Node raw = loop.get("count");
        Node count = raw == null ? new Node.Null(loop.place()) : evaluate(raw);
        if (Opaque.isOpen(count)) {
            notices.add(
                    Notices.COPY_COUNT_UNKNOWN,
                    loop.place(),
                    "the number of copies in loop `" + Printable.text(loopName(loop)) + "` is not given; "
                            + consequence);
            return ImmutableList.of(new Node.Unknown(count.place(), "copyIndex('" + loopName(loop) + "')"));
        }
        Long times = Wholes.parse(count);
        if (times == null || times < 0 || times > COPIES_MAX) {
            problems.add(
                    count.place(),
                    "the count of a copy loop is not a number from 0 to " + COPIES_MAX,
                    "repair the count");
            return ImmutableList.of();
        }
        ImmutableList.Builder<Node> indexes = ImmutableList.builder();
        for (long i = 0; i < times; i++) indexes.add(new Node.Num(count.place(), Long.toString(i)));
        return indexes.build();
    }

    /** Something evaluated inside a copy loop. */
    <T> T inLoop(String name, Node index, Supplier<T> inside) {
        Map<String, Node> inner = new HashMap<>(copies);
        // Inside a loop over resources the bare `copyIndex()` keeps counting the resources.
        inner.putIfAbsent("", index);
        inner.put(name.toLowerCase(Locale.ROOT), index);
        return inLoops(inner, inside);
    }

    /** The loops that are running, by name, with their indexes. */
    ImmutableMap<String, Node> loops() {
        return ImmutableMap.copyOf(copies);
    }

    /** Something evaluated inside just these copy loops, wherever it is asked for. */
    <T> T inLoops(Map<String, Node> loops, Supplier<T> inside) {
        Map<String, Node> outer = new HashMap<>(copies);
        copies.clear();
        copies.putAll(loops);
        try {
            return inside.get();
        } finally {
            copies.clear();
            copies.putAll(outer);
        }
    }

    /** Something evaluated with a lambda's variables set. */
    Node inLambda(Map<String, Node> variables, ArmExpression body, Place here) {
        Map<String, Node> outer = new HashMap<>(lambdas);
        lambdas.putAll(variables);
        try {
            return value(body, here);
        } finally {
            lambdas.clear();
            lambdas.putAll(outer);
        }
    }

    /** What a function gives that the template defines itself: it sees its own parameters and nothing else. */
    Node inFunction(Map<String, Node> parameters, Node output) {
        if (functions == FUNCTIONS_MAX) {
            throw new ArmFailure("functions of the template call each other without end", "take the circle apart");
        }
        functions++;
        try {
            return names.within(parameters, () -> evaluate(output));
        } finally {
            functions--;
        }
    }

    /** The index of the named copy loop, or of the innermost for the empty name; null outside of it. */
    @Nullable
    Node copyIndex(String name) {
        return copies.get(name.toLowerCase(Locale.ROOT));
    }

    @Nullable
    Node lambdaVariable(String name) {
        return lambdas.get(name.toLowerCase(Locale.ROOT));
    }

    /** What an expression gives. */
    Node value(ArmExpression expression, Place here) {
        step(1);
        if (expression instanceof ArmExpression.Text text) return new Node.Str(here, text.value());
        if (expression instanceof ArmExpression.Whole whole) return new Node.Num(here, whole.digits());
        if (expression instanceof ArmExpression.Call call) return ArmFunctions.call(new ArmCall(this, call, here));
        if (expression instanceof ArmExpression.Property property) {
            Node of = value(property.of(), here);
            return ArmMembers.member(of, property.name(), property.safe(), here);
        }
        ArmExpression.Element element = (ArmExpression.Element) expression;
        return ArmMembers.element(value(element.of(), here), value(element.index(), here), element.safe(), here);
    }

    void step(int more) {
        run.step(more);
    }
}
