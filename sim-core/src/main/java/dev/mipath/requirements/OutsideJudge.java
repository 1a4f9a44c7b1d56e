package dev.mipath.requirements;

import static dev.mipath.requirements.Finding.Reason.MISMATCH;

import dev.mipath.topology.DnsServer;
import dev.mipath.topology.ExternalService;
import java.util.List;
import java.util.Optional;

/** Judges what files of the customer's show in part, or not at all. */
final class OutsideJudge {
    /** Since January 2020 an instance speaks nothing older on its way out (fact 4.18). */
    private static final String LEAST_TLS = "1.2";

    private final SubnetCase of;
    private final Verdicts verdicts;

    OutsideJudge(SubnetCase of, Verdicts verdicts) {
        this.of = of;
        this.verdicts = verdicts;
    }

    void judge() {
        customDns();
        microsoftPeering();
        verdicts.unknown(Requirement.LOCKS_AND_POLICIES, "the locks on the virtual network and the policies assigned");
        tls();
    }

    private void customDns() {
        verdicts.judged(Requirement.CUSTOM_DNS);
        Optional<DnsServer> mute = NamePreconditions.knowsNoPublicName(of.topology(), of.vnet());
        if (mute.isPresent()) {
            DnsServer server = mute.get();
            verdicts.add(Finding.of(
                    Requirement.CUSTOM_DNS,
                    MISMATCH,
                    server.place(),
                    server.id().name()));
        } else if (!of.vnet().dnsServers().isEmpty()) {
            verdicts.unknown(
                    Requirement.CUSTOM_DNS,
                    "whether the DNS servers " + of.vnet().dnsServers() + " resolve public names");
        }
    }

    private void microsoftPeering() {
        verdicts.judged(Requirement.MICROSOFT_PEERING);
        boolean expressRoute = of.topology().virtualNetworkGateways().stream()
                .anyMatch(gateway -> gateway.type().mayBe("ExpressRoute"));
        if (expressRoute) {
            verdicts.unknown(Requirement.MICROSOFT_PEERING, "the peerings of the ExpressRoute circuits");
        }
    }

    /** What the input does not describe may be an old server too; what it describes is judged. */
    private void tls() {
        List<ExternalService> told = of.topology().services(ExternalService.class).stream()
                .filter(service -> service.tlsVersion() != null)
                .toList();
        if (told.isEmpty()) {
            verdicts.unknown(Requirement.TLS_1_2, "the SQL Servers that the instance connects to");
            return;
        }
        verdicts.judged(Requirement.TLS_1_2);
        for (ExternalService service : told) {
            String version = String.valueOf(service.tlsVersion());
            if (version.compareTo(LEAST_TLS) >= 0) continue;
            verdicts.add(Finding.of(
                    Requirement.TLS_1_2, MISMATCH, service.place(), service.id().name(), version));
        }
    }
}
