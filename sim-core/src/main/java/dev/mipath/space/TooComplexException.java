package dev.mipath.space;

/** A diagram would outgrow its budget of nodes: there is no answer, rather than a wrong or an endless one. */
public final class TooComplexException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int budget;

    TooComplexException(int budget) {
        super("the rules make more than " + budget + " different cases");
        this.budget = budget;
    }

    /** How many nodes were allowed. */
    public int budget() {
        return budget;
    }
}
