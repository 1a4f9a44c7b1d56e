package dev.mipath.swarm;

/** What holds in every world. */
public enum Law {
    /** Every connection is begun once, ends in one outcome, and is over once, or it lives. */
    CONSERVATION("every connection ends in exactly one outcome, or it lives"),
    /** Nobody takes a packet that the network stops. */
    PASSAGE("no packet is delivered that the network stops"),
    /** At every machine the time waited is the number waiting, summed over time (Little). */
    LITTLE("the number waiting, summed over time, is the time waited"),
    /** A source port serves one flow at a time, and comes back when that is over (facts 3.14, 3.15). */
    SNAT_PORTS("a source port serves one flow at a time and comes back"),
    /** An instance is as well as its traffic passes, and serves nobody while it is unavailable. */
    HEALTH("an instance is as well as the traffic it needs passes"),
    /** When all is repaired, who connects gets what a trace says. */
    LIVENESS("when all is repaired everybody gets what `trace` says");

    private final String sentence;

    Law(String sentence) {
        this.sentence = sentence;
    }

    /** The law as a sentence without its full stop. */
    public String sentence() {
        return sentence;
    }
}
