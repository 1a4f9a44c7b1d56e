package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Place;
import dev.mipath.topology.Topology;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Documents with questions of every kind, drawn from a seed. */
final class RandomQuestions {
    private static final Place HERE = new Place("random", 1, "");

    private final SplittableRandom random;

    private RandomQuestions(int seed) {
        random = new SplittableRandom(seed);
    }

    static TopologyDocument of(int seed) {
        RandomQuestions questions = new RandomQuestions(seed);
        ImmutableList.Builder<Expectation> expect = ImmutableList.builder();
        for (int i = questions.random.nextInt(4); i > 0; i--) expect.add(questions.expectation());
        @Nullable Ask ask = questions.random.nextInt(3) == 0 ? null : questions.ask();
        return new TopologyDocument(new Topology.Builder().build(), ask, expect.build());
    }

    private Ask ask() {
        @Nullable Integer port = random.nextBoolean() ? null : random.nextInt(65_536);
        return new Ask(HERE, random.nextBoolean() ? "vm: a#1" : "10.0.0.4", "mi.zone.database.windows.net", port);
    }

    private Expectation expectation() {
        boolean v6 = random.nextBoolean();
        int kind = random.nextInt(4);
        if (kind == 0) return trace();
        if (kind == 1) {
            return new Expectation(
                    HERE, new Question.Doctor(HERE), ImmutableList.of(member("findings", doctorFindings())));
        }
        if (kind == 2) {
            Question flow = new Question.TestIpFlow(
                    HERE,
                    random.nextBoolean() ? Direction.INBOUND : Direction.OUTBOUND,
                    random.nextBoolean() ? Protocol.TCP : Protocol.UDP,
                    endpoint(v6),
                    endpoint(v6));
            return new Expectation(
                    HERE,
                    flow,
                    ImmutableList.of(
                            member("access", random.nextBoolean() ? "Allow" : "Unknown"),
                            member("ruleName", random.nextBoolean() ? null : "securityRules/yes"),
                            member("priority", String.valueOf(100 + random.nextInt(65_000)))));
        }
        return new Expectation(
                HERE,
                new Question.NextHop(HERE, address(v6), address(v6)),
                ImmutableList.of(
                        member("nextHopType", "None"),
                        member("addressPrefix", "10.0.0.0/8"),
                        member("nextHopIpAddress", null)));
    }

    /** Of the file's own ends or of others; a connection has no error, a blocked one has a code and one. */
    private Expectation trace() {
        boolean own = random.nextBoolean();
        boolean connected = random.nextBoolean();
        return new Expectation(
                HERE,
                new Question.Trace(HERE, own ? null : ask()),
                ImmutableList.of(
                        member("outcome", connected ? "connected" : "blocked"),
                        member("symptom", connected ? "none" : "timeout"),
                        member("code", connected ? null : "NSG_DENY_INBOUND"),
                        member("error", connected ? null : "10060")));
    }

    private String doctorFindings() {
        return random.nextBoolean() ? "" : "NSG_MISSING, ROUTE_TABLE_MISSING";
    }

    private static Expectation.Member member(String name, @Nullable String value) {
        return new Expectation.Member(name, value, HERE);
    }

    private Question.Endpoint endpoint(boolean v6) {
        return new Question.Endpoint(address(v6), random.nextBoolean() ? null : random.nextInt(65_536));
    }

    private Address address(boolean v6) {
        return v6 ? Address.parse("2001:db8::" + (1 + random.nextInt(9_000))) : Address.v4(random.nextInt());
    }
}
