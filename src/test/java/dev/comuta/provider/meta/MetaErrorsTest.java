package dev.comuta.provider.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.Contracts;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.pace.Throttled;
import dev.comuta.message.pace.Throttled.Scope;
import dev.comuta.message.rule.RefusedMessage;
import dev.comuta.message.rule.SendingRules;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaErrorsTest {

    private static final Set<String> GROUPS_OF_SENDING =
            Set.of("AuthorizationError", "ThrottlingError", "IntegrityError", "SendMessageError");

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
        assertEquals("channel", refused(answer(400, code)).report().remedy());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 131026, 131047, 131051, 132001})
    void failsAMessageThatIsWrongWithoutBlamingTheChannel(int code) {
        RefusedMessage refusal = refused(answer(400, code));

        assertFalse(
                refusal.passing() || refusal.report().concernsChannel(),
                refusal.report().toString());
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
        RefusedMessage refusal = refused(answer(400, 131047));

        assertEquals(SendingRules.WINDOW_ENDED, refusal.getMessage());
        assertEquals(DeliveryReport.ofError(131047, "Re-engagement message", null, "template"), refusal.report());
    }

    @Test
    void describesARefusalAsAStatusDoes() {
        RefusedMessage refusal = refused(new HttpAnswer(400, null, Buffer.buffer("""
                {"error": {"code": 132015, "message": "(#132015) Template is paused", "error_data": {
                    "messaging_product": "whatsapp", "details": "The template visita is paused"}}}""")));

        assertEquals(
                DeliveryReport.ofError(132015, "Template is paused", "The template visita is paused", "content"),
                refusal.report());
        assertEquals("Meta responded 400, code 132015", refusal.getMessage());
    }

    @Test
    void knowsTheTitleOfEveryCodeOfASentMessage() {
        for (JsonNode error : Contracts.json("meta/error_codes.json").path("errors")) {
            if (GROUPS_OF_SENDING.contains(error.path("group").asText())) {
                error.path("codes").forEach(code -> assertNotNull(MetaTitles.of(code.asInt()), error.toString()));
            }
        }
    }

    @Test
    void keepsMetasWordsAboutATemplate() {
        HttpAnswer forPeople = new HttpAnswer(400, null, Buffer.buffer("""
                {"error": {"code": 100, "message": "Invalid parameter", "error_user_title": "Variáveis no fim",
                    "error_user_msg": "O texto não pode terminar com uma variável."}}"""));
        HttpAnswer forPrograms = new HttpAnswer(
                400, null, Buffer.buffer("{\"error\": {\"code\": 100, \"message\": \"Invalid parameter\"}}"));

        assertEquals(
                "Variáveis no fim: O texto não pode terminar com uma variável., code 100",
                MetaErrors.ofTemplate(forPeople).getMessage());
        assertEquals(
                "Invalid parameter, code 100",
                MetaErrors.ofTemplate(forPrograms).getMessage());
        assertEquals(
                "Meta responded 500, code -1",
                MetaErrors.ofTemplate(new HttpAnswer(500, null, Buffer.buffer("<html>")))
                        .getMessage());
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
        assertTrue(refused(answer(500, 2)).passing());
    }

    private static RefusedMessage refused(HttpAnswer answer) {
        return assertInstanceOf(RefusedMessage.class, MetaErrors.ofRefusedSend(answer));
    }

    private static HttpAnswer answer(int status, int code) {
        return new HttpAnswer(
                status, null, Buffer.buffer("{\"error\":{\"code\":" + code + ",\"message\":\"to 5511987654321\"}}"));
    }
}
