package dev.mipath.requirements;

import static dev.mipath.requirements.Finding.Reason.FORBIDDEN;
import static dev.mipath.requirements.Finding.Reason.MISMATCH;
import static dev.mipath.requirements.Finding.Reason.MISSING;
import static dev.mipath.requirements.Finding.Reason.OVERRULED;
import static dev.mipath.requirements.Finding.Reason.STOLEN;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.azure.RuleList;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.space.FlowBox;
import dev.mipath.space.FlowLine;
import dev.mipath.space.PacketSpace;
import dev.mipath.space.Policy;
import dev.mipath.space.PolicyDiagram;
import dev.mipath.space.TooComplexException;
import dev.mipath.topology.Change;
import dev.mipath.topology.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the subnet's security group by the packets it lets through: mandatory minus allowed. */
final class SecurityJudge {
    private static final ImmutableList<PortRange> SQL = ImmutableList.of(new PortRange(1433, 1433));
    private static final ImmutableList<PortRange> REDIRECT = ImmutableList.of(new PortRange(11_000, 11_999));
    private static final ImmutableList<PortRange> PUBLIC = ImmutableList.of(new PortRange(3342, 3342));
    private static final ImmutableList<PortRange> DNS = ImmutableList.of(new PortRange(53, 53));

    /** What stands for all flows where the subnet's addresses are not known. */
    private static final ImmutableList<Requirement> WITHOUT_PREFIX = ImmutableList.of(
            Requirement.SUBNET_IN, Requirement.HEALTH_PROBE_IN, Requirement.SUBNET_OUT, Requirement.PLATFORM_DNS);

    private final SubnetCase of;
    private final Verdicts verdicts;
    private final SubnetFilter inbound;
    private final SubnetFilter outbound;

    SecurityJudge(SubnetCase of, Verdicts verdicts) {
        this.of = of;
        this.inbound = SubnetFilter.of(of.tables(), true);
        this.outbound = SubnetFilter.of(of.tables(), false);
        this.verdicts = verdicts;
    }

    void judge() {
        @Nullable Prefix prefix = of.prefix().orElse(null);
        if (prefix == null) {
            for (Requirement requirement : WITHOUT_PREFIX) verdicts.unknown(requirement, "the subnet's IPv4 prefix");
            return;
        }
        ImmutableList<MandatoryFlow> flows = MandatoryFlow.of(of.era(), of.vnet(), prefix, of.tags());
        judge(inbound, flows.stream().filter(MandatoryFlow::inbound).toList());
        // The whole cloud last: it holds the others.
        judge(
                outbound,
                flows.stream()
                        .filter(flow -> !flow.inbound())
                        .sorted(Comparator.comparing(MandatoryFlow::requirement))
                        .toList());
        if (!outbound.isOpen()) {
            AddressSet platform = AddressSet.of(PlatformRanges.HOST_SERVICES);
            List<FlowBox> dns = List.of(
                    FlowBox.of(Protocol.TCP, of.addresses(), platform, DNS),
                    FlowBox.of(Protocol.UDP, of.addresses(), platform, DNS));
            ask(Requirement.PLATFORM_DNS, outbound, dns, this::platformDns);
        }
        if (!inbound.isOpen()) clients();
    }

    private void judge(SubnetFilter filter, List<MandatoryFlow> flows) {
        if (filter.isOpen()) {
            // Nothing filters, and the missing group is a finding of its own.
            flows.forEach(flow -> verdicts.judged(flow.requirement()));
            return;
        }
        Policy policy = filter.policy(ImmutableSet.of());
        if (of.manual()) policy = policy.withoutDefaults();
        List<FlowBox> boxes = new ArrayList<>(policy.boxes());
        for (MandatoryFlow flow : flows) boxes.addAll(List.of(flow.sure(), flow.possible()));
        try {
            PacketSpace space = new PacketSpace(boxes);
            PolicyDiagram diagram = new PolicyDiagram(space, policy);
            List<RuleFact> carriers = new ArrayList<>();
            for (MandatoryFlow flow : flows) {
                verdicts.judged(flow.requirement());
                judge(flow, filter, diagram, space);
                if (of.manual())
                    carriers.addAll(diagram.about(List.of(flow.sure())).allowing());
            }
            if (of.manual()) mandatoryFirst(filter, carriers);
        } catch (TooComplexException e) {
            for (MandatoryFlow flow : flows) {
                verdicts.unknown(flow.requirement(), "the rules of " + filter.name() + ": " + e.getMessage());
            }
        }
    }

    private void judge(MandatoryFlow flow, SubnetFilter filter, PolicyDiagram diagram, PacketSpace space) {
        PolicyDiagram.Answer sure = diagram.about(List.of(flow.sure()));
        ImmutableList<FlowLine> denied = sure.denied();
        if (!denied.isEmpty()) {
            Finding finding =
                    stolen(flow.requirement(), denied, sure.denying()).with(Remedies.allow(of, flow, sure.denying()));
            @Nullable Requirement cause = verdicts.dependencyStolenBy(finding.subjects());
            boolean wider = flow.requirement() == Requirement.OPTIONAL_AZURE_OUT;
            verdicts.add(wider && cause != null ? finding.because(cause) : finding);
            return;
        }
        if (!sure.allAllowed()) {
            verdicts.unknown(flow.requirement(), missing(sure.denying()), sure.doubtful());
            return;
        }
        oneRule(flow, sure);
        if (flow.missing().isEmpty()) return;
        // Whatever else the tag holds: rules that name it match it.
        Policy granted = filter.policy(flow.missing());
        if (of.manual()) granted = granted.withoutDefaults();
        PolicyDiagram.Answer maybe = new PolicyDiagram(space, granted).about(List.of(flow.possible()));
        if (maybe.allAllowed()) return;
        ImmutableList<FlowLine> doubt = ImmutableList.<FlowLine>builder()
                .addAll(maybe.denied())
                .addAll(maybe.doubtful())
                .build();
        String missing = maybe.denied().isEmpty()
                ? missing(maybe.denying())
                : flow.missing().iterator().next();
        verdicts.unknown(flow.requirement(), missing, doubt);
    }

    private static String missing(List<RuleFact> doubtful) {
        return doubtful.isEmpty()
                ? "all of the rules"
                : "all of rule " + doubtful.get(0).rule().name();
    }

    private Finding stolen(Requirement requirement, ImmutableList<FlowLine> flows, List<RuleFact> denying) {
        List<RuleFact> own = denying.stream().filter(rule -> !rule.isDefault()).toList();
        boolean overruled = own.stream().anyMatch(this::isAdmin);
        return new Finding(
                requirement,
                overruled ? OVERRULED : own.isEmpty() ? MISSING : STOLEN,
                place(own),
                names(own),
                flows,
                ImmutableList.of(),
                null);
    }

    private boolean isAdmin(RuleFact rule) {
        return inbound.isAdmin(rule.group()) || outbound.isAdmin(rule.group());
    }

    private Place place(List<RuleFact> rules) {
        for (RuleFact rule : rules)
            if (rule.rule().place().isInInput()) return rule.rule().place();
        return of.group().map(group -> group.place()).orElse(of.subnet().place());
    }

    private static ImmutableList<String> names(List<RuleFact> rules) {
        return rules.stream().map(rule -> rule.rule().name()).distinct().collect(ImmutableList.toImmutableList());
    }

    /** The deprecated mode's deployment refuses ports of one set in several rules (fact 4.34). */
    private void oneRule(MandatoryFlow flow, PolicyDiagram.Answer sure) {
        boolean portSet = flow.ports().size() > 1;
        if (!of.manual() || !portSet) return;
        verdicts.judged(Requirement.ONE_RULE_PER_PORT_SET);
        List<RuleFact> allowing = sure.allowing();
        if (allowing.size() < 2) return;
        verdicts.add(new Finding(
                Requirement.ONE_RULE_PER_PORT_SET,
                MISMATCH,
                place(allowing),
                names(allowing),
                ImmutableList.of(),
                Remedies.oneRule(of, flow, allowing),
                null));
    }

    private void mandatoryFirst(SubnetFilter filter, List<RuleFact> carriers) {
        verdicts.judged(Requirement.MANDATORY_RULES_FIRST);
        int last = -1;
        for (RuleFact carrier : carriers) {
            if (!carrier.isDefault())
                last = Math.max(last, carrier.rule().priority().orElse(-1));
        }
        List<RuleFact> before = new ArrayList<>();
        for (RuleList.Entry entry : filter.entries()) {
            if (entry.kind() == RuleList.Kind.PLATFORM_ADDRESS || entry.rule().isDefault()) continue;
            boolean earlier = entry.rule().rule().priority().orElse(0) < last;
            // What a rule steals from a mandatory flow is told of that flow.
            boolean told = carriers.contains(entry.rule())
                    || verdicts.names(entry.rule().rule().name());
            if (earlier && !told && !before.contains(entry.rule())) before.add(entry.rule());
        }
        if (before.isEmpty()) return;
        verdicts.add(new Finding(
                Requirement.MANDATORY_RULES_FIRST,
                MISMATCH,
                place(before),
                names(before),
                ImmutableList.of(),
                Remedies.behind(of, before, last),
                null));
    }

    private interface Judgement {
        void of(PolicyDiagram.Answer answer);
    }

    private void ask(Requirement requirement, SubnetFilter filter, List<FlowBox> asked, Judgement judgement) {
        verdicts.judged(requirement);
        look(requirement, filter, asked, judgement);
    }

    /** The same, where the answer first tells whether there is anything to judge. */
    private void look(Requirement requirement, SubnetFilter filter, List<FlowBox> asked, Judgement judgement) {
        Policy policy = filter.policy(ImmutableSet.of());
        List<FlowBox> boxes = new ArrayList<>(policy.boxes());
        boxes.addAll(asked);
        try {
            judgement.of(new PolicyDiagram(new PacketSpace(boxes), policy).about(asked));
        } catch (TooComplexException e) {
            verdicts.unknown(requirement, "the rules of " + filter.name() + ": " + e.getMessage());
        }
    }

    private void platformDns(PolicyDiagram.Answer answer) {
        if (!answer.denied().isEmpty()) {
            List<RuleFact> rules = answer.denying();
            List<Change> remedy = Remedies.remove(of, rules);
            verdicts.add(new Finding(
                            Requirement.PLATFORM_DNS,
                            rules.stream().anyMatch(this::isAdmin) ? OVERRULED : FORBIDDEN,
                            place(rules),
                            names(rules),
                            answer.denied(),
                            ImmutableList.of(),
                            null)
                    .with(remedy));
        } else if (!answer.allAllowed()) {
            verdicts.unknown(Requirement.PLATFORM_DNS, missing(answer.denying()), answer.doubtful());
        }
    }

    /** What clients need beside the mandatory flows: the redirect ports and the public endpoint's. */
    private void clients() {
        AddressSet outside = AddressSet.of(Prefix.ALL_V4).minus(of.addresses()).minus(PlatformRanges.HOST_VIRTUAL);
        if (of.instances().stream().anyMatch(instance -> ClientFlow.redirects(instance, of.era()))) {
            FlowBox sql = FlowBox.of(Protocol.TCP, outside, of.addresses(), SQL);
            look(Requirement.REDIRECT_PORTS, inbound, List.of(sql), this::redirect);
        }
        boolean known = of.instances().stream()
                .noneMatch(instance -> instance.publicDataEndpointEnabled().isUnknown());
        if (of.instances().isEmpty() || !known) return;
        boolean on = of.instances().stream()
                .anyMatch(instance -> instance.publicDataEndpointEnabled().is(true));
        FlowBox open = FlowBox.of(
                Protocol.TCP,
                PlatformRanges.TAG_SPACE
                        .intersection(AddressSet.of(Prefix.ALL_V4))
                        .minus(PlatformRanges.HOST_VIRTUAL),
                of.addresses(),
                PUBLIC);
        Requirement requirement = on ? Requirement.PUBLIC_ENDPOINT_PORT : Requirement.PUBLIC_PORT_CLOSED;
        ask(requirement, inbound, List.of(open), answer -> publicPort(requirement, answer));
    }

    /** Where nobody gets in at all, nobody is sent on. */
    private void redirect(PolicyDiagram.Answer sql) {
        List<AddressSet> clients = new ArrayList<>();
        for (FlowLine line : sql.allowed()) clients.add(line.source());
        if (clients.isEmpty()) return;
        FlowBox redirect = FlowBox.of(Protocol.TCP, AddressSet.unionOf(clients), of.addresses(), REDIRECT);
        ask(Requirement.REDIRECT_PORTS, inbound, List.of(redirect), answer -> {
            if (answer.denied().isEmpty()) return;
            Finding finding = stolen(Requirement.REDIRECT_PORTS, answer.denied(), answer.denying());
            verdicts.add(finding.with(Remedies.redirect(of, sql.allowing(), answer.denying())));
        });
    }

    private void publicPort(Requirement requirement, PolicyDiagram.Answer answer) {
        List<RuleFact> opening =
                answer.allowing().stream().filter(rule -> !rule.isDefault()).toList();
        if (requirement == Requirement.PUBLIC_PORT_CLOSED) {
            if (answer.allowed().isEmpty() || opening.isEmpty()) return;
            verdicts.add(new Finding(
                    requirement,
                    FORBIDDEN,
                    place(opening),
                    names(opening),
                    answer.allowed(),
                    ImmutableList.of(),
                    null));
        } else if (answer.allowed().isEmpty() && answer.doubtful().isEmpty()) {
            verdicts.add(stolen(requirement, answer.denied(), answer.denying()));
        }
    }
}
