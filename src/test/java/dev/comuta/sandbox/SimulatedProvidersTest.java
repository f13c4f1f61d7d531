package dev.comuta.sandbox;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedProvidersTest {

    private static final String SECRET = "whsec_" + Secrets.key();
    private static final String CHANNEL = "+5511999999999";
    private static final String PHONE = "+5511998765432";
    private static final String ANSWER =
            "{\"from\":\"" + CHANNEL + "\",\"to\":\"" + PHONE + "\",\"message\":\"Olá\",\"messageId\":\"7\"}";

    private final Vertx vertx = Vertx.vertx();
    private final Mailbox mailbox = Mailbox.launch(0);
    private final SimulatedProviders providers = SimulatedProviders.launch(vertx, 0, mailbox);

    @AfterEach
    void close() {
        providers.close();
        mailbox.close();
        Waiting.on(vertx.close());
    }

    @Test
    void gatewayAcceptsRepeatedMessageOnce() {
        providers.registerChannel("WhatsApp", CHANNEL, SECRET);
        String first = deliver(SECRET, "msg_1");
        assertEquals(first, deliver(SECRET, "msg_1"));
        assertTrue(!first.equals(deliver(SECRET, "msg_2")));
        at().get("/_sandbox/telefone/messages?number={n}", PHONE)
                .then()
                .body("message", contains("Olá", "Olá"))
                .body("from", contains(CHANNEL, CHANNEL));
        assertEquals(3, providers.requestCount("gateway"));
    }

    @Test
    void gatewayRefusesForgedMessage() {
        providers.registerChannel("WhatsApp", CHANNEL, SECRET);
        signed("whsec_" + Secrets.key(), "msg_1")
                .post("/gateway/messages")
                .then()
                .statusCode(401);
        at().body(ANSWER).post("/gateway/messages").then().statusCode(401);
        at().get("/_sandbox/telefone/messages?number={n}", PHONE).then().body("$", hasSize(0));
    }

    @Test
    void crmReturnsPropertiesToItsKeyOnly() {
        at().get("/crm/properties?bairro=X").then().statusCode(401);
        crm().get("/crm/properties?bairro=X").then().body("properties.name", contains("Imóvel A", "Imóvel B"));
        at().body("[\"Casa Ç\"]").put("/_sandbox/crm/properties").then().statusCode(204);
        crm().get("/crm/properties?bairro=X").then().body("properties.name", contains("Casa Ç"));
        at().get("/_sandbox/requests?provider=crm")
                .then()
                .body(
                        "path",
                        contains("/crm/properties?bairro=X", "/crm/properties?bairro=X", "/crm/properties?bairro=X"))
                .body("[1].headers.authorization", equalTo("Bearer sandbox-crm-key"))
                .body("[1].method", equalTo("GET"));
        at().delete("/_sandbox/requests").then().statusCode(204);
        at().get("/_sandbox/requests").then().body("$", hasSize(0));
    }

    @Test
    void faultAffectsItsNumberOfRequestsAndIsRecorded() {
        fault("{\"provider\":\"crm\",\"mode\":\"fail\",\"status\":502,\"times\":2}");
        crm().get("/crm/properties").then().statusCode(502);
        crm().get("/crm/properties").then().statusCode(502);
        crm().get("/crm/properties").then().statusCode(200);
        at().get("/_sandbox/requests?provider=crm").then().body("fault", contains("fail", "fail", null));
        fault("{\"provider\":\"crm\",\"mode\":\"rateLimit\"}");
        crm().get("/crm/properties").then().statusCode(429).header("retry-after", "1");
        at().delete("/_sandbox/faults").then().statusCode(204);
        crm().get("/crm/properties").then().statusCode(200);
        at().body("{\"provider\":\"crm\",\"mode\":\"loud\"}")
                .post("/_sandbox/faults")
                .then()
                .statusCode(400);
    }

    @Test
    void faultAffectsOnlyRequestsThatContainItsText() {
        fault("{\"provider\":\"crm\",\"mode\":\"fail\",\"times\":1,\"containing\":\"Ana\"}");
        crm().get("/crm/properties").then().statusCode(200);
        crm().body("Ana").post("/crm/properties").then().statusCode(503);
        crm().body("Ana").post("/crm/properties").then().statusCode(not(503));
    }

    @Test
    void faultSlowsHangsAndResets() throws Exception {
        fault("{\"provider\":\"crm\",\"mode\":\"slow\",\"delayMs\":300,\"times\":1}");
        crm().get("/crm/properties").then().statusCode(200).time(greaterThanOrEqualTo(300L));
        providers.fault(Fault.of("crm", Fault.Mode.RESET).times(1));
        assertThrows(IOException.class, this::plainGet);
        providers.fault(Fault.of("crm", Fault.Mode.HANG).times(1));
        assertThrows(java.net.http.HttpTimeoutException.class, this::plainGet);
        assertEquals(401, plainGet());
    }

    /** A message that is repeated after it was accepted without an answer has no second effect. */
    @Test
    void faultAcceptsWithoutAnAnswer() {
        providers.registerChannel("WhatsApp", CHANNEL, SECRET);
        providers.fault(Fault.of("gateway", Fault.Mode.CUT).times(1));
        assertThrows(IOException.class, () -> deliver(SECRET, "msg_1"));
        at().get("/_sandbox/telefone/messages?number={n}", PHONE).then().body("message", contains("Olá"));

        deliver(SECRET, "msg_1");

        at().get("/_sandbox/telefone/messages?number={n}", PHONE).then().body("message", contains("Olá"));
    }

    @Test
    void crmReturnsAFixedBodyAsItIs() {
        providers.crmAnswers("{\"a\": \"\\u0000\"}");
        crm().get("/crm/properties").then().body(equalTo("{\"a\": \"\\u0000\"}"));
        providers.crmAnswers(null);
        crm().get("/crm/properties").then().body("properties", hasSize(2));
    }

    @Test
    void phoneSendsSignedMessageAndReturnsTheStatus() {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"));
        Waiting.on(server.requestHandler(request -> request.body().onSuccess(body -> {
                    boolean isSigned = StandardWebhook.verify(
                            SECRET,
                            request.getHeader("webhook-id"),
                            request.getHeader("webhook-timestamp"),
                            request.getHeader("webhook-signature"),
                            body.toString());
                    request.response().setStatusCode(isSigned ? 202 : 401).end("{}");
                }))
                .listen());
        providers.registerChannel("WhatsApp", CHANNEL, SECRET);
        providers.telephone().server(URI.create("http://127.0.0.1:" + server.actualPort()));
        at().body("{\"from\":\"" + PHONE + "\",\"to\":\"+5511900000000\",\"message\":\"Oi\"}")
                .post("/_sandbox/telefone/messages")
                .then()
                .statusCode(404);
        type("Oi").then().statusCode(202).body("status", equalTo(202));
        Waiting.on(server.close());
        type("Alguém?").then().statusCode(502).body("status", equalTo(0));
        at().get("/_sandbox/telefone/messages?number={n}", PHONE)
                .then()
                .body("message", contains("Oi", "Alguém?"))
                .body("status", contains(202, 0));
    }

    @Test
    void showsPhonePageAndKnownPathsOnly() {
        at().get("/")
                .then()
                .statusCode(200)
                .contentType(containsString("utf-8"))
                .body(containsString("Meu número"));
        at().get("/nowhere").then().statusCode(404).body("error", equalTo("unknown path"));
        at().get("/crm/nowhere").then().statusCode(401);
    }

    @Test
    void storesMails() throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(mailbox.port()));
        MimeMessage mail = new MimeMessage(Session.getInstance(properties));
        mail.setFrom("comuta@example.com");
        mail.setRecipients(Message.RecipientType.TO, "joao@imobiliariaxpto.com");
        mail.setSubject("Falha na API do CRM", "UTF-8");
        mail.setText("Não respondeu.", "UTF-8");
        Transport.send(mail);
        at().get("/_sandbox/mails")
                .then()
                .body("[0].subject", equalTo("Falha na API do CRM"))
                .body("[0].body", equalTo("Não respondeu."))
                .body("[0].to", contains("joao@imobiliariaxpto.com"));
        at().delete("/_sandbox/mails").then().statusCode(204);
        at().get("/_sandbox/mails").then().body("$", hasSize(0));
    }

    private RequestSpecification at() {
        return given().baseUri(providers.url().toString()).contentType("application/json; charset=utf-8");
    }

    private RequestSpecification crm() {
        return at().header("Authorization", "Bearer sandbox-crm-key");
    }

    private RequestSpecification signed(String secret, String id) {
        return at().headers(StandardWebhook.headers(secret, id, ANSWER)).body(ANSWER);
    }

    private String deliver(String secret, String id) {
        return signed(secret, id)
                .post("/gateway/messages")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    private io.restassured.response.Response type(String message) {
        return at().body(Json.write(java.util.Map.of("from", PHONE, "to", CHANNEL, "message", message)))
                .post("/_sandbox/telefone/messages");
    }

    private void fault(String json) {
        at().body(json).post("/_sandbox/faults").then().statusCode(204);
    }

    private int plainGet() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(providers.url().resolve("/crm/properties"))
                    .timeout(Duration.ofSeconds(1))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
