package dev.mipath.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and answers the questions of {@code next-hop --queries}: request bodies of the REST operation. */
final class HopLines implements Batch.Answerer {
    private static final String[] NEEDED = {"sourceIPAddress", "destinationIPAddress"};
    private static final int ALL = (1 << NEEDED.length) - 1;
    private static final int TARGET = ALL + 1;

    private final HopAsker asker;
    private final HopQuestion question = new HopQuestion();

    HopLines(HopAsker asker) {
        this.asker = asker;
    }

    @Override
    public byte[] answer(LineParser line) {
        read(line);
        return asker.line(question);
    }

    /** The same as members. */
    Map<String, @Nullable Object> members(LineParser line) {
        read(line);
        return asker.report(question).verdict().members();
    }

    private void read(LineParser line) {
        question.target(null);
        int given = 0;
        for (@Nullable String name = line.nextName(); name != null; name = line.nextName()) {
            switch (name) {
                case "sourceIPAddress" -> {
                    given = LineParser.once(given, 1, name);
                    line.address(name, question.source());
                }
                case "destinationIPAddress" -> {
                    given = LineParser.once(given, 2, name);
                    line.address(name, question.destination());
                }
                case "targetResourceId" -> {
                    given = LineParser.once(given, TARGET, name);
                    question.target(line.string(name));
                }
                default -> line.skip(name);
            }
        }
        if ((given & ALL) != ALL) throw Batch.missing(NEEDED, given);
    }
}
