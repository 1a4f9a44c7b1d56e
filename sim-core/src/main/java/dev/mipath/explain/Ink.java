package dev.mipath.explain;

/** Colours an answer, or does not. */
public enum Ink {
    /** No colour: for files, pipes and people who want none. */
    PLAIN,
    /** The colours of a terminal. */
    COLOUR;

    /** What a piece of text says, and so how it looks. */
    enum Tone {
        PLAIN(""),
        GOOD("\u001b[32m"),
        BAD("\u001b[31m"),
        UNSURE("\u001b[33m"),
        FAINT("\u001b[2m"),
        STRONG("\u001b[1m");

        private final String start;

        Tone(String start) {
            this.start = start;
        }
    }

    private static final String END = "\u001b[0m";

    /** A mark or word that says yes or no. */
    public String verdict(String text, boolean good) {
        return paint(text, good ? Tone.GOOD : Tone.BAD);
    }

    String paint(String text, Tone tone) {
        return this == PLAIN || tone == Tone.PLAIN || text.isEmpty() ? text : tone.start + text + END;
    }
}
