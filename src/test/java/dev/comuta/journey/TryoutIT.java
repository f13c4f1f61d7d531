package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.ModelScenario;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A configuration is checked when it is written, and can be tried without a session. */
class TryoutIT {

    private static Comuta comuta;
    private static Api client;
    private static String home;
    private static String assistant;
    private static String tool;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        client = comuta.client();
        home = "/clients/" + comuta.registered().clientId();
        long assistantId = comuta.platform()
                .post("/assistants", new JsonObject("""
                        {"assistantName": "Experimental", "implementationReference": "builtin:atendente"}"""))
                .expect(201)
                .json()
                .getLong("assistantId");
        assistant = home + "/assistants/" + assistantId;
        client.post(
                        home + "/assistants",
                        new JsonObject().put("assistantId", assistantId).put("configuration", intents()))
                .expect(201);
        tool = client.post(
                        assistant + "/tools",
                        new JsonObject(
                                ModelScenario.tool(comuta.sandbox().providers().url())))
                .expect(201)
                .location();
    }

    @Test
    void namesTheWrongPartOfAConfiguration() {
        assertRejected("configuration.intents[0].patterns[0]", intent(new JsonObject().put("patterns", list("("))));
        assertRejected("configuration.intents[0].awnser", intent(intent().put("awnser", "x")));
        assertRejected("configuration.intents", new JsonObject().put("intents", "nope"));
        assertRejected("configuration.instructions", new JsonObject().put("instructions", "x"));
    }

    @Test
    void triesAnAssistantWithoutASession() {
        JsonObject first = attempt(new JsonObject().put("text", "Imóveis no bairro Centro"))
                .expect(200)
                .json();
        assertEquals(
                new JsonObject("{\"tool\": \"consultar_imoveis\", \"arguments\": {\"bairro\": \"Centro\"}}"),
                first.getJsonArray("toolCalls").getJsonObject(0));

        JsonObject result = first.getJsonArray("toolCalls")
                .getJsonObject(0)
                .put("result", new JsonObject().put("propriedades", list("A")));
        JsonObject second = attempt(new JsonObject()
                        .put("text", "Imóveis no bairro Centro")
                        .put("results", new JsonArray().add(result)))
                .expect(200)
                .json();
        assertEquals("Há: A", second.getString("text"));
    }

    @Test
    void triesATool() {
        Answer tried = client.post(tool + "/try", arguments("Centro"));
        assertEquals(
                2,
                tried.expect(200)
                        .json()
                        .getJsonObject("result")
                        .getJsonArray("propriedades")
                        .size());
        Answer wrong = client.post(tool + "/try", new JsonObject().put("arguments", new JsonObject().put("bairro", 7)));
        assertTrue(wrong.expect(400).body().contains("arguments"), wrong.body());
    }

    /** A row that was written before paths were checked, or by SQL. */
    @Test
    void rejectsAStoredPathThatIsNoneWhenItIsUsed() {
        JsonObject hostile =
                new JsonObject(ModelScenario.tool(comuta.sandbox().providers().url()));
        hostile.put("toolName", "hostil");
        String location = client.post(assistant + "/tools", hostile).expect(201).location();
        comuta.column("""
                update AssistantTools
                set Configuration = jsonb_set(Configuration, '{result,propriedades}', '"$..[?(@.a =~ /(.*a){20}b/)]"'),
                    Version = Version + 1
                where ToolName = 'hostil' returning ToolID""");

        Answer tried = client.post(location + "/try", arguments("Centro"));

        assertTrue(tried.expect(409).body().contains("result.propriedades"), tried.body());
    }

    @Test
    void sealsTheHeadersAndTheUrlOfATool() {
        JsonObject secret =
                new JsonObject(ModelScenario.tool(comuta.sandbox().providers().url()));
        secret.put("toolName", "com_segredo")
                .getJsonObject("configuration")
                .put("headers", new JsonObject().put("X-Api-Key", "segredo-1"))
                .put("url", comuta.sandbox().providers().url() + "/crm/properties?bairro={bairro}&chave=segredo-2");

        Answer created = client.post(assistant + "/tools", secret).expect(201);

        String location = created.location();
        assertFalse(created.body().contains("segredo-"), created.body());
        assertFalse(client.get(location).expect(200).body().contains("segredo-"));
        assertFalse(comuta.column("select Configuration::text from AssistantTools where ToolName = 'com_segredo'")
                .toString()
                .contains("segredo-"));
        client.post(location + "/try", arguments("Centro")).expect(200);
        assertTrue(comuta.sandbox().providers().requests("crm").getLast().path().endsWith("&chave=segredo-2"));
        Answer moved = client.withInvalidRequest().send("PATCH", location, """
                {"configuration": {"url": "https://crm.example.com/", "authentication": null}}""");
        assertTrue(moved.expect(400).body().contains("configuration.headers.X-Api-Key"), moved.body());
    }

    @Test
    void checksTheCredentialsOfAChannel() {
        JsonObject channel = new JsonObject()
                .put("channelType", "WhatsApp")
                .put("channelIdentifier", Comuta.newNumber())
                .put("provider", "Twilio")
                .put("credentials", new JsonObject().put("sid", "x"));
        assertTrue(client.post(home + "/channels", channel).expect(400).body().contains("credentials.sid"));
        channel.put("credentials", new JsonObject().put("accountSid", "AC1"));
        assertTrue(client.post(home + "/channels", channel).expect(400).body().contains("credentials.authToken"));
        channel.put("credentials", new JsonObject().put("accountSid", "AC1").put("authToken", "x"));
        assertTrue(client.post(home + "/channels", channel)
                .expect(400)
                .body()
                .contains("must be AC and 32 hexadecimal digits"));
        channel.put("provider", "Meta").putNull("credentials").put("providerId", "meu-numero");
        assertTrue(client.post(home + "/channels", channel).expect(400).body().contains("digits only"));
        channel.remove("providerId");
        channel.put("channelType", "VoiceCall");
        client.post(home + "/channels", channel).expect(400);
    }

    private static void assertRejected(String field, JsonObject configuration) {
        Answer answer = client.withInvalidRequest()
                .send(
                        "PUT",
                        assistant,
                        new JsonObject().put("configuration", configuration).encode())
                .expect(400);
        assertEquals(
                field, answer.json().getJsonArray("violations").getJsonObject(0).getString("field"));
    }

    private static Answer attempt(JsonObject turn) {
        return client.post(assistant + "/try", turn);
    }

    private static JsonObject arguments(String bairro) {
        return new JsonObject().put("arguments", new JsonObject().put("bairro", bairro));
    }

    private static JsonObject intents() {
        return intent(intent());
    }

    private static JsonObject intent(JsonObject intent) {
        return new JsonObject().put("intents", new JsonArray().add(intent));
    }

    private static JsonObject intent() {
        return new JsonObject()
                .put("patterns", list("bairro (?P<bairro>\\pL+)"))
                .put("tool", "consultar_imoveis")
                .put("answer", "Há: {propriedades}");
    }

    private static JsonArray list(String text) {
        return new JsonArray().add(text);
    }
}
