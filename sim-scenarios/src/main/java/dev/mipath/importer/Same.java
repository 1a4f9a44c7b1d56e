package dev.mipath.importer;

import dev.mipath.format.Node;
import java.util.List;
import java.util.function.IntConsumer;

/** Whether two values are equal, where either may hold something unknown. */
enum Same {
    YES,
    NO,
    MAYBE;

    /**
     * Texts are compared exactly, as {@code equals} of templates does; the same unknown is equal to itself.
     *
     * @param step told every value that is compared: values share parts, so small ones can be endless to walk
     */
    static Same of(Node one, Node other, IntConsumer step) {
        step.accept(1);
        if (one == other) return YES;
        if (one instanceof Node.Unknown left) {
            return other instanceof Node.Unknown right && left.what().equals(right.what()) ? YES : MAYBE;
        }
        if (other instanceof Node.Unknown) return MAYBE;
        if (one instanceof Node.Arr left && other instanceof Node.Arr right)
            return items(left.items(), right.items(), step);
        if (one instanceof Node.Obj left && other instanceof Node.Obj right) return members(left, right, step);
        if (one instanceof Node.Str left && other instanceof Node.Str right) {
            if (left.text().equals(right.text())) return YES;
            return Opaque.isOpen(left) || Opaque.isOpen(right) ? MAYBE : NO;
        }
        if (one instanceof Node.Num left && other instanceof Node.Num right) {
            return of(left.text().equals(right.text()));
        }
        if (one instanceof Node.Bool left && other instanceof Node.Bool right) return of(left.value() == right.value());
        return of(one instanceof Node.Null && other instanceof Node.Null);
    }

    private static Same of(boolean equal) {
        return equal ? YES : NO;
    }

    /** An unknown inside an array may stand for several items, so arrays of other lengths may still be equal. */
    private static Same items(List<Node> ones, List<Node> others, IntConsumer step) {
        boolean open = ones.stream().anyMatch(Node.Unknown.class::isInstance)
                || others.stream().anyMatch(Node.Unknown.class::isInstance);
        if (ones.size() != others.size()) return open ? MAYBE : NO;
        Same all = YES;
        for (int i = 0; i < ones.size(); i++) {
            Same same = of(ones.get(i), others.get(i), step);
            if (same == NO) return open ? MAYBE : NO;
            if (same == MAYBE) all = MAYBE;
        }
        return all;
    }

    private static Same members(Node.Obj one, Node.Obj other, IntConsumer step) {
        if (one.members().size() != other.members().size()) return NO;
        Same all = YES;
        for (Node.Member member : one.members()) {
            Node value = other.get(member.name());
            Same same = value == null ? NO : of(member.value(), value, step);
            if (same == NO) return NO;
            if (same == MAYBE) all = MAYBE;
        }
        return all;
    }
}
