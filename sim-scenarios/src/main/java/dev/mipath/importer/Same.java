package dev.mipath.importer;

import dev.mipath.format.Node;
import java.util.List;

/** Whether two values are equal, where either may hold something unknown. */
enum Same {
    YES,
    NO,
    MAYBE;

    /** Texts are compared exactly, as {@code equals} of templates does; the same unknown is equal to itself. */
    static Same of(Node one, Node other) {
        if (one == other) return YES;
        if (one instanceof Node.Unknown left) {
            return other instanceof Node.Unknown right && left.what().equals(right.what()) ? YES : MAYBE;
        }
        if (other instanceof Node.Unknown) return MAYBE;
        if (one instanceof Node.Arr left && other instanceof Node.Arr right) return items(left.items(), right.items());
        if (one instanceof Node.Obj left && other instanceof Node.Obj right) return members(left, right);
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
    private static Same items(List<Node> ones, List<Node> others) {
        boolean open = ones.stream().anyMatch(Node.Unknown.class::isInstance)
                || others.stream().anyMatch(Node.Unknown.class::isInstance);
        if (ones.size() != others.size()) return open ? MAYBE : NO;
        Same all = YES;
        for (int i = 0; i < ones.size(); i++) {
            Same same = of(ones.get(i), others.get(i));
            if (same == NO) return open ? MAYBE : NO;
            if (same == MAYBE) all = MAYBE;
        }
        return all;
    }

    private static Same members(Node.Obj one, Node.Obj other) {
        if (one.members().size() != other.members().size()) return NO;
        Same all = YES;
        for (Node.Member member : one.members()) {
            Node value = other.get(member.name());
            Same same = value == null ? NO : of(member.value(), value);
            if (same == NO) return NO;
            if (same == MAYBE) all = MAYBE;
        }
        return all;
    }
}
