package dev.mipath.format;

/** What must hold of anything that was read from bytes of any kind: no silence, nothing that harms a terminal. */
final class Fuzzed {
    static final String FILE = "fuzzed";

    private Fuzzed() {}

    static void check(boolean refused, Problems problems) {
        if (refused && problems.isEmpty()) throw new AssertionError("refused without a word");
        problems.list().forEach(Fuzzed::check);
    }

    static void check(Problem problem) {
        String text = problem.toString();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) throw new AssertionError("a control character in: " + problem);
        }
    }
}
