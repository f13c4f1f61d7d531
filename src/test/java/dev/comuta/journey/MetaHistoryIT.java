package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.comuta.sandbox.MetaProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Chats of the telephone from before its number was connected are stored, and nothing else happens. */
class MetaHistoryIT {

    private static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @Test
    void storesOldMessagesThatNobodyAnswers() {
        String person = Comuta.newNumber();
        long now = Instant.now().getEpochSecond();
        String question = "wamid." + UUID.randomUUID();
        JsonArray messages = new JsonArray()
                .add(message(person, null, question, now - 60, "Quais imóveis estão disponíveis no bairro X?"))
                .add(message("+5511999990001", person, "wamid." + UUID.randomUUID(), now - 50, "Vou ver"))
                .add(message(person, null, "wamid." + UUID.randomUUID(), now - 40, "SAIR"));

        assertEquals(200, post(person, messages));
        assertEquals(200, post(person, messages));

        Object session = comuta.value("select SessionID from Messages where ProviderMessageID = ?", question);
        assertEquals(
                List.of("Quais imóveis estão disponíveis no bairro X?", "Vou ver", "SAIR"),
                comuta.column(
                        "select Content from Messages where SessionID = ? order by OrderedAt, MessageID", session));
        assertEquals(
                0L,
                comuta.value(
                        "select count(*) from BackgroundTasks where SessionID = ? and TaskType in "
                                + "('RespostaAssistente', 'MensagemAtrasada', 'MensagemDoTelefone', 'EnvioMensagem')",
                        session));
        assertEquals(
                0L,
                comuta.value(
                        "select count(*) from Consents c join Sessions s on s.EndUserID = c.EndUserID where s.SessionID = ?",
                        session));
        assertNull(comuta.value("select HandedOffAt from Sessions where SessionID = ?", session));

        Conversation.meta(comuta).say(person, "Quais imóveis estão disponíveis no bairro X?");
        await().atMost(Comuta.TIMEOUT)
                .until(() -> (Long) comuta.value(
                                "select count(*) from BackgroundTasks "
                                        + "where SessionID = ? and TaskType = 'RespostaAssistente'",
                                session)
                        > 0);
    }

    private static JsonObject message(String from, String to, String id, long time, String text) {
        JsonObject message = new JsonObject()
                .put("from", from.substring(1))
                .put("id", id)
                .put("timestamp", Long.toString(time))
                .put("type", "text")
                .put("text", new JsonObject().put("body", text))
                .put("history_context", new JsonObject().put("status", "READ"));
        return to == null ? message : message.put("to", to.substring(1));
    }

    private static int post(String person, JsonArray messages) {
        JsonObject thread = new JsonObject().put("id", person.substring(1)).put("messages", messages);
        JsonObject value = new JsonObject()
                .put("messaging_product", "whatsapp")
                .put("metadata", new JsonObject().put("phone_number_id", MetaProvider.PHONE_NUMBER_ID))
                .put(
                        "history",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("metadata", new JsonObject().put("phase", 0))
                                        .put("threads", new JsonArray().add(thread))));
        JsonObject change = new JsonObject().put("field", "history").put("value", value);
        JsonObject entry =
                new JsonObject().put("id", MetaProvider.ACCOUNT_ID).put("changes", new JsonArray().add(change));
        return comuta.sandbox()
                .providers()
                .meta()
                .post(new JsonObject()
                        .put("object", "whatsapp_business_account")
                        .put("entry", new JsonArray().add(entry))
                        .encode())
                .join();
    }
}
