package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.Conversation.GatewayLine;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.sandbox.StandardWebhook;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayWebhookIT extends WebhookContract {

    private final GatewayLine line = Conversation.gateway(comuta);

    @Override
    GatewayLine line() {
        return line;
    }

    @Override
    SignedDelivery toUnknownOwner() {
        return line.signed(body().put("to", "+5511900000000").encode());
    }

    @Override
    SignedDelivery malformed() {
        return line.signed(body().put("message", "  ").encode());
    }

    @Override
    String unreadable() {
        return "{";
    }

    @Override
    int unreadableStatus() {
        return 400;
    }

    @Override
    String signatureHeader() {
        return "webhook-signature";
    }

    @Test
    void reportsADuplicate() {
        SignedDelivery delivery = line.message(person, "Oi");

        assertEquals(false, delivery.send(comuta).json().getBoolean("duplicate"));
        assertEquals(true, delivery.send(comuta).json().getBoolean("duplicate"));
    }

    @Test
    void rejectsAStaleTimestampAndNamesIt() {
        String body = body().encode();
        long hourAgo = Instant.now().getEpochSecond() - 3600;
        SignedDelivery delivery = line.signed(body);
        for (var header : StandardWebhook.headers(line.webhookSecret(), "msg_1", hourAgo, body)
                .entrySet()) {
            delivery = delivery.with(header.getKey(), header.getValue());
        }

        String detail = delivery.send(comuta)
                .expectProblem(401, "unauthenticated")
                .json()
                .getString("detail");
        assertTrue(detail.contains("webhook-timestamp"), detail);
    }

    @Test
    void rejectsInvalidFields() {
        JsonObject noSender = body();
        noSender.remove("from");
        for (JsonObject invalid : List.of(noSender, body().put("message", new JsonObject()))) {
            line.signed(invalid.encode()).sendInvalid(comuta).expectProblem(400, "invalid-request");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"no JSON | body", "[] | body", "{\"to\":1} | to", "{} | to", "{\"to\":\"Maria\"} | to"})
    void namesWhatASignedBodyLacks(String body, String field) {
        Answer answer = line.signed(body).sendInvalid(comuta).expectProblem(400, "invalid-request");

        assertEquals(
                field, answer.json().getJsonArray("violations").getJsonObject(0).getString("field"));
    }

    /** The lock is released after the messages of the others were answered. The provider repeats what gets 503. */
    @Test
    void answersOtherContactsWhileASessionIsLocked() throws SQLException {
        line.message(person, "Oi").send(comuta).expect(200);
        SignedDelivery held = line.message(person, "Ainda está aí?");
        SandboxPostgres postgres = comuta.sandbox().postgres();
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (Connection holder = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("set local role comuta_platform");
            statement.execute("select from Sessions s join ClientEndUsers u using (EndUserID) where u.PhoneNumber = '"
                    + person + "' for no key update of s");
            held.send(comuta).expectProblem(503, "unavailable");

            Stream.generate(() -> line.message(Comuta.newNumber(), "Oi"))
                    .limit(12)
                    .forEach(other -> await().atMost(Comuta.TIMEOUT)
                            .until(() -> other.send(comuta).status() == 200));
            holder.rollback();
        }
        await().atMost(Comuta.TIMEOUT).until(() -> held.send(comuta).status() == 200);
        assertEquals(
                List.of("Oi", "Ainda está aí?"),
                comuta.column(
                        "select m.Content from Messages m join Sessions s using (SessionID) "
                                + "join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ? "
                                + "and m.SenderType = 'Usuário-Cliente' order by m.MessageID",
                        person));
    }

    private JsonObject body() {
        return new JsonObject().put("from", person).put("to", line.identifier()).put("message", "Oi");
    }
}
