package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.topology.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One function call while it is evaluated: its arguments on demand, and its result with the right place. */
final class ArmCall {
    /** The longest text an expression may build; the platform allows less. */
    private static final int TEXT_MAX = 1 << 20;

    private final ArmEvaluator evaluator;
    private final ArmExpression.Call call;
    private final Place here;
    private final List<@Nullable Node> values = new ArrayList<>();

    ArmCall(ArmEvaluator evaluator, ArmExpression.Call call, Place here) {
        this.evaluator = evaluator;
        this.call = call;
        this.here = here;
        for (int i = 0; i < call.arguments().size(); i++) values.add(null);
    }

    ArmEvaluator evaluator() {
        return evaluator;
    }

    String name() {
        return call.name();
    }

    Place here() {
        return here;
    }

    int size() {
        return values.size();
    }

    /** The argument as written. */
    ArmExpression raw(int i) {
        return call.arguments().get(i);
    }

    /** The value of the argument, evaluated when first asked for. */
    Node arg(int i) {
        Node value = values.get(i);
        if (value == null) {
            value = evaluator.value(call.arguments().get(i), here);
            values.set(i, value);
        }
        return value;
    }

    ImmutableList<Node> args() {
        ImmutableList.Builder<Node> all = ImmutableList.builder();
        for (int i = 0; i < size(); i++) all.add(arg(i));
        return all.build();
    }

    /** The argument as text; a number or truth value is taken as its text. */
    String text(int i) {
        String text = Opaque.text(arg(i));
        if (text == null) throw wrong(i, "a text");
        return text;
    }

    /** The argument as a whole number. */
    long whole(int i) {
        Long whole = Wholes.parse(arg(i));
        if (whole == null) throw wrong(i, "a whole number");
        return whole;
    }

    /** The argument as an index or length. */
    int index(int i) {
        long whole = whole(i);
        if (whole < 0 || whole > TEXT_MAX) throw wrong(i, "a number from 0 up");
        return (int) whole;
    }

    ImmutableList<Node> items(int i) {
        if (arg(i) instanceof Node.Arr array) return array.items();
        throw wrong(i, "an array");
    }

    Node.Obj object(int i) {
        if (arg(i) instanceof Node.Obj object) return object;
        throw wrong(i, "an object");
    }

    ArmFailure wrong(int i, String expected) {
        return new ArmFailure(
                "argument " + (i + 1) + " of `" + call.name() + "` is not " + expected, "repair the expression");
    }

    /** The result that cannot be known, named after the call with its arguments evaluated. */
    Node unknown() {
        StringJoiner text = new StringJoiner(", ", call.name() + "(", ")");
        for (Node value : args()) text.add(Opaque.canonical(value));
        return new Node.Unknown(place(), text.toString());
    }

    /** Ends the evaluation of a text that grows beyond what is allowed, before it is built. */
    void checkLength(long length) {
        if (length > TEXT_MAX) {
            throw new ArmFailure("an expression builds a text of more than " + TEXT_MAX + " characters", "shorten it");
        }
    }

    Node of(String text) {
        checkLength(text.length());
        evaluator.step(1 + text.length() / 64);
        return new Node.Str(place(), text);
    }

    Node of(long number) {
        return new Node.Num(place(), Long.toString(number));
    }

    Node of(boolean value) {
        return new Node.Bool(place(), value);
    }

    Node of(List<? extends Node> items) {
        evaluator.step(items.size());
        return new Node.Arr(place(), ImmutableList.copyOf(items));
    }

    Node object(List<Node.Member> members) {
        evaluator.step(members.size());
        return new Node.Obj(place(), ImmutableList.copyOf(members));
    }

    /** The place of the expression, and behind it that of the first argument that came from elsewhere. */
    Place place() {
        for (Node value : values) {
            if (value == null || value.place().equals(here)) continue;
            Place from = value.place();
            boolean nested = from.line() == here.line() && from.pointer().equals(here.pointer());
            return nested ? from : here.via(from);
        }
        return here;
    }
}
