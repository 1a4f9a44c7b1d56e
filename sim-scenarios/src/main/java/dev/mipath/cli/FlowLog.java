package dev.mipath.cli;

import dev.mipath.explain.Safe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Answers the flows of a flow log in their order, one at a time; memory does not grow with their number.
 *
 * <p>Read are the logs of security groups, versions 1 and 2, and of VNets, version 4, with or without {@code records}
 * around them, one document or many (facts §6, Trap 29).
 */
final class FlowLog {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LOOK_BYTES_FIRST = 1 << 14;

    /** As long as a line of questions may be; a log says what it is in its first members. */
    private static final int LOOK_BYTES_MAX = 1 << 20;

    private static final int PROGRESS_EVERY = 1 << 17;

    /** Members that only the top of a flow log has, and members that only a question has. */
    private static final Set<String> OF_LOGS =
            Set.of("records", "flowRecords", "flowLogVersion", "flowLogGUID", "flowLogResourceID");

    private static final Set<String> OF_QUESTIONS =
            Set.of("direction", "protocol", "localIPAddress", "localPort", "remoteIPAddress", "remotePort");

    private final FlowLogAnswers answers;
    private final AnswerLines lines;
    private final Terminal terminal;
    private final LogTuple tuple = new LogTuple();
    private long flows;
    private long differing;

    private FlowLog(FlowLogAnswers answers, Terminal terminal) {
        this.answers = answers;
        this.terminal = terminal;
        lines = new AnswerLines(terminal.out());
    }

    /** What the beginning of a file tells about it. */
    enum Kind {
        LOG,
        QUESTIONS,
        UNDECIDED
    }

    /** What a file is that begins with these bytes; undecided when they end too early. */
    static Kind kind(byte[] bytes, int length) {
        try (JsonParser parser =
                JSON.createParser(ObjectReadContext.empty(), new ByteArrayInputStream(bytes, 0, length))) {
            JsonToken first = parser.nextToken();
            if (first == null) return Kind.UNDECIDED;
            if (first != JsonToken.START_OBJECT) return Kind.QUESTIONS;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (OF_LOGS.contains(name)) return Kind.LOG;
                if (OF_QUESTIONS.contains(name)) return Kind.QUESTIONS;
                boolean group = parser.nextToken() == JsonToken.VALUE_STRING
                        && parser.getString().equals("NetworkSecurityGroupFlowEvent");
                if (group) return Kind.LOG;
                parser.skipChildren();
            }
            return Kind.QUESTIONS;
        } catch (JacksonException e) {
            // Either the bytes end inside a value or this is no JSON; more bytes tell which.
            return Kind.UNDECIDED;
        }
    }

    /** Answers the flows of a log, or the questions of a file that is none. */
    static int run(String file, FlowAsker asker, Terminal terminal) throws IOException {
        try (InputStream in = Batch.open(file)) {
            byte[] start = new byte[LOOK_BYTES_FIRST];
            int length = 0;
            Kind kind = Kind.UNDECIDED;
            while (kind == Kind.UNDECIDED && length < LOOK_BYTES_MAX) {
                if (length == start.length) start = Arrays.copyOf(start, length * 4);
                // No more than there is: questions may come one by one, each waiting for the answer before.
                int read = in.read(start, length, start.length - length);
                if (read < 0) break;
                length += read;
                kind = kind(start, length);
            }
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start, 0, length), in);
            if (kind != Kind.LOG) return Batch.run(whole, new FlowLines(asker), terminal);
            return new FlowLog(new FlowLogAnswers(asker), terminal).run(file, whole);
        }
    }

    private int run(String file, InputStream in) {
        boolean whole = true;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            read(parser);
        } catch (JacksonException e) {
            whole = false;
            lines.flush();
            terminal.note(Safe.text(file) + ":" + e.getLocation().getLineNr() + ": this is not JSON: "
                    + Safe.text(e.getOriginalMessage()) + " (the flows before it are answered; save the log again)");
        }
        lines.flush();
        if (terminal.watched()) terminal.progress("");
        terminal.note(summary());
        return whole && lines.errors() == 0 ? ExitCode.YES : ExitCode.USAGE;
    }

    private String summary() {
        String text = flows + (flows == 1 ? " flow, " : " flows, ") + differing
                + " answered otherwise than logged (see `logged`)";
        if (lines.errors() == 0) return text;
        return text + ", " + lines.errors() + " that cannot be read (each has its `error` in place)";
    }

    /** Walks the document; wherever it stands, a list of tuples belongs to the rule named before it. */
    private void read(JsonParser parser) {
        String rule = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token != JsonToken.PROPERTY_NAME) continue;
            String name = parser.currentName();
            if (name.equals("rule")) {
                rule = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
            } else if (name.equals("flowTuples")) {
                if (parser.nextToken() == JsonToken.START_ARRAY) tuples(parser, rule);
                else lines.refuse("`flowTuples` is not a list");
            }
        }
    }

    private void tuples(JsonParser parser, String rule) {
        for (JsonToken token = parser.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            flows++;
            if (terminal.watched() && flows % PROGRESS_EVERY == 0) terminal.progress(flows + " flows");
            if (token != JsonToken.VALUE_STRING) {
                lines.refuse("a flow is not a text");
                parser.skipChildren();
                continue;
            }
            try {
                tuple.read(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
                byte[] answer = answers.answer(tuple, rule);
                if (answers.differed()) differing++;
                lines.write(answer);
            } catch (UsageException e) {
                lines.refuse(e.getMessage());
            }
        }
    }
}
