package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.Conversation.GatewayLine;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.MetaProvider;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Scenario 1.2 of the design document with a client's key: a number is active after its provider confirmed the owner.
 */
class ChannelOwnershipIT {

    private static Comuta comuta;
    private static Api platform;

    private Api client;
    private String home;
    private String number;
    private String phoneNumberId;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        platform = comuta.platform();
    }

    @BeforeEach
    void registerClient() {
        home = platform.post("/clients", new JsonObject().put("clientName", "Dona do número"))
                .expect(201)
                .location();
        String key = platform.post(
                        home + "/api-keys",
                        new JsonObject().put("name", "sistema").put("role", "Administrador"))
                .expect(201)
                .json()
                .getString("key");
        client = comuta.api(key);
        number = Comuta.newNumber();
        phoneNumberId = "2" + number.substring(3);
    }

    @AfterEach
    void clearFaults() {
        comuta.sandbox().providers().clearFaults();
    }

    @Test
    void activatesANumberThatMetaReadsWithTheClientsToken() {
        comuta.sandbox().providers().meta().register(phoneNumberId, displayNumber());
        String channel = registerMeta(client, home, MetaProvider.ACCESS_TOKEN);
        assertEquals("Pendente", status(channel));

        assertEquals(
                "Ativo",
                client.post(channel + "/verify", null).expect(200).json().getString("status"));

        assertEquals("Ativo", status(channel));
        assertEquals(
                "Ativo",
                client.post(channel + "/verify", null).expect(200).json().getString("status"));
    }

    @Test
    void keepsANumberPendingThatTheTokenCannotRead() {
        comuta.sandbox().providers().meta().register(phoneNumberId, "+55 11 4000-1234");
        String channel = registerMeta(client, home, MetaProvider.ACCESS_TOKEN);
        assertEquals(
                "Pendente",
                client.post(channel + "/verify", null).expect(200).json().getString("status"));

        comuta.sandbox().providers().meta().register(phoneNumberId, displayNumber());
        client.send("PATCH", channel, "{\"credentials\": {\"accessToken\": \"de outro\"}}")
                .expect(200);
        String reason =
                client.post(channel + "/verify", null).expect(200).json().getString("reason");

        assertTrue(reason.contains("code 190"), reason);
        assertEquals("Pendente", status(channel));
    }

    @Test
    void returns503WhenTheProviderDoesNotRespond() {
        comuta.sandbox().providers().meta().register(phoneNumberId, displayNumber());
        String channel = registerMeta(client, home, MetaProvider.ACCESS_TOKEN);
        comuta.sandbox().providers().fault(Fault.of("meta", Mode.HANG).times(1));

        client.post(channel + "/verify", null).expectProblem(503, "unavailable");

        assertEquals("Pendente", status(channel));
        assertEquals(
                "Ativo",
                client.post(channel + "/verify", null).expect(200).json().getString("status"));
    }

    @Test
    void findsANumberInTheTwilioAccount() {
        String accountSid = "AC" + UUID.randomUUID().toString().replace("-", "");
        comuta.sandbox().providers().twilio().register(accountSid, "segredo", number);
        for (String type : new String[] {"WhatsApp", "VoiceCall"}) {
            String channel = registerTwilio(type, number, accountSid);
            assertEquals(
                    "Ativo",
                    client.post(channel + "/verify", null).expect(200).json().getString("status"));

            String another = registerTwilio(type, Comuta.newNumber(), accountSid);
            assertTrue(client.post(another + "/verify", null).expect(200).body().contains("do not give access"));
            assertEquals("Pendente", status(another));
        }
    }

    @Test
    void keepsASecondClaimPendingAndOpensAnAlert() {
        comuta.sandbox().providers().meta().register(phoneNumberId, displayNumber());
        String first = registerMeta(client, home, MetaProvider.ACCESS_TOKEN);
        client.post(first + "/verify", null).expect(200);
        client.post(home + "/channels", meta(MetaProvider.ACCESS_TOKEN)).expectProblem(409, "conflict");

        String otherHome = platform.post("/clients", new JsonObject().put("clientName", "Outra"))
                .expect(201)
                .location();
        Answer claimed = platform.post(otherHome + "/channels", meta(MetaProvider.ACCESS_TOKEN))
                .expect(201);
        assertEquals("Pendente", claimed.json().getString("status"));
        assertEquals(1, alerts(otherHome));

        assertEquals(
                "Pendente",
                platform.post(claimed.location() + "/verify", null)
                        .expect(200)
                        .json()
                        .getString("status"));
        assertRefusesToActivate(platform, claimed.location(), "active at another client");
        assertEquals(1, alerts(otherHome));
        assertEquals("Ativo", status(first));

        client.send("DELETE", first, null).expect(204);
        assertEquals(
                "Ativo",
                platform.post(claimed.location() + "/verify", null)
                        .expect(200)
                        .json()
                        .getString("status"));
    }

    @Test
    void onlyThePlatformActivatesTheNumberOfAGateway() {
        String channel = client.post(
                        home + "/channels",
                        new JsonObject().put("channelType", "WhatsApp").put("channelIdentifier", number))
                .expect(201)
                .location();
        assertTrue(client.post(channel + "/verify", null)
                .expect(200)
                .json()
                .getString("reason")
                .contains("platform key"));
        assertRefusesToActivate(client, channel, "platform key");

        assertEquals(
                "Ativo",
                platform.send("PATCH", channel, "{\"status\": \"Ativo\"}")
                        .expect(200)
                        .json()
                        .getString("status"));
        assertEquals(
                1,
                client.get(home + "/channels?provider=Gateway&channelIdentifier=" + number)
                        .expect(200)
                        .items()
                        .size());
    }

    @Test
    void keepsParkedMessagesOfANumberThatIsOnlyClaimed() {
        String sender = Comuta.newNumber();
        assertEquals(200, park(sender, "recado"));
        await().atMost(Comuta.TIMEOUT).until(() -> parked() == 1);
        registerMeta(client, home, MetaProvider.ACCESS_TOKEN);

        erase(new JsonObject().put("name", "contact").put("phoneNumber", sender));
        assertEquals(1, parked(), "the number was not proved to be this client's");

        comuta.sandbox().providers().meta().register(phoneNumberId, displayNumber());
        comuta.value(
                "update CommunicationChannels set ProvedAt = now() where ProviderID = ? returning 1", phoneNumberId);
        erase(new JsonObject().put("name", "contact").put("phoneNumber", Comuta.newNumber()));
        assertEquals(1, parked(), "a name of the person is a word of the payload");
        erase(new JsonObject().put("name", "Ana").put("phoneNumber", sender));
        assertEquals(0, parked());
    }

    @Test
    void acceptsThePreviousWebhookSecretUntilTheOverlapEnds() {
        Answer created = platform.post(
                        home + "/channels",
                        new JsonObject().put("channelType", "WhatsApp").put("channelIdentifier", number))
                .expect(201);
        GatewayLine first = new GatewayLine(comuta, 0, number, created.json().getString("webhookSecret"));
        GatewayLine second = first.signing(rotate(created.location(), 3600));
        assertEquals(200, status(first));
        assertEquals(200, status(second));

        GatewayLine third = second.signing(rotate(created.location(), 0));
        await().atMost(Comuta.TIMEOUT).until(() -> status(second) == 401);
        assertEquals(401, status(first));
        assertEquals(200, status(third));
    }

    private String rotate(String channel, int overlapSeconds) {
        return client.post(channel + "/webhook-secret", new JsonObject().put("overlapSeconds", overlapSeconds))
                .expect(200)
                .json()
                .getString("webhookSecret");
    }

    private static int status(GatewayLine line) {
        return line.message(Comuta.newNumber(), "Oi").send(comuta).status();
    }

    private int park(String sender, String text) {
        Map<String, Object> message = Map.of(
                "from",
                sender.substring(1),
                "id",
                "wamid." + UUID.randomUUID(),
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

    private long parked() {
        return (long) comuta.value("select count(*) from ParkedItems where ProviderID = ?", phoneNumberId);
    }

    private void erase(JsonObject endUser) {
        String person = client.post(home + "/end-users", endUser).expect(201).location();
        String task = client.post(person + "/erase", null).expect(202).location();
        await().atMost(Comuta.TIMEOUT).until(() -> "Concluída"
                .equals(client.get(task).expect(200).json().getString("status")));
    }

    private static void assertRefusesToActivate(Api api, String channel, String reason) {
        String before = api.get(channel).expect(200).header("etag");
        String problem = api.send("PATCH", channel, "{\"status\": \"Ativo\"}")
                .expectProblem(409, "conflict")
                .body();
        assertTrue(problem.contains(reason), problem);
        Answer after = api.get(channel).expect(200);
        assertEquals("Pendente", after.json().getString("status"));
        assertEquals(before, after.header("etag"));
    }

    private String displayNumber() {
        return number.substring(0, 3) + " (" + number.substring(3, 5) + ") " + number.substring(5, 10) + "-"
                + number.substring(10);
    }

    private String registerMeta(Api api, String clients, String token) {
        return api.post(clients + "/channels", meta(token)).expect(201).location();
    }

    private JsonObject meta(String token) {
        return new JsonObject()
                .put("channelType", "WhatsApp")
                .put("channelIdentifier", number)
                .put("provider", "Meta")
                .put("providerId", phoneNumberId)
                .put("credentials", new JsonObject().put("accessToken", token));
    }

    private String registerTwilio(String type, String identifier, String accountSid) {
        JsonObject credentials = new JsonObject().put("accountSid", accountSid).put("authToken", "segredo");
        return client.post(
                        home + "/channels",
                        new JsonObject()
                                .put("channelType", type)
                                .put("channelIdentifier", identifier)
                                .put("provider", "Twilio")
                                .put("credentials", credentials))
                .expect(201)
                .location();
    }

    private String status(String channel) {
        return platform.get(channel).expect(200).json().getString("status");
    }

    private static int alerts(String clients) {
        return platform.get(clients + "/alerts?status=Aberto")
                .expect(200)
                .items()
                .size();
    }
}
