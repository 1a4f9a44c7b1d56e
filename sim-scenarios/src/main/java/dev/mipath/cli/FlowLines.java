package dev.mipath.cli;

import org.jspecify.annotations.Nullable;

/** Reads and answers the questions of {@code test-ip-flow --flows}: request bodies of the REST operation. */
final class FlowLines implements Batch.Answerer {
    private static final String[] NEEDED = {
        "direction", "protocol", "localIPAddress", "localPort", "remoteIPAddress", "remotePort"
    };
    private static final int ALL = (1 << NEEDED.length) - 1;

    private final FlowAsker asker;
    private final FlowQuestion question = new FlowQuestion();

    FlowLines(FlowAsker asker) {
        this.asker = asker;
    }

    @Override
    public byte[] answer(LineParser line) {
        question.target(null);
        int given = 0;
        for (@Nullable String name = line.nextName(); name != null; name = line.nextName()) {
            switch (name) {
                case "direction" -> given |= direction(line);
                case "protocol" -> given |= protocol(line);
                case "localIPAddress" -> {
                    line.address(name, question.local());
                    given |= 4;
                }
                case "localPort" -> {
                    line.port(name, question.local());
                    given |= 8;
                }
                case "remoteIPAddress" -> {
                    line.address(name, question.remote());
                    given |= 16;
                }
                case "remotePort" -> {
                    line.port(name, question.remote());
                    given |= 32;
                }
                case "targetResourceId" -> question.target(line.string(name));
                default -> line.skip();
            }
        }
        if (given != ALL) throw Batch.missing(NEEDED, given);
        return asker.line(question);
    }

    private int direction(LineParser line) {
        line.text("direction");
        question.direction(line.isWord("Inbound") ? "Inbound" : line.isWord("Outbound") ? "Outbound" : line.here());
        return 1;
    }

    private int protocol(LineParser line) {
        line.text("protocol");
        question.protocol(line.isWord("TCP") ? "TCP" : line.isWord("UDP") ? "UDP" : line.here());
        return 2;
    }
}
