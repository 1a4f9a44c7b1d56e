package dev.mipath.laws;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random peering links: two-sided, one-sided, to absent VNets, in every state and with every mix of switches. */
final class RandomLinks {
    private final Dice dice;
    private final Supplier<Place> place;
    private final List<List<Prefix>> ranges;
    private final List<List<Peering>> links = new ArrayList<>();

    RandomLinks(Dice dice, Supplier<Place> place, List<List<Prefix>> ranges) {
        this.dice = dice;
        this.place = place;
        this.ranges = ranges;
        ranges.forEach(vnet -> links.add(new ArrayList<>()));
        for (int one = 0; one < ranges.size(); one++) {
            for (int other = one + 1; other < ranges.size(); other++) join(one, other);
            if (dice.oneIn(5)) links.get(one).add(toNowhere(one));
        }
    }

    ImmutableList<Peering> of(int vnet) {
        return ImmutableList.copyOf(links.get(vnet));
    }

    private void join(int one, int other) {
        boolean healthy = dice.oneIn(2);
        if (healthy || !dice.oneIn(3)) links.get(one).add(link(one, other, healthy));
        if (healthy || !dice.oneIn(3)) links.get(other).add(link(other, one, healthy));
    }

    private Peering link(int from, int to, boolean healthy) {
        @Nullable
        Given<Peering.State> state = healthy
                ? dice.oneIn(3) ? null : Given.of(Peering.State.CONNECTED)
                : dice.oneIn(4) ? null : Given.of(dice.of(Peering.State.values()));
        return new Peering(
                new ResourceId("vnet" + from + "/to-vnet" + to),
                place.get(),
                Given.of(RandomTopologies.vnetId(to)),
                state,
                flags(healthy),
                dice.oneIn(2) ? ImmutableList.of() : ImmutableList.copyOf(ranges.get(to)));
    }

    private Peering.Flags flags(boolean healthy) {
        return new Peering.Flags(
                Given.of(healthy || !dice.oneIn(4)),
                Given.of(dice.oneIn(2)),
                Given.of(!dice.oneIn(3)),
                Given.of(!dice.oneIn(3)));
    }

    private Peering toNowhere(int from) {
        return new Peering(
                new ResourceId("vnet" + from + "/to-nowhere"),
                place.get(),
                Given.of(new ResourceId("vnet-elsewhere" + from)),
                Given.of(dice.of(Peering.State.values())),
                new Peering.Flags(Given.of(!dice.oneIn(4)), Given.of(true), Given.of(true), Given.of(false)),
                ImmutableList.of(Prefix.parse("10." + (240 + from) + ".0.0/16")));
    }
}
