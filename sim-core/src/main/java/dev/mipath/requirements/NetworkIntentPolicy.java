package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RuleList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.Compilation.Layer;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.compile.SubnetTables;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.topology.Change;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.ManagementLock.Level;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policy that the platform applies to a subnet with its first instance and takes away with the last: it refuses what
 * would break the network requirements, and nothing of what is refused is lost (facts 4.33 to 4.36, 8.17, 8.18).
 *
 * <p>Models: "Connectivity architecture", both notes on the network intent policy (read 2026-11-22).
 */
public final class NetworkIntentPolicy {
    private static final String SERVICE = "Microsoft.Sql-managedInstances_UseOnly_";
    private static final String OPTIONAL = SERVICE + "mi-optional-";
    private static final String OPTIONAL_ROUTE = SERVICE + "optional-";

    /** What Azure Resource Manager answers, before it asks any service, to a request that a lock forbids. */
    private static final String LOCKED = "ScopeLocked";

    private static final Pattern VERSION = Pattern.compile("-v\\d+$");

    private NetworkIntentPolicy() {}

    /** What the platform answers. */
    public enum Answer {
        /** The change is made. */
        ALLOWED,
        /** The change is made, and the service puts its own entries back. */
        CORRECTED,
        /** Nothing is changed. */
        REFUSED
    }

    /**
     * The answer to a list of edits, taken as one request.
     *
     * @param answer the answer
     * @param code the platform's error code, or null when it is not refused
     * @param lock the lock that refuses it before the policy is asked, or null
     * @param change what the edits break and mend, also in subnets without instances, where no policy is and the next
     *     creation of an instance fails
     * @param after how things would stand
     */
    public record Verdict(
            Answer answer,
            @Nullable String code,
            @Nullable ManagementLock lock,
            DiagnosisChange change,
            Diagnosis after) {
        /** Whether an instance would suffer, whatever the policy says. */
        public boolean breaks() {
            return !errors(change).isEmpty();
        }
    }

    /**
     * Judges edits of a topology.
     *
     * @throws IllegalArgumentException when an edit names something that is not there
     */
    public static Verdict judge(Topology topology, List<? extends Change> changes, CompileOptions options, Era era) {
        Topology changed = topology;
        for (Change change : changes) changed = changed.with(change);
        return judge(topology, changed, Locks.refusing(topology, changed, changes), options, era);
    }

    /** Judges what would be instead of what is, as one request. */
    public static Verdict judge(Topology topology, Topology changed, CompileOptions options, Era era) {
        return judge(topology, changed, Locks.refusing(topology, changed), options, era);
    }

    private static Verdict judge(
            Topology topology, Topology changed, Optional<ManagementLock> lock, CompileOptions options, Era era) {
        Diagnosis before = Doctor.examine(NetworkCompiler.compile(topology, options), options, era);
        Compilation compiled = NetworkCompiler.compile(changed, options);
        Diagnosis after = Doctor.examine(compiled, options, era);
        DiagnosisChange difference = DiagnosisChange.of(before, after);
        if (lock.isPresent()) return new Verdict(Answer.REFUSED, LOCKED, lock.get(), difference, after);
        @Nullable String code = inUse(difference, topology, changed);
        for (Requirement requirement : errors(difference)) if (code == null) code = code(requirement);
        if (code != null) return new Verdict(Answer.REFUSED, code, null, difference, after);
        boolean corrected = after.subnets().stream().anyMatch(report -> isPutBack(report, topology, compiled));
        return new Verdict(corrected ? Answer.CORRECTED : Answer.ALLOWED, null, null, difference, after);
    }

    /** A subnet does not go while an instance stays in it (fact 7.8), nor a group or table while a subnet has it. */
    private static @Nullable String inUse(DiagnosisChange change, Topology topology, Topology changed) {
        for (SubnetReport gone : change.lost()) {
            for (ManagedInstance instance : gone.instances()) {
                boolean stays = changed.managedInstances().stream()
                        .anyMatch(other -> other.id().equals(instance.id()));
                if (stays) return "InUseSubnetCannotBeDeleted";
            }
        }
        for (NetworkSecurityGroup group : topology.networkSecurityGroups()) {
            boolean used = changed.networkSecurityGroup(group.id()).isEmpty()
                    && isAttached(changed, group.id(), Subnet.Attached::networkSecurityGroup);
            if (used) return "InUseNetworkSecurityGroupCannotBeDeleted";
        }
        for (RouteTable table : topology.routeTables()) {
            boolean used = changed.routeTable(table.id()).isEmpty()
                    && isAttached(changed, table.id(), Subnet.Attached::routeTable);
            if (used) return "InUseRouteTableCannotBeDeleted";
        }
        return null;
    }

    private static boolean isAttached(
            Topology topology, ResourceId id, Function<Subnet.Attached, @Nullable Given<ResourceId>> kind) {
        return topology.vnets().stream()
                .flatMap(vnet -> vnet.subnets().stream())
                .map(subnet -> kind.apply(subnet.attached()))
                .anyMatch(attached -> attached != null && attached.is(id));
    }

    /** What breaks where an instance is, without what follows from something else. */
    private static ImmutableList<Requirement> errors(DiagnosisChange change) {
        return change.broken().subnets().stream()
                .filter(report -> !report.instances().isEmpty())
                .flatMap(report -> report.findings().stream())
                .filter(finding -> finding.severity() == Severity.ERROR && finding.because() == null)
                .map(Finding::requirement)
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * Whether the change takes away what the service keeps current by itself: it was declared, it is so no more, and yet
     * the service has it there afterwards. What may be taken away for good does not count.
     */
    private static boolean isPutBack(SubnetReport report, Topology before, Compilation after) {
        if (report.instances().isEmpty()) return false;
        SubnetTables tables = after.tables(report.id());
        @Nullable Layer layer = tables.layer();
        boolean rule = layer != null
                && Stream.of(layer.inbound(), layer.outbound())
                        .flatMap(list -> list.entries().stream())
                        .filter(entry -> entry.kind() != RuleList.Kind.PLATFORM_ADDRESS)
                        .map(entry -> entry.rule().rule().name())
                        .filter(name -> !name.startsWith(OPTIONAL) && hasRule(before, layer.group(), name))
                        .anyMatch(name -> !hasRule(after.topology(), layer.group(), name));
        return rule
                || tables.routes().facts().stream()
                        .anyMatch(fact -> isPutBack(fact.origin(), before, after.topology()));
    }

    private static boolean isPutBack(RouteFact.Origin origin, Topology before, Topology after) {
        @Nullable String name = origin.name();
        @Nullable ResourceId table = origin.table();
        return name != null
                && table != null
                && !name.startsWith(OPTIONAL_ROUTE)
                && hasRoute(before, table, name)
                && !hasRoute(after, table, name);
    }

    private static boolean hasRule(Topology topology, ResourceId group, String name) {
        return topology.networkSecurityGroup(group).stream()
                .flatMap(declared -> declared.rules().stream())
                .anyMatch(rule -> stem(rule.name()).equalsIgnoreCase(stem(name)));
    }

    private static boolean hasRoute(Topology topology, ResourceId table, String name) {
        return topology.routeTable(table).stream()
                .flatMap(declared -> declared.routes().stream())
                .anyMatch(route -> stem(route.name()).equalsIgnoreCase(stem(name)));
    }

    /** The name without the version that the service's own names end in (facts 4.26, 8.12). */
    private static String stem(String name) {
        return VERSION.matcher(name).replaceFirst("");
    }

    /** The code of the network's own management layer, which is what an edit of a group, table or subnet meets. */
    private static @Nullable String code(Requirement requirement) {
        return switch (requirement) {
            case NSG_PRESENT -> "NetworkSecurityGroupCannotBeRemovedDueToNipOnSubnet";
            case SUBNET_SIZE, SUBNET_ROOM, SUBNET_DEDICATED, SUBNET_DELEGATED -> "InUseSubnetCannotBeDeleted";
            case ROUTE_TABLE_PRESENT,
                    MANAGEMENT_IN,
                    CORPNET_SAW_IN,
                    CORPNET_PUBLIC_IN,
                    SUBNET_IN,
                    HEALTH_PROBE_IN,
                    MANAGEMENT_OUT,
                    SUBNET_OUT,
                    ENTRA_OUT,
                    TELEMETRY_OUT,
                    STORAGE_OUT,
                    STORAGE_PAIR_OUT,
                    ROUTE_SUBNET_LOCAL,
                    ROUTES_TO_AZURE,
                    ONE_RULE_PER_PORT_SET,
                    MANDATORY_RULES_FIRST -> "ConflictWithNetworkIntentPolicy";
            default -> null;
        };
    }

    /** The code with which the creation of an instance fails in a subnet that has this finding, or null (fact 4.35). */
    public static @Nullable String creationCode(Finding finding) {
        return switch (finding.requirement()) {
            case LOCKS_AND_POLICIES -> finding.subjects().contains(Level.READ_ONLY.azureName()) ? LOCKED : null;
            case CUSTOM_DNS -> "VnetConfigHasInvalidDns";
            case SUBNET_DELEGATED -> "MiCreateFailedNonDelegatedSubnet";
            case SUBNET_NOT_GATEWAY -> "VnetSubnetIsGateway";
            case SUBNET_DEDICATED -> "VnetSubnetIsInUse";
            case SUBNET_SIZE, SUBNET_ROOM -> "VnetAddressRangeError";
            case ROUTE_TABLE_PRESENT -> "VnetConfigHasNoUdr";
            case ROUTE_SUBNET_LOCAL, ROUTES_TO_AZURE -> "VnetConfigHasInvalidUdr";
            case NO_SERVICE_ENDPOINTS -> "VnetConfigHasServiceEndpoints";
            case NSG_PRESENT,
                    MANAGEMENT_IN,
                    SUBNET_IN,
                    HEALTH_PROBE_IN,
                    MANAGEMENT_OUT,
                    SUBNET_OUT,
                    ONE_RULE_PER_PORT_SET,
                    MANDATORY_RULES_FIRST -> "VnetSubnetConflictWithIntendedPolicy";
            default -> null;
        };
    }

    /** How many more General Purpose instances a subnet has room for; nothing when its prefix is not known. */
    public static OptionalInt moreInstances(SubnetReport report, Era era) {
        SubnetSize size = SubnetSize.of(era);
        int critical = SubnetJudge.businessCritical(report.instances());
        int needed = size.needed(report.instances().size() - critical, critical, 0, 1);
        return report.subnet().prefixes().stream()
                .flatMap(prefix -> prefix.value().stream())
                .filter(prefix -> !prefix.v6())
                .mapToInt(prefix -> 1 << Math.min(30, 32 - prefix.length()))
                .map(has -> Math.max(0, (has - needed) / size.generalPurpose()))
                .findFirst();
    }
}
