package dev.mipath.requirements;

import static dev.mipath.requirements.Finding.Reason.FORBIDDEN;
import static dev.mipath.requirements.Finding.Reason.MISMATCH;

import dev.mipath.topology.DnsServer;
import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.ExternalService;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        Locks.judge(of, verdicts);
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
        for (VirtualNetworkGateway gateway : of.topology().virtualNetworkGateways()) {
            if (gateway.type().mayBe("ExpressRoute") && serves(gateway)) circuits(gateway);
        }
    }

    private void circuits(VirtualNetworkGateway gateway) {
        boolean any = false;
        for (ExpressRouteCircuit circuit : of.topology().services(ExpressRouteCircuit.class)) {
            boolean here = circuit.connections().stream()
                    .anyMatch(connection -> connection.gateway().is(gateway.id()));
            any |= here;
            if (here && circuit.microsoftPeering().is(true)) {
                verdicts.add(Finding.of(
                        Requirement.MICROSOFT_PEERING,
                        FORBIDDEN,
                        circuit.place(),
                        circuit.id().name(),
                        gateway.id().name()));
            } else if (here && circuit.microsoftPeering().isUnknown()) {
                verdicts.unknown(
                        Requirement.MICROSOFT_PEERING,
                        "the peerings of ExpressRoute circuit " + circuit.id().name());
            }
        }
        if (!any) {
            verdicts.unknown(
                    Requirement.MICROSOFT_PEERING,
                    "the ExpressRoute circuits of gateway " + gateway.id().name());
        }
    }

    /** Whether the subnet's VNet is connected through a gateway: its own, or one of a peer's that it may use. */
    private boolean serves(VirtualNetworkGateway gateway) {
        @Nullable ResourceId subnet = gateway.subnet().value().orElse(null);
        if (subnet == null) return true;
        if (isIn(of.vnet(), subnet)) return true;
        for (Peering peering : of.vnet().peerings()) {
            if (peering.flags().useRemoteGateways().is(false)) continue;
            boolean remote = peering.remoteVnet().value().flatMap(of.topology()::vnet).stream()
                    .anyMatch(vnet -> isIn(vnet, subnet));
            if (remote) return true;
        }
        return false;
    }

    private static boolean isIn(Vnet vnet, ResourceId subnet) {
        return vnet.subnets().stream().anyMatch(each -> each.id().equals(subnet));
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
