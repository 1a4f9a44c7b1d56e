package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.profile.ServiceTags;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A network with one instance that fulfils every requirement of an era; parts of it can be replaced. */
final class Healthy {
    static final ResourceId NSG = new ResourceId("nsg-mi");
    static final ResourceId TABLE = new ResourceId("rt-mi");
    static final ResourceId SUBNET = new ResourceId("vnet-mi/mi");
    static final ResourceId VNET = new ResourceId("vnet-mi");
    static final Place PLACE = new Place("healthy.yaml", 7, "/x");

    static final ServiceTags TAGS = ServiceTags.loaded(
            "test",
            ImmutableMap.<String, List<Prefix>>builder()
                    .put("AzureCloud", prefixes("13.64.0.0/11,13.104.0.0/14,20.150.0.0/15"))
                    .put("AzureCloud.westeurope", prefixes("13.69.0.0/16"))
                    .put("AzureCloud.northeurope", prefixes("13.70.192.0/18"))
                    .put("SqlManagement", prefixes("13.64.155.40/32,13.65.0.0/24"))
                    .put("AzureMonitor", prefixes("13.65.96.0/24"))
                    .put("CorpNetSaw", prefixes("131.107.9.0/24"))
                    .put("CorpNetPublic", prefixes("131.107.8.0/24"))
                    .put("AzureActiveDirectory", prefixes("13.64.151.161/32,20.150.7.0/24"))
                    .put("OneDsCollector", prefixes("13.67.15.200/29"))
                    .put("Storage", prefixes("13.69.40.0/21,13.70.208.0/24,20.150.9.0/24"))
                    .put("Storage.WestEurope", prefixes("13.69.40.0/21"))
                    .put("Storage.NorthEurope", prefixes("13.70.208.0/24"))
                    .put("EventHub.WestEurope", prefixes("13.69.64.0/26"))
                    .put("EventHub.NorthEurope", prefixes("13.70.210.0/26"))
                    .build());

    final Era era;
    final List<SecurityRule> rules = new ArrayList<>();
    final List<Route> routes = new ArrayList<>();
    final List<Peering> peerings = new ArrayList<>();
    final List<Given<Address>> dnsServers = new ArrayList<>();
    private final Topology.Builder more = new Topology.Builder();
    private UnaryOperator<Subnet> subnet = UnaryOperator.identity();
    private UnaryOperator<ManagedInstance> instance = UnaryOperator.identity();

    Healthy(Era era) {
        this.era = era;
        boolean manual = era.equals(Era.MANUAL_2020);
        if (manual) {
            rules.add(rule("management_in", "100 In Allow Tcp * -> 10.0.1.0/24:9000,9003,1438,1440,1452"));
            rules.add(rule("mi_subnet_in", "110 In Allow * 10.0.1.0/24 -> 10.0.1.0/24:*"));
            rules.add(rule("health_probe", "120 In Allow * AzureLoadBalancer -> 10.0.1.0/24:*"));
            rules.add(rule("management_out", "100 Out Allow Tcp 10.0.1.0/24 -> AzureCloud:443,12000"));
            rules.add(rule("mi_subnet_out", "110 Out Allow * 10.0.1.0/24 -> 10.0.1.0/24:*"));
            routes.add(route("subnet_to_vnetlocal", "10.0.1.0/24", NextHopType.VNET_LOCAL));
            for (Era.ServiceRoute route : Era.Y2020.routes()) {
                routes.add(route(route.name(), String.valueOf(route.prefix()), NextHopType.INTERNET));
            }
        }
        rules.add(rule("allow_tds", "1000 In Allow Tcp VirtualNetwork -> 10.0.1.0/24:1433"));
        rules.add(rule("allow_redirect", "1100 In Allow Tcp VirtualNetwork -> 10.0.1.0/24:11000-11999"));
        rules.add(rule("deny_all_in", "4000 In Deny * * -> *:*"));
        rules.add(rule("deny_all_out", "4000 Out Deny * * -> *:*"));
    }

    /** A rule such as {@code 100 In Deny Tcp 1.2.3.4/32 -> AzureCloud:443,12000}. */
    static SecurityRule rule(String name, String text) {
        String[] words = text.split(" ", -1);
        int colon = words[6].lastIndexOf(':');
        ImmutableList.Builder<Given<PortRange>> ports = ImmutableList.builder();
        for (String port : words[6].substring(colon + 1).split(",", -1)) ports.add(Given.of(PortRange.parse(port)));
        return new SecurityRule(
                name,
                PLACE,
                Given.of(Integer.parseInt(words[0])),
                Given.of(words[1].equals("In") ? Direction.INBOUND : Direction.OUTBOUND),
                Given.of(words[2].equals("Allow") ? Access.ALLOW : Access.DENY),
                new SecurityRule.Match(
                        Given.of(Protocol.parse(words[3])),
                        terms(words[4]),
                        ImmutableList.of(Given.of(PortRange.ANY)),
                        terms(words[6].substring(0, colon)),
                        ports.build()));
    }

    private static List<Prefix> prefixes(String texts) {
        return Stream.of(texts.split(",", -1)).map(Prefix::parse).toList();
    }

    private static ImmutableList<AddressTerm> terms(String text) {
        ImmutableList.Builder<AddressTerm> terms = ImmutableList.builder();
        for (String word : text.split(",", -1)) {
            if (word.equals("*")) terms.add(new AddressTerm.Any());
            else if (word.indexOf('/') > 0) terms.add(new AddressTerm.Block(Prefix.parse(word)));
            else terms.add(new AddressTerm.Tag(word));
        }
        return terms.build();
    }

    static Route route(String name, String prefix, NextHopType hop) {
        return new Route(
                name,
                PLACE,
                Given.of(new RouteDestination.Block(Prefix.parse(prefix))),
                Given.of(hop),
                hop == NextHopType.VIRTUAL_APPLIANCE
                        ? Given.of(Prefix.parse("10.0.9.4").network())
                        : null,
                false,
                Given.of(true));
    }

    void subnet(UnaryOperator<Subnet> change) {
        UnaryOperator<Subnet> before = subnet;
        subnet = each -> change.apply(before.apply(each));
    }

    void instance(UnaryOperator<ManagedInstance> change) {
        instance = change;
    }

    Topology.Builder more() {
        return more;
    }

    Topology topology() {
        Subnet mi = new Subnet(
                SUBNET,
                PLACE,
                ImmutableList.of(Given.of(Prefix.parse("10.0.1.0/24"))),
                new Subnet.Attached(Given.of(NSG), Given.of(TABLE), null),
                era.equals(Era.MANUAL_2020) ? ImmutableList.of() : ImmutableList.of("Microsoft.Sql/managedInstances"),
                ImmutableList.of(),
                null);
        Topology.Builder all = more.build().toBuilder();
        all.add(new Vnet(
                        VNET,
                        PLACE,
                        Given.of("westeurope"),
                        ImmutableList.of(Given.of(Prefix.parse("10.0.0.0/16"))),
                        ImmutableList.of(),
                        ImmutableList.of(subnet.apply(mi)),
                        ImmutableList.copyOf(peerings))
                .withDnsServers(ImmutableList.copyOf(dnsServers)));
        all.add(new NetworkSecurityGroup(NSG, PLACE, ImmutableList.copyOf(rules)));
        all.add(new RouteTable(TABLE, PLACE, Given.of(false), ImmutableList.copyOf(routes)));
        all.add(instance.apply(new ManagedInstance(
                new ResourceId("mi1"),
                PLACE,
                Given.of(SUBNET),
                null,
                "0123abcd",
                Given.of("Redirect"),
                Given.of(false),
                Given.of("GeneralPurpose"))));
        return all.build();
    }

    SubnetReport examine() {
        return examine(topology(), era);
    }

    static SubnetReport examine(Topology topology, Era era) {
        // The specification's eras are judged as without any download, the later ones, which route tags, with one.
        boolean of2020 = era.equals(Era.Y2020) || era.equals(Era.MANUAL_2020);
        CompileOptions options = (of2020 ? CompileOptions.DEFAULTS : CompileOptions.DEFAULTS.with(TAGS)).with(era);
        return examine(topology, options, era);
    }

    static SubnetReport examine(Topology topology, CompileOptions options, Era era) {
        Diagnosis diagnosis = Doctor.examine(NetworkCompiler.compile(topology, options), options, era);
        for (SubnetReport report : diagnosis.subnets()) if (report.id().equals(SUBNET)) return report;
        throw new IllegalStateException("the instance's subnet is not examined");
    }

    static @Nullable Finding find(SubnetReport report, Requirement requirement) {
        for (Finding finding : report.findings()) if (finding.requirement() == requirement) return finding;
        return null;
    }
}
