package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.MetaProvider;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parked items by API: people see what no channel could take, and receive it later or discard it. */
class ParkingIT {

    private static Comuta comuta;
    private static Api platform;

    private Company company;
    private String home;
    private String phoneNumberId;
    private String sender;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        platform = comuta.platform();
    }

    @BeforeEach
    void registerCompany() {
        company = Company.create(comuta, UUID.randomUUID().toString());
        home = company.home();
        sender = Comuta.newNumber();
        phoneNumberId = "3" + sender.substring(3);
    }

    @Test
    void listsAndCountsWhatNoChannelCouldTake() {
        park("um");
        park("dois");
        park("três");
        String ofNumber = "/parked-items?reason=Número desconhecido&provider=Meta&providerId=" + phoneNumberId;

        Api.Answer first = platform.get(ofNumber + "&limit=2").expect(200);
        assertEquals(2, first.items().size());
        Api.Answer second = platform.get(
                        ofNumber + "&limit=2&after=" + first.json().getString("next"))
                .expect(200);
        assertEquals(1, second.items().size());
        assertNull(second.json().getString("next"));

        JsonObject item = (JsonObject) first.json().getJsonArray("items").getValue(0);
        assertEquals("Texto", item.getString("label"));
        assertEquals(sender, item.getString("sender"));
        JsonObject detail = platform.get("/parked-items/" + item.getLong("parkedItemId"))
                .expect(200)
                .json();
        assertEquals("um", detail.getJsonObject("payload").getString("content"));
        assertEquals(
                0,
                platform.get(ofNumber.replace("Meta", "Twilio"))
                        .expect(200)
                        .items()
                        .size());

        JsonObject count = count(platform, "/parked-item-counts");
        assertEquals(3, count.getInteger("items"));
        assertEquals("Número desconhecido", count.getString("reason"));
    }

    @Test
    void keepsWhatCannotBePlacedAndSaysWhy() {
        long id = park("Oi");

        JsonObject result = replay(platform, "", id);

        assertEquals("Estacionado", result.getString("result"));
        assertEquals("no active channel has this number", result.getString("reason"));
        JsonObject item = platform.get("/parked-items/" + id).expect(200).json().getJsonObject("item");
        assertEquals(result.getString("reason"), item.getString("note"));
        assertNotNull(item.getString("triedAt"));
        assertEquals(1L, audited("replayParkedItem", "/parked-items/" + id + "/replay"));
    }

    @Test
    void receivesAReplayedMessageOnceHoweverOftenItComes() {
        String wamid = "wamid." + UUID.randomUUID();
        long id = park("Quero visitar", wamid);
        addChannel("Ativo");
        String key = UUID.randomUUID().toString();

        JsonObject first = platform.post("/parked-items/" + id + "/replay", null, "Idempotency-Key", key)
                .expect(200)
                .json();
        JsonObject repeated = platform.post("/parked-items/" + id + "/replay", null, "Idempotency-Key", key)
                .expect(200)
                .json();

        assertEquals("Recebido", first.getString("result"));
        assertEquals(first, repeated);
        platform.post("/parked-items/" + id + "/replay", null).expectProblem(404, "not-found");
        JsonObject message = platform.get(home + "/sessions/" + first.getLong("sessionId") + "/messages")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0);
        assertEquals(first.getLong("messageId"), message.getLong("messageId"));
        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from BackgroundTasks where TaskType = 'RespostaAssistente' "
                                + "and (RequestData ->> 'messageId')::bigint = ?",
                        first.getLong("messageId")));

        assertEquals(200, deliver("Quero visitar", wamid));
        long again = (long) comuta.value(
                "insert into ParkedItems (Provider, ProviderID, ReceiptID, Reason, Payload) values ('Meta', ?, ?, "
                        + "'Número desconhecido', jsonb_build_object('contactKind', 'phone', 'contact', ?::text, "
                        + "'provider', 'Meta', 'providerId', ?::text, 'contentType', 'Texto', 'content', 'Quero visitar')) "
                        + "on conflict (Provider, ReceiptID) do update set Note = null returning ParkedID",
                phoneNumberId,
                wamid,
                sender,
                wamid);
        assertEquals("Repetido", replay(platform, "", again).getString("result"));
        assertEquals(1L, comuta.value("select count(*) from Messages where ProviderMessageID = ?", wamid));
    }

    @Test
    void anAdministratorSeesTheItemsOfProvedNumbersOnly() {
        long id = park("Recado");
        Api own = company.administrator();
        long channel = addChannel("Pendente");
        own.get(home + "/parked-items/" + id).expectProblem(404, "not-found");
        assertEquals(
                0,
                own.get(home + "/parked-items").expect(200).json().getJsonArray("items").stream()
                        .filter(item ->
                                ((JsonObject) item).getString("providerId").equals(phoneNumberId))
                        .count());

        comuta.value("update CommunicationChannels set ProvedAt = now() where ChannelID = ? returning 1", channel);
        assertEquals(1, count(own, home + "/parked-item-counts").getInteger("items"));
        own.get(home + "/parked-items/" + id).expect(200);
        assertEquals("Estacionado", replay(own, home, id).getString("result"));
        assertEquals(
                "no active channel has this number",
                own.get(home + "/parked-items/" + id)
                        .expect(200)
                        .json()
                        .getJsonObject("item")
                        .getString("note"));
        company.role("Leitura").get(home + "/parked-items").expectProblem(403, "forbidden");

        comuta.value("update CommunicationChannels set Status = 'Ativo' where ChannelID = ? returning 1", channel);
        await().atMost(Comuta.TIMEOUT)
                .until(() -> "Recebido".equals(replay(own, home, id).getString("result")));
        own.get(home + "/parked-items/" + id).expectProblem(404, "not-found");
    }

    @Test
    void aNumberOfAnotherClientIsNotShownToItsFormerOwner() {
        addChannel("Inativo");
        long id = park("Segredo");
        Api former = company.administrator();
        former.get(home + "/parked-items/" + id).expect(200);

        Company next = Company.create(comuta, UUID.randomUUID().toString());
        comuta.value(
                "insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status, Provider, ProviderID) "
                        + "values (?, 'WhatsApp', ?, 'Ativo', 'Meta', ?) returning ChannelID",
                next.id("clientId"),
                Comuta.newNumber(),
                phoneNumberId);

        former.get(home + "/parked-items/" + id).expectProblem(404, "not-found");
        former.send("DELETE", home + "/parked-items/" + id, null).expectProblem(404, "not-found");
        next.administrator().get(next.home() + "/parked-items/" + id).expect(200);
    }

    @Test
    void receivesAnItemThatCouldNotBeParsed() {
        addChannel("Ativo");
        String wamid = "wamid." + UUID.randomUUID();
        JsonObject message = new JsonObject(Map.of(
                "from",
                sender.substring(1),
                "id",
                wamid,
                "timestamp",
                Comuta.now(),
                "type",
                "text",
                "text",
                Map.of("body", "Agora sim")));
        long readable = unreadable(message.encode());
        long broken = unreadable("{\"type\": \"text\"}");

        assertEquals("Recebido", replay(platform, "", readable).getString("result"));
        JsonObject remaining = replay(platform, "", broken);

        assertEquals(1L, comuta.value("select count(*) from Messages where ProviderMessageID = ?", wamid));
        platform.get("/parked-items/" + readable).expectProblem(404, "not-found");
        assertEquals("it still cannot be parsed", remaining.getString("reason"));
        platform.get("/parked-items/" + broken).expect(200);
    }

    @Test
    void discardsAnItemForGood() {
        long id = park("Spam");
        String path = "/parked-items/" + id;

        platform.send("DELETE", path, null).expect(204);

        platform.get(path).expectProblem(404, "not-found");
        platform.send("DELETE", path, null).expectProblem(404, "not-found");
        assertEquals(1L, audited("discardParkedItem", path));
    }

    private static long audited(String action, String target) {
        return (long) comuta.value("select count(*) from AuditEntries where Action = ? and Target = ?", action, target);
    }

    private static JsonObject replay(Api api, String home, long id) {
        return api.post(home + "/parked-items/" + id + "/replay", null)
                .expect(200)
                .json();
    }

    private JsonObject count(Api api, String path) {
        return api.get(path).expect(200).json().getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(count -> phoneNumberId.equals(count.getString("providerId")))
                .findFirst()
                .orElseThrow();
    }

    private long unreadable(String raw) {
        return (long) comuta.value(
                "insert into ParkedItems (Provider, ProviderID, ReceiptID, Reason, Payload) "
                        + "values ('Meta', ?, ?, 'Ilegível', jsonb_build_object('raw', ?::text)) returning ParkedID",
                phoneNumberId,
                UUID.randomUUID().toString(),
                raw);
    }

    private long addChannel(String status) {
        return (long) comuta.value(
                "insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status, Provider, ProviderID, "
                        + "ProvedAt) values (?, 'WhatsApp', ?, ?, 'Meta', ?, case when ? = 'Pendente' then null else now() end) "
                        + "returning ChannelID",
                company.id("clientId"),
                Comuta.newNumber(),
                status,
                phoneNumberId,
                status);
    }

    private long park(String text) {
        return park(text, "wamid." + UUID.randomUUID());
    }

    private long park(String text, String wamid) {
        assertEquals(200, deliver(text, wamid));
        Object id = comuta.value("select ParkedID from ParkedItems where ReceiptID = ?", wamid);
        assertTrue(id instanceof Long, "the message is parked");
        return (long) id;
    }

    private int deliver(String text, String wamid) {
        Map<String, Object> message = Map.of(
                "from",
                sender.substring(1),
                "id",
                wamid,
                "timestamp",
                Comuta.now(),
                "type",
                "text",
                "text",
                Map.of("body", text));
        return comuta.sandbox()
                .providers()
                .meta()
                .post(MetaProvider.webhook(phoneNumberId, Map.of("messages", List.of(message))))
                .join();
    }
}
