package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.MetaProvider;
import dev.comuta.sandbox.RecordedRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conversations over the Cloud API: its batches, its statuses, and sends with an unknown outcome. */
class MetaConversationIT {

    private static int lastNumber = 40_000;
    private static Comuta comuta;

    private String number;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @BeforeEach
    void useNewNumber() {
        lastNumber++;
        number = "55119987" + lastNumber;
    }

    @AfterEach
    void clearFaults() {
        comuta.sandbox().providers().clearFaults();
    }

    @Test
    void sendsOurMessageId() {
        assertEquals(200, post(text(number, newId(), "Oi")));

        JsonObject sent = awaitSent(number, 1).getFirst();
        assertEquals(
                comuta.value(
                        "select MessageID::text from Messages where SessionID = ? and SenderType = 'Assistente'",
                        sessionOf(number)),
                sent.getString("biz_opaque_callback_data"));
    }

    @Test
    void showsThatTheAssistantReadsAndWritesWhereTheChannelWantsIt() {
        String id = newId();
        showReading("true");
        try {
            assertEquals(200, post(text(number, id, "Oi")));
            awaitSent(number, 1);
            JsonObject read =
                    await().until(() -> receipts(id), all -> !all.isEmpty()).getFirst();

            assertEquals("read", read.getString("status"));
            assertEquals("whatsapp", read.getString("messaging_product"));
        } finally {
            showReading("false");
        }
        String next = newId();
        assertEquals(200, post(text(number, next, "Oi")));
        awaitSent(number, 2);
        assertEquals(List.of(), receipts(next));
    }

    private static void showReading(String value) {
        comuta.sandbox()
                .postgres()
                .query(
                        "update CommunicationChannels set Settings = Settings || jsonb_build_object('showsReading', ?::boolean) where ChannelID = ?",
                        value,
                        comuta.registered().meta().channelId());
    }

    private static List<JsonObject> receipts(String messageId) {
        return comuta.sandbox().providers().requests("meta").stream()
                .filter(request -> request.path().endsWith("/messages"))
                .map(RecordedRequest::body)
                .filter(body -> body.contains(messageId) && body.contains("\"status\""))
                .map(JsonObject::new)
                .toList();
    }

    @Test
    void returnsTheChallengeOnlyForTheVerifyToken() {
        String path = "/webhooks/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";

        Answer verified = comuta.anonymous().get(path + MetaProvider.VERIFY_TOKEN);
        Answer rejected = comuta.anonymous().get(path + "x");

        verified.expect(200);
        assertEquals("1158201444", verified.body());
        assertTrue(verified.header("content-type").startsWith("text/plain"));
        rejected.expect(403);
        assertFalse(rejected.body().contains("1158201444"));
    }

    @Test
    void storesTheReadableItemsOfABatchOnce() {
        String id = newId();
        String bsuid = "BR." + UUID.randomUUID();
        Map<String, Object> withoutNumber = Map.of(
                "from_user_id", bsuid, "id", newId(), "type", "reaction", "reaction", Map.of("message_id", "wamid.x"));
        Map<String, Object> nul = Map.of("from", number, "id", newId(), "type", "text", "text", Map.of("body", "a\0b"));
        List<Object> items = List.of(
                Map.of("type", "text", "id", newId()),
                text(number, id, "Oi"),
                withoutNumber,
                text(number, id, "Oi"),
                nul);
        String known = MetaProvider.webhook(MetaProvider.PHONE_NUMBER_ID, Map.of("messages", items));

        assertEquals(200, comuta.sandbox().providers().meta().post(known).join());
        assertEquals(200, comuta.sandbox().providers().meta().post(known).join());

        assertEquals(
                List.of("Oi", "a\uFFFDb"),
                comuta.column(
                        "select Content from Messages where SessionID = ? and SenderType = 'Usuário-Cliente' "
                                + "order by MessageID",
                        sessionOf(number)));
        assertEquals(
                List.of("Reação"),
                comuta.column(
                        "select m.ContentType from Messages m join Sessions s using (SessionID) "
                                + "join EndUserIdentities i on i.EndUserID = s.EndUserID "
                                + "where i.Kind = 'bsuid' and i.Value = ? and m.SenderType = 'Usuário-Cliente'",
                        bsuid));
    }

    @Test
    void recognizesAPersonWhoShowsTheNumberLater() {
        String user = "BR." + UUID.randomUUID();
        post(withUserIdOnly(user, "Oi"));
        awaitSent(user, 1);
        Object person = personOf(user);

        post(withBothIds(user, "Agora com número"));
        awaitSent(number, 1);
        post(withUserIdOnly(user, "E sem"));

        assertEquals(2, awaitSent(user, 2).size());
        assertEquals(person, personOf(user));
        assertEquals(1L, endUsersWith(number));
        assertEquals(1L, comuta.value("select count(*) from Sessions where EndUserID = ?", person));
    }

    @Test
    void recognizesAPersonWhoHidesTheNumberLater() {
        String user = "BR." + UUID.randomUUID();
        post(text(number, newId(), "Oi"));
        awaitSent(number, 1);
        post(withBothIds(user, "Sou eu"));
        awaitSent(number, 2);
        post(withUserIdOnly(user, "E sem número"));

        assertEquals(1, awaitSent(user, 1).size());
        assertEquals(
                comuta.value("select EndUserID from ClientEndUsers where PhoneNumber = ?", "+" + number),
                personOf(user));
        assertEquals(1L, comuta.value("select count(*) from Sessions where EndUserID = ?", personOf(user)));
    }

    @Test
    void mergesTwoEndUsersWhoAreOnePerson() {
        String user = "BR." + UUID.randomUUID();
        post(withUserIdOnly(user, "Sem número"));
        post(text(number, newId(), "Com número"));
        await().atMost(Comuta.TIMEOUT).until(() -> personOf(user) != null);
        Object hidden = personOf(user);
        awaitSent(user, 1);
        awaitSent(number, 1);

        post(withBothIds(user, "Os dois"));
        awaitSent(number, 2);
        post(withUserIdOnly(user, "E sem número"));

        awaitSent(user, 2);
        Object person = comuta.value("select EndUserID from ClientEndUsers where PhoneNumber = ?", "+" + number);
        assertEquals(person, personOf(user));
        assertEquals("Inativo", comuta.value("select Status from ClientEndUsers where EndUserID = ?", hidden));
        assertEquals(0L, comuta.value("select count(*) from Sessions where EndUserID = ?", hidden));
        assertEquals(1L, comuta.value("select count(*) from Sessions where EndUserID = ? and EndTime is null", person));
        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from Events join Sessions using (SessionID) where EndUserID = ? "
                                + "and EventData ->> 'motivo' = 'mesma pessoa'",
                        person));
    }

    /** One body of three in time, so that a pause of the machine does not matter. */
    @Test
    void storesManyNewPeopleOfOneBodyInTime() {
        String first = Stream.of("71", "72", "73")
                .map(number::concat)
                .filter(prefix -> postNewPeople(prefix) == 200)
                .findFirst()
                .orElseThrow();

        assertEquals(300L, comuta.value("""
                        select count(*) from Sessions s join EndUserIdentities n using (EndUserID)
                        join EndUserIdentities i using (EndUserID)
                        where n.Kind = 'phone' and n.Value like ? and i.Value = 'BR.' || substr(n.Value, 2)""", "+" + first + "%"));
    }

    private static int postNewPeople(String first) {
        List<Map<String, Object>> messages = IntStream.range(100, 400)
                .mapToObj(i -> Map.<String, Object>of(
                        "from", first + i, "from_user_id", "BR." + first + i, "id", newId(), "type", "sticker"))
                .toList();
        String body = MetaProvider.webhook(MetaProvider.PHONE_NUMBER_ID, Map.of("messages", messages));
        return comuta.sandbox().providers().meta().post(body).join();
    }

    @Test
    void repliesToTheNumberThatWroteLast() {
        String digits = "12345" + lastNumber;
        post(text("521" + digits, newId(), "Oi"));
        awaitSent("521" + digits, 1);
        post(text("52" + digits, newId(), "Oi"));

        awaitSent("52" + digits, 1);
        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from Sessions join ClientEndUsers using (EndUserID) where PhoneNumber = ?",
                        "+521" + digits));
    }

    private static Map<String, Object> withUserIdOnly(String user, String body) {
        return Map.of("from_user_id", user, "id", newId(), "type", "text", "text", Map.of("body", body));
    }

    private Map<String, Object> withBothIds(String user, String body) {
        return Map.of(
                "from", number, "from_user_id", user, "id", newId(), "type", "text", "text", Map.of("body", body));
    }

    private static Object personOf(String user) {
        return comuta.value("select EndUserID from EndUserIdentities where Kind = 'bsuid' and Value = ?", user);
    }

    @Test
    void keepsMessagesOfAnUnknownNumberUntilItIsRegistered() {
        String phoneNumberId = "2000" + lastNumber;
        for (String text : List.of("primeira", "segunda")) {
            String body = MetaProvider.webhook(phoneNumberId, Map.of("messages", List.of(text(number, newId(), text))));
            assertEquals(200, comuta.sandbox().providers().meta().post(body).join());
        }
        assertEquals(0L, endUsersWith(number));
        assertEquals(
                List.of(2),
                comuta.column(
                        "select Occurrences from Alerts where ClientID is null and Cause like ?",
                        "%" + phoneNumberId + "%"));

        register("+55119777" + lastNumber, phoneNumberId);

        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        List.of("primeira", "segunda"),
                        comuta.column(
                                "select Content from Messages m join Sessions s using (SessionID) "
                                        + "join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ? "
                                        + "and m.SenderType = 'Usuário-Cliente' order by m.MessageID",
                                "+" + number)));
        assertEquals(0L, comuta.value("select count(*) from ParkedItems where ProviderID = ?", phoneNumberId));
    }

    @Test
    void movesAStatusForwardAndNeverBack() {
        post(text(number, newId(), "Oi"));
        awaitSent(number, 1);
        awaitStatus("Enviada");
        String wamid = (String) comuta.value(
                "select ProviderMessageID from Messages where SessionID = ? and SenderType = 'Assistente'",
                sessionOf(number));

        for (String status : List.of("read", "sent", "delivered", "read", "failed")) {
            assertEquals(
                    200,
                    comuta.sandbox().providers().meta().report(wamid, status).join());
            assertEquals("Lida", status());
        }

        assertEquals(List.of("SessãoIniciada", "MensagemRecebida", "MensagemEnviada", "MensagemLida"), events(number));
    }

    /** The task that sent it is 'Concluída'. Of two retries at once, one sends. */
    @Test
    void sendsAMessageAgainThatFailedByALaterStatus() {
        post(text(number, newId(), "Oi"));
        awaitSent(number, 1);
        comuta.awaitNoOpenTask();
        String path = "/clients/" + comuta.registered().clientId() + "/tasks/"
                + comuta.value(
                        "select max(TaskID) from BackgroundTasks where SessionID = ? and TaskType = 'EnvioMensagem'",
                        sessionOf(number))
                + "/retry";
        comuta.client().post(path, null).expectProblem(409, "conflict");
        assertEquals(
                200,
                comuta.sandbox().providers().meta().report(sentId(), "failed").join());
        assertEquals("Falhou", status());
        String failed = sentId();

        var both = List.of(
                comuta.client().sendAsync("POST", path, null), comuta.client().sendAsync("POST", path, null));
        assertEquals(
                List.of(200, 409),
                both.stream().map(answer -> answer.join().status()).sorted().toList());

        awaitStatus("Enviada");
        comuta.awaitNoOpenTask();
        assertEquals(2, sent(number).size());
        assertNotEquals(failed, sentId());
        assertEquals(
                200,
                comuta.sandbox().providers().meta().report(failed, "failed").join());
        assertEquals("Enviada", status());
        comuta.client().post(path, null).expectProblem(409, "conflict");
    }

    private String sentId() {
        return (String) comuta.value(
                "select ProviderMessageID from Messages where SessionID = ? and SenderType = 'Assistente'",
                sessionOf(number));
    }

    @Test
    void appliesAThousandStatusesOfOneWebhook() {
        post(text(number, newId(), "Oi"));
        awaitSent(number, 1);
        awaitStatus("Enviada");
        comuta.sandbox()
                .postgres()
                .query(
                        "insert into Messages (SessionID, SenderType, ContentType, Content, Status, ProviderMessageID) "
                                + "select ?, 'Usuário', 'Texto', 'x', 'Enviada', ? || n from generate_series(1, 1000) n "
                                + "returning MessageID",
                        sessionOf(number),
                        "wamid." + number + ".");
        List<Object> statuses = new ArrayList<>(IntStream.rangeClosed(1, 1000)
                .<Object>mapToObj(n -> Map.of("id", "wamid." + number + "." + n, "status", "delivered"))
                .toList());
        Collections.shuffle(statuses);

        String body = MetaProvider.webhook(MetaProvider.PHONE_NUMBER_ID, Map.of("statuses", statuses));
        assertEquals(200, comuta.sandbox().providers().meta().post(body).join());

        assertEquals(
                1000L,
                comuta.value(
                        "select count(*) from Messages where SessionID = ? and Status = 'Entregue'",
                        sessionOf(number)));
        assertEquals(
                1000L,
                comuta.value(
                        "select count(*) from Events where SessionID = ? and EventType = 'MensagemEntregue'",
                        sessionOf(number)));
    }

    @Test
    void settlesAMessageWithoutResponseByItsStatus() {
        comuta.sandbox().providers().fault(Fault.of("meta", Mode.RESET).times(1).containing(number));
        post(text(number, newId(), "Oi"));
        await().atMost(Comuta.TIMEOUT).until(() -> attempts(number) == 1);
        String messageId = (String) comuta.value(
                "select MessageID::text from Messages where SessionID = ? and SenderType = 'Assistente'",
                sessionOf(number));

        comuta.sandbox()
                .providers()
                .meta()
                .report("wamid." + number, messageId, "delivered")
                .join();

        comuta.awaitNoOpenTask();
        assertEquals("Entregue", status());
        assertEquals(1, attempts(number));
        assertEquals(
                List.of("SessãoIniciada", "MensagemRecebida", "MensagemEnviada", "MensagemEntregue"), events(number));
    }

    @Test
    void failsAMessageThatMetaRejects() {
        register("+55119777" + lastNumber, "3000" + lastNumber);
        String body =
                MetaProvider.webhook("3000" + lastNumber, Map.of("messages", List.of(text(number, newId(), "Oi"))));
        assertEquals(200, comuta.sandbox().providers().meta().post(body).join());

        awaitStatus("Falhou");
        assertEquals(1, attempts(number));
    }

    private static void register(String identifier, String phoneNumberId) {
        JsonObject channel = new JsonObject()
                .put("channelType", "WhatsApp")
                .put("channelIdentifier", identifier)
                .put("provider", "Meta")
                .put("providerId", phoneNumberId)
                .put("assistantId", comuta.registered().assistantId())
                .put("credentials", new JsonObject().put("accessToken", "top-secret"));
        Answer answer = comuta.platform()
                .post("/clients/" + comuta.registered().clientId() + "/channels", channel)
                .expect(201);
        assertFalse(answer.body().contains("top-secret"));
    }

    private static String newId() {
        return "wamid." + UUID.randomUUID();
    }

    private static Map<String, Object> text(String from, String id, String body) {
        return Map.of("from", from, "id", id, "timestamp", Comuta.now(), "type", "text", "text", Map.of("body", body));
    }

    private static int post(Map<String, Object> message) {
        String body = MetaProvider.webhook(MetaProvider.PHONE_NUMBER_ID, Map.of("messages", List.of(message)));
        return comuta.sandbox().providers().meta().post(body).join();
    }

    private static String recipient(JsonObject message) {
        return message.getString("to", message.getString("recipient"));
    }

    /** The messages to a number, or to an id of Meta, that Meta accepted. */
    private static List<JsonObject> sent(String number) {
        return requests(number).stream()
                .filter(request -> request.fault() == null)
                .map(request -> new JsonObject(request.body()))
                .toList();
    }

    private static int attempts(String number) {
        return requests(number).size();
    }

    private static List<RecordedRequest> requests(String number) {
        return comuta.sandbox().providers().requests("meta").stream()
                .filter(request -> "POST".equals(request.method()))
                .filter(request -> number.equals(recipient(new JsonObject(request.body()))))
                .toList();
    }

    private static List<JsonObject> awaitSent(String number, int count) {
        await().atMost(Comuta.TIMEOUT).until(() -> sent(number).size() >= count);
        return sent(number);
    }

    private void awaitStatus(String expected) {
        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(expected, status()));
    }

    private Object status() {
        return comuta.value(
                "select max(Status) from Messages where SenderType = 'Assistente' and SessionID = ?",
                sessionOf(number));
    }

    private static long endUsersWith(String number) {
        return (Long) comuta.value("select count(*) from ClientEndUsers where PhoneNumber = ?", "+" + number);
    }

    private static Object sessionOf(String number) {
        return comuta.value(
                "select max(SessionID) from Sessions s join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ?",
                "+" + number);
    }

    private static List<Object> events(String number) {
        return comuta.column("select EventType from Events where SessionID = ? order by EventID", sessionOf(number));
    }
}
