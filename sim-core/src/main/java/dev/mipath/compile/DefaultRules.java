package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.SecurityRule.Match;

/** The rules every security group ends with (facts 1.2, 1.3, 8.28). */
final class DefaultRules {
    /** From here on a priority belongs to a default rule; users end at 4096 (fact 1.1). */
    static final int FIRST_PRIORITY = 65_000;

    private static final AddressTerm ANY = new AddressTerm.Any();
    private static final AddressTerm VIRTUAL_NETWORK = new AddressTerm.Tag("VirtualNetwork");

    static final ImmutableList<SecurityRule> INBOUND = ImmutableList.of(
            rule("AllowVnetInBound", 65_000, Direction.INBOUND, Access.ALLOW, VIRTUAL_NETWORK, VIRTUAL_NETWORK),
            rule(
                    "AllowAzureLoadBalancerInBound",
                    65_001,
                    Direction.INBOUND,
                    Access.ALLOW,
                    new AddressTerm.Tag("AzureLoadBalancer"),
                    ANY),
            rule("DenyAllInBound", 65_500, Direction.INBOUND, Access.DENY, ANY, ANY));

    static final ImmutableList<SecurityRule> OUTBOUND = ImmutableList.of(
            rule("AllowVnetOutBound", 65_000, Direction.OUTBOUND, Access.ALLOW, VIRTUAL_NETWORK, VIRTUAL_NETWORK),
            rule(
                    "AllowInternetOutBound",
                    65_001,
                    Direction.OUTBOUND,
                    Access.ALLOW,
                    ANY,
                    new AddressTerm.Tag("Internet")),
            rule("DenyAllOutBound", 65_500, Direction.OUTBOUND, Access.DENY, ANY, ANY));

    private DefaultRules() {}

    private static SecurityRule rule(
            String name,
            int priority,
            Direction direction,
            Access access,
            AddressTerm source,
            AddressTerm destination) {
        ImmutableList<Given<PortRange>> anyPort = ImmutableList.of(Given.of(PortRange.ANY));
        return new SecurityRule(
                name,
                Place.PLATFORM,
                Given.of(priority),
                Given.of(direction),
                Given.of(access),
                new Match(
                        Given.of(Protocol.ANY),
                        ImmutableList.of(source),
                        anyPort,
                        ImmutableList.of(destination),
                        anyPort));
    }
}
