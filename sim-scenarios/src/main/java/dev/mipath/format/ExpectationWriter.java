package dev.mipath.format;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import dev.mipath.topology.Place;
import org.jspecify.annotations.Nullable;

/** Writes the question a file was written for and the questions whose answers it knows, as they are read. */
final class ExpectationWriter implements Question.Cases<Members> {
    private static final ImmutableSet<String> NUMBERS = ImmutableSet.of("priority", "error");

    static Node ask(Ask ask) {
        Integer port = ask.port();
        return new Members()
                .put("from", ask.from())
                .put("to", ask.to())
                .put("port", port == null ? null : Members.number(port))
                .build();
    }

    Node expectation(Expectation expectation) {
        Members answer = new Members();
        for (Expectation.Member member : expectation.answer()) answer.put(member.name(), value(member));
        return expectation.question().fold(this).put("answer", answer.build()).build();
    }

    /** Only priorities and errors are numbers in the commands' answers. */
    private static Node value(Expectation.Member member) {
        String value = member.value();
        if (value == null) return new Node.Null(Place.PLATFORM);
        if (member.name().equals(ExpectationReader.FINDINGS)) {
            return Members.list(
                    Splitter.on(ExpectationReader.BETWEEN).omitEmptyStrings().splitToList(value), Members::text);
        }
        boolean number = NUMBERS.contains(member.name()) && value.matches("[1-9]\\d{0,4}");
        return number ? new Node.Num(Place.PLATFORM, value) : Members.text(value);
    }

    @Override
    public Members testIpFlow(Question.TestIpFlow question) {
        return new Members()
                .put(
                        "testIpFlow",
                        new Members()
                                .put("direction", question.direction().azureName())
                                .put("protocol", ExpectationReader.word(question.protocol()))
                                .put("local", question.local().toString())
                                .put("remote", question.remote().toString())
                                .build());
    }

    @Override
    public Members nextHop(Question.NextHop question) {
        return new Members()
                .put(
                        "nextHop",
                        new Members()
                                .put("sourceIp", question.sourceIp().toString())
                                .put("destIp", question.destIp().toString())
                                .build());
    }

    @Override
    public Members doctor(Question.Doctor question) {
        return new Members().put("doctor", new Members().build());
    }

    @Override
    public Members trace(Question.Trace question) {
        @Nullable Ask ends = question.ends();
        return new Members().put("trace", ends == null ? new Members().build() : ask(ends));
    }
}
