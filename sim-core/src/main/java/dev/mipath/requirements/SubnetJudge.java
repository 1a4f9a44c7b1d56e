package dev.mipath.requirements;

import static dev.mipath.requirements.Finding.Reason.FORBIDDEN;
import static dev.mipath.requirements.Finding.Reason.MISSING;
import static dev.mipath.requirements.Finding.Reason.TOO_SMALL;

import com.google.common.base.Ascii;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Era;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.VirtualNetworkGateway;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges the subnet itself: what it is, what is attached to it, whether it is large enough. */
final class SubnetJudge {
    private static final String DELEGATION = "Microsoft.Sql/managedInstances";

    private final SubnetCase of;
    private final Subnet subnet;
    private final Verdicts verdicts;

    SubnetJudge(SubnetCase of, Verdicts verdicts) {
        this.of = of;
        this.subnet = of.subnet();
        this.verdicts = verdicts;
    }

    void judge() {
        dedicated();
        if (!of.manual()) {
            check(
                    Requirement.SUBNET_DELEGATED,
                    subnet.delegations().stream().anyMatch(DELEGATION::equalsIgnoreCase),
                    MISSING);
        }
        boolean gateway = subnet.id().name().equalsIgnoreCase("GatewaySubnet")
                || of.topology().virtualNetworkGateways().stream()
                        .map(VirtualNetworkGateway::subnet)
                        .anyMatch(id -> id.is(subnet.id()));
        check(Requirement.SUBNET_NOT_GATEWAY, !gateway, FORBIDDEN);
        check(Requirement.NSG_PRESENT, subnet.attached().networkSecurityGroup() != null, MISSING);
        check(Requirement.ROUTE_TABLE_PRESENT, subnet.attached().routeTable() != null, MISSING);
        size();
        if (of.manual()) {
            check(
                    Requirement.NO_SERVICE_ENDPOINTS,
                    subnet.serviceEndpoints().isEmpty(),
                    FORBIDDEN,
                    subnet.serviceEndpoints().toArray(String[]::new));
        }
        check(
                Requirement.NO_NAT_GATEWAY,
                subnet.attached().natGateway() == null,
                FORBIDDEN,
                subnet.attached().natGateway() == null
                        ? ""
                        : subnet.attached().natGateway().map(id -> id.name()).toString());
        if (of.era().equals(Era.CURRENT)) {
            if (subnet.defaultOutboundAccess().isUnknown()) {
                verdicts.unknown(
                        Requirement.DEFAULT_OUTBOUND,
                        subnet.defaultOutboundAccess().toString());
            } else {
                check(
                        Requirement.DEFAULT_OUTBOUND,
                        subnet.defaultOutboundAccess().is(true),
                        FORBIDDEN);
            }
        }
    }

    private void check(Requirement requirement, boolean met, Finding.Reason reason, String... subjects) {
        verdicts.judged(requirement);
        if (!met) verdicts.add(Finding.of(requirement, reason, subnet.place(), subjects));
    }

    private void dedicated() {
        Set<String> strangers = new LinkedHashSet<>();
        for (NetworkInterface nic : of.topology().networkInterfaces()) {
            boolean here = nic.ipConfigurations().stream()
                    .anyMatch(configuration -> configuration.subnet().is(subnet.id()));
            if (here) strangers.add(nic.id().name());
        }
        for (PrivateEndpoint endpoint : of.topology().privateEndpoints()) {
            if (endpoint.subnet().is(subnet.id())) strangers.add(endpoint.id().name());
        }
        for (String delegation : subnet.delegations()) {
            if (!delegation.equalsIgnoreCase(DELEGATION)) strangers.add(delegation);
        }
        check(Requirement.SUBNET_DEDICATED, strangers.isEmpty(), FORBIDDEN, strangers.toArray(String[]::new));
    }

    private void size() {
        Optional<Prefix> prefix = of.prefix();
        if (prefix.isEmpty()) {
            verdicts.unknown(Requirement.SUBNET_SIZE, "the subnet's address prefix");
            return;
        }
        SubnetSize size = SubnetSize.of(of.era());
        int has = 1 << Math.min(30, 32 - prefix.get().length());
        check(
                Requirement.SUBNET_SIZE,
                has >= size.least(),
                TOO_SMALL,
                String.valueOf(has),
                String.valueOf(size.least()));
        if (has >= size.least()) {
            check(
                    Requirement.SUBNET_RECOMMENDED_SIZE,
                    has >= size.recommended(),
                    TOO_SMALL,
                    String.valueOf(has),
                    String.valueOf(size.recommended()));
        }
        room(size, has);
    }

    private void room(SubnetSize size, int has) {
        int critical = businessCritical(of.instances());
        int all = of.instances().size();
        int needed = size.needed(all - critical, critical, 0, all == 0 ? 0 : 1);
        verdicts.judged(Requirement.SUBNET_ROOM);
        if (has >= needed) return;
        Finding finding = Finding.of(
                Requirement.SUBNET_ROOM, TOO_SMALL, subnet.place(), String.valueOf(has), String.valueOf(needed));
        verdicts.add(verdicts.found(Requirement.SUBNET_SIZE) ? finding.because(Requirement.SUBNET_SIZE) : finding);
    }

    static int businessCritical(List<ManagedInstance> instances) {
        int critical = 0;
        for (ManagedInstance instance : instances) {
            String tier = instance.tier() == null ? "" : instance.tier().orElse("");
            if (Ascii.toLowerCase(tier).startsWith("business")) critical++;
        }
        return critical;
    }
}
