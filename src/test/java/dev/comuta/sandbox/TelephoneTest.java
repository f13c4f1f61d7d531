package dev.comuta.sandbox;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What phones send in the form of each provider, and what the page shows. */
class TelephoneTest {

    private static final String PERSON = "+5511998765432";
    private static final String ACCOUNT = Secrets.sid("AC");
    private static final PhoneChannel META = new PhoneChannel(
            "+5511999990001", "Imobiliária XPTO", PhoneChannel.META, "4000", null, MetaProvider.ACCESS_TOKEN);
    private static final PhoneChannel TWILIO =
            new PhoneChannel("+5511999990002", "Casa Nova", PhoneChannel.TWILIO, null, ACCOUNT, "segredo");
    private static final PhoneChannel GATEWAY =
            PhoneChannel.gateway("+5511999999999", "Casa Nova", "whsec_" + Secrets.key());

    private final Vertx vertx = Vertx.vertx();
    private final PostedWebhooks server = new PostedWebhooks(vertx);
    private final SimulatedProviders providers = SimulatedProviders.launch(vertx);

    TelephoneTest() {
        providers.server(server.url());
        providers.channels(() -> List.of(META, TWILIO, GATEWAY));
    }

    @AfterEach
    void close() {
        providers.close();
        server.close();
        Waiting.on(vertx.close());
    }

    @Test
    void knowsEveryChannelOfTheRun() {
        at().get("/_sandbox/telefone/channels")
                .then()
                .body("number", contains(META.number(), TWILIO.number(), GATEWAY.number()))
                .body("company", contains("Imobiliária XPTO", "Casa Nova", "Casa Nova"))
                .body("provider", contains("Meta", "Twilio", "Gateway"));
    }

    @Test
    void sendsEveryTypeOverMeta() {
        String file = store("audio/ogg; codecs=opus", "nota.ogg");
        send(META, "", "{\"type\":\"audio\",\"voice\":true,\"file\":{\"id\":\"" + file + "\"}}", null);
        JsonNode audio = message();
        assertEquals(file, audio.path("audio").path("id").asText());
        assertTrue(audio.path("audio").path("voice").asBoolean());
        send(META, "", "{\"type\":\"location\",\"latitude\":-23.5,\"longitude\":-46.6,\"name\":\"Sé\"}", null);
        assertEquals("Sé", message().path("location").path("name").asText());
        send(META, "", "{\"type\":\"contacts\",\"contacts\":[{\"name\":\"Ana\",\"phones\":[\"+5511\"]}]}", null);
        assertEquals(
                "Ana",
                message()
                        .path("contacts")
                        .path(0)
                        .path("name")
                        .path("formatted_name")
                        .asText());
        send(META, "Hoje", choice("button"), null);
        assertEquals(
                "a",
                message().path("interactive").path("button_reply").path("id").asText());
        send(META, "Hoje", choice("list"), null);
        assertEquals(
                "a", message().path("interactive").path("list_reply").path("id").asText());
        send(META, "Hoje", choice("template"), null);
        assertEquals("a", message().path("button").path("payload").asText());
    }

    @Test
    void reactsAndAnswersOverMeta() {
        long received = receive();
        String wamid = providers.telephone().messages(PERSON).getFirst().providerId();
        send(META, "", "{\"type\":\"reaction\",\"emoji\":\"❤️\"}", received);
        assertEquals(wamid, message().path("reaction").path("message_id").asText());
        send(META, "Sim", null, received);
        assertEquals(wamid, message().path("context").path("id").asText());
        at().get("/_sandbox/telefone/messages?number={n}", PERSON)
                .then()
                .body("message", contains("Olá", "Sim"))
                .body("[0].reactions", equalTo(Map.of(PERSON, "❤️")))
                .body("[1].replyTo", equalTo((int) received));
    }

    @Test
    void reportsEachStatusOnceAndShowsWhatWasRead() {
        long received = receive();
        report(received, "delivered");
        assertEquals("sent", status());
        assertEquals("delivered", status());
        report(received, "read");
        assertEquals("read", status());
        report(received, "read");
        send(META, "Oi", null, null);
        String wamid = message().path("id").asText();
        at().header("Authorization", "Bearer " + MetaProvider.ACCESS_TOKEN)
                .body("{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"" + wamid + "\"}")
                .post("/v23.0/4000/messages")
                .then()
                .statusCode(200);
        at().get("/_sandbox/telefone/messages?number={n}", PERSON).then().body("progress", contains("READ", "READ"));
    }

    @Test
    void sendsFilesPlacesAndChoicesOverTwilio() {
        String file = store("image/jpeg", "foto.jpg");
        send(TWILIO, "Olhe", "{\"type\":\"image\",\"file\":{\"id\":\"" + file + "\"}}", null);
        PostedWebhooks.Webhook webhook = server.next("/webhooks/twilio/messages");
        Map<String, String> form = form(webhook.body());
        assertEquals(
                TwilioSignature.of("segredo", server.url() + "/webhooks/twilio/messages", form),
                webhook.twilioSignature());
        assertEquals("Olhe", form.get("Body"));
        String location = given().auth()
                .preemptive()
                .basic(ACCOUNT, "segredo")
                .redirects()
                .follow(false)
                .get(form.get("MediaUrl0"))
                .then()
                .statusCode(307)
                .extract()
                .header("location");
        given().get(form.get("MediaUrl0")).then().statusCode(401);
        given().get(location).then().statusCode(200).contentType("image/jpeg");
        given().auth()
                .preemptive()
                .basic(ACCOUNT, "segredo")
                .get(location)
                .then()
                .statusCode(400);
        send(TWILIO, "", "{\"type\":\"location\",\"latitude\":-23.5,\"longitude\":-46.6,\"name\":\"Sé\"}", null);
        assertEquals(
                "-23.5", form(server.next("/webhooks/twilio/messages").body()).get("Latitude"));
        send(TWILIO, "Hoje", choice("list"), null);
        assertEquals("a", form(server.next("/webhooks/twilio/messages").body()).get("ListId"));
    }

    @Test
    void sendsTextAndFilesOverTheGatewayAndSaysWhatItDoesNotCarry() {
        String file = store("application/pdf", "contrato.pdf");
        send(
                GATEWAY,
                "",
                "{\"type\":\"document\",\"file\":{\"id\":\"" + file + "\",\"mimeType\":\"application/pdf\"}}",
                null);
        JsonNode media = server.taken("/webhooks/whatsapp").path("media");
        assertEquals("application/pdf", media.path("contentType").asText());
        given().get(URI.create(media.path("url").asText()))
                .then()
                .statusCode(200)
                .contentType("application/pdf");
        post(GATEWAY, "", "{\"type\":\"location\",\"latitude\":1,\"longitude\":1}", null)
                .statusCode(422)
                .body("error", containsString("O Gateway leva texto e arquivos"));
    }

    @Test
    void showsWhatTheServerSays() {
        server.answer(429, "{\"title\":\"Too many requests\",\"detail\":\"the limit of messages is used up\"}");
        post(GATEWAY, "Oi", null, null).statusCode(429).body("error", equalTo("the limit of messages is used up"));
        at().get("/_sandbox/telefone/messages?number={n}", PERSON)
                .then()
                .body("error", contains("the limit of messages is used up"))
                .body("status", contains(429));
    }

    @Test
    void theSeededAssistantUnderstandsThatSomebodyWantsAPerson() {
        JsonNode intents = Json.read(Json.write(Scenario.association(1)))
                .path("configuration")
                .path("intents");
        for (String wish :
                List.of("quero falar com uma pessoa", "Posso conversar com alguém?", "me chama um corretor")) {
            assertEquals("humano", intentOf(intents, wish), wish);
        }
        assertEquals("imoveis_por_bairro", intentOf(intents, "Quais imóveis estão disponíveis no bairro X?"));
        assertEquals("", intentOf(intents, "uma casa para cinco pessoas"));
    }

    /** Text of others must never become HTML, and nothing is loaded from elsewhere. */
    @Test
    void thePageMakesNoHtmlOfForeignText() {
        String page = at().get("/")
                .then()
                .body(containsString("Meu número"))
                .extract()
                .asString();
        assertFalse(Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write")
                .matcher(page)
                .find());
        assertFalse(Pattern.compile("(src|href)=\"https?:").matcher(page).find());
    }

    private static String intentOf(JsonNode intents, String text) {
        for (JsonNode intent : intents) {
            for (JsonNode pattern : intent.path("patterns")) {
                String java = pattern.asText().replace("(?P<", "(?<");
                int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
                if (Pattern.compile(java, flags).matcher(text).find()) {
                    return intent.path("name").asText();
                }
            }
        }
        return "";
    }

    @Test
    void sendsARefusedMessageAnotherTimeWithTheSameId() {
        server.answer(503, "{\"detail\":\"the delivery was not stored in time\"}");
        post(META, "Oi", null, null).statusCode(503);
        String first = message().path("id").asText();
        long id = providers.telephone().messages(PERSON).getFirst().id();

        server.answer(200, "{}");
        at().contentType("application/json")
                .body("{\"again\":" + id + "}")
                .post("/_sandbox/telefone/messages")
                .then()
                .statusCode(200);

        assertEquals(first, message().path("id").asText());
        at().get("/_sandbox/telefone/messages?number={n}", PERSON)
                .then()
                .body("message", contains("Oi"))
                .body("[0].status", equalTo(200))
                .body("[0].error", equalTo(null));
    }

    private long receive() {
        // the phone must know the channel before its number can send
        at().get("/_sandbox/telefone/channels").then().statusCode(200);
        at().header("Authorization", "Bearer " + MetaProvider.ACCESS_TOKEN)
                .body("{\"messaging_product\":\"whatsapp\",\"to\":\"" + PERSON.substring(1)
                        + "\",\"type\":\"text\",\"text\":{\"body\":\"Olá\"}}")
                .post("/v23.0/4000/messages")
                .then()
                .statusCode(200);
        return providers.telephone().messages(PERSON).getFirst().id();
    }

    private void report(long id, String status) {
        at().body("{\"id\":" + id + ",\"status\":\"" + status + "\"}")
                .post("/_sandbox/telefone/statuses")
                .then()
                .statusCode(204);
    }

    private JsonNode value() {
        return server.taken("/webhooks/meta")
                .path("entry")
                .path(0)
                .path("changes")
                .path(0)
                .path("value");
    }

    private JsonNode message() {
        JsonNode value = value();
        assertEquals("4000", value.path("metadata").path("phone_number_id").asText());
        return value.path("messages").path(0);
    }

    private String status() {
        return value().path("statuses").path(0).path("status").asText();
    }

    private static String choice(String kind) {
        return "{\"type\":\"choice\",\"kind\":\"" + kind + "\",\"id\":\"a\",\"title\":\"Hoje\"}";
    }

    private String store(String type, String name) {
        return given().baseUri(providers.url().toString())
                .header("content-type", type)
                .body(new byte[] {1, 2, 3})
                .post("/_sandbox/telefone/files?name=" + name)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void send(PhoneChannel channel, String text, String content, Long target) {
        post(channel, text, content, target).statusCode(200).body("error", equalTo(""));
    }

    private ValidatableResponse post(PhoneChannel channel, String text, String content, Long target) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("from", PERSON);
        body.put("to", channel.number());
        body.put("message", text);
        body.put("content", content == null ? JsonNodeFactory.instance.nullNode() : Json.read(content));
        body.put("target", target);
        return at().body(Json.write(body)).post("/_sandbox/telefone/messages").then();
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : body.split("&", -1)) {
            String[] parts = field.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private RequestSpecification at() {
        return given().baseUri(providers.url().toString()).contentType("application/json; charset=utf-8");
    }
}
