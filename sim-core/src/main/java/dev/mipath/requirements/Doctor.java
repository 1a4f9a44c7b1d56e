package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.SubnetTables;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.topology.Change;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        ImmutableList.Builder<SubnetReport> judged = ImmutableList.builder();
        for (Vnet vnet : compiled.topology().vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                if (!isForInstances(subnet, compiled.topology())) continue;
                judged.add(judge(
                        compiled.topology(),
                        compiled.tables(subnet.id()),
                        vnet,
                        subnet,
                        instances(compiled.topology(), subnet)));
            }
        }
        Diagnosis found = new Diagnosis(era, judged.build());
        return new Diagnosis(
                era,
                found.subnets().stream()
                        .map(report -> withProvenRemedies(report, found))
                        .collect(ImmutableList.toImmutableList()));
    }

    /** Whether a subnet holds managed instances or is delegated to them. */
    public static boolean isForInstances(Subnet subnet, Topology topology) {
        return subnet.delegations().stream().anyMatch("Microsoft.Sql/managedInstances"::equalsIgnoreCase)
                || topology.managedInstances().stream()
                        .anyMatch(instance -> instance.subnet().is(subnet.id()));
    }

    private static ImmutableList<ManagedInstance> instances(Topology topology, Subnet subnet) {
        return topology.managedInstances().stream()
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
        new OutsideJudge(of, verdicts).judge();
        return verdicts.report(of);
    }

    /** Drops every remedy that, applied, leaves its finding or brings another, in whatever subnet. */
    private SubnetReport withProvenRemedies(SubnetReport report, Diagnosis all) {
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : report.findings()) {
            boolean offered = finding.remedy().isEmpty() || proven(finding, report, all);
            findings.add(offered ? finding : finding.with(ImmutableList.of()));
        }
        return new SubnetReport(
                report.subnet(),
                report.instances(),
                ImmutableList.copyOf(findings),
                report.passes(),
                report.notJudged());
    }

    private boolean proven(Finding finding, SubnetReport of, Diagnosis all) {
        Topology changed = compiled.topology();
        try {
            for (Change change : finding.remedy()) changed = changed.with(change);
        } catch (IllegalArgumentException e) {
            // The edit is about something that is assumed and not declared.
            return false;
        }
        for (SubnetReport before : all.subnets()) {
            boolean own = before.id().equals(of.id());
            if (!own && finding.remedy().stream().noneMatch(change -> concerns(change, before.subnet()))) continue;
            SubnetReport after = again(changed, before);
            Diagnosis then = new Diagnosis(era, ImmutableList.of(before));
            if (own && !DiagnosisChange.isGone(finding, after)) return false;
            if (!DiagnosisChange.of(then, new Diagnosis(era, ImmutableList.of(after)))
                    .isHarmless()) return false;
        }
        return true;
    }

    /** Whether an edit may change how a subnet stands: what is attached to it, or what reaches it over peerings. */
    private static boolean concerns(Change change, Subnet subnet) {
        @Nullable
        ResourceId group = change instanceof Change.AddRule add
                ? add.group()
                : change instanceof Change.ReplaceRule replace
                        ? replace.group()
                        : change instanceof Change.RemoveRule remove ? remove.group() : null;
        if (group != null) return mayBe(subnet.attached().networkSecurityGroup(), group);
        @Nullable
        ResourceId table = change instanceof Change.AddRoute add
                ? add.table()
                : change instanceof Change.ReplaceRoute replace
                        ? replace.table()
                        : change instanceof Change.RemoveRoute remove ? remove.table() : null;
        return table == null || mayBe(subnet.attached().routeTable(), table);
    }

    private static boolean mayBe(@Nullable Given<ResourceId> attached, ResourceId id) {
        return attached != null && attached.mayBe(id);
    }

    /** A subnet judged by its tables after an edit; those of the others are not needed for it. */
    private SubnetReport again(Topology changed, SubnetReport before) {
        for (Vnet vnet : changed.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                if (!subnet.id().equals(before.id())) continue;
                SubnetTables tables = SubnetTables.of(changed, options, before.id());
                return judge(changed, tables, vnet, subnet, instances(changed, subnet));
            }
        }
        throw new IllegalStateException("no edit of a remedy takes a subnet away");
    }
}
