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
        };
    }

    private static String shown(@Nullable String fact) {
        return fact == null ? "(not in the input)" : Safe.text(fact);
    }
}
