package dev.mipath.laws;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Given;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The peerings of a hub and its spokes, the first VNet being the hub, with what goes wrong with them. */
final class RandomPeerings {
    private final Dice dice;
    private final int calm;
    private final Supplier<Place> place;
    private final boolean gateway;
    private final List<List<Peering>> links = new ArrayList<>();

    /** The first {@code acquainted} VNets may be peered; one in {@code calm} things about a link is a fault. */
    RandomPeerings(Dice dice, int calm, Supplier<Place> place, int vnets, int acquainted, boolean gateway) {
        this.dice = dice;
        this.calm = calm;
        this.place = place;
        this.gateway = gateway;
        for (int i = 0; i < vnets; i++) links.add(new ArrayList<>());
        for (int spoke = 1; spoke < acquainted; spoke++) {
            if (!fault()) join(0, spoke);
            for (int other = spoke + 1; other < acquainted; other++) if (dice.oneIn(5)) join(spoke, other);
        }
    }

    private boolean fault() {
        return dice.oneIn(calm);
    }

    ImmutableList<Peering> of(int vnet) {
        return ImmutableList.copyOf(links.get(vnet));
    }

    private void join(int one, int other) {
        boolean forwarded = dice.oneIn(2);
        boolean transit = gateway && one == 0 && dice.oneIn(2);
        if (!fault() || dice.oneIn(2)) links.get(one).add(link(one, other, forwarded, transit, false));
        if (!fault() || dice.oneIn(2)) links.get(other).add(link(other, one, forwarded, false, transit));
    }

    private Peering link(int from, int to, boolean forwarded, boolean lendsGateway, boolean usesGateway) {
        @Nullable
        Given<Peering.State> state = fault()
                ? Given.of(dice.of(Peering.State.values()))
                : dice.oneIn(3) ? null : Given.of(Peering.State.CONNECTED);
        return new Peering(
                new ResourceId(RandomHubs.vnetId(from) + "/to-" + RandomHubs.vnetId(to)),
                place.get(),
                Given.of(RandomHubs.vnetId(to)),
                state,
                new Peering.Flags(
                        Given.of(!fault()),
                        Given.of(forwarded != fault()),
                        Given.of(lendsGateway != (from == 0 && fault())),
                        Given.of(usesGateway && !fault())),
                ImmutableList.of());
    }
}
