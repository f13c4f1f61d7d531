package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.MetaProvider;
import dev.comuta.sandbox.voice.TwilioVoice;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The verification of a channel names each step of its set-up that is done or missing. */
class ChannelSetupIT {

    private static Comuta comuta;
    private static Api platform;
    private static String server;

    private String home;
    private String number;
    private String phoneNumberId;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        platform = comuta.platform();
        server = comuta.server().baseUrl().toString().replaceFirst("/+$", "");
    }

    @BeforeEach
    void registerClient() {
        home = platform.post("/clients", new JsonObject().put("clientName", "Configuração"))
                .expect(201)
                .location();
        number = Comuta.newNumber();
        phoneNumberId = "4" + number.substring(3);
    }

    @AfterEach
    void subscribeTheApp() {
        meta().setUps().subscribed(true);
    }

    @Test
    void namesEveryStepAtMetaUntilADeliveryArrives() {
        meta().register(phoneNumberId, number);
        meta().setUps().number(phoneNumberId, false, "https://outro.example/webhook");
        meta().setUps().subscribed(false);
        String channel = metaChannel(MetaProvider.ACCESS_TOKEN, MetaProvider.ACCOUNT_ID);

        Map<String, String> before = states(verify(channel));
        assertEquals(
                Map.of(
                        "credenciais", "Feito",
                        "número", "Feito",
                        "conta", "Feito",
                        "registro", "Falta",
                        "assinatura", "Falta",
                        "endereço", "Falta",
                        "campos", "Desconhecido",
                        "webhook", "Falta"),
                before);

        meta().setUps().number(phoneNumberId, true, server + "/webhooks/meta");
        meta().setUps().subscribed(true);
        deliver("Oi");
        JsonObject after = verify(channel);
        assertEquals(Map.of("Feito", 8L), count(states(after)));
        assertEquals("Ativo", after.getString("status"));
        assertNull(after.getString("reason"));
    }

    @Test
    void saysWhatToDoAboutATokenAndAnAccountOfMeta() {
        meta().register(phoneNumberId, number);
        JsonObject refused = verify(metaChannel("de outro", null));
        assertEquals("Falta", states(refused).get("credenciais"));
        assertTrue(detail(refused, "credenciais").contains("code 190"), refused.encode());
        assertTrue(detail(refused, "conta").contains("businessAccountId"), refused.encode());
        assertEquals("Pendente", refused.getString("status"));
    }

    @Test
    void asksForTheRetriesOfTwilio() {
        String accountSid = "AC" + UUID.randomUUID().toString().replace("-", "");
        comuta.sandbox().providers().twilio().register(accountSid, "segredo", number);
        String channel = twilioChannel(accountSid, "segredo");
        JsonObject none = verify(channel);
        assertEquals("Falta", states(none).get("endereço"));
        assertTrue(detail(none, "endereço").contains("#rc=5&rp=all"));

        comuta.sandbox().providers().twilio().webhook(number, server + "/webhooks/twilio/messages");
        JsonObject once = verify(channel);
        assertTrue(detail(once, "endereço").contains("does not repeat"), once.encode());

        comuta.sandbox().providers().twilio().webhook(number, server + "/webhooks/twilio/messages#rc=5&rp=all");
        JsonObject done = verify(channel);
        assertEquals(
                Map.of("credenciais", "Feito", "número", "Feito", "endereço", "Feito", "webhook", "Falta"),
                states(done));
        assertEquals("Ativo", done.getString("status"));
    }

    @Test
    void namesTheAddressesOfCallsAtTwilio() {
        String accountSid = "AC" + UUID.randomUUID().toString().replace("-", "");
        TwilioVoice calls = comuta.sandbox().providers().voice().twilio();
        comuta.sandbox().providers().twilio().register(accountSid, "segredo", number);
        String channel = platform.post(
                        home + "/channels",
                        new JsonObject()
                                .put("channelType", "VoiceCall")
                                .put("channelIdentifier", number)
                                .put("provider", "Twilio")
                                .put(
                                        "credentials",
                                        new JsonObject()
                                                .put("accountSid", accountSid)
                                                .put("authToken", "segredo")))
                .expect(201)
                .location();
        String voice = server + "/webhooks/twilio/voice";
        JsonObject none = verify(channel);
        assertEquals("Falta", states(none).get("endereço"));
        assertTrue(
                Stream.of("A call comes in", "Primary handler fails", "Call status changes", voice)
                        .allMatch(detail(none, "endereço")::contains),
                none.encode());

        calls.number(number, voice, "https://outro.example/fallback", voice + "/status#rc=3&rp=all");
        String one = detail(verify(channel), "endereço");
        assertTrue(one.startsWith("Set \"Primary handler fails\"") && !one.contains("comes in"), one);

        calls.number(number, voice + "#rc=3&rp=all", voice, voice + "/status");
        assertEquals(
                Map.of("credenciais", "Feito", "número", "Feito", "endereço", "Feito", "webhook", "Falta"),
                states(verify(channel)));
    }

    @Test
    void namesWrongCredentialsAndAStrangersNumberAtTwilio() {
        String accountSid = "AC" + UUID.randomUUID().toString().replace("-", "");
        comuta.sandbox().providers().twilio().register(accountSid, "segredo", Comuta.newNumber());
        assertEquals(
                "Falta", states(verify(twilioChannel(accountSid, "segredo"))).get("número"));
        number = Comuta.newNumber();
        assertEquals(
                "Falta", states(verify(twilioChannel(accountSid, "errado"))).get("credenciais"));
    }

    /** The numbers of a trunk are its owner's own words, so that they prove nothing: the platform confirms the number. */
    @Test
    void findsTheTrunkAtLiveKitAndLeavesTheNumberToThePlatform() {
        String apiKey = "API" + phoneNumberId;
        comuta.sandbox().providers().liveKit().register(apiKey, "secret", "ST_out1", number);
        JsonObject credentials = new JsonObject()
                .put("url", comuta.sandbox().providers().url().toString())
                .put("apiKey", apiKey)
                .put("apiSecret", "secret");
        JsonObject fields = new JsonObject()
                .put("channelType", "VoiceCall")
                .put("provider", "LiveKit")
                .put("credentials", credentials);
        expectInvalid("sipTrunkId", fields.copy().put("sipTrunkId", "Trunk_X"));
        expectInvalid("providerId", fields.copy().put("providerId", "ST_out1"));
        String channel = channel(fields);

        JsonObject pending = verify(channel);
        assertEquals(
                Map.of("credenciais", "Feito", "registro", "Falta", "número", "Falta", "webhook", "Falta"),
                states(pending));
        assertEquals("Pendente", pending.getString("status"));
        assertTrue(detail(pending, "registro").contains("ST_out1"), pending.encode());

        platform.send("PATCH", channel, "{\"status\": \"Ativo\", \"sipTrunkId\": \"ST_out1\"}")
                .expect(200);
        assertEquals(
                Map.of("credenciais", "Feito", "registro", "Feito", "número", "Feito", "webhook", "Falta"),
                states(verify(channel)));
        assertEquals(List.of(apiKey), accounts());
        platform.send("PATCH", channel, "{\"credentials\": {\"apiKey\": \"APIother\"}}")
                .expect(200);
        assertEquals(List.of("APIother"), accounts());
    }

    private void expectInvalid(String field, JsonObject fields) {
        JsonObject problem = platform.post(home + "/channels", fields.copy().put("channelIdentifier", number))
                .expect(400)
                .json();
        assertTrue(problem.encode().contains('"' + field + '"'), problem.encode());
    }

    /** The accounts by which webhooks find the channels of the number. */
    private List<Object> accounts() {
        return comuta.column("select ProviderAccount from CommunicationChannels where ChannelIdentifier = ?", number);
    }

    @Test
    void asksTheAddressOfAGateway() {
        String url =
                comuta.sandbox().providers().url().resolve("/gateway/messages").toString();
        String channel = gateway(url);
        JsonObject pending = verify(channel);
        assertEquals(Map.of("número", "Falta", "saída", "Feito", "webhook", "Falta"), states(pending));

        platform.send("PATCH", channel, "{\"status\": \"Ativo\", \"outboundUrl\": \"http://127.0.0.1:1/nada\"}")
                .expect(200);
        assertEquals(Map.of("número", "Feito", "saída", "Falta", "webhook", "Falta"), states(verify(channel)));
    }

    @Test
    void sendsATestMessageByTheRulesOfStartedConversations() {
        String url =
                comuta.sandbox().providers().url().resolve("/gateway/messages").toString();
        String gateway = gateway(url);
        String person = Comuta.newNumber();
        JsonObject text = new JsonObject()
                .put("phoneNumber", person)
                .put("content", new JsonObject().put("contentType", "Texto").put("text", "Teste"));
        platform.post(gateway + "/test-message", text).expectProblem(409, "conflict");
        platform.send("PATCH", gateway, "{\"status\": \"Ativo\"}").expect(200);

        platform.post(gateway + "/test-message", text).expect(201);
        assertEquals(List.of("Teste"), comuta.awaitAnswers(person, 1));

        number = Comuta.newNumber();
        meta().register(phoneNumberId, number);
        String channel = metaChannel(MetaProvider.ACCESS_TOKEN, MetaProvider.ACCOUNT_ID);
        verify(channel);
        platform.post(channel + "/test-message", text).expectProblem(409, "window-ended");
        String stranger = "/clients/" + comuta.registered().clientId() + "/channels/"
                + channel.substring(channel.lastIndexOf('/') + 1);
        platform.post(stranger + "/test-message", text).expectProblem(404, "not-found");
    }

    /** Only a delivery is missing, as long as nobody has written. */
    @Test
    void theChannelsOfTheSandboxAreSetUp() {
        for (long channel : List.of(
                comuta.registered().meta().channelId(),
                comuta.registered().twilio().channelId())) {
            Map<String, String> states =
                    states(verify("/clients/" + comuta.registered().clientId() + "/channels/" + channel));
            states.keySet().removeAll(List.of("campos", "webhook"));

            assertEquals(Set.of("Feito"), Set.copyOf(states.values()), states::toString);
        }
    }

    private static MetaProvider meta() {
        return comuta.sandbox().providers().meta();
    }

    private static JsonObject verify(String channel) {
        return platform.post(channel + "/verify", null).expect(200).json();
    }

    private static Map<String, String> states(JsonObject setup) {
        Map<String, String> states = new TreeMap<>();
        setup.getJsonArray("steps").stream()
                .map(JsonObject.class::cast)
                .forEach(step -> states.put(step.getString("step"), step.getString("state")));
        return states;
    }

    private static Map<String, Long> count(Map<String, String> states) {
        Map<String, Long> counts = new TreeMap<>();
        states.values().forEach(state -> counts.merge(state, 1L, Long::sum));
        return counts;
    }

    private static String detail(JsonObject setup, String step) {
        return setup.getJsonArray("steps").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("step").equals(step))
                .findFirst()
                .orElseThrow()
                .getString("detail");
    }

    private String metaChannel(String token, String account) {
        JsonObject credentials = new JsonObject().put("accessToken", token);
        if (account != null) {
            credentials.put("businessAccountId", account);
        }
        return channel(new JsonObject()
                .put("provider", "Meta")
                .put("providerId", phoneNumberId)
                .put("credentials", credentials));
    }

    private String twilioChannel(String accountSid, String token) {
        return channel(new JsonObject()
                .put("provider", "Twilio")
                .put(
                        "credentials",
                        new JsonObject().put("accountSid", accountSid).put("authToken", token)));
    }

    private String gateway(String url) {
        return channel(new JsonObject().put("outboundUrl", url));
    }

    private String channel(JsonObject fields) {
        return platform.post(
                        home + "/channels",
                        fields.put("channelType", fields.getString("channelType", "WhatsApp"))
                                .put("channelIdentifier", number)
                                .put("status", "Pendente"))
                .expect(201)
                .location();
    }

    private void deliver(String text) {
        await().atMost(Comuta.TIMEOUT).until(() -> {
            Map<String, Object> message = Map.of(
                    "from",
                    Comuta.newNumber().substring(1),
                    "id",
                    "wamid." + UUID.randomUUID(),
                    "timestamp",
                    Comuta.now(),
                    "type",
                    "text",
                    "text",
                    Map.of("body", text));
            meta().post(MetaProvider.webhook(phoneNumberId, Map.of("messages", List.of(message))))
                    .join();
            return comuta.value("select LastWebhookAt from CommunicationChannels where ProviderID = ?", phoneNumberId)
                    != null;
        });
    }
}
