package dev.mipath.profile;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;

/** Addresses that mean something to Azure itself. */
public final class PlatformRanges {
    /** 168.63.129.16: DNS, health probes and the machine agent; not routed by any table (facts 1.22, 2.22). */
    public static final Prefix HOST_SERVICES = Prefix.host(Address.v4(0xA83F_8110));

    /** 169.254.169.254: the instance metadata service (fact 1.27). */
    public static final Prefix INSTANCE_METADATA = Prefix.host(Address.v4(0xA9FE_A9FE));

    /** The addresses that ordinary outbound denies do not stop (fact 1.27). */
    public static final AddressSet HOST_VIRTUAL = AddressSet.of(HOST_SERVICES, INSTANCE_METADATA);

    /** What the tag AzureLoadBalancer stands for since 2020-02 (facts 1.22, 8.9). */
    public static final ImmutableList<Prefix> AZURE_LOAD_BALANCER =
            ImmutableList.of(HOST_SERVICES, Prefix.host(Address.v6(0xFE80_0000_0000_0000L, 0x1234_5678_9ABCL)));

    /** Ranges that Azure sends nowhere unless something says otherwise (fact 2.2). */
    public static final ImmutableList<Prefix> RESERVED =
            ImmutableList.of(prefix(10, 0, 8), prefix(172, 16, 12), prefix(192, 168, 16), prefix(100, 64, 10));

    /**
     * What can be public at all, and so hold a service tag: no prefix of the download is private, shared, loopback, link-local or
     * multicast, and no IPv6 prefix lies outside 2000::/3.
     */
    public static final AddressSet PUBLIC_SPACE = AddressSet.of(
                    Prefix.ALL_V4, new Prefix(Address.v6(0x2000_0000_0000_0000L, 0), 3))
            .minus(AddressSet.of(RESERVED))
            .minus(AddressSet.of(prefix(0, 0, 8), prefix(127, 0, 8), prefix(169, 254, 16), prefix(224, 0, 3)));

    /**
     * Where a public service tag can lie: in public space, and not in what is set aside for documentation (RFC 5737), of
     * which the download has nothing either. So somebody there surely is none of Microsoft's.
     */
    public static final AddressSet TAG_SPACE = PUBLIC_SPACE.minus(AddressSet.of(
            new Prefix(Address.v4(0xC000_0200), 24),
            new Prefix(Address.v4(0xC633_6400), 24),
            new Prefix(Address.v4(0xCB00_7100), 24)));

    private PlatformRanges() {}

    /** The IPv4 prefixes of a recorded Internet tag, and IPv6's global unicast space (facts 1.23, 1.24). */
    static ImmutableList<Prefix> internet() {
        ImmutableList.Builder<Prefix> prefixes = ImmutableList.builder();
        for (String line : Splitter.on('\n').omitEmptyStrings().split(InternetTag.PREFIXES)) {
            prefixes.add(Prefix.parse(line));
        }
        return prefixes.add(new Prefix(Address.v6(0x2000_0000_0000_0000L, 0), 3))
                .build();
    }

    private static Prefix prefix(int first, int second, int length) {
        return new Prefix(Address.v4(first << 24 | second << 16), length);
    }
}
