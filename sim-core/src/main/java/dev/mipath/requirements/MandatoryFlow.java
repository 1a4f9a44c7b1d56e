package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.Compilation;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.profile.Era.ServiceRule;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.profile.ServiceTags;
import dev.mipath.space.FlowBox;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Vnet;
import org.jspecify.annotations.Nullable;

/**
 * Packets that have to pass the subnet's security group.
 *
 * @param requirement the requirement they belong to
 * @param inbound whether they arrive
 * @param protocol their protocol
 * @param ports their destination ports; empty for all
 * @param peer whom the subnet talks with, as a rule would name it
 * @param sure the packets that surely are meant
 * @param possible the packets that may be meant; the sure ones when the peer is known
 * @param missing what has to be known of the peer's addresses; empty when they are known
 */
public record MandatoryFlow(
        Requirement requirement,
        boolean inbound,
        Protocol protocol,
        ImmutableList<PortRange> ports,
        AddressTerm peer,
        FlowBox sure,
        FlowBox possible,
        ImmutableSet<String> missing) {

    /** The mandatory flows of an era for a subnet of this prefix. */
    static ImmutableList<MandatoryFlow> of(Era era, Vnet vnet, Prefix subnet, ServiceTags tags) {
        // The deprecated mode has the flows of its time, only that anybody may come to the management ports.
        boolean manual = era.equals(Era.MANUAL_2020);
        ImmutableList.Builder<MandatoryFlow> flows = ImmutableList.builder();
        for (ServiceRule rule : (manual ? Era.Y2020 : era).rules()) {
            Requirement requirement = requirement(rule);
            if (manual && requirement.name().startsWith("CORPNET")) continue;
            String named = rule.inbound() ? rule.from() : rule.to();
            @Nullable
            String tag = manual && requirement == Requirement.MANAGEMENT_IN ? "*" : Compilation.narrowed(named, vnet);
            if (tag != null) flows.add(flow(requirement, rule, tag, subnet, tags));
        }
        return flows.build();
    }

    private static Requirement requirement(ServiceRule rule) {
        return switch (rule.stem()) {
            case "sqlmgmt-in" -> Requirement.MANAGEMENT_IN;
            case "corpsaw-in" -> Requirement.CORPNET_SAW_IN;
            case "corppublic-in" -> Requirement.CORPNET_PUBLIC_IN;
            case "healthprobe-in" -> Requirement.HEALTH_PROBE_IN;
            case "internal-in" -> Requirement.SUBNET_IN;
            case "services-out" -> Requirement.MANAGEMENT_OUT;
            case "internal-out" -> Requirement.SUBNET_OUT;
            case "aad-out" -> Requirement.ENTRA_OUT;
            case "onedsc-out" -> Requirement.TELEMETRY_OUT;
            case "strg-p-out" -> Requirement.STORAGE_OUT;
            case "strg-s-out" -> Requirement.STORAGE_PAIR_OUT;
            case "optional-azure-out" -> Requirement.OPTIONAL_AZURE_OUT;
            default -> throw new IllegalStateException("no requirement for rule " + rule.stem());
        };
    }

    private static MandatoryFlow flow(
            Requirement requirement, ServiceRule rule, String peer, Prefix subnet, ServiceTags tags) {
        ImmutableList.Builder<PortRange> ports = ImmutableList.builder();
        for (int port : rule.ports()) ports.add(new PortRange(port, port));
        AddressTerm term = peer.equals("*")
                ? new AddressTerm.Any()
                : peer.equals(Era.SUBNET) ? new AddressTerm.Block(subnet) : new AddressTerm.Tag(peer);
        AddressSet sure = term instanceof AddressTerm.Tag ? members(peer, tags) : known(term);
        boolean loaded =
                !(term instanceof AddressTerm.Tag) || tags.prefixes(peer).isPresent();
        // The platform's own address is of no tag that a download holds.
        AddressSet possible = loaded ? sure : PlatformRanges.TAG_SPACE.minus(PlatformRanges.HOST_VIRTUAL);
        AddressSet own = AddressSet.of(subnet);
        Protocol protocol = Protocol.parse(rule.protocol());
        return new MandatoryFlow(
                requirement,
                rule.inbound(),
                protocol,
                ports.build(),
                term,
                box(rule.inbound(), protocol, sure, own, ports.build()),
                box(rule.inbound(), protocol, possible, own, ports.build()),
                loaded ? ImmutableSet.of() : missing(peer));
    }

    private static AddressSet members(String tag, ServiceTags tags) {
        AddressSet all = AddressSet.of(tags.members(tag));
        // Azure's probes come by IPv4 to a subnet that has nothing else.
        return tag.equals("AzureLoadBalancer") ? AddressSet.of(PlatformRanges.HOST_SERVICES) : v4(all);
    }

    private static AddressSet v4(AddressSet set) {
        return set.intersection(AddressSet.of(Prefix.ALL_V4));
    }

    private static AddressSet known(AddressTerm term) {
        return term instanceof AddressTerm.Block block
                ? AddressSet.of(block.prefix())
                : v4(PlatformRanges.PUBLIC_SPACE).minus(PlatformRanges.HOST_VIRTUAL);
    }

    private static FlowBox box(
            boolean inbound, Protocol protocol, AddressSet peer, AddressSet own, ImmutableList<PortRange> ports) {
        return inbound ? FlowBox.of(protocol, peer, own, ports) : FlowBox.of(protocol, own, v4(peer), ports);
    }

    /** The tags that surely match whatever a tag holds: itself, that of all regions, and those of the whole cloud. */
    private static ImmutableSet<String> missing(String tag) {
        ImmutableSet.Builder<String> missing = ImmutableSet.builder();
        missing.add(Compilation.missingTag(tag));
        int dot = tag.indexOf('.');
        if (dot > 0) missing.add(Compilation.missingTag(tag.substring(0, dot)));
        if (!tag.startsWith("Corp")) missing.add(Compilation.missingTag("AzureCloud"));
        if (dot > 0) missing.add(Compilation.missingTag("AzureCloud" + tag.substring(dot)));
        return missing.build();
    }
}
