package dev.mipath.importer;

/** An expression that the platform would refuse; the evaluator catches it where the expression stands and reports it. */
final class ArmFailure extends RuntimeException {
    private final String remedy;

    ArmFailure(String problem, String remedy) {
        super(problem, null, false, false);
        this.remedy = remedy;
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
