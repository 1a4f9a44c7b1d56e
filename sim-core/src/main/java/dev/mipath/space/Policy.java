package dev.mipath.space;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.azure.RuleList;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.Given;
import dev.mipath.topology.SecurityRule;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An ordered list of entries, each a box of packets and what may become of them; the first that settles a packet counts.
 * The first of them may be a list of their own that stands ahead: what it passes on, the rest settles.
 *
 * @param entries the entries in order
 * @param ahead how many of them stand ahead
 */
public record Policy(ImmutableList<Entry> entries, int ahead) {
    /** What may become of a packet: bits. */
    static final int ALLOWED = 1;

    /** The packet may be denied. */
    static final int DENIED = 2;

    /** The entry may not match after all, so that the next ones count. */
    static final int FALLS_THROUGH = 4;

    /** The packet goes on to the entries that do not stand ahead. */
    static final int PASSES_ON = 8;

    private static final FlowBox EVERYTHING =
            FlowBox.of(Protocol.ANY, AddressSet.any(), AddressSet.any(), ImmutableList.of());

    /** A policy of one list. */
    public Policy(ImmutableList<Entry> entries) {
        this(entries, 0);
    }

    /**
     * One entry.
     *
     * @param rule the rule behind it, or null for what no rule decides
     * @param box the packets it is about
     * @param effects what may become of them, as bits
     */
    record Entry(@Nullable RuleFact rule, FlowBox box, int effects) {}

    /**
     * The policy of a security group as one subnet sees it.
     *
     * @param granted what is taken for known though the input does not say it: what {@link RuleList.Entry#missing} names
     */
    public static Policy of(RuleList list, Set<String> granted) {
        ImmutableList.Builder<Entry> entries = ImmutableList.builder();
        for (RuleList.Entry entry : list.entries()) {
            boolean platform = entry.kind() == RuleList.Kind.PLATFORM_ADDRESS;
            entries.add(new Entry(platform ? null : entry.rule(), box(entry), effects(entry, granted)));
        }
        return new Policy(entries.build());
    }

    /** The policy that allows these boxes and says nothing of other packets. */
    static Policy allowing(List<FlowBox> boxes) {
        return new Policy(
                boxes.stream().map(box -> new Entry(null, box, ALLOWED)).collect(ImmutableList.toImmutableList()));
    }

    /** The policy where nothing filters. */
    public static Policy open() {
        return new Policy(ImmutableList.of(new Entry(null, EVERYTHING, ALLOWED)));
    }

    /**
     * This policy behind the security admin rules of a virtual network: a deny of theirs is final, an allow goes on here,
     * and what is always allowed is not asked any more (fact 1.30).
     *
     * @param always the rules whose packets are not asked any more
     * @param granted as of {@link #of}
     */
    public Policy behind(RuleList admin, Set<SecurityRule> always, Set<String> granted) {
        ImmutableList.Builder<Entry> all = ImmutableList.builder();
        for (RuleList.Entry entry : admin.entries()) {
            int effects = effects(entry, granted);
            boolean passesOn =
                    (effects & ALLOWED) != 0 && !always.contains(entry.rule().rule());
            all.add(new Entry(entry.rule(), box(entry), passesOn ? effects & ~ALLOWED | PASSES_ON : effects));
        }
        return new Policy(all.addAll(entries).build(), admin.entries().size());
    }

    /** The policy without the platform's default rules, so that what no other rule names is denied. */
    public Policy withoutDefaults() {
        ImmutableList.Builder<Entry> own = ImmutableList.builder();
        for (Entry entry : entries) {
            boolean isDefault = entry.rule() != null && entry.rule().isDefault();
            if (!isDefault || entry.effects() == DENIED) own.add(entry);
        }
        return new Policy(own.build(), ahead);
    }

    private static int effects(RuleList.Entry entry, Set<String> granted) {
        if (entry.kind() == RuleList.Kind.PLATFORM_ADDRESS) return ALLOWED;
        Given<Access> access = entry.rule().rule().access();
        boolean sure = entry.kind() == RuleList.Kind.CERTAIN || granted.containsAll(entry.missing());
        int effects = sure ? 0 : FALLS_THROUGH;
        if (access.mayBe(Access.ALLOW)) effects |= ALLOWED;
        if (access.mayBe(Access.DENY)) effects |= DENIED;
        return effects;
    }

    private static FlowBox box(RuleList.Entry entry) {
        if (entry.kind() == RuleList.Kind.PLATFORM_ADDRESS) {
            return FlowBox.of(Protocol.ANY, entry.source(), entry.destination(), ImmutableList.of());
        }
        var match = entry.rule().rule().match();
        Protocol protocol = match.protocol().orElse(Protocol.ANY);
        return new FlowBox(
                protocol == Protocol.ANY ? ImmutableSet.of() : ImmutableSet.of(protocol),
                entry.source(),
                ports(match.sourcePorts(), entry.kind()),
                entry.destination(),
                ports(match.destinationPorts(), entry.kind()));
    }

    private static ImmutableList<PortRange> ports(List<Given<PortRange>> ports, RuleList.Kind kind) {
        ImmutableList.Builder<PortRange> possible = ImmutableList.builder();
        for (Given<PortRange> port : ports) {
            port.value().ifPresent(possible::add);
            if (port.isUnknown() && kind == RuleList.Kind.MAYBE) possible.add(PortRange.ANY);
        }
        return possible.build();
    }

    /** The boxes of the entries, for the space they shall be told apart in. */
    public ImmutableList<FlowBox> boxes() {
        return entries.stream().map(Entry::box).collect(ImmutableList.toImmutableList());
    }
}
