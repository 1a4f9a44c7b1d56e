package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.format.Question.Endpoint;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Direction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the question a file was written for and the questions whose answers it knows. */
final class ExpectationReader {
    private static final ImmutableSet<String> IP_FLOW_ANSWER =
            ImmutableSet.of("access", "ruleName", "networkSecurityGroup", "priority");
    private static final ImmutableSet<String> NEXT_HOP_ANSWER =
            ImmutableSet.of("nextHopType", "nextHopIpAddress", "routeTableId", "routeName", "addressPrefix", "source");
    private static final ImmutableSet<String> TRACE_ANSWER =
            ImmutableSet.of("outcome", "symptom", "error", "code", "phase");
    /** The ids of the findings, in one list. */
    static final String FINDINGS = "findings";

    private static final ImmutableSet<String> DOCTOR_ANSWER = ImmutableSet.of(FINDINGS);
    /** What stands between the entries of a list in an expected value. */
    static final String BETWEEN = ", ";

    private static final ImmutableMap<String, Protocol> PROTOCOLS =
            ImmutableMap.of("Tcp", Protocol.TCP, "Udp", Protocol.UDP);

    private final Values values;

    /** The word for a protocol in a question. */
    static String word(Protocol protocol) {
        for (Map.Entry<String, Protocol> entry : PROTOCOLS.entrySet()) {
            if (entry.getValue().equals(protocol)) return entry.getKey();
        }
        throw new IllegalArgumentException("no question is about " + protocol);
    }

    ExpectationReader(Values values) {
        this.values = values;
    }

    @Nullable
    Ask ask(@Nullable Node value) {
        return ends(value, "the question `ask`");
    }

    private @Nullable Ask ends(@Nullable Node value, String what) {
        Fields fields = value == null ? null : Fields.of(value, what, values.problems());
        if (fields == null) return null;
        @Nullable Node from = fields.required("from");
        @Nullable Node to = fields.required("to");
        @Nullable Node port = fields.optional("port");
        fields.done();
        String fromText = from == null ? null : values.text(from);
        String toText = to == null ? null : values.text(to);
        @Nullable Integer number = port == null ? null : port(port);
        return fromText == null || toText == null ? null : new Ask(fields.place(), fromText, toText, number);
    }

    private @Nullable Integer port(Node value) {
        Integer number = values.number(value);
        if (number == null || number >= 0 && number <= 65_535) return number;
        return values.wrong(value.place(), "port " + number + " is not in 0..65535", "write a port such as 1433");
    }

    /** The questions of a list; items that are figures of a simulated run are handed on. */
    ImmutableList<Expectation> expectations(@Nullable Node list, List<Node> figures) {
        return values.rows(list, item -> {
            if (!(item instanceof Node.Obj object) || object.get(TimeScriptReader.FIGURE) == null) {
                return expectation(item);
            }
            figures.add(item);
            return null;
        });
    }

    private @Nullable Expectation expectation(Node item) {
        Fields fields = Fields.of(item, "an expectation", values.problems());
        if (fields == null) return null;
        Node flow = fields.optional("testIpFlow");
        Node hop = fields.optional("nextHop");
        Node trace = fields.optional("trace");
        Node doctor = fields.optional("doctor");
        Node answer = fields.required("answer");
        fields.done();
        int questions =
                (flow == null ? 0 : 1) + (hop == null ? 0 : 1) + (trace == null ? 0 : 1) + (doctor == null ? 0 : 1);
        if (questions != 1) {
            return values.wrong(
                    item.place(),
                    "an expectation asks one question",
                    "write one of `testIpFlow`, `nextHop`, `trace` and `doctor`");
        }
        @Nullable Question question;
        ImmutableSet<String> names;
        if (flow != null) {
            question = testIpFlow(flow);
            names = IP_FLOW_ANSWER;
        } else if (hop != null) {
            question = nextHop(hop);
            names = NEXT_HOP_ANSWER;
        } else if (doctor != null) {
            question = doctor(doctor);
            names = DOCTOR_ANSWER;
        } else {
            question = trace(trace);
            names = TRACE_ANSWER;
        }
        ImmutableList<Expectation.Member> members = answer == null ? ImmutableList.of() : members(answer, names);
        return question == null ? null : new Expectation(item.place(), question, members);
    }

    private @Nullable Question testIpFlow(Node value) {
        Fields fields = Fields.of(value, "the question `testIpFlow`", values.problems());
        if (fields == null) return null;
        Node direction = fields.required("direction");
        Node protocol = fields.required("protocol");
        Node local = fields.required("local");
        Node remote = fields.required("remote");
        fields.done();
        Direction seen = direction == null ? null : values.word(direction, RuleReader.DIRECTIONS);
        Protocol spoken = protocol == null ? null : values.word(protocol, PROTOCOLS);
        Endpoint here = local == null ? null : endpoint(local);
        Endpoint there = remote == null ? null : endpoint(remote);
        if (seen == null || spoken == null || here == null || there == null) return null;
        return new Question.TestIpFlow(value.place(), seen, spoken, here, there);
    }

    private @Nullable Question nextHop(Node value) {
        Fields fields = Fields.of(value, "the question `nextHop`", values.problems());
        if (fields == null) return null;
        Node source = fields.required("sourceIp");
        Node destination = fields.required("destIp");
        fields.done();
        Address from = source == null ? null : values.address(source);
        Address to = destination == null ? null : values.address(destination);
        return from == null || to == null ? null : new Question.NextHop(value.place(), from, to);
    }

    /** Without ends it is the question that the file was written for. */
    private @Nullable Question trace(@Nullable Node value) {
        if (value instanceof Node.Obj object && object.members().isEmpty()) {
            return new Question.Trace(value.place(), null);
        }
        @Nullable Ask ends = ends(value, "the question `trace`");
        return value == null || ends == null ? null : new Question.Trace(value.place(), ends);
    }

    private @Nullable Question doctor(Node value) {
        Fields fields = Fields.of(value, "the question `doctor`", values.problems());
        if (fields == null) return null;
        fields.done();
        return new Question.Doctor(value.place());
    }

    private @Nullable Endpoint endpoint(Node value) {
        String text = values.text(value);
        if (text == null) return null;
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 0 || !port.equals("*") && !port.matches("\\d{1,5}")) return notAnEndpoint(value, text);
        String host = text.substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        try {
            Address address = Address.parse(brackets ? host.substring(1, host.length() - 1) : host);
            if (address.v6() != brackets) return notAnEndpoint(value, text);
            if (port.equals("*")) return new Endpoint(address, null);
            int number = Integer.parseInt(port);
            return number > 65_535 ? notAnEndpoint(value, text) : new Endpoint(address, number);
        } catch (IllegalArgumentException e) {
            return notAnEndpoint(value, text);
        }
    }

    private @Nullable Endpoint notAnEndpoint(Node value, String text) {
        return values.wrong(
                value.place(),
                Printable.quoted(text) + " is no address with a port",
                "write `10.0.1.4:1433` or `[2001:db8::4]:1433`; `*` stands for any port");
    }

    private ImmutableList<Expectation.Member> members(Node answer, ImmutableSet<String> names) {
        Fields fields = Fields.of(answer, "an answer", values.problems());
        if (fields == null || !(answer instanceof Node.Obj object)) return ImmutableList.of();
        names.forEach(fields::has);
        fields.done();
        if (object.members().isEmpty()) {
            values.problems().add(answer.place(), "the answer expects nothing", "name a member and its value");
        }
        ImmutableList.Builder<Expectation.Member> members = ImmutableList.builder();
        for (Node.Member member : object.members()) {
            members.add(new Expectation.Member(member.name(), value(member.value()), member.place()));
        }
        return members.build();
    }

    private @Nullable String value(Node value) {
        if (value instanceof Node.Null) return null;
        if (value instanceof Node.Arr) return String.join(BETWEEN, values.list(value, values::text));
        if (value instanceof Node.Num number) return number.text();
        if (value instanceof Node.Bool truth) return Boolean.toString(truth.value());
        return values.text(value);
    }
}
