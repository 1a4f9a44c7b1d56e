package dev.mipath.requirements;

import static dev.mipath.requirements.Severity.ERROR;
import static dev.mipath.requirements.Severity.NOTE;
import static dev.mipath.requirements.Severity.WARNING;

import com.google.common.base.Ascii;
import dev.mipath.profile.Era;

/** What a managed instance's subnet has to fulfil. The names are the ids that reports carry. */
public enum Requirement {
    SUBNET_DEDICATED(ERROR, "Network requirements", "the subnet holds nothing but managed instances"),
    SUBNET_DELEGATED(ERROR, "Network requirements", "the subnet is delegated to Microsoft.Sql/managedInstances"),
    SUBNET_NOT_GATEWAY(ERROR, "Network requirements", "the subnet is not a gateway subnet"),
    NSG_PRESENT(ERROR, "Network requirements", "a network security group is attached"),
    ROUTE_TABLE_PRESENT(ERROR, "Network requirements", "a route table is attached"),
    SUBNET_SIZE(ERROR, "Network requirements", "the subnet has the least number of addresses"),
    SUBNET_ROOM(ERROR, "Determine the size of the subnet", "the subnet has room for the instances it holds"),
    SUBNET_RECOMMENDED_SIZE(WARNING, "Network requirements", "the subnet has the recommended number of addresses"),
    MANAGEMENT_IN(ERROR, "Mandatory inbound security rules", "the management plane gets in"),
    CORPNET_SAW_IN(ERROR, "Mandatory inbound security rules", "Microsoft's support workstations get in"),
    CORPNET_PUBLIC_IN(ERROR, "Mandatory inbound security rules", "Microsoft's support network gets in"),
    SUBNET_IN(ERROR, "Mandatory inbound security rules", "the subnet's machines reach each other, arriving"),
    HEALTH_PROBE_IN(ERROR, "Mandatory inbound security rules", "the load balancer's health probes get in"),
    MANAGEMENT_OUT(ERROR, "Mandatory outbound security rules", "the instance reaches Azure's services"),
    SUBNET_OUT(ERROR, "Mandatory outbound security rules", "the subnet's machines reach each other, leaving"),
    ENTRA_OUT(ERROR, "Mandatory outbound security rules", "the instance reaches Microsoft Entra ID"),
    TELEMETRY_OUT(ERROR, "Mandatory outbound security rules", "the instance reaches its telemetry collector"),
    STORAGE_OUT(ERROR, "Mandatory outbound security rules", "the instance reaches storage in its region"),
    STORAGE_PAIR_OUT(ERROR, "Mandatory outbound security rules", "the instance reaches storage in the paired region"),
    OPTIONAL_AZURE_OUT(WARNING, "Mandatory outbound security rules", "the instance reaches Azure's services"),
    ROUTE_SUBNET_LOCAL(ERROR, "User defined routes", "the subnet's own addresses stay in the virtual network"),
    ROUTES_TO_AZURE(ERROR, "User defined routes", "what the instance depends on is reached directly"),
    NO_SERVICE_ENDPOINTS(ERROR, "Network requirements", "the subnet has no service endpoint"),
    ONE_RULE_PER_PORT_SET(
            ERROR, "Mandatory outbound security rules", "each mandatory set of ports is opened by one rule"),
    MANDATORY_RULES_FIRST(ERROR, "Network requirements", "the mandatory rules stand before any other rules"),
    PLATFORM_DNS(ERROR, "Networking constraints", "the platform's name resolution is not blocked"),
    NO_NAT_GATEWAY(ERROR, "Networking constraints", "the subnet has no NAT gateway"),
    NO_GLOBAL_PEERING(WARNING, "Networking constraints", "no virtual network of another region is peered"),
    NO_IPV6(ERROR, "Networking constraints", "neither subnet, rules nor routes have IPv6 prefixes"),
    DEFAULT_OUTBOUND(ERROR, "Networking constraints", "the subnet is not a private subnet"),
    OWN_NSG(ERROR, "Networking constraints", "no other peered instance subnet shares the security group"),
    OWN_ROUTE_TABLE(ERROR, "Networking constraints", "no other peered instance subnet shares the route table"),
    RESERVED_ZONES(ERROR, "Networking constraints", "no private zone hides the names that the instance needs"),
    ONE_DNS_ZONE(WARNING, "Virtual cluster connectivity architecture", "the subnet's instances share one DNS zone"),
    REDIRECT_PORTS(WARNING, "Network requirements", "whoever may reach port 1433 may follow a redirect"),
    PUBLIC_ENDPOINT_PORT(WARNING, "Public endpoint", "port 3342 is open when the public endpoint is on"),
    PUBLIC_PORT_CLOSED(NOTE, "Public endpoint", "port 3342 is closed when the public endpoint is off"),
    GATEWAY_FLAGS(WARNING, "High-level connectivity architecture", "both ends of a shared gateway agree"),
    CUSTOM_DNS(ERROR, "User defined routes", "the custom DNS servers resolve public names"),
    MICROSOFT_PEERING(ERROR, "Networking constraints", "no ExpressRoute circuit has Microsoft peering on"),
    LOCKS_AND_POLICIES(WARNING, "Networking constraints", "no lock or Azure policy hinders the service"),
    TLS_1_2(WARNING, "Networking constraints", "SQL Servers the instance connects to speak TLS 1.2");

    /** Earlier documents do not speak of locks; what a lock forbids to everybody it forbade to the service then, too. */
    public static final String OF_LOCKS = "Lock resources to prevent changes";

    private static final String AIDED = " with service-aided subnet configuration";
    private static final String DEPRECATED =
            "[Deprecated] Network requirements without service-aided subnet configuration";

    private final Severity severity;
    private final String section;
    private final String title;

    Requirement(Severity severity, String section, String title) {
        this.severity = severity;
        this.section = section;
        this.title = title;
    }

    /** How much it matters when it is not met. */
    public Severity severity() {
        return severity;
    }

    /** The section of an era's documentation that asks for it; headings as that year's page has them. */
    public String section(Era era) {
        boolean manual = era.equals(Era.MANUAL_2020);
        boolean later = era.equals(Era.NOVEMBER_2022) || era.equals(Era.CURRENT);
        if (this == LOCKS_AND_POLICIES) return later ? "Network requirements" : OF_LOCKS;
        if (later && this == CUSTOM_DNS) return "Network requirements";
        return switch (section) {
            case "Network requirements" -> manual ? DEPRECATED : section;
            case "Mandatory inbound security rules", "Mandatory outbound security rules" ->
                manual ? section : (later ? "Mandatory security rules" : section) + AIDED;
            case "User defined routes" -> manual ? section : (later ? "Mandatory routes" : section) + AIDED;
            default -> section;
        };
    }

    /** What holds when it is met, as a clause. */
    public String title() {
        return title;
    }

    /** The id in reports, {@code subnet-delegated}. */
    public String id() {
        return Ascii.toLowerCase(name()).replace('_', '-');
    }
}
