package dev.mipath.azure;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.MissingWay;
import dev.mipath.lookup.LpmTable;
import org.jspecify.annotations.Nullable;

/** The ways out of a VNet that Azure does not give, by the addresses they would lead to (facts 3.1, 3.2, 3.5). */
public final class MissingWays {
    /** A VNet that lacks nothing. */
    public static final MissingWays NONE = new MissingWays(new LpmTable.Builder().build(), ImmutableList.of());

    private final LpmTable table;
    private final ImmutableList<MissingWay> ways;

    /** {@code table} leads from a destination to the index of a way. */
    public MissingWays(LpmTable table, ImmutableList<MissingWay> ways) {
        this.table = table;
        this.ways = ways;
    }

    /** The way that the packet in the register lacks, or null. */
    @Nullable
    MissingWay of(Header header) {
        int index = header.v6()
                ? table.match(header.destinationHigh(), header.destinationLow())
                : table.match((int) header.destinationLow());
        return index == LpmTable.NONE ? null : ways.get(index);
    }
}
