package dev.mipath.cli;

import dev.mipath.explain.FlowVerdict;

/**
 * One flow of a flow log as a question and what the log says became of it; to be read into again and again.
 *
 * <p>{@code time,source,destination,source port,destination port,protocol,direction,…}: then a security group's log has
 * the decision ({@code A} or {@code D}), a VNet's log, which names protocols by number, the state, of which {@code D} is
 * one and says that the flow was denied. Sizes and times are no part of the question.
 */
final class LogTuple {
    private static final int NEEDED = 8;

    /** Two IPv6 addresses and eleven numbers and letters; sizes in the log are its longest. */
    private static final int LENGTH_MAX = 400;

    private final FlowQuestion question = new FlowQuestion();
    private final int[] starts = new int[NEEDED + 1];
    private FlowVerdict.Access logged = FlowVerdict.Access.UNKNOWN;
    private String text = "";

    FlowQuestion question() {
        return question;
    }

    /** What the log says: allowed or denied. */
    FlowVerdict.Access logged() {
        return logged;
    }

    /** The flow as it stands in the log. */
    String text() {
        return text;
    }

    /** Reads a flow; throws {@link UsageException} when it is none. */
    void read(char[] chars, int offset, int length) {
        if (length > LENGTH_MAX) throw new UsageException("a text of " + length + " characters is no flow");
        text = new String(chars, offset, length);
        int field = 0;
        int end = offset + length;
        starts[0] = offset;
        for (int i = offset; i < end && field < NEEDED; i++) if (chars[i] == ',') starts[++field] = i + 1;
        if (field == NEEDED - 1) starts[++field] = end + 1;
        if (field < NEEDED) throw new UsageException("`" + text + "` is not a flow of a flow log");
        char direction = letter(chars, 6);
        boolean inbound = direction == 'I';
        if (!inbound && direction != 'O') throw new UsageException("`" + text + "` has no direction (`I` or `O`)");
        question.direction(inbound ? "Inbound" : "Outbound");
        FlowEnd source = inbound ? question.remote() : question.local();
        FlowEnd destination = inbound ? question.local() : question.remote();
        source.address(chars, starts[1], size(1));
        destination.address(chars, starts[2], size(2));
        source.port(chars, starts[3], size(3));
        destination.port(chars, starts[4], size(4));
        boolean group = letter(chars, 5) == 'T' || letter(chars, 5) == 'U';
        question.protocolOfLog(new String(chars, starts[5], size(5)));
        char outcome = letter(chars, 7);
        boolean known = outcome == 'D' || (group ? outcome == 'A' : "BCE".indexOf(outcome) >= 0);
        if (!known) throw new UsageException("`" + text + "` does not say what became of the flow");
        logged = outcome == 'D' ? FlowVerdict.Access.DENY : FlowVerdict.Access.ALLOW;
    }

    private int size(int field) {
        return starts[field + 1] - 1 - starts[field];
    }

    private char letter(char[] chars, int field) {
        return size(field) == 1 ? chars[starts[field]] : ' ';
    }
}
