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

/** URLs that clients give, at a server as it runs in production: without this machine and its network. */
class OutboundUrlsIT {

    private static final ServerOptions PRODUCTION = ServerOptions.onFreePort()
            .with("COMUTA_OUTBOUND_LOCAL_NETWORKS", "false")
            .with("COMUTA_ROLES", "web");

    private static Comuta comuta;
    private static ServerProcess server;
    private static Api platform;
    private static Api client;
    private static String home;
    private static long assistantId;

    @BeforeAll
    static void startAsInProduction() {
        comuta = Comuta.shared();
        server = comuta.sandbox().startServer(PRODUCTION);
        platform = new Api(server.baseUrl(), comuta.sandbox().platformKey());
        home = platform.post("/clients", new JsonObject().put("clientName", "Curiosa"))
                .expect(201)
                .location();
        client = new Api(
                server.baseUrl(),
                platform.post(home + "/api-keys", new JsonObject().put("name", "chave"))
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
    void refusesUrlsThatLeadInsideWhenTheyAreRegistered() {
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
            assertRefused("outboundUrl", client.post(home + "/channels", channel(url)));
            assertRefused("configuration.url", client.post(tools(), tool(url)));
            assertRefused("configuration.baseUrl", change("/assistants/" + assistantId, model(url)));
            boolean some = url.contains("10.0.0.8") || url.contains(".internal");
            agent(url, some ? 201 : 400);
        }
        String channel = client.post(home + "/channels", channel("https://gateway.example.com/messages"))
                .expect(201)
                .location();
        assertRefused("outboundUrl", client.send("PATCH", channel, "{\"outboundUrl\":\"https://127.1/\"}"));
        String tool = client.post(tools(), tool("https://crm.example.com/imoveis/{bairro}?x={bairro}"))
                .expect(201)
                .location();
        assertRefused(
                "configuration.url",
                client.withInvalidRequest()
                        .send("PATCH", tool, "{\"configuration\":{\"url\":\"https://[::ffff:127.0.0.1]/{bairro}\"}}"));
        change("/assistants/" + assistantId, model("https://llm.example.com/v1"))
                .expect(200);
    }

    @Test
    void letsListedHostsPass() {
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
            assertRefused("outboundUrl", client.post(home + "/channels", channel("https://10.0.0.9/messages")));
            assertRefused("hosts[0]", platform.send("PUT", home + "/allowed-hosts", hosts("127.0.0.1")));
            assertRefused("hosts[1]", platform.send("PUT", home + "/allowed-hosts", hosts("crm", "169.254.169.254")));
        } finally {
            platform.send("PUT", home + "/allowed-hosts", hosts()).expect(200);
        }
    }

    @Test
    void refusesHeadersThatWouldEndTheirLine() {
        JsonObject tool = tool("https://crm.example.com/");
        tool.getJsonObject("configuration").put("headers", new JsonObject().put("X-A", "1\r\nX-B: 2"));
        assertRefused("configuration.headers.X-A", client.post(tools(), tool));
        tool.getJsonObject("configuration").put("headers", new JsonObject().put("Host", "127.0.0.1"));
        assertRefused("configuration.headers.Host", client.post(tools(), tool));
        tool.getJsonObject("configuration")
                .put("headers", new JsonObject())
                .put("authentication", new JsonObject().put("type", "bearer").put("token", "a\nb"));
        assertRefused("configuration.authentication.token", client.post(tools(), tool));
    }

    private static String tools() {
        return home + "/assistants/" + assistantId + "/tools";
    }

    private static Answer change(String path, JsonObject changes) {
        return client.send("PATCH", home + path, changes.encode());
    }

    /** The platform's catalogue is for all clients, so that a host which may be listed for one of them is taken. */
    private static void agent(String url, int expected) {
        platform.post(
                        "/assistants",
                        new JsonObject().put("assistantName", "Agente").put("implementationReference", "http:" + url))
                .expect(expected);
    }

    private static JsonObject model(String url) {
        return new JsonObject().put("configuration", new JsonObject().put("baseUrl", url));
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

    private static void assertRefused(String field, Answer answer) {
        answer.expectProblem(400, "invalid-request");
        assertEquals(
                field, answer.json().getJsonArray("violations").getJsonObject(0).getString("field"), answer.body());
    }
}
