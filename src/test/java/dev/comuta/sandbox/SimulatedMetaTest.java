package dev.comuta.sandbox;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.Contracts;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedMetaTest {

    private static final String NUMBER = "/v23.0/" + MetaProvider.PHONE_NUMBER_ID;
    private static final String TEMPLATES = "/v23.0/" + MetaProvider.ACCOUNT_ID + "/message_templates";
    private static final String PERSON = "5511998765432";
    private static final String TEXT = "\"type\":\"text\",\"text\":{\"body\":\"Olá\"}";

    private final Vertx vertx = Vertx.vertx();
    private final PostedWebhooks server = new PostedWebhooks(vertx);
    private final SimulatedProviders providers = SimulatedProviders.launch(vertx);

    SimulatedMetaTest() {
        providers.server(server.url());
    }

    @AfterEach
    void close() {
        providers.close();
        server.close();
        Waiting.on(vertx.close());
    }

    @Test
    void anUploadedFileHasAnAddressThatNeedsTheToken() {
        String id = upload("foto.jpg", "image/jpeg", new byte[] {1, 2, 3})
                .statusCode(200)
                .extract()
                .path("id");
        String url = meta().get("/v23.0/" + id)
                .then()
                .body("mime_type", equalTo("image/jpeg"))
                .body("file_size", equalTo(3))
                .body("sha256", equalTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"))
                .extract()
                .path("url");

        given().urlEncodingEnabled(false).get(url).then().statusCode(401);
        byte[] read = given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + MetaProvider.ACCESS_TOKEN)
                .get(url)
                .asByteArray();
        assertEquals(List.of(1, 2, 3), List.of((int) read[0], (int) read[1], (int) read[2]));
        meta().urlEncodingEnabled(false).get(url + "0").then().statusCode(404);
        meta().delete("/v23.0/" + id).then().body("success", equalTo(true));
        meta().get("/v23.0/" + id).then().statusCode(400);
    }

    @Test
    void anAddressOfAFileExpiresAndMayRedirect() {
        String id = upload("a.ogg", "audio/ogg", new byte[] {7}).extract().path("id");
        rules("{\"mediaUrlSeconds\":-1}");
        meta().urlEncodingEnabled(false).get(addressOf(id)).then().statusCode(404);
        rules("{\"mediaUrlSeconds\":60,\"mediaRedirects\":true}");
        String location = meta().urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .get(addressOf(id))
                .then()
                .statusCode(302)
                .extract()
                .header("location");
        given().urlEncodingEnabled(false).get(location).then().statusCode(200);
    }

    @Test
    void aFileBeyondItsLimitIsRefused() {
        upload("foto.png", "image/png", new byte[(5 << 20) + 1])
                .statusCode(400)
                .body("error.code", equalTo(MetaError.MEDIA_UPLOAD));
        upload("contrato.pdf", "application/pdf", new byte[(5 << 20) + 1]).statusCode(200);
    }

    @Test
    void listsAndCreatesTemplates() {
        meta().get(TEMPLATES + "?limit=2")
                .then()
                .body("data.name", contains("boas_vindas", "confirmacao_visita"))
                .body("data[1].components.type", contains("HEADER", "BODY", "FOOTER", "BUTTONS"))
                .body("paging.next", containsString("after=2"));
        meta().get(TEMPLATES + "?status=PAUSED").then().body("data.name", contains("promocao"));
        String created = """
                {"name":"lembrete","language":"pt_BR","category":"UTILITY","components":[
                  {"type":"BODY","text":"Olá, {{1}}","example":{"body_text":[["Maria"]]}}]}""";
        meta().body(created).post(TEMPLATES).then().statusCode(200).body("status", equalTo("PENDING"));
        meta().body(created).post(TEMPLATES).then().statusCode(400);
        meta().body(created.replace("[[\"Maria\"]]", "[[]]").replace("lembrete", "outro"))
                .post(TEMPLATES)
                .then()
                .statusCode(400)
                .body("error.error_data.details", containsString("example"));
        send(template("lembrete", "\"Maria\"")).statusCode(400).body("error.code", equalTo(MetaError.NO_TEMPLATE));
        at().body("{\"name\":\"lembrete\",\"language\":\"pt_BR\",\"status\":\"APPROVED\"}")
                .post("/_sandbox/meta/templates")
                .then()
                .statusCode(200);
        JsonNode change = server.taken("/webhooks/meta")
                .path("entry")
                .path(0)
                .path("changes")
                .path(0);
        assertEquals("message_template_status_update", change.path("field").asText());
        assertEquals("APPROVED", change.path("value").path("event").asText());
        send(template("lembrete", "\"Maria\"")).statusCode(200);
    }

    @Test
    void aSentTemplateIsComparedWithItsPlaceholders() {
        send(template("confirmacao_visita", "\"Maria\",\"sábado\"")).statusCode(200);
        refused(template("confirmacao_visita", "\"Maria\""), MetaError.PARAMETER_COUNT);
        refused(template("confirmacao_visita", "\"Maria\",\"" + "x".repeat(1100) + "\""), MetaError.TEXT_TOO_LONG);
        refused(template("nenhum", ""), MetaError.NO_TEMPLATE);
        refused(template("promocao", ""), MetaError.TEMPLATE_PAUSED);
        refused(template("novo_imovel", "\"Maria\",\"Jardins\""), MetaError.PARAMETER_FORMAT);
        at().get("/_sandbox/telefone/messages?number={n}", "+" + PERSON)
                .then()
                .body("message", contains("Olá, Maria! Sua visita está marcada para sábado. Podemos confirmar?"))
                .body("[0].content.header", equalTo("Visita ao imóvel"))
                .body("[0].content.buttons.title", contains("Confirmar", "Remarcar"));
    }

    @Test
    void freeContentOutsideTheWindowFailsByWebhook() {
        at().delete("/_sandbox/meta/windows?person=" + PERSON).then().statusCode(204);
        String wamid = send(TEXT).statusCode(200).extract().path("messages[0].id");
        JsonNode status = server.taken("/webhooks/meta")
                .path("entry")
                .path(0)
                .path("changes")
                .path(0)
                .path("value")
                .path("statuses")
                .path(0);
        assertEquals(wamid, status.path("id").asText());
        assertEquals("failed", status.path("status").asText());
        assertEquals(
                MetaError.OUTSIDE_WINDOW,
                status.path("errors").path(0).path("code").asInt());
        send(template("boas_vindas", "")).statusCode(200);
        providers
                .meta()
                .post(MetaProvider.webhook(
                        MetaProvider.PHONE_NUMBER_ID,
                        Map.of(
                                "messages",
                                List.of(Map.of(
                                        "from",
                                        PERSON,
                                        "id",
                                        "wamid.1",
                                        "type",
                                        "text",
                                        "text",
                                        Map.of("body", "Oi"))))))
                .join();
        send(TEXT).statusCode(200);
        at().get("/_sandbox/telefone/messages?number={n}", "+" + PERSON)
                .then()
                .body("message", contains(containsString("Recebemos"), equalTo("Olá")));
    }

    @Test
    void someoneWhoNeverWroteIsOutsideTheWindowByTheRule() {
        rules("{\"window\":true}");
        send(TEXT).statusCode(200);
        assertEquals(
                "failed",
                server.taken("/webhooks/meta")
                        .findValue("statuses")
                        .path(0)
                        .path("status")
                        .asText());
        assertEquals(Map.of(MetaError.OUTSIDE_WINDOW, 1), providers.meta().refused());
    }

    @Test
    void ratesOfNumbersAndPairsAreRefused() {
        rules("{\"pairSeconds\":6,\"pairBurst\":2}");
        send(TEXT).statusCode(200);
        send(TEXT).statusCode(200);
        send(TEXT)
                .statusCode(400)
                .body("error.code", equalTo(MetaError.PAIR_RATE))
                .body("error.message", startsWith("(#131056) (Business Account, Consumer Account)"));
        rules("{\"perSecond\":1}");
        send(TEXT).statusCode(200);
        send(TEXT).statusCode(400).body("error.code", equalTo(MetaError.NUMBER_RATE));
        at().get("/_sandbox/meta/refused").then().body("131056", equalTo(1)).body("130429", equalTo(1));
    }

    /** The rate of a pair: 45 at once, then one in 6 seconds. */
    @Test
    void aPairGetsItsRateBack() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        InstantSource source = now::get;
        MetaLimits limits = new MetaLimits(source.withZone(ZoneOffset.UTC));
        limits.rules(MetaRules.STRICT);
        for (int i = 0; i < 45; i++) {
            assertNull(limits.take("1", "a"));
        }
        assertEquals(MetaError.PAIR_RATE, limits.take("1", "a").code());
        assertNull(limits.take("1", "b"));
        now.updateAndGet(time -> time.plusSeconds(6));
        assertNull(limits.take("1", "a"));
        assertEquals(MetaError.PAIR_RATE, limits.take("1", "a").code());

        limits.wrote("1", "+55");
        assertTrue(limits.isOpen("1", "55"));
        now.updateAndGet(time -> time.plus(Duration.ofHours(24)));
        assertTrue(!limits.isOpen("1", "55"));
    }

    @Test
    void everyCodeIsOneOfMetas() {
        Set<Integer> codes = new HashSet<>();
        for (JsonNode error : Contracts.json("meta/error_codes.json").path("errors")) {
            error.path("codes").forEach(code -> codes.add(code.asInt()));
        }
        for (int code : MetaError.TITLES.keySet()) {
            assertTrue(code == MetaError.INVALID_PARAMETER || codes.contains(code), "unknown code " + code);
        }
    }

    @Test
    void everyTypeOfMessageReachesThePhone() {
        String id = upload("foto.jpg", "image/jpeg", new byte[] {1}).extract().path("id");
        send("\"type\":\"image\",\"image\":{\"id\":\"" + id + "\",\"caption\":\"Fachada\"}")
                .statusCode(200);
        send("\"type\":\"location\",\"location\":{\"latitude\":\"-23.5\",\"longitude\":\"-46.6\"}")
                .statusCode(200);
        send("\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"Ana\"}}]")
                .statusCode(200);
        send("""
                "type":"interactive","interactive":{"type":"button","body":{"text":"Quando?"},
                "action":{"buttons":[{"type":"reply","reply":{"id":"a","title":"Hoje"}}]}}""").statusCode(200);
        send("""
                "type":"interactive","interactive":{"type":"list","body":{"text":"Qual?"},"action":{"button":"Ver",
                "sections":[{"rows":[{"id":"1","title":"Casa"}]}]}}""").statusCode(200);
        String wamid = send(TEXT).extract().path("messages[0].id");
        send("\"type\":\"reaction\",\"reaction\":{\"message_id\":\"" + wamid + "\",\"emoji\":\"👍\"}")
                .statusCode(200);
        send("\"type\":\"image\",\"image\":{\"id\":\"1\"}").statusCode(400);
        send("\"type\":\"dança\"").statusCode(400);
        at().get("/_sandbox/telefone/messages?number={n}", "+" + PERSON)
                .then()
                .body("content.type", contains("image", "location", "contacts", "options", "options"))
                .body("[5].message", equalTo("Olá"))
                .body("[0].content.file.mimeType", equalTo("image/jpeg"))
                .body("[3].content.buttons.title", contains("Hoje"))
                .body("[4].content.list.sections[0].rows.title", contains("Casa"))
                .body("[5].reactions", equalTo(Map.of(Registration.META_NUMBER, "👍")));
        at().get("/_sandbox/requests?provider=meta")
                .then()
                .body("body", hasItems(endsWith("file=foto.jpg (1 bytes)")))
                .body("$", hasSize(10));
    }

    private ValidatableResponse upload(String name, String type, byte[] bytes) {
        return given().baseUri(providers.url().toString())
                .header("Authorization", "Bearer " + MetaProvider.ACCESS_TOKEN)
                .multiPart("messaging_product", "whatsapp")
                .multiPart("file", name, bytes, type)
                .post(NUMBER + "/media")
                .then();
    }

    private String addressOf(String id) {
        return meta().get("/v23.0/" + id).then().extract().path("url");
    }

    private void refused(String message, int code) {
        send(message).statusCode(400).body("error.code", equalTo(code));
    }

    private ValidatableResponse send(String fields) {
        String body = "{\"messaging_product\":\"whatsapp\",\"to\":\"" + PERSON + "\"," + fields + "}";
        return meta().body(body.getBytes(StandardCharsets.UTF_8))
                .post(NUMBER + "/messages")
                .then();
    }

    private static String template(String name, String values) {
        String parameters =
                values.isEmpty() ? "" : values.replaceAll("(\"[^\"]*\")", "{\"type\":\"text\",\"text\":$1}");
        return "\"type\":\"template\",\"template\":{\"name\":\"" + name
                + "\",\"language\":{\"code\":\"pt_BR\"},\"components\":[{\"type\":\"body\",\"parameters\":["
                + parameters + "]}]}";
    }

    private void rules(String json) {
        at().body(json).put("/_sandbox/meta/rules").then().statusCode(204);
    }

    private RequestSpecification meta() {
        return at().header("Authorization", "Bearer " + MetaProvider.ACCESS_TOKEN);
    }

    private RequestSpecification at() {
        return given().baseUri(providers.url().toString()).contentType("application/json; charset=utf-8");
    }
}
