package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;

/** Who is who: the clients of all populations in one row, and the addresses and ports they have. */
final class Clients {
    private final ImmutableList<Population> populations;
    private final int[] first;
    private final int[] firstAddress;
    private final Address[] addresses;

    Clients(ImmutableList<Population> populations) {
        this.populations = populations;
        first = new int[populations.size() + 1];
        firstAddress = new int[populations.size() + 1];
        for (int p = 0; p < populations.size(); p++) {
            first[p + 1] = Math.addExact(first[p], populations.get(p).clients());
            firstAddress[p + 1] = firstAddress[p] + populations.get(p).source().addresses();
        }
        addresses = new Address[firstAddress[populations.size()]];
        for (int p = 0; p < populations.size(); p++) {
            Population.Source source = populations.get(p).source();
            for (int i = 0; i < source.addresses(); i++) addresses[firstAddress[p] + i] = source.address(i);
        }
    }

    /** How many clients there are. */
    int size() {
        return first[first.length - 1];
    }

    int populations() {
        return populations.size();
    }

    Population of(int population) {
        return populations.get(population);
    }

    /** The first client of a population. */
    int first(int population) {
        return first[population];
    }

    /** The population of a client. */
    int population(int client) {
        int population = 0;
        while (client >= first[population + 1]) population++;
        return population;
    }

    /** How many addresses clients have. */
    int addresses() {
        return addresses.length;
    }

    /** The number of a population's first address. */
    int firstAddress(int population) {
        return firstAddress[population];
    }

    /** The number of a client's address. */
    int addressNumber(int client, int population) {
        int span = firstAddress[population + 1] - firstAddress[population];
        return firstAddress[population] + (client - first[population]) % span;
    }

    Address address(int number) {
        return addresses[number];
    }

    /** The first of a client's own ports. */
    int firstPort(int client, int population) {
        int span = firstAddress[population + 1] - firstAddress[population];
        int place = (client - first[population]) / span;
        return populations.get(population).source().firstPort() + place * Population.PORTS_PER_CLIENT;
    }
}
