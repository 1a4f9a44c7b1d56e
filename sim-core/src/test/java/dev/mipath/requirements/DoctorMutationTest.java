package dev.mipath.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.CompileOptions;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.topology.Change;
import dev.mipath.topology.DnsServer;
import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.ExternalService;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One minimal mutation of a healthy subnet raises its own finding, and besides it only what that causes. */
class DoctorMutationTest {
    private static final List<Era> EVERY = Era.ALL;
    private static final List<Era> AIDED = List.of(Era.Y2020, Era.Y2022, Era.NOVEMBER_2022, Era.CURRENT);
    private static final List<Era> WITH_MANAGEMENT = List.of(Era.Y2020, Era.MANUAL_2020, Era.Y2022);
    private static final List<Era> WITH_CORPNET = List.of(Era.Y2020, Era.Y2022);
    private static final List<Era> OF_2020 = List.of(Era.Y2020, Era.MANUAL_2020);
    private static final List<Era> MANUAL = List.of(Era.MANUAL_2020);
    private static final List<Era> CURRENT = List.of(Era.CURRENT);

    /** A mutation and the finding it must raise. */
    record Mutation(Requirement requirement, Era era, String what, Consumer<Healthy> make) {
        /** No tag of Microsoft's networks has members that are known without a download. */
        SubnetReport examine(Topology topology) {
            boolean loaded = requirement.name().startsWith("CORPNET");
            return loaded
                    ? Healthy.examine(
                            topology, CompileOptions.DEFAULTS.with(Healthy.TAGS).with(era), era)
                    : Healthy.examine(topology, era);
        }

        @Override
        public String toString() {
            return requirement.id() + " in " + era.name() + ": " + what;
        }
    }

    private final List<Mutation> all = new ArrayList<>();

    private void add(Requirement requirement, List<Era> eras, String what, Consumer<Healthy> make) {
        for (Era era : eras) all.add(new Mutation(requirement, era, what, make));
    }

    private void deny(Requirement requirement, List<Era> eras, String what) {
        // Before everything else: the service's own rules make room for what the customer has at 100.
        add(requirement, eras, what, healthy -> first(healthy, Healthy.rule("harm", what)));
    }

    private static void first(Healthy healthy, SecurityRule harm) {
        healthy.rules.replaceAll(
                rule -> rule.priority().is(100) && rule.direction().equals(harm.direction())
                        ? new SecurityRule(
                                rule.name(), rule.place(), Given.of(105), rule.direction(), rule.access(), rule.match())
                        : rule);
        healthy.rules.add(harm);
    }

    static Stream<Mutation> mutations() {
        DoctorMutationTest list = new DoctorMutationTest();
        list.subnets();
        list.rules();
        list.routes();
        list.constraints();
        return list.all.stream();
    }

    private void subnets() {
        add(
                Requirement.SUBNET_DEDICATED,
                EVERY,
                "a machine's NIC",
                healthy -> healthy.more()
                        .add(new NetworkInterface(
                                new ResourceId("nic-stray"),
                                Healthy.PLACE,
                                ImmutableList.of(new NetworkInterface.IpConfiguration(
                                        "ip", Healthy.PLACE, Given.of(Healthy.SUBNET), null, null, ImmutableList.of())),
                                null,
                                Given.of(false),
                                null)));
        add(
                Requirement.SUBNET_NOT_GATEWAY,
                EVERY,
                "a gateway in it",
                healthy -> healthy.more().add(gateway()));
        add(
                Requirement.SUBNET_DELEGATED,
                AIDED,
                "no delegation",
                healthy -> healthy.subnet(
                        subnet -> copy(subnet, subnet.prefixes(), subnet.attached(), List.of(), List.of(), true)));
        add(
                Requirement.NSG_PRESENT,
                EVERY,
                "no group",
                healthy -> attach(healthy, new Subnet.Attached(null, Given.of(Healthy.TABLE), null)));
        add(
                Requirement.ROUTE_TABLE_PRESENT,
                EVERY,
                "no table",
                healthy -> attach(healthy, new Subnet.Attached(Given.of(Healthy.NSG), null, null)));
        add(
                Requirement.NO_NAT_GATEWAY,
                EVERY,
                "a NAT gateway",
                healthy -> attach(
                        healthy,
                        new Subnet.Attached(
                                Given.of(Healthy.NSG), Given.of(Healthy.TABLE), Given.of(new ResourceId("nat")))));
        add(Requirement.SUBNET_SIZE, EVERY, "a /29", healthy -> prefix(healthy, "10.0.1.0/29"));
        add(Requirement.SUBNET_RECOMMENDED_SIZE, OF_2020, "a /28", healthy -> prefix(healthy, "10.0.1.0/28"));
        add(Requirement.SUBNET_ROOM, EVERY, "forty more instances", healthy -> {
            for (int i = 0; i < 126; i++) healthy.more().add(another("mi-more" + i));
        });
        add(
                Requirement.NO_SERVICE_ENDPOINTS,
                MANUAL,
                "a service endpoint",
                healthy -> healthy.subnet(subnet -> copy(
                        subnet, subnet.prefixes(), subnet.attached(), List.of(), List.of("Microsoft.Storage"), true)));
        add(
                Requirement.DEFAULT_OUTBOUND,
                CURRENT,
                "a private subnet",
                healthy -> healthy.subnet(subnet ->
                        copy(subnet, subnet.prefixes(), subnet.attached(), subnet.delegations(), List.of(), false)));
    }

    private static VirtualNetworkGateway gateway() {
        return new VirtualNetworkGateway(
                new ResourceId("gw"),
                Healthy.PLACE,
                Given.of(Healthy.SUBNET),
                Given.of("Vpn"),
                ImmutableList.of(Given.of(Prefix.parse("192.168.0.0/16"))));
    }

    private static ManagedInstance another(String name) {
        return new ManagedInstance(
                new ResourceId(name),
                Healthy.PLACE,
                Given.of(Healthy.SUBNET),
                null,
                "0123abcd",
                Given.of("Redirect"),
                Given.of(false),
                Given.of("GeneralPurpose"));
    }

    private static void attach(Healthy healthy, Subnet.Attached attached) {
        healthy.subnet(subnet -> subnet.with(attached));
    }

    private static void prefix(Healthy healthy, String prefix) {
        healthy.subnet(subnet -> copy(
                subnet,
                ImmutableList.of(Given.of(Prefix.parse(prefix))),
                subnet.attached(),
                subnet.delegations(),
                List.of(),
                true));
    }

    private static Subnet copy(
            Subnet subnet,
            ImmutableList<Given<Prefix>> prefixes,
            Subnet.Attached attached,
            List<String> delegations,
            List<String> endpoints,
            boolean outbound) {
        return new Subnet(
                subnet.id(),
                subnet.place(),
                prefixes,
                attached,
                ImmutableList.copyOf(delegations),
                ImmutableList.copyOf(endpoints),
                null,
                Given.of(outbound));
    }

    private void rules() {
        deny(Requirement.MANAGEMENT_IN, WITH_MANAGEMENT, "100 In Deny Tcp 13.64.155.40/32 -> *:9003");
        deny(Requirement.MANAGEMENT_IN, WITH_MANAGEMENT, "100 In Deny * SqlManagement -> 10.0.1.7/32:1440");
        deny(Requirement.MANAGEMENT_IN, WITH_MANAGEMENT, "100 In Deny Tcp 13.64.0.0/11 -> 10.0.0.0/16:1000-2000");
        deny(Requirement.CORPNET_SAW_IN, WITH_CORPNET, "100 In Deny Tcp CorpNetSaw -> *:9003");
        deny(Requirement.CORPNET_SAW_IN, WITH_CORPNET, "100 In Deny * 131.107.9.7/32 -> 10.0.1.128/25:8000-9002");
        deny(Requirement.CORPNET_SAW_IN, List.of(Era.Y2022), "100 In Deny Tcp 131.107.9.0/25 -> *:1440");
        deny(Requirement.CORPNET_PUBLIC_IN, WITH_CORPNET, "100 In Deny Tcp CorpNetPublic -> *:9000");
        deny(Requirement.CORPNET_PUBLIC_IN, WITH_CORPNET, "100 In Deny * 131.107.8.255/32 -> 10.0.1.9/32:9000-9100");
        deny(Requirement.SUBNET_IN, EVERY, "100 In Deny Tcp 10.0.1.9/32 -> 10.0.1.8/32:5022");
        deny(Requirement.SUBNET_IN, EVERY, "100 In Deny Icmp 10.0.0.0/16 -> *:*");
        deny(Requirement.SUBNET_IN, EVERY, "100 In Deny Udp 10.0.0.0/16 -> *:1024-65535");
        deny(Requirement.HEALTH_PROBE_IN, EVERY, "100 In Deny * AzureLoadBalancer -> *:*");
        deny(Requirement.HEALTH_PROBE_IN, EVERY, "100 In Deny Tcp 168.63.129.16/32 -> 10.0.1.255/32:80");
        deny(Requirement.SUBNET_OUT, EVERY, "100 Out Deny Tcp * -> 10.0.1.0/28:445");
        deny(Requirement.SUBNET_OUT, EVERY, "100 Out Deny Esp 10.0.1.0/24 -> 10.0.0.0/16:*");
        deny(Requirement.MANAGEMENT_OUT, WITH_MANAGEMENT, "100 Out Deny Tcp * -> AzureCloud:12000");
        deny(Requirement.MANAGEMENT_OUT, WITH_MANAGEMENT, "100 Out Deny * 10.0.1.200/32 -> 13.69.0.0/16:443");
        deny(Requirement.ENTRA_OUT, List.of(Era.NOVEMBER_2022), "100 Out Deny Tcp * -> AzureActiveDirectory:443");
        deny(Requirement.TELEMETRY_OUT, List.of(Era.NOVEMBER_2022), "100 Out Deny Tcp * -> OneDsCollector:400-500");
        deny(Requirement.STORAGE_OUT, List.of(Era.NOVEMBER_2022), "100 Out Deny Udp * -> Storage.WestEurope:443");
        deny(Requirement.STORAGE_PAIR_OUT, List.of(Era.NOVEMBER_2022), "100 Out Deny Udp * -> 13.70.208.16/32:443");
        deny(Requirement.OPTIONAL_AZURE_OUT, List.of(Era.NOVEMBER_2022), "100 Out Deny Tcp * -> 13.69.64.7/32:443");
        deny(Requirement.OPTIONAL_AZURE_OUT, CURRENT, "100 Out Deny Tcp * -> 13.69.64.7/32:443");
        add(Requirement.PLATFORM_DNS, EVERY, "a deny of AzurePlatformDNS", healthy -> {
            healthy.rules.add(Healthy.rule("no_dns", "3000 Out Deny Udp * -> AzurePlatformDNS:53"));
        });
        add(
                Requirement.REDIRECT_PORTS,
                List.of(Era.Y2020, Era.MANUAL_2020, Era.Y2022, Era.NOVEMBER_2022),
                "half of the range",
                healthy -> replace(
                        healthy, "allow_redirect", "1100 In Allow Tcp VirtualNetwork -> 10.0.1.0/24:11000-11499"));
        add(
                Requirement.PUBLIC_ENDPOINT_PORT,
                EVERY,
                "the endpoint on, the port closed",
                healthy -> healthy.instance(mi -> new ManagedInstance(
                        mi.id(),
                        mi.place(),
                        mi.subnet(),
                        null,
                        mi.dnsZone(),
                        mi.proxyOverride(),
                        Given.of(true),
                        mi.tier())));
        add(
                Requirement.PUBLIC_PORT_CLOSED,
                EVERY,
                "the port open, the endpoint off",
                healthy -> healthy.rules.add(
                        Healthy.rule("allow_public", "1300 In Allow Tcp Internet -> 10.0.1.0/24:3342")));
        for (String rule :
                List.of("management_in", "mi_subnet_in", "health_probe", "management_out", "mi_subnet_out")) {
            Requirement requirement = switch (rule) {
                case "management_in" -> Requirement.MANAGEMENT_IN;
                case "mi_subnet_in" -> Requirement.SUBNET_IN;
                case "health_probe" -> Requirement.HEALTH_PROBE_IN;
                case "management_out" -> Requirement.MANAGEMENT_OUT;
                default -> Requirement.SUBNET_OUT;
            };
            add(
                    requirement,
                    MANUAL,
                    "rule " + rule + " is absent",
                    healthy -> healthy.rules.removeIf(each -> each.name().equals(rule)));
        }
        add(Requirement.ONE_RULE_PER_PORT_SET, MANUAL, "a rule for each port", healthy -> {
            replace(healthy, "management_out", "100 Out Allow Tcp 10.0.1.0/24 -> AzureCloud:443");
            healthy.rules.add(Healthy.rule("management_out2", "101 Out Allow Tcp 10.0.1.0/24 -> AzureCloud:12000"));
        });
        add(
                Requirement.MANDATORY_RULES_FIRST,
                MANUAL,
                "another rule between",
                healthy ->
                        healthy.rules.add(Healthy.rule("early", "105 In Allow Tcp 10.9.0.0/16 -> 10.0.1.0/24:1434")));
    }

    private static void replace(Healthy healthy, String name, String text) {
        healthy.rules.replaceAll(rule -> rule.name().equals(name) ? Healthy.rule(name, text) : rule);
    }

    private void routes() {
        add(
                Requirement.ROUTES_TO_AZURE,
                OF_2020,
                "a stolen /32",
                healthy -> healthy.routes.add(Healthy.route("steal", "13.64.9.9/32", NextHopType.VIRTUAL_APPLIANCE)));
        add(
                Requirement.ROUTES_TO_AZURE,
                OF_2020,
                "a /16 to nowhere",
                healthy -> healthy.routes.add(Healthy.route("steal", "52.100.0.0/16", NextHopType.NONE)));
        add(
                Requirement.ROUTES_TO_AZURE,
                List.of(Era.Y2022, Era.NOVEMBER_2022),
                "a stolen /24 of storage",
                healthy -> healthy.routes.add(Healthy.route("steal", "13.69.41.0/24", NextHopType.VIRTUAL_APPLIANCE)));
        add(
                Requirement.ROUTE_SUBNET_LOCAL,
                EVERY,
                "a stolen /32",
                healthy -> healthy.routes.add(Healthy.route("steal", "10.0.1.20/32", NextHopType.VIRTUAL_APPLIANCE)));
        add(
                Requirement.ROUTE_SUBNET_LOCAL,
                EVERY,
                "half of the subnet",
                healthy -> healthy.routes.add(Healthy.route("steal", "10.0.1.128/25", NextHopType.NONE)));
        add(
                Requirement.ROUTE_SUBNET_LOCAL,
                MANUAL,
                "no route of its own",
                healthy -> healthy.routes.removeIf(route -> route.name().equals("subnet_to_vnetlocal")));
        add(
                Requirement.ROUTES_TO_AZURE,
                MANUAL,
                "one prefix is absent",
                healthy -> healthy.routes.removeIf(route -> route.name().startsWith("mi-65-52-14")));
    }

    private void constraints() {
        add(
                Requirement.NO_GLOBAL_PEERING,
                OF_2020,
                "a peer in the USA",
                healthy -> peer(healthy, "eastus", null, null));
        add(Requirement.GATEWAY_FLAGS, EVERY, "transit is not allowed", healthy -> {
            peer(healthy, "westeurope", null, null);
            healthy.peerings.replaceAll(link ->
                    link.with(new Peering.Flags(Given.of(true), Given.of(true), Given.of(false), Given.of(true))));
        });
        add(
                Requirement.NO_IPV6,
                List.of(Era.NOVEMBER_2022, Era.CURRENT),
                "a rule",
                healthy -> healthy.rules.add(Healthy.rule("six", "2000 In Allow Tcp fd00::/8 -> *:1433")));
        add(
                Requirement.NO_IPV6,
                List.of(Era.NOVEMBER_2022, Era.CURRENT),
                "a route",
                healthy -> healthy.routes.add(Healthy.route("six", "fd00::/8", NextHopType.NONE)));
        // Trap 27: two subnets that are peered may not share either.
        add(
                Requirement.OWN_NSG,
                CURRENT,
                "a shared group",
                healthy -> peer(healthy, "westeurope", Healthy.NSG, new ResourceId("rt-other")));
        add(
                Requirement.OWN_ROUTE_TABLE,
                CURRENT,
                "a shared table",
                healthy -> peer(healthy, "westeurope", new ResourceId("nsg-other"), Healthy.TABLE));
        add(
                Requirement.RESERVED_ZONES,
                List.of(Era.Y2022, Era.NOVEMBER_2022, Era.CURRENT),
                "a hidden zone",
                healthy -> zone(healthy, "blob.core.windows.net"));
        add(
                Requirement.RESERVED_ZONES,
                List.of(Era.Y2022, Era.NOVEMBER_2022, Era.CURRENT),
                "its own private link zone",
                healthy -> zone(healthy, "privatelink.0123abcd.database.windows.net"));
        add(Requirement.CUSTOM_DNS, EVERY, "a server that asks nobody", healthy -> {
            Address server = Address.parse("10.0.9.9");
            healthy.dnsServers.add(Given.of(server));
            healthy.more()
                    .add(new DnsServer(
                            new ResourceId("lonely"),
                            Healthy.PLACE,
                            server,
                            DnsServer.Forwarding.NOTHING,
                            ImmutableList.of()));
        });
        add(Requirement.MICROSOFT_PEERING, EVERY, "a circuit at the network's gateway", healthy -> {
            ResourceId gateway = new ResourceId("gw-er");
            Subnet subnet = new Subnet(
                    new ResourceId("vnet-hub/GatewaySubnet"),
                    Healthy.PLACE,
                    ImmutableList.of(Given.of(Prefix.parse("10.7.1.0/24"))),
                    new Subnet.Attached(null, null, null),
                    ImmutableList.of(),
                    ImmutableList.of(),
                    null);
            ResourceId hub = new ResourceId("vnet-hub");
            Peering.Flags uses = new Peering.Flags(Given.of(true), Given.of(true), Given.of(false), Given.of(true));
            Peering.Flags lends = new Peering.Flags(Given.of(true), Given.of(true), Given.of(true), Given.of(false));
            healthy.peerings.add(link("vnet-mi/to-hub", hub).with(uses));
            healthy.more()
                    .add(new Vnet(
                            hub,
                            Healthy.PLACE,
                            Given.of("westeurope"),
                            ImmutableList.of(Given.of(Prefix.parse("10.7.0.0/16"))),
                            ImmutableList.of(),
                            ImmutableList.of(subnet),
                            ImmutableList.of(link("vnet-hub/back", Healthy.VNET).with(lends))))
                    .add(new VirtualNetworkGateway(
                            gateway,
                            Healthy.PLACE,
                            Given.of(subnet.id()),
                            Given.of("ExpressRoute"),
                            ImmutableList.of()))
                    .add(new ExpressRouteCircuit(
                            new ResourceId("erc"),
                            Healthy.PLACE,
                            Given.of(true),
                            ImmutableList.of(new ExpressRouteCircuit.Connection(Given.of(gateway)))));
        });
        add(
                Requirement.TLS_1_2,
                EVERY,
                "an old linked server",
                healthy -> healthy.more()
                        .add(new ExternalService(
                                new ResourceId("sql2008"),
                                Healthy.PLACE,
                                null,
                                Given.of(Address.parse("10.9.9.9")),
                                null,
                                ImmutableList.of(1433),
                                null,
                                "1.0",
                                null)));
        for (ManagementLock.Level level : ManagementLock.Level.values()) {
            lock(level, Healthy.VNET, "the network");
            lock(level, Healthy.SUBNET, "the subnet");
            lock(level, Healthy.NSG, "the group");
            lock(level, Healthy.TABLE, "the table");
        }
        add(
                Requirement.ONE_DNS_ZONE,
                EVERY,
                "a second zone",
                healthy -> healthy.more()
                        .add(new ManagedInstance(
                                new ResourceId("mi2"),
                                Healthy.PLACE,
                                Given.of(Healthy.SUBNET),
                                null,
                                "4567abcd",
                                Given.of("Redirect"),
                                Given.of(false),
                                Given.of("GeneralPurpose"))));
    }

    private void lock(ManagementLock.Level level, ResourceId on, String what) {
        add(
                Requirement.LOCKS_AND_POLICIES,
                EVERY,
                "a lock " + level.azureName() + " on " + what,
                healthy -> healthy.more()
                        .add(new ManagementLock(new ResourceId("keep"), Healthy.PLACE, Given.of(level), Given.of(on))));
    }

    private static void zone(Healthy healthy, String name) {
        healthy.more()
                .add(new PrivateDnsZone(
                        new ResourceId(name),
                        Healthy.PLACE,
                        ImmutableList.of(new PrivateDnsZone.Link(Given.of(Healthy.VNET))),
                        ImmutableList.of()));
    }

    private static void peer(Healthy healthy, String region, @Nullable ResourceId group, @Nullable ResourceId table) {
        ResourceId other = new ResourceId("vnet-other");
        healthy.peerings.add(link("vnet-mi/to-other", other));
        Subnet subnet = new Subnet(
                new ResourceId("vnet-other/mi"),
                Healthy.PLACE,
                ImmutableList.of(Given.of(Prefix.parse("10.7.1.0/24"))),
                new Subnet.Attached(
                        group == null ? null : Given.of(group), table == null ? null : Given.of(table), null),
                ImmutableList.of(),
                ImmutableList.of(),
                null);
        healthy.more()
                .add(new Vnet(
                        other,
                        Healthy.PLACE,
                        Given.of(region),
                        ImmutableList.of(Given.of(Prefix.parse("10.7.0.0/16"))),
                        ImmutableList.of(),
                        ImmutableList.of(subnet),
                        ImmutableList.of(link("vnet-other/back", Healthy.VNET))));
        if (group != null) {
            healthy.more()
                    .add(new ManagedInstance(
                            new ResourceId("mi-other"),
                            Healthy.PLACE,
                            Given.of(subnet.id()),
                            null,
                            "0123abcd",
                            Given.of("Redirect"),
                            Given.of(false),
                            Given.of("GeneralPurpose")));
        }
    }

    private static Peering link(String name, ResourceId to) {
        return new Peering(
                new ResourceId(name),
                Healthy.PLACE,
                Given.of(to),
                Given.of(Peering.State.CONNECTED),
                Peering.Flags.DEFAULTS,
                ImmutableList.of());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    @DisplayName("A mutation raises its finding and only what that causes; the offered remedy removes it")
    void raises(Mutation mutation) {
        Healthy healthy = new Healthy(mutation.era());
        mutation.make().accept(healthy);
        Topology topology = healthy.topology();
        SubnetReport report = mutation.examine(topology);
        Finding finding = Healthy.find(report, mutation.requirement());
        assertThat(finding).as("findings %s", report.findings()).isNotNull();
        for (Finding each : report.findings()) {
            boolean caused = each.because() == mutation.requirement();
            assertThat(each.requirement() == mutation.requirement() || caused)
                    .as("%s beside the expected one", each)
                    .isTrue();
        }
        if (finding == null || finding.remedy().isEmpty()) return;
        Topology mended = topology;
        for (Change change : finding.remedy()) mended = mended.with(change);
        Set<Requirement> left = EnumSet.noneOf(Requirement.class);
        mutation.examine(mended).findings().forEach(each -> left.add(each.requirement()));
        assertThat(left).as("after %s", finding.remedy()).isEmpty();
    }

    @Test
    @DisplayName("The healthy subnet of every era has no finding")
    void healthy() {
        for (Era era : Era.ALL) {
            SubnetReport report = new Healthy(era).examine();
            assertThat(report.findings()).as(era.name()).isEmpty();
            assertThat(report.passes()).as(era.name()).hasSizeGreaterThan(15);
        }
    }

    @Test
    @DisplayName("Whatever a healthy subnet of an era passes has a mutation there that breaks it")
    void everyRequirement() {
        List<Mutation> all = mutations().toList();
        List<String> without = new ArrayList<>();
        for (Era era : Era.ALL) {
            SubnetSize size = SubnetSize.of(era);
            for (Requirement passed : new Healthy(era).examine().passes()) {
                // Since 2022 no more is recommended than what is needed at least.
                boolean same = size.recommended() == size.least();
                if (same && passed == Requirement.SUBNET_RECOMMENDED_SIZE) continue;
                boolean broken = all.stream()
                        .anyMatch(each ->
                                each.requirement() == passed && each.era().equals(era));
                if (!broken) without.add(passed.id() + " in " + era.name());
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    @DisplayName("There are enough mutations")
    void enough() {
        assertThat(mutations()).hasSizeGreaterThanOrEqualTo(120);
    }
}
