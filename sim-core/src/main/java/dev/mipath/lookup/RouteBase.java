package dev.mipath.lookup;

import org.jspecify.annotations.Nullable;

/**
 * The prefixes of one family and their values, open to change: the truth that {@link LiveTable} keeps its
 * fast form true to. Not safe for use by several threads.
 */
public final class RouteBase {
    /*
     * A path-compressed binary trie. A node stands for a prefix; its children are the two halves of it, or
     * the longest prefix of a half that still covers everything below. Only nodes where two branches part
     * or a prefix ends exist, so there are fewer than twice as many as prefixes. Keys are 128 bits wide;
     * IPv4 bits stand at the top, so that one trie serves both families.
     */
    private static final class Node {
        final long high;
        final long low;
        final int length;
        int value = LpmTable.NONE;

        @Nullable
        Node zero;

        @Nullable
        Node one;

        Node(long high, long low, int length) {
            this.high = high;
            this.low = low;
            this.length = length;
        }

        @Nullable
        Node child(int bit) {
            return bit == 0 ? zero : one;
        }

        void child(int bit, @Nullable Node node) {
            if (bit == 0) zero = node;
            else one = node;
        }
    }

    /** Receives prefixes; of an IPv4 base the bits stand at the top of {@code high}. */
    public interface Visitor {
        /** One prefix. */
        void visit(long high, long low, int length, int value);
    }

    private final int width;
    private final Node root = new Node(0, 0, 0);
    private int size;

    private RouteBase(int width) {
        this.width = width;
    }

    /** An empty base of IPv4 prefixes. */
    public static RouteBase four() {
        return new RouteBase(32);
    }

    /** An empty base of IPv6 prefixes. */
    public static RouteBase six() {
        return new RouteBase(128);
    }

    /** How many prefixes there are. */
    public int size() {
        return size;
    }

    /** Sets the value of an IPv4 prefix; the value it had, or {@link LpmTable#NONE}. */
    public int put(int network, int length, int value) {
        return put((long) network << 32, 0, length, value);
    }

    /** Sets the value of a prefix; the value it had, or {@link LpmTable#NONE}. */
    public int put(long high, long low, int length, int value) {
        if (value < 0) throw new IllegalArgumentException("value " + value + " is negative");
        if (length < 0 || length > width || clipped(high, 0, length) != high || clipped(low, 64, length) != low) {
            throw new IllegalArgumentException("no prefix of length " + length);
        }
        Node node = root;
        while (node.length < length) {
            int bit = bit(high, low, node.length);
            Node next = node.child(bit);
            if (next == null) {
                next = new Node(high, low, length);
                node.child(bit, next);
            } else {
                int common = common(next, high, low, length);
                if (common < next.length) {
                    Node fork = new Node(clipped(high, 0, common), clipped(low, 64, common), common);
                    fork.child(bit(next.high, next.low, common), next);
                    node.child(bit, fork);
                    next = fork;
                }
            }
            node = next;
        }
        int old = node.value;
        node.value = value;
        if (old == LpmTable.NONE) size++;
        return old;
    }

    /** Removes an IPv4 prefix; the value it had, or {@link LpmTable#NONE}. */
    public int remove(int network, int length) {
        return remove((long) network << 32, 0, length);
    }

    /** Removes a prefix; the value it had, or {@link LpmTable#NONE}. */
    public int remove(long high, long low, int length) {
        Node above = root;
        Node parent = root;
        Node node = root;
        while (node.length < length) {
            Node next = node.child(bit(high, low, node.length));
            if (next == null || common(next, high, low, length) < next.length) return LpmTable.NONE;
            above = parent;
            parent = node;
            node = next;
        }
        int old = node.value;
        if (old == LpmTable.NONE || node.high != high || node.low != low) return LpmTable.NONE;
        node.value = LpmTable.NONE;
        size--;
        bypass(parent, node);
        bypass(above, parent);
        return old;
    }

    /** Takes a node out that neither holds a value nor parts two branches. */
    private void bypass(Node parent, Node node) {
        boolean needed = node.value != LpmTable.NONE || node.zero != null && node.one != null;
        if (needed || node == root) return;
        parent.child(bit(node.high, node.low, parent.length), node.zero != null ? node.zero : node.one);
    }

    /** The value of exactly this IPv4 prefix, or {@link LpmTable#NONE}. */
    public int exact(int network, int length) {
        return exact((long) network << 32, 0, length);
    }

    /** The value of exactly this prefix, or {@link LpmTable#NONE}. */
    public int exact(long high, long low, int length) {
        Node node = at(high, low, length);
        return node != null && node.length == length ? node.value : LpmTable.NONE;
    }

    /** The value of the longest IPv4 prefix that covers this one or is it, or {@link LpmTable#NONE}. */
    public int covering(int network, int length) {
        return covering((long) network << 32, 0, length);
    }

    /** The value of the longest prefix that covers this one or is it, or {@link LpmTable#NONE}. */
    public int covering(long high, long low, int length) {
        int best = LpmTable.NONE;
        Node node = root;
        while (node != null && node.length <= length && common(node, high, low, length) == node.length) {
            if (node.value != LpmTable.NONE) best = node.value;
            if (node.length == length) break;
            node = node.child(bit(high, low, node.length));
        }
        return best;
    }

    /** The highest node at or below a prefix, or null when nothing is there. */
    private @Nullable Node at(long high, long low, int length) {
        Node node = root;
        while (node != null && node.length < length) {
            Node next = node.child(bit(high, low, node.length));
            if (next != null && common(next, high, low, length) < Math.min(length, next.length)) return null;
            node = next;
        }
        return node;
    }

    /** Gives every prefix, in rising order and a covering prefix before those it covers. */
    public void forEach(Visitor visitor) {
        visit(root, visitor);
    }

    /**
     * Gives all that holds inside a prefix: first the prefix itself with the value of the longest that covers it, or
     * {@link LpmTable#NONE}, then every prefix inside it, in the order of {@link #forEach}.
     */
    void paint(long high, long low, int length, Visitor visitor) {
        int covering = LpmTable.NONE;
        Node node = root;
        while (node != null && node.length < length) {
            if (node.value != LpmTable.NONE) covering = node.value;
            Node next = node.child(bit(high, low, node.length));
            node = next != null && common(next, high, low, length) < Math.min(length, next.length) ? null : next;
        }
        visitor.visit(high, low, length, covering);
        visit(node, visitor);
    }

    private static void visit(@Nullable Node node, Visitor visitor) {
        if (node == null) return;
        if (node.value != LpmTable.NONE) visitor.visit(node.high, node.low, node.length, node.value);
        visit(node.zero, visitor);
        visit(node.one, visitor);
    }

    /** The immutable table in which the longest of these prefixes wins. */
    public LpmTable table() {
        Prefixes prefixes = new Prefixes();
        forEach((high, low, length, value) -> {
            if (width == 32) prefixes.add((int) (high >>> 32), length, value);
            else prefixes.add(high, low, length, value);
        });
        return prefixes.table();
    }

    private static int bit(long high, long low, int index) {
        return (int) (index < 64 ? high >>> 63 - index : low >>> 127 - index) & 1;
    }

    /** How many leading bits a node shares with a prefix, at most the length of either. */
    private static int common(Node node, long high, long low, int length) {
        int shared = node.high != high
                ? Long.numberOfLeadingZeros(node.high ^ high)
                : 64 + Long.numberOfLeadingZeros(node.low ^ low);
        return Math.min(shared, Math.min(node.length, length));
    }

    /** The bits from {@code from} on that lie inside the length. */
    private static long clipped(long bits, int from, int length) {
        int kept = length - from;
        return kept <= 0 ? 0 : kept >= 64 ? bits : bits & -1L << 64 - kept;
    }
}
