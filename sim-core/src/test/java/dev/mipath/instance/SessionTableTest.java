package dev.mipath.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.instance.SessionTable.Dialect;
import dev.mipath.instance.SessionTable.Message;
import dev.mipath.instance.SqlSession.Input;
import dev.mipath.instance.SqlSession.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conversation message by message is the conversation phase by phase. */
@DisplayName("the messages of a conversation")
class SessionTableTest {
    @ParameterizedTest(name = "{0}, redirected: {1}")
    @CsvSource({"TDS_7_4,false,5", "TDS_7_4,true,10", "STRICT,false,4", "STRICT,true,8"})
    @DisplayName("take as many round trips to the first query as the protocol says")
    void roundTrips(Dialect dialect, boolean redirected, int trips) {
        assertThat(SessionTable.roundTrips(dialect, redirected)).isEqualTo(trips);
    }

    @ParameterizedTest(name = "redirected: {0}")
    @CsvSource({"false", "true"})
    @DisplayName("pass through the phases of SqlSession, none more and none less")
    void phases(boolean redirected) {
        List<State> told = new ArrayList<>();
        for (State state = State.DNS; state != State.LOGGED_IN; ) {
            told.add(state);
            state = SqlSession.next(state, redirected && state == State.LOGIN ? Input.ROUTED : Input.DONE);
        }
        assertThat(sent(Dialect.TDS_7_4, redirected).stream()
                        .map(Message::phase)
                        .distinct())
                .containsExactlyElementsOf(told);
    }

    @Test
    @DisplayName("of TDS 8.0 begin with TLS")
    void strictBeginsWithTls() {
        assertThat(sent(Dialect.STRICT, false))
                .containsExactly(
                        Message.NAME_QUERY, Message.SYN, Message.CLIENT_HELLO, Message.PRELOGIN, Message.LOGIN);
    }

    @Test
    @DisplayName("end where nobody answers or somebody refuses")
    void ends() {
        for (Message message : Message.values()) {
            for (Input input : new Input[] {Input.SILENCE, Input.REFUSED}) {
                int next = SessionTable.next(0, SessionTable.number(message), SessionTable.number(input));
                assertThat(SessionTable.message(next)).isEqualTo(Message.FAILED);
            }
        }
    }

    private static List<Message> sent(Dialect dialect, boolean redirected) {
        List<Message> sent = new ArrayList<>();
        for (Message at = Message.NAME_QUERY; at != Message.READY; ) {
            sent.add(at);
            Input input = redirected && at == Message.LOGIN ? Input.ROUTED : Input.DONE;
            at = SessionTable.message(SessionTable.next(
                    SessionTable.number(dialect), SessionTable.number(at), SessionTable.number(input)));
        }
        return sent;
    }
}
