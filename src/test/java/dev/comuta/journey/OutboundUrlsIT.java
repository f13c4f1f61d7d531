package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.ServerOptions;
import dev.comuta.sandbox.ServerProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** URLs of clients, at a server with production settings: it rejects this machine and private networks. */
class OutboundUrlsIT {

    private static final ServerOptions PRODUCTION =
            Comuta.fastStart().with("COMUTA_OUTBOUND_LOCAL_NETWORKS", "false").with("COMUTA_ROLES", "web");

    private static Comuta comuta;
    private static ServerProcess server;
    private static Api platform;
    private static Api client;
    private static String home;
    private static long assistantId;

    @BeforeAll
    static void startWithProductionSettings() {
        comuta = Comuta.shared();
        server = comuta.sandbox().startServer(PRODUCTION);
        platform = new Api(server.baseUrl(), comuta.sandbox().platformKey());
        home = platform.post("/clients", new JsonObject().put("clientName", "Curiosa"))
                .expect(201)
                .location();
        client = new Api(
                server.baseUrl(),
                platform.post(
                                home + "/api-keys",
                                new JsonObject().put("name", "chave").put("role", "Administrador"))
                        .expect(201)
                        .json()
                        .getString("key"));
        assistantId = platform.post(
                        "/assistants",
                        new JsonObject()
                                .put("assistantName", "Modelo")
                                .put("implementationReference", "openai:qualquer"))
                .expect(201)
                .json()
                .getLong("assistantId");
        client.post(home + "/assistants", new JsonObject().put("assistantId", assistantId))
                .expect(201);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void rejectsUrlsOfInternalHostsAtRegistration() {
        for (String url : new String[] {
            "http://crm.example.com/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://[::1]/",
            "https://169.254.169.254/latest/meta-data/",
            "https://localhost/",
            "https://metadata.google.internal/",
            "https://10.0.0.8/"
        }) {
            assertRejected("outboundUrl", client.post(home + "/channels", channel(url)));
            assertRejected("credentials.url", client.post(home + "/channels", liveKit(url)));
            assertRejected("configuration.url", client.post(tools(), tool(url)));
            assertRejected("configuration.baseUrl", change("/assistants/" + assistantId, model(url)));
            boolean canBeAllowed = url.contains("10.0.0.8") || url.contains(".internal");
            agent(url, canBeAllowed ? 201 : 400);
        }
        String channel = client.post(home + "/channels", channel("https://gateway.example.com/messages"))
                .expect(201)
                .location();
        assertRejected("outboundUrl", client.send("PATCH", channel, "{\"outboundUrl\":\"https://127.1/\"}"));
        String calls = client.post(home + "/channels", liveKit("https://livekit.example.com"))
                .expect(201)
                .location();
        assertRejected(
                "credentials.url",
                client.send("PATCH", calls, "{\"credentials\":{\"url\":\"https://169.254.169.254\"}}"));
        assertRejected(
                "credentials.recordingEndpoint",
                client.send("PATCH", calls, "{\"credentials\":{\"recordingEndpoint\":\"https://10.0.0.8\"}}"));
        assertRejected("credentials.url", client.post(home + "/channels", liveKit("https://livekit.example.com/x")));
        String tool = client.post(tools(), tool("https://crm.example.com/imoveis/{bairro}?x={bairro}"))
                .expect(201)
                .location();
        assertRejected(
                "configuration.url",
                client.withInvalidRequest()
                        .send("PATCH", tool, "{\"configuration\":{\"url\":\"https://[::ffff:127.0.0.1]/{bairro}\"}}"));
        change("/assistants/" + assistantId, model("https://llm.example.com/v1"))
                .expect(200);
    }

    @Test
    void acceptsHostsThatThePlatformAllowed() {
        platform.send("PUT", home + "/allowed-hosts", hosts("CRM.interno.", "10.0.0.8"))
                .expect(200);
        try {
            assertEquals(
                    new JsonArray().add("10.0.0.8").add("crm.interno"),
                    client.get(home + "/allowed-hosts").expect(200).json().getJsonArray("hosts"));
            client.post(home + "/channels", channel("https://10.0.0.8/messages"))
                    .expect(201);
            client.post(home + "/channels", channel("https://crm.interno/messages"))
                    .expect(201);
            assertRejected("outboundUrl", client.post(home + "/channels", channel("https://10.0.0.9/messages")));
            assertRejected("hosts[0]", platform.send("PUT", home + "/allowed-hosts", hosts("127.0.0.1")));
            assertRejected("hosts[1]", platform.send("PUT", home + "/allowed-hosts", hosts("crm", "169.254.169.254")));
        } finally {
            platform.send("PUT", home + "/allowed-hosts", hosts()).expect(200);
        }
    }

    @Test
    void rejectsHeadersWithLineBreaksOrOfTheConnection() {
        JsonObject tool = tool("https://crm.example.com/");
        tool.getJsonObject("configuration").put("headers", new JsonObject().put("X-A", "1\r\nX-B: 2"));
        assertRejected("configuration.headers.X-A", client.post(tools(), tool));
        tool.getJsonObject("configuration").put("headers", new JsonObject().put("Host", "127.0.0.1"));
        assertRejected("configuration.headers.Host", client.post(tools(), tool));
        tool.getJsonObject("configuration")
                .put("headers", new JsonObject())
                .put("authentication", new JsonObject().put("type", "bearer").put("token", "a\nb"));
        assertRejected("configuration.authentication.token", client.post(tools(), tool));
    }

    private static String tools() {
        return home + "/assistants/" + assistantId + "/tools";
    }

    private static Answer change(String path, JsonObject changes) {
        return client.send("PATCH", home + path, changes.encode());
    }

    /** Creates an agent. The catalogue is for all clients, so a host that may be allowed for one client is accepted. */
    private static void agent(String url, int expected) {
        platform.post(
                        "/assistants",
                        new JsonObject().put("assistantName", "Agente").put("implementationReference", "http:" + url))
                .expect(expected);
    }

    private static JsonObject model(String url) {
        return new JsonObject().put("configuration", new JsonObject().put("baseUrl", url));
    }

    private static JsonObject liveKit(String url) {
        return new JsonObject()
                .put("channelType", "VoiceCall")
                .put("channelIdentifier", Comuta.newNumber())
                .put("provider", "LiveKit")
                .put(
                        "credentials",
                        new JsonObject().put("url", url).put("apiKey", "APIx").put("apiSecret", "secret"));
    }

    private static JsonObject channel(String url) {
        return new JsonObject()
                .put("channelType", "WhatsApp")
                .put("channelIdentifier", Comuta.newNumber())
                .put("outboundUrl", url);
    }

    private static JsonObject tool(String url) {
        JsonObject configuration = new JsonObject().put("method", "GET").put("url", url);
        return new JsonObject()
                .put("toolName", "buscar")
                .put("taskType", "ConsultaCRM")
                .put("configuration", configuration);
    }

    private static String hosts(String... hosts) {
        return new JsonObject()
                .put("hosts", new JsonArray(java.util.List.of(hosts)))
                .encode();
    }

    private static void assertRejected(String field, Answer answer) {
        answer.expectProblem(400, "invalid-request");
        assertEquals(
                field, answer.json().getJsonArray("violations").getJsonObject(0).getString("field"), answer.body());
    }
}
