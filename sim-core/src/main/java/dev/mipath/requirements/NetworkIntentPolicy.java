package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.topology.Change;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.List;
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
     * @param reasons the requirements that stand against it, subnet by subnet; also those of a subnet without instances,
     *     where no policy is and the next creation of an instance fails
     * @param before how things stand
     * @param after how they would stand
     */
    public record Verdict(
            Answer answer, @Nullable String code, ImmutableList<Finding> reasons, Diagnosis before, Diagnosis after) {}

    /**
     * Judges edits of a topology.
     *
     * @throws IllegalArgumentException when an edit names something that is not there
     */
    public static Verdict judge(Topology topology, List<? extends Change> changes, CompileOptions options, Era era) {
        Diagnosis before = Doctor.examine(NetworkCompiler.compile(topology, options), options, era);
        Topology changed = topology;
        for (Change change : changes) changed = changed.with(change);
        Diagnosis after = Doctor.examine(NetworkCompiler.compile(changed, options), options, era);
        Diagnosis broken = DiagnosisChange.of(before, after).broken();
        List<Finding> reasons = new ArrayList<>();
        @Nullable String code = null;
        for (SubnetReport report : broken.subnets()) {
            for (Finding finding : report.findings()) {
                if (finding.severity() != Severity.ERROR || finding.because() != null) continue;
                reasons.add(finding);
                if (code == null && !report.instances().isEmpty()) code = code(finding.requirement());
            }
        }
        if (code != null) return new Verdict(Answer.REFUSED, code, ImmutableList.copyOf(reasons), before, after);
        boolean corrected = era.provisions() && changes.stream().anyMatch(change -> removesOwnOf(change));
        return new Verdict(
                corrected ? Answer.CORRECTED : Answer.ALLOWED, null, ImmutableList.copyOf(reasons), before, after);
    }

    /** Whether an edit takes away what the service keeps current by itself. */
    private static boolean removesOwnOf(Change change) {
        @Nullable String name = null;
        if (change instanceof Change.RemoveRule remove) name = remove.rule();
        if (change instanceof Change.RemoveRoute remove) name = remove.route();
        return name != null
                && name.startsWith(SERVICE)
                && !name.startsWith(OPTIONAL)
                && !name.startsWith(OPTIONAL_ROUTE);
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
    public static @Nullable String creationCode(Requirement requirement) {
        return switch (requirement) {
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

    /** How many more General Purpose instances a subnet has room for; none when its prefix is not known. */
    public static int moreInstances(SubnetReport report, Era era) {
        SubnetSize size = SubnetSize.of(era);
        int has = report.subnet().prefixes().stream()
                .flatMap(prefix -> prefix.value().stream())
                .filter(prefix -> !prefix.v6())
                .mapToInt(prefix -> 1 << Math.min(30, 32 - prefix.length()))
                .findFirst()
                .orElse(0);
        int critical = SubnetJudge.businessCritical(report.instances());
        int more = 0;
        while (size.needed(report.instances().size() - critical + more + 1, critical, 0, 1) <= has) more++;
        return more;
    }
}
