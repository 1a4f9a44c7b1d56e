package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import dev.mipath.explain.ChangeAnswer;
import dev.mipath.explain.Context;
import dev.mipath.explain.Parting;
import dev.mipath.explain.Safe;
import dev.mipath.format.Ask;
import dev.mipath.format.Expectation;
import dev.mipath.format.Question;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the same flows before and after a change, and keeps those that go otherwise. */
final class FlowsAcross {
    /** More changed flows than anybody reads are only counted, but those that were expected to stay. */
    private static final int KEPT_MAX = 1_000;

    private final Context before;
    private final Context after;
    private final QuestionAsker asksBefore;
    private final QuestionAsker asksAfter;
    private final List<ChangeAnswer.Flow> changed = new ArrayList<>();
    private final LineParser parser = new LineParser();
    private int asked;
    private int differing;

    FlowsAcross(Context before, Context after, @Nullable Ask ask) {
        this.before = before;
        this.after = after;
        asksBefore = new QuestionAsker(before, ask);
        asksAfter = new QuestionAsker(after, ask);
    }

    int asked() {
        return asked;
    }

    /** How many changed. */
    int differing() {
        return differing;
    }

    ImmutableList<ChangeAnswer.Flow> changed() {
        return ImmutableList.copyOf(changed);
    }

    /** Asks what a topology file expects. */
    void ask(List<Expectation> expectations) {
        for (Expectation expectation : expectations) {
            Question question = expectation.question();
            Map<String, @Nullable Object> was = asksBefore.answer(question);
            Map<String, @Nullable Object> is = asksAfter.answer(question);
            boolean held = ExpectationRun.differing(expectation, was).isEmpty();
            boolean holds = ExpectationRun.differing(expectation, is).isEmpty();
            @Nullable Parting parting = question instanceof Question.Trace trace ? parting(trace) : null;
            asked++;
            if (was.equals(is) && parting == null) continue;
            keep(new ChangeAnswer.Flow(asksBefore.worded(question), was, is, parting, held && !holds));
        }
    }

    private @Nullable Parting parting(Question.Trace trace) {
        try {
            return Parting.of(asksBefore.conversation(trace), asksAfter.conversation(trace))
                    .orElse(null);
        } catch (UsageException e) {
            // The answer tells the error.
            return null;
        }
    }

    private void keep(ChangeAnswer.Flow flow) {
        differing++;
        if (flow.broken() || changed.size() < KEPT_MAX) changed.add(flow);
    }

    /**
     * Asks the questions of a file, one a line, as {@code test-ip-flow --flows} and {@code next-hop --queries} read them.
     *
     * @return how many lines are no question
     */
    int ask(String file, Terminal terminal) throws IOException {
        FlowLines flowsBefore = new FlowLines(new FlowAsker(before, null));
        FlowLines flowsAfter = new FlowLines(new FlowAsker(after, null));
        HopLines hopsBefore = new HopLines(new HopAsker(before, null));
        HopLines hopsAfter = new HopLines(new HopAsker(after, null));
        int errors = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Batch.open(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) continue;
                try {
                    boolean hop = line.contains("\"sourceIPAddress\"");
                    Map<String, @Nullable Object> was = answer(line, hop ? hopsBefore::members : flowsBefore::members);
                    Map<String, @Nullable Object> is = answer(line, hop ? hopsAfter::members : flowsAfter::members);
                    asked++;
                    if (!was.equals(is)) keep(new ChangeAnswer.Flow(line.strip(), was, is, null, false));
                } catch (UsageException e) {
                    errors++;
                    terminal.note(Safe.text(file) + ":" + number + ": " + Safe.text(e.getMessage()));
                }
            }
        }
        return errors;
    }

    private Map<String, @Nullable Object> answer(
            String line, Function<LineParser, Map<String, @Nullable Object>> reader) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            parser.begin(bytes, 0, bytes.length);
            return reader.apply(parser);
        } catch (UsageException e) {
            parser.abandon();
            throw e;
        }
    }
}
