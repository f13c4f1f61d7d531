package dev.comuta.provider.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.comuta.channel.ChannelBroken;
import dev.comuta.message.pace.Throttled;
import dev.comuta.message.pace.Throttled.Scope;
import dev.comuta.message.rule.SendingRules;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaErrorsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 80007, 130429, 131000, 131016, 131056})
    void treatsTheseCodesAsTransient(int code) {
        assertInstanceOf(TransientFailure.class, MetaErrors.of(answer(400, code)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100, 190, 200, 131026, 131031, 131047, 131049, 131051, 131062, 132001})
    void treatsTheseCodesAsPermanent(int code) {
        assertInstanceOf(PermanentFailure.class, MetaErrors.of(answer(400, code)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 190, 200, 299, 131031})
    void reportsAChannelThatCannotSend(int code) {
        assertInstanceOf(ChannelBroken.class, MetaErrors.ofRefusedSend(answer(400, code)));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 131026, 131047, 131051, 132001})
    void failsAMessageThatIsWrongWithoutBlamingTheChannel(int code) {
        assertInstanceOf(PermanentFailure.class, MetaErrors.ofRefusedSend(answer(400, code)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"error\":7}", "{\"error\":{\"code\":\"x\"}}"})
    void decidesByTheStatusWhenTheBodyHasNoCode(String body) {
        assertInstanceOf(TransientFailure.class, MetaErrors.of(new HttpAnswer(502, null, Buffer.buffer(body))));
        assertInstanceOf(TransientFailure.class, MetaErrors.of(new HttpAnswer(429, null, Buffer.buffer(body))));
        assertInstanceOf(PermanentFailure.class, MetaErrors.of(new HttpAnswer(400, null, Buffer.buffer(body))));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 80007, 130429})
    void reportsMessagesOfANumberThatCameTooFast(int code) {
        Throttled failure = assertInstanceOf(Throttled.class, MetaErrors.ofRefusedSend(answer(400, code)));

        assertEquals(Scope.NUMBER, failure.scope());
    }

    @Test
    void reportsMessagesOfAPairThatCameTooFastAndHidesMetasMessage() {
        Throttled failure = assertInstanceOf(Throttled.class, MetaErrors.ofRefusedSend(answer(400, 131056)));

        assertEquals(Scope.PAIR, failure.scope());
        assertFalse(failure.getMessage().contains("5511"), failure.getMessage());
    }

    @Test
    void namesTheEndOfTheWindow() {
        PermanentFailure failure =
                assertInstanceOf(PermanentFailure.class, MetaErrors.ofRefusedSend(answer(400, 131047)));

        assertEquals(SendingRules.WINDOW_ENDED, failure.getMessage());
    }

    @Test
    void treatsASendWithoutAnAnswerAsUnknownOutcome() {
        TransientFailure unanswered = TransientFailure.unanswered(null);
        TransientFailure unreachable = new TransientFailure("not reached");

        assertInstanceOf(UnknownOutcome.class, MetaErrors.ofSending(unanswered));
        assertInstanceOf(UnknownOutcome.class, MetaErrors.ofSending(new TimeoutException()));
        assertSame(unreachable, MetaErrors.ofSending(unreachable));
    }

    @Test
    void treatsAServerErrorThatIsNotOfMetaAsUnknownOutcome() {
        HttpAnswer gatewayTimeout = new HttpAnswer(504, null, Buffer.buffer("<html>"));
        HttpAnswer unavailable = new HttpAnswer(503, null, Buffer.buffer("<html>"));

        assertInstanceOf(UnknownOutcome.class, MetaErrors.ofRefusedSend(gatewayTimeout));
        assertInstanceOf(TransientFailure.class, MetaErrors.ofRefusedSend(unavailable));
        assertInstanceOf(TransientFailure.class, MetaErrors.ofRefusedSend(answer(500, 2)));
    }

    private static HttpAnswer answer(int status, int code) {
        return new HttpAnswer(
                status, null, Buffer.buffer("{\"error\":{\"code\":" + code + ",\"message\":\"to 5511987654321\"}}"));
    }
}
