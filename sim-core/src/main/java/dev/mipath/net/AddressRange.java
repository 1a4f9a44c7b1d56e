package dev.mipath.net;

/**
 * The addresses from first to last, both included, of one family.
 *
 * @param first the lowest address
 * @param last the highest address, not below {@code first}
 */
public record AddressRange(Address first, Address last) {
    public AddressRange {
        if (first.v6() != last.v6() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException("no range from " + first + " to " + last);
        }
    }

    @Override
    public String toString() {
        return first.equals(last) ? first.toString() : first + "-" + last;
    }
}
