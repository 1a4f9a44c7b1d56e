package dev.mipath.compile;

import dev.mipath.azure.Internet;
import dev.mipath.azure.ServiceFirewall;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.RegionPairs;
import dev.mipath.topology.ExternalService;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds what is declared outside the network: services with firewalls of their own. */
final class ExternalServices {
    private final List<ExternalService> services;

    ExternalServices(List<ExternalService> services) {
        this.services = services;
    }

    /** Puts the firewalls before their services: one door for the Internet, one for service endpoints. */
    void build(Wiring wiring) {
        SortedMap<Prefix, Integer> byEndpoint = new TreeMap<>();
        for (ExternalService service : services) {
            ExternalService.@Nullable Firewall firewall = service.firewall();
            @Nullable Address address = service.address().value().orElse(null);
            if (firewall == null || address == null) continue;
            Meaning addresses = Meaning.ofPrefixes(firewall.allowedAddresses());
            List<Meaning> all = new ArrayList<>(List.of(addresses));
            for (ResourceId subnet : firewall.allowedSubnets()) {
                @Nullable SubnetView view = wiring.views.get(subnet);
                if (view != null) all.add(Meaning.ofPrefixes(view.subnet().prefixes()));
            }
            wiring.publicFrontends.put(Prefix.host(address), wiring.add(door(service, addresses)));
            byEndpoint.put(Prefix.host(address), wiring.add(door(service, Meaning.unionOf(all))));
        }
        wiring.set(wiring.services, new Internet(PrefixSweep.longest(byEndpoint)));
    }

    private static ServiceFirewall door(ExternalService service, Meaning allowed) {
        return new ServiceFirewall(service.id(), allowed.certain(), allowed.possible(), allowed.missing());
    }

    /** The declared addresses of Azure services in this region, or of those surely in another. */
    AddressSet addresses(String region, boolean inIt) {
        List<Prefix> found = new ArrayList<>();
        for (ExternalService service : services) {
            @Nullable Given<String> location = service.location();
            if (location == null || location.isUnknown()) continue;
            boolean same = RegionPairs.spelling(location.orElse("")).equals(RegionPairs.spelling(region));
            if (same == inIt) service.address().value().ifPresent(address -> found.add(Prefix.host(address)));
        }
        return AddressSet.of(found);
    }
}
