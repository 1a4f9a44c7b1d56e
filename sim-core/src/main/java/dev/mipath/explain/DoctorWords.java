package dev.mipath.explain;

import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis.NotJudged;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.requirements.Finding;
import dev.mipath.requirements.Finding.Reason;
import dev.mipath.requirements.Requirement;
import dev.mipath.requirements.Severity;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Findings in one sentence, and what they are based on. */
final class DoctorWords {
    /** Names in one sentence; an estate has subnets with thousands of instances. */
    private static final int NAMES_MAX = 6;

    private static final String OVERRULED =
            "put an allow with a lower number into the security admin rules, or take the VNet out of their network group;"
                    + " no security group can let pass what they deny";

    private DoctorWords() {}

    /** What is wrong, in a sentence that a manager can read; names are safe to show. */
    static String sentence(Finding finding, SubnetReport report) {
        return Safe.text(raw(finding, report));
    }

    private static String raw(Finding finding, SubnetReport report) {
        String subnet = "subnet " + report.id().name();
        String names = Words.list(finding.subjects(), NAMES_MAX);
        return switch (finding.requirement()) {
            case SUBNET_DEDICATED -> subnet + " also holds " + names + "; it may hold managed instances only";
            case SUBNET_DELEGATED -> subnet + " is not delegated to Microsoft.Sql/managedInstances";
            case SUBNET_NOT_GATEWAY -> subnet + " is a gateway subnet; no managed instance can live there";
            case NSG_PRESENT -> subnet + " has no network security group";
            case ROUTE_TABLE_PRESENT -> subnet + " has no route table";
            case SUBNET_SIZE ->
                subnet + " has " + number(finding, 0) + " addresses; a managed instance needs a subnet of "
                        + number(finding, 1) + " at least";
            case SUBNET_ROOM ->
                subnet + " has " + number(finding, 0) + " addresses; its "
                        + report.instances().size() + " instances need " + number(finding, 1);
            case SUBNET_RECOMMENDED_SIZE ->
                subnet + " has " + number(finding, 0) + " addresses; at least " + number(finding, 1)
                        + " are recommended";
            case ROUTE_SUBNET_LOCAL ->
                finding.reason() == Reason.MISSING
                        ? "no route keeps the subnet's own addresses in the virtual network"
                        : "route " + names + " sends part of the subnet's own addresses elsewhere";
            case ROUTES_TO_AZURE ->
                finding.reason() == Reason.MISSING
                        ? "no route of the table sends these prefixes of Azure straight to the Internet"
                        : "route " + names + " leads part of the mandatory prefixes away from the Internet";
            case NO_SERVICE_ENDPOINTS ->
                subnet + " has service endpoints (" + names + "); the deprecated mode forbids them";
            case ONE_RULE_PER_PORT_SET ->
                "the ports of one mandatory set are opened by several rules (" + names
                        + "); the deployment fails with VnetSubnetConflictWithIntendedPolicy";
            case MANDATORY_RULES_FIRST -> "rule " + names + " stands before the mandatory rules";
            case PLATFORM_DNS ->
                ruleWord(finding) + names
                        + " blocks the platform's name resolution (AzurePlatformDNS); the instance becomes unavailable";
            case NO_NAT_GATEWAY -> subnet + " has NAT gateway " + names + "; the instance becomes unavailable";
            case NO_GLOBAL_PEERING ->
                "peering " + number(finding, 0) + " leads to another region (" + number(finding, 1)
                        + "); the instance cannot be reached over it";
            case NO_IPV6 -> names + " has an IPv6 prefix; managed instances do not work with IPv6";
            case DEFAULT_OUTBOUND ->
                subnet + " is a private subnet (no default outbound access), which is not supported";
            case OWN_NSG ->
                "security group " + number(finding, 0) + " is shared with instance subnet " + number(finding, 1)
                        + " of a peered network";
            case OWN_ROUTE_TABLE ->
                "route table " + number(finding, 0) + " is shared with instance subnet " + number(finding, 1)
                        + " of a peered network";
            case RESERVED_ZONES ->
                "private zone " + names
                        + " is linked to the instance's own network and hides names that the instance needs";
            case ONE_DNS_ZONE -> "the instances of " + subnet + " are in several DNS zones (" + names + ")";
            case REDIRECT_PORTS ->
                "clients that may reach port 1433 cannot follow a redirect: ports 11000-11999 are closed "
                        + by(finding);
            case PUBLIC_ENDPOINT_PORT -> "the public endpoint is on, but port 3342 is closed " + by(finding);
            case PUBLIC_PORT_CLOSED -> "rule " + names + " opens port 3342, but the public endpoint is off";
            case GATEWAY_FLAGS ->
                "peering " + number(finding, 0) + " uses the remote gateway, but " + number(finding, 1)
                        + " does not allow gateway transit";
            case CUSTOM_DNS -> "DNS server " + names + " asks nobody else, so it resolves no public name";
            case TLS_1_2 ->
                "server " + number(finding, 0) + " speaks no TLS newer than " + number(finding, 1)
                        + "; the instance connects by TLS 1.2 only";
            case MICROSOFT_PEERING ->
                "ExpressRoute circuit " + number(finding, 0) + " at gateway " + number(finding, 1)
                        + " has Microsoft peering on, which breaks the instance";
            case LOCKS_AND_POLICIES -> LockWords.hindrance(number(finding, 0), number(finding, 1), number(finding, 2));
            default ->
                cannot(finding.requirement()) + ": "
                        + (finding.reason() == Reason.MISSING
                                ? "no rule allows these packets"
                                : ruleWord(finding) + names + " denies mandatory packets");
        };
    }

    private static String cannot(Requirement requirement) {
        return switch (requirement) {
            case MANAGEMENT_IN -> "the management plane cannot get in";
            case CORPNET_SAW_IN -> "Microsoft's support workstations cannot get in";
            case CORPNET_PUBLIC_IN -> "Microsoft's support network cannot get in";
            case HEALTH_PROBE_IN -> "the load balancer's health probes cannot get in";
            case SUBNET_IN, SUBNET_OUT -> "the subnet's machines cannot reach each other";
            case ENTRA_OUT -> "the instance cannot reach Microsoft Entra ID";
            case TELEMETRY_OUT -> "the instance cannot reach its telemetry collector";
            case STORAGE_OUT -> "the instance cannot reach storage in its region";
            case STORAGE_PAIR_OUT -> "the instance cannot reach storage in the paired region";
            default -> "the instance cannot reach Azure's services";
        };
    }

    private static String ruleWord(Finding finding) {
        return finding.reason() == Reason.OVERRULED ? "security admin rule " : "rule ";
    }

    private static String by(Finding finding) {
        return finding.subjects().isEmpty()
                ? "(no rule allows them)"
                : "by " + ruleWord(finding) + Words.list(finding.subjects(), NAMES_MAX);
    }

    private static String number(Finding finding, int index) {
        return index < finding.subjects().size() ? finding.subjects().get(index) : "?";
    }

    static String word(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }

    /** Where it is written. */
    static String citation(Requirement requirement, Era era) {
        String section = requirement.section(era);
        String source = section.equals(Requirement.OF_LOCKS) ? "Azure Resource Manager" : era.source();
        return "\"" + section + "\"; " + source;
    }

    static String title(SubnetReport report) {
        String instances = report.instances().isEmpty()
                ? "no instance yet"
                : Words.list(
                        report.instances().stream()
                                .map(ManagedInstance::id)
                                .map(ResourceId::name)
                                .toList(),
                        NAMES_MAX);
        return Safe.text(report.id().qualifiedName() + " (" + instances + ")");
    }

    /** What could not be judged, by what would have to be known: one unknown group leaves many requirements open. */
    static Map<String, List<NotJudged>> doubts(SubnetReport report) {
        Map<String, List<NotJudged>> doubts = new LinkedHashMap<>();
        for (NotJudged doubt : report.notJudged()) {
            doubts.computeIfAbsent(Safe.text(doubt.missing()), missing -> new ArrayList<>())
                    .add(doubt);
        }
        return doubts;
    }

    static String ids(List<NotJudged> doubts) {
        return doubts.stream().map(doubt -> doubt.requirement().id()).distinct().collect(Collectors.joining(", "));
    }

    static List<String> flows(Finding finding) {
        return finding.flows().stream().map(line -> Safe.text(line.toString())).toList();
    }

    /** What mends a finding that no edit of rules, routes or peerings can. */
    static String advice(Finding finding, SubnetReport report) {
        if (finding.reason() == Reason.OVERRULED) return OVERRULED;
        ResourceId subnet = report.id();
        String update = "az network vnet subnet update -g RESOURCE_GROUP --vnet-name "
                + Safe.text(String.valueOf(subnet.parentName())) + " -n " + Safe.text(subnet.name());
        return switch (finding.requirement()) {
            case SUBNET_DELEGATED -> update + " --delegations Microsoft.Sql/managedInstances";
            case NSG_PRESENT -> update + " --network-security-group NSG   # make one first: az network nsg create";
            case ROUTE_TABLE_PRESENT ->
                update + " --route-table TABLE   # make one first: az network route-table create";
            case NO_SERVICE_ENDPOINTS -> update + " --remove serviceEndpoints";
            case NO_NAT_GATEWAY -> update + " --remove natGateway";
            case DEFAULT_OUTBOUND -> update + " --default-outbound true";
            case SUBNET_DEDICATED -> "move what is not a managed instance to another subnet";
            case SUBNET_SIZE, SUBNET_ROOM, SUBNET_RECOMMENDED_SIZE, SUBNET_NOT_GATEWAY -> "deploy into another subnet";
            case NO_GLOBAL_PEERING -> "connect through a VPN or ExpressRoute gateway instead";
            case OWN_NSG, OWN_ROUTE_TABLE -> "give each subnet one of its own";
            case RESERVED_ZONES ->
                "unlink the zone from the instance's network: az network private-dns link vnet delete";
            case PUBLIC_ENDPOINT_PORT -> "allow TCP 3342 inbound to the subnet from the clients' public addresses";
            case PUBLIC_PORT_CLOSED -> "remove the rule, or switch the public endpoint on";
            case MICROSOFT_PEERING ->
                "use private peering alone: az network express-route peering delete -g RESOURCE_GROUP --circuit-name "
                        + Safe.text(number(finding, 0)) + " -n MicrosoftPeering";
            case TLS_1_2 ->
                "apply the TLS 1.2 updates to the SQL Server (support.microsoft.com/help/3135244), or take a newer version";
            case CUSTOM_DNS -> "let the server forward to 168.63.129.16 or a public resolver";
            case ONE_DNS_ZONE -> "none: an instance keeps its zone; deploy the next one into another subnet";
            default -> "none known that was tried and adds no other finding";
        };
    }
}
