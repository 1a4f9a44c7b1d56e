package dev.mipath.profile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an application may run on, and what that means for its packets before any network sees them: where they come
 * from, whose address they carry, which destinations the platform sends into the customer's network at all (fact 7.10;
 * needs, gap 1).
 */
public enum ClientKind {
    VM("vm", "virtual machine", Origin.SUBNET, Sends.EVERYTHING, "facts 7.10"),
    APP_SERVICE(
            "app-service",
            "App Service or Functions",
            Origin.SUBNET_OR_OUTSIDE,
            Sends.PRIVATE_UNLESS_ALL,
            "facts 7.10, 5c (CONN)",
            Limit.SUBNET_OF_ITS_OWN),
    APP_SERVICE_GATEWAY(
            "app-service-gateway",
            "App Service, gateway-required VNet integration",
            Origin.GATEWAY,
            Sends.LISTED,
            "facts 7.10; needs 4, 8",
            Limit.NO_EXPRESSROUTE),
    AKS_AZURE_CNI("aks-azure-cni", "AKS pod, Azure CNI", Origin.SUBNET, Sends.EVERYTHING, "facts 7.10; needs 5"),
    AKS_OVERLAY(
            "aks-overlay",
            "AKS pod behind its node's address (overlay, kubenet, masquerade)",
            Origin.SUBNET,
            Sends.EVERYTHING,
            "facts 7.10; needs 6"),
    DATA_FACTORY(
            "data-factory",
            "Data Factory or Synapse, Azure integration runtime",
            Origin.OUTSIDE,
            Sends.PUBLIC_ONLY,
            "facts 7.10; needs 10",
            "DataFactory"),
    MANAGED_VNET_RUNTIME(
            "managed-vnet-runtime",
            "Data Factory or Synapse, integration runtime in a managed VNet",
            Origin.OUTSIDE,
            Sends.PUBLIC_ONLY,
            "facts 7.10; needs 9",
            Limit.APPROVED_ENDPOINTS_ONLY),
    SELF_HOSTED_RUNTIME(
            "self-hosted-runtime",
            "Data Factory or Synapse, self-hosted integration runtime",
            Origin.SUBNET,
            Sends.EVERYTHING,
            "facts 7.10"),
    POWER_BI("power-bi", "Power BI service", Origin.OUTSIDE, Sends.PUBLIC_ONLY, "facts 7.10; needs 12", "PowerBI"),
    LOGIC_APPS("logic-apps", "Logic Apps", Origin.OUTSIDE, Sends.PUBLIC_ONLY, "facts 7.10", "LogicApps"),
    HOSTED_AGENT("hosted-agent", "hosted build agent", Origin.OUTSIDE, Sends.PUBLIC_ONLY, "facts 7.10; needs 13"),
    POINT_TO_SITE(
            "point-to-site", "laptop on a point-to-site VPN", Origin.GATEWAY, Sends.LISTED, "facts 7.10; needs 60"),
    DATABASE_MIGRATION_SERVICE(
            "database-migration-service",
            "Database Migration Service",
            Origin.SUBNET,
            Sends.EVERYTHING,
            "facts 7.10; needs 67");

    /** Where packets of a kind enter the customer's network. */
    public enum Origin {
        /** A subnet of the customer. */
        SUBNET,
        /** A subnet of the customer where it is integrated with one, else nowhere. */
        SUBNET_OR_OUTSIDE,
        /** A VPN gateway of the customer, with an address from its pool. */
        GATEWAY,
        /** Nowhere: it runs outside every VNet of the customer. */
        OUTSIDE
    }

    /** Which destinations the platform sends into the customer's network. */
    public enum Sends {
        /** All. */
        EVERYTHING,
        /** Private ones; public ones only with the switch that routes all. */
        PRIVATE_UNLESS_ALL,
        /** Those in a list that was made when the client was set up. */
        LISTED,
        /** None: a private address is nobody's there, a public one is reached by way of the Internet. */
        PUBLIC_ONLY
    }

    /** What a kind does not do, whatever the network lets pass. */
    public enum Limit {
        /** It needs a subnet that is delegated to it, and an instance's subnet is the instance's alone (needs 7). */
        SUBNET_OF_ITS_OWN,
        /** It cannot use a VNet that has an ExpressRoute gateway (facts 7.10; needs 8). */
        NO_EXPRESSROUTE,
        /** With data exfiltration protection it reaches its approved managed private endpoints only (needs 9). */
        APPROVED_ENDPOINTS_ONLY
    }

    private final String word;
    private final String title;
    private final Origin origin;
    private final Sends sends;
    private final String source;
    private final ImmutableSet<Limit> limits;
    private final @Nullable String serviceTag;

    ClientKind(String word, String title, Origin origin, Sends sends, String source, Limit... limits) {
        this(word, title, origin, sends, source, null, limits);
    }

    ClientKind(
            String word,
            String title,
            Origin origin,
            Sends sends,
            String source,
            @Nullable String serviceTag,
            Limit... limits) {
        this.word = word;
        this.title = title;
        this.origin = origin;
        this.sends = sends;
        this.source = source;
        this.serviceTag = serviceTag;
        this.limits = ImmutableSet.copyOf(limits);
    }

    /** How it is written, such as {@code app-service}. */
    public String word() {
        return word;
    }

    /** What it is, for people. */
    public String title() {
        return title;
    }

    /** Where its packets enter the customer's network. */
    public Origin origin() {
        return origin;
    }

    /** Which destinations the platform sends into the customer's network. */
    public Sends sends() {
        return sends;
    }

    /** Where this is known from. */
    public String source() {
        return source;
    }

    /** Whether this holds for the kind. */
    public boolean has(Limit limit) {
        return limits.contains(limit);
    }

    /** The service tag of the addresses it leaves from, or null where the facts name none. */
    public @Nullable String serviceTag() {
        return serviceTag;
    }

    /** The kind of this name. */
    public static Optional<ClientKind> named(String word) {
        for (ClientKind kind : values()) if (kind.word.equalsIgnoreCase(word)) return Optional.of(kind);
        return Optional.empty();
    }

    /** The names of all kinds. */
    public static ImmutableList<String> names() {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        for (ClientKind kind : values()) names.add(kind.word);
        return names.build();
    }
}
