package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.SubnetTables;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.topology.Change;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Examines the subnets of managed instances against the requirements of an era; what it offers as a remedy it has tried.
 */
public final class Doctor {
    private final Compilation compiled;
    private final CompileOptions options;
    private final Era era;

    private Doctor(Compilation compiled, CompileOptions options, Era era) {
        this.compiled = compiled;
        this.options = options;
        this.era = era;
    }

    /** Examines every subnet that holds managed instances or is delegated to them. */
    public static Diagnosis examine(Compilation compiled, CompileOptions options, Era era) {
        return new Doctor(compiled, options, era).examine();
    }

    private Diagnosis examine() {
        ImmutableList.Builder<SubnetReport> reports = ImmutableList.builder();
        for (Vnet vnet : compiled.topology().vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                if (!isForInstances(subnet, compiled.topology())) continue;
                ImmutableList<ManagedInstance> instances = instances(subnet);
                reports.add(withProvenRemedies(
                        judge(compiled.topology(), compiled.tables(subnet.id()), vnet, subnet, instances)));
            }
        }
        return new Diagnosis(era, reports.build());
    }

    /** Whether a subnet holds managed instances or is delegated to them. */
    public static boolean isForInstances(Subnet subnet, Topology topology) {
        return subnet.delegations().stream().anyMatch("Microsoft.Sql/managedInstances"::equalsIgnoreCase)
                || topology.managedInstances().stream()
                        .anyMatch(instance -> instance.subnet().is(subnet.id()));
    }

    private ImmutableList<ManagedInstance> instances(Subnet subnet) {
        return compiled.topology().managedInstances().stream()
                .filter(instance -> instance.subnet().is(subnet.id()))
                .collect(ImmutableList.toImmutableList());
    }

    private SubnetReport judge(
            Topology topology,
            SubnetTables tables,
            Vnet vnet,
            Subnet subnet,
            ImmutableList<ManagedInstance> instances) {
        SubnetCase of = new SubnetCase(topology, tables, era, options.serviceTags(), vnet, subnet, instances);
        Verdicts verdicts = new Verdicts();
        new SubnetJudge(of, verdicts).judge();
        new SecurityJudge(of, verdicts).judge();
        new RouteJudge(of, verdicts).judge();
        new ConstraintJudge(of, verdicts).judge();
        return verdicts.report(of);
    }

    /** Drops every remedy that, applied, leaves its finding or brings another. */
    private SubnetReport withProvenRemedies(SubnetReport report) {
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : report.findings()) {
            boolean offered = finding.remedy().isEmpty() || proven(finding, report);
            findings.add(offered ? finding : finding.with(ImmutableList.of()));
        }
        return new SubnetReport(
                report.subnet(),
                report.instances(),
                ImmutableList.copyOf(findings),
                report.passes(),
                report.notJudged());
    }

    private boolean proven(Finding finding, SubnetReport before) {
        Topology changed = compiled.topology();
        try {
            for (Change change : finding.remedy()) changed = changed.with(change);
        } catch (IllegalArgumentException e) {
            // The edit is about something that is assumed and not declared.
            return false;
        }
        // An edit may reach the subnet from a resource it shares, or from a peer; the tables hold all of that, and no
        // other subnet's are needed.
        SubnetTables again = SubnetTables.of(changed, options, before.id());
        for (Vnet vnet : changed.vnets()) {
            Optional<Subnet> subnet = vnet.subnets().stream()
                    .filter(each -> each.id().equals(before.id()))
                    .findFirst();
            if (subnet.isEmpty()) continue;
            SubnetReport after = judge(changed, again, vnet, subnet.get(), before.instances());
            Set<Requirement> known = EnumSet.noneOf(Requirement.class);
            before.findings().forEach(each -> known.add(each.requirement()));
            known.remove(finding.requirement());
            return after.findings().stream().allMatch(each -> known.contains(each.requirement()));
        }
        return false;
    }
}
