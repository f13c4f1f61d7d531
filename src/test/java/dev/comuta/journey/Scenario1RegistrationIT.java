package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.ModelScenario;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scenario 1 of the design document: registers a company, its channel, its broker, and its assistant with a tool. */
class Scenario1RegistrationIT {

    private static Comuta comuta;
    private static Api platform;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        platform = comuta.platform();
    }

    @Test
    void registersTheClientItsChannelAndItsBroker() {
        String number = Comuta.newNumber();
        String xpto = registerClient().location();
        Answer channel = platform.post(
                        xpto + "/channels",
                        new JsonObject()
                                .put("channelType", "WhatsApp")
                                .put("channelIdentifier", number.replace("+5511", "+55 11 "))
                                .put("status", "Ativo"))
                .expect(201);
        Answer user = platform.post(
                        xpto + "/users",
                        new JsonObject()
                                .put("userName", "João Correia")
                                .put("userRole", "Corretor")
                                .put("email", "joao@imobiliariaxpto.com")
                                .put("phoneNumber", "+5511988888888"))
                .expect(201);

        assertEquals(
                "Especialista em imóveis de luxo",
                platform.get(xpto).expect(200).json().getString("additionalInfo"));
        JsonObject readChannel = platform.get(channel.location()).expect(200).json();
        assertEquals(number, readChannel.getString("channelIdentifier"));
        assertEquals("Ativo", readChannel.getString("status"));
        assertEquals("Gateway", readChannel.getString("provider"));
        JsonObject readUser = platform.get(user.location()).expect(200).json();
        assertEquals("João Correia", readUser.getString("userName"));
        assertEquals("Ativo", readUser.getString("status"));
    }

    @Test
    void rejectsUnknownChannelTypesAndProvidersAndListsTheAllowedOnes() {
        String channels = registerClient().location() + "/channels";

        assertRejected(channels, "Telegram", "Gateway", "channelType: must be one of VoiceCall, WhatsApp");
        assertRejected(channels, "WhatsApp", "Vonage", "provider: must be one of Gateway, LiveKit, Meta, Twilio");
        assertRejected(
                channels,
                "VoiceCall",
                "Meta",
                "provider: Meta does not carry VoiceCall, must be one of Gateway, LiveKit, Twilio");

        String channel = platform.post(channels, channel("VoiceCall", "Twilio"))
                .expect(201)
                .location();
        platform.send("PATCH", channel, "{\"provider\": \"Meta\"}").expectProblem(400, "invalid-request");
        assertEquals("Twilio", platform.get(channel).expect(200).json().getString("provider"));
    }

    private static void assertRejected(String channels, String channelType, String provider, String detail) {
        String problem = platform.post(channels, channel(channelType, provider))
                .expectProblem(400, "invalid-request")
                .body();
        assertTrue(problem.contains(detail), problem);
    }

    private static JsonObject channel(String channelType, String provider) {
        return new JsonObject()
                .put("channelType", channelType)
                .put("channelIdentifier", Comuta.newNumber())
                .put("provider", provider);
    }

    @Test
    void writesTheRowsThatTheDocumentInserts() {
        String number = Comuta.newNumber();
        Answer client = registerClient();
        platform.post(
                        client.location() + "/channels",
                        new JsonObject()
                                .put("channelType", "WhatsApp")
                                .put("channelIdentifier", number)
                                .put("status", "Ativo"))
                .expect(201);

        long clientId = client.json().getLong("clientId");
        assertEquals(
                List.of("Imobiliária XPTO / Especialista em imóveis de luxo"),
                comuta.column(
                        "select ClientName || ' / ' || AdditionalInfo from Clients where ClientID = ?", clientId));
        assertEquals(
                List.of("WhatsApp / " + number + " / Ativo"),
                comuta.column(
                        "select ChannelType || ' / ' || ChannelIdentifier || ' / ' || Status "
                                + "from CommunicationChannels where ClientID = ?",
                        clientId));
    }

    @Test
    void associatesAnAssistantAndGivesItATool() {
        String xpto = registerClient().location();
        JsonObject assistant = new JsonObject(Map.of(
                "assistantName",
                "Atendente",
                "specialization",
                "Imóveis",
                "implementationReference",
                "builtin:atendente"));
        long assistantId =
                platform.post("/assistants", assistant).expect(201).json().getLong("assistantId");
        String association = platform.post(xpto + "/assistants", new JsonObject().put("assistantId", assistantId))
                .expect(201)
                .location();
        JsonObject tool =
                new JsonObject(ModelScenario.tool(comuta.sandbox().providers().url()));
        Answer createdTool = platform.post(association + "/tools", tool).expect(201);

        JsonArray assistants = platform.get(xpto + "/assistants").expect(200).items();
        assertEquals(1, assistants.size());
        assertEquals(assistantId, assistants.getJsonObject(0).getLong("assistantId"));
        Answer read = platform.get(createdTool.location()).expect(200);
        assertEquals("consultar_imoveis", read.json().getString("toolName"));
        String token = tool.getJsonObject("configuration")
                .getJsonObject("authentication")
                .getString("token");
        assertFalse(token.isEmpty());
        assertFalse(read.body().contains(token), "the response contains the CRM's key");
        assertTrue(platform.get(association + "/tools").expect(200).items().size() == 1);
    }

    private static Answer registerClient() {
        return platform.post(
                        "/clients",
                        new JsonObject()
                                .put("clientName", "Imobiliária XPTO")
                                .put("additionalInfo", "Especialista em imóveis de luxo"))
                .expect(201);
    }
}
