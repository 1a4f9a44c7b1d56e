package dev.mipath.explain;

import dev.mipath.requirements.Preconditions.Judged;
import dev.mipath.requirements.Preconditions.State;
import org.jspecify.annotations.Nullable;

/** The words of an answer about a feature. */
final class FeatureWords {
    private FeatureWords() {}

    /** The outcome in the contract's words. */
    static String outcome(State state) {
        return switch (state) {
            case MET -> "connected";
            case BROKEN -> "blocked";
            case UNKNOWN -> "undetermined";
        };
    }

    /** A need and how it stands, in a sentence. */
    static String told(Judged judged) {
        String here = shown(judged.here());
        String there = shown(judged.there());
        return switch (judged.need()) {
            case SAME_DNS_ZONE ->
                judged.state() == State.MET
                        ? "both have DNS zone " + here
                        : "both need one DNS zone, the instance has " + here + " and the peer " + there
                                + " (it is set when the secondary is made, as its DNS zone partner, and never changes)";
            case OTHER_REGION ->
                judged.state() == State.MET
                        ? "the regions differ: " + here + " and " + there
                        : "the regions have to differ: " + here + " and " + there;
            case NO_OVERLAP ->
                judged.state() == State.MET
                        ? "the address spaces share nothing"
                        : "the address spaces must not overlap: " + here + " and " + there;
            case OWN_GROUP_AND_TABLE ->
                judged.state() == State.MET
                        ? "the subnets share neither security group nor route table"
                        : "the subnets must share neither security group nor route table: " + here + ", " + there;
            case SHORT_HOST_NAME ->
                judged.state() == State.MET
                        ? "the peer's host name has at most 15 characters: " + there
                        : "the peer's host name has more than 15 characters: " + there;
            default -> ofNames(judged, here, there);
        };
    }

    private static String ofNames(Judged judged, String here, String there) {
        boolean met = judged.state() == State.MET;
        if (judged.state() == State.UNKNOWN) return unknown(judged, here);
        return switch (judged.need()) {
            case RESERVED_ZONES ->
                met
                        ? "no private DNS zone takes over a name that the instance needs"
                        : "private DNS zone " + here
                                + " at the instance's VNet takes over names that the instance needs";
            case PUBLIC_NAMES ->
                met
                        ? "the VNet's DNS servers are taken to resolve public names"
                        : "DNS server " + here + " resolves no public names (let it forward to 168.63.129.16)";
            case PUBLIC_ENDPOINT_ON -> met ? "the public endpoint is on" : "the public endpoint is off";
            case PRIVATE_ENDPOINT_MADE ->
                met
                        ? "private endpoint " + here + " leads to the instance"
                        : "no private endpoint leads to the instance";
            case ZONE_AT_CLIENT ->
                met
                        ? "the VNet of " + there + " has zone " + here + " with the instance's record"
                        : "the VNet of " + there + " needs zone " + here + " with the instance's record; without it the"
                                + " name leads to the VNet-local endpoint";
            default ->
                met
                        ? "the instance's own VNet does not have zone " + here
                        : "zone " + here + " is linked to the instance's own VNet and breaks the instance";
        };
    }

    private static String unknown(Judged judged, String here) {
        return switch (judged.need()) {
            case RESERVED_ZONES ->
                "whether a private DNS zone takes over names that the instance needs is not in the input";
            case PUBLIC_NAMES -> "which DNS servers the VNet has is not in the input";
            case PUBLIC_ENDPOINT_ON -> "whether the public endpoint is on is not in the input";
            case PRIVATE_ENDPOINT_MADE -> "what the private endpoints lead to is not in the input";
            case ZONE_AT_CLIENT -> "whether the client resolves by zone " + here + " is not in the input";
            default -> "whether the instance's own VNet has zone " + here + " is not in the input";
        };
    }

    private static String shown(@Nullable String fact) {
        return fact == null ? "(not in the input)" : Safe.text(fact);
    }
}
