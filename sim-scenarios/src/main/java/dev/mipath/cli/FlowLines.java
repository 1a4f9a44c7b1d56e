package dev.mipath.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and answers the questions of {@code test-ip-flow --flows}: request bodies of the REST operation. */
final class FlowLines implements Batch.Answerer {
    private static final String[] NEEDED = {
        "direction", "protocol", "localIPAddress", "localPort", "remoteIPAddress", "remotePort"
    };
    private static final int ALL = (1 << NEEDED.length) - 1;
    private static final int TARGET = ALL + 1;

    private final FlowAsker asker;
    private final FlowQuestion question = new FlowQuestion();

    FlowLines(FlowAsker asker) {
        this.asker = asker;
    }

    @Override
    public byte[] answer(LineParser line) {
        read(line);
        return asker.answer(question).line();
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
                case "direction" -> {
                    given = LineParser.once(given, 1, name);
                    direction(line);
                }
                case "protocol" -> {
                    given = LineParser.once(given, 2, name);
                    protocol(line);
                }
                case "localIPAddress" -> {
                    given = LineParser.once(given, 4, name);
                    line.address(name, question.local());
                }
                case "localPort" -> {
                    given = LineParser.once(given, 8, name);
                    line.port(name, question.local());
                }
                case "remoteIPAddress" -> {
                    given = LineParser.once(given, 16, name);
                    line.address(name, question.remote());
                }
                case "remotePort" -> {
                    given = LineParser.once(given, 32, name);
                    line.port(name, question.remote());
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

    private void direction(LineParser line) {
        line.text("direction");
        question.direction(line.isWord("Inbound") ? "Inbound" : line.isWord("Outbound") ? "Outbound" : line.here());
    }

    private void protocol(LineParser line) {
        line.text("protocol");
        question.protocol(line.isWord("TCP") ? "TCP" : line.isWord("UDP") ? "UDP" : line.here());
    }
}
