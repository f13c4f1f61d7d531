package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rejected request gets a problem that says what to do, whatever part of the server rejects it. */
class RefusalsIT {

    private static final String POST = "POST /sign-in/links HTTP/1.1\r\nhost: localhost\r\n";
    private static final String CHUNKED = "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";

    private static Comuta comuta;
    private static Api client;
    private static Api unchecked;
    private static String home;

    @BeforeAll
    static void registerAClient() {
        comuta = Comuta.shared();
        Company company = Company.create(comuta, "Recusas " + UUID.randomUUID());
        home = company.home();
        client = company.administrator();
        unchecked = client.withInvalidRequest();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/clients/%zz",
                "/clients/1?name=%zz",
                "/media/%",
                "/webhooks/whatsapp?x=%2",
                "/nothing/%g1",
                "/sign-in?%%",
                "/openapi.yaml?x=%a"
            })
    void namesAPercentSignThatEncodesNothing(String target) {
        JsonObject problem =
                problem(400, "GET " + target + " HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");

        assertTrue(problem.getString("detail").contains("write %25 for %"), problem.encode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transfer-encoding: chunked;content-length: 5 | send Transfer-Encoding or Content-Length, not both",
                "content-length: 5;content-length: 6 | Content-Length: must be sent once",
                "content-length: +5 | Content-Length: must be a number of bytes",
                "content-length: five | Content-Length: must be a number of bytes",
                "x-name: one{CR}two | end each line with CR LF",
                "no header | end each line with CR LF",
            })
    void namesWhatTheDecoderCannotRead(String headers, String detail) {
        JsonObject problem = problem(400, POST + headers.replace(";", "\r\n").replace("{CR}", "\r") + "\r\n\r\n");

        assertTrue(problem.getString("detail").contains(detail), problem.encode());
        assertEquals("/sign-in/links", problem.getString("instance"));
    }

    @Test
    void namesTheLimitsOfTheHead() {
        problem(414, "GET /clients?name=" + "x".repeat(5000) + " HTTP/1.1\r\nhost: localhost\r\n\r\n");
        problem(431, "GET /clients HTTP/1.1\r\nhost: localhost\r\nx-long: " + "x".repeat(30_000) + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "5;a=\"\r\nhello\r\n", "-1\r\n\r\n", "5\r\nhelloX0\r\n\r\n"})
    void namesAMalformedChunk(String body) throws IOException {
        long logged = Files.size(comuta.server().log());
        JsonObject problem = problem(400, POST + CHUNKED + body);
        assertTrue(problem.getString("detail").contains("chunks"), problem.encode());

        problem(
                400,
                "POST /webhooks/whatsapp HTTP/1.1\r\nhost: localhost\r\n" + CHUNKED + body,
                "POST " + home + "/users HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer " + client.key() + "\r\n"
                        + CHUNKED + body);
        byte[] lines = Files.readAllBytes(comuta.server().log());
        String log = new String(Arrays.copyOfRange(lines, (int) logged, lines.length), StandardCharsets.UTF_8);
        assertFalse(log.contains("Exception"), log);
    }

    @Test
    void namesTheLimitOfABodyWithoutALength() {
        String head = "POST " + home + "/users HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer " + client.key()
                + "\r\n" + CHUNKED;
        try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
            connection.write(head);
            connection.writeChunk("\"" + "x".repeat((1 << 20) + 1000));
            String response = connection.readToEnd();
            assertTrue(response.startsWith("HTTP/1.1 413 "), response);
            assertTrue(response.contains("at most 1048576 bytes"), response);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/media/x", "/openapi.yaml", "/", "/webhooks/whatsapp", "/sign-in/links", "/clients/1"})
    void listsTheSameMethodsForOptionsAndForAWrongMethod(String path) {
        Api platform = comuta.platform().undocumented();
        Answer wrong = platform.send("PUT", path, null).expectProblem(405, "method-not-allowed");
        String allowed = platform.send("OPTIONS", path, null).expect(204).header("allow");

        assertEquals(methods(wrong.header("allow")), methods(allowed));
        assertTrue(methods(allowed).contains("OPTIONS"), allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void rejectsOtherMethodsOfALinkToAFile(String method) {
        Answer answer = comuta.anonymous().undocumented().send(method, "/media/x", null);

        answer.expectProblem(405, "method-not-allowed");
        assertEquals(List.of("GET", "HEAD", "OPTIONS"), methods(answer.header("allow")));
    }

    private static List<String> methods(String allow) {
        return Stream.of(allow.split(",", -1)).map(String::trim).sorted().toList();
    }

    @Test
    void rejectsAnEmptyOrRepeatedHeader() {
        String user = "{\"userName\":\"Ana\",\"userRole\":\"Corretor\"}";
        assertField("Idempotency-Key", unchecked.send("POST", home + "/users", user, "idempotency-key", ""));
        String path = client.send("POST", home + "/users", user).expect(201).location();
        assertField("If-Match", unchecked.send("PATCH", path, "{\"userName\":\"Bia\"}", "if-match", ""));
        JsonObject problem = problem(
                400,
                "POST " + home + "/users HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer " + client.key()
                        + "\r\nconnection: close\r\nidempotency-key: a\r\nidempotency-key: b\r\ncontent-length: "
                        + user.length() + "\r\ncontent-type: application/json\r\n\r\n" + user);
        assertEquals(
                "Idempotency-Key",
                problem.getJsonArray("violations").getJsonObject(0).getString("field"));
    }

    @Test
    void rejectsARepeatedParameterAndARepeatedField() {
        assertField("limit", unchecked.get(home + "/users?limit=1&limit=2"));
        assertField(
                "userName",
                unchecked.send(
                        "POST", home + "/users", "{\"userName\":\"A\",\"userName\":\"B\",\"userRole\":\"Corretor\"}"));
        String user = client.send("POST", home + "/users", "{\"userName\":\"A\",\"userRole\":\"Corretor\"}")
                .expect(201)
                .location();
        assertField("userName", unchecked.send("PATCH", user, "{\"userName\":\"B\",\"userName\":\"C\"}"));
    }

    @Test
    void namesThePlaceOfMalformedJson() {
        assertDetail(400, "body: is not valid JSON at line 1, column ", post("{\"userName\": \"A\" \"x\": 1}"));
        assertDetail(400, "body: is not valid JSON at line 2, column ", post("{\n\"userName\": Ana}"));
        assertDetail(400, "body: is not valid JSON at line 1, column ", post("{\"userName\": \"A\""));
        byte[] head = ("POST " + home + "/users HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer " + client.key()
                        + "\r\nconnection: close\r\ncontent-length: 17\r\ncontent-type: application/json\r\n\r\n"
                        + "{\"userName\": \"\u00ff\"}")
                .getBytes(StandardCharsets.ISO_8859_1);
        try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
            connection.write(head);
            String response = connection.readToEnd();
            assertTrue(response.contains("body: is not valid UTF-8 at line 1, column "), response);
        }
    }

    @Test
    void namesTheValuesOfAClosedSet() {
        assertDetail(
                400,
                "userRole: must be one of Administrador, Corretor",
                post("{\"userName\": \"A\", \"userRole\": \"Chefe\"}"));
    }

    @Test
    void namesTheMethodsOfThePath() {
        assertDetail(
                405,
                "the path supports GET, HEAD, OPTIONS, POST",
                unchecked.undocumented().send("PUT", home + "/users", null));
    }

    private static Answer post(String body) {
        return unchecked.send("POST", home + "/users", body);
    }

    private static void assertDetail(int status, String start, Answer answer) {
        assertEquals(status, answer.status(), answer.body());
        assertTrue(answer.json().getString("detail").startsWith(start), answer.body());
    }

    @Test
    void rejectsDigitsOfOtherScripts() {
        String five = "%D9%A5";
        assertField("userId", unchecked.get(home + "/users/" + five));
        assertField("limit", unchecked.get(home + "/users?limit=" + five));
        String own = home.substring(home.lastIndexOf('/') + 1);
        StringBuilder other = new StringBuilder();
        own.chars().forEach(digit -> other.append("%D9%A").append((char) digit));
        Answer answer = unchecked.undocumented().get("/clients/" + other + "/users");
        assertTrue(List.of(400, 404).contains(answer.status()), answer.body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {}                                                       | content.contentType: is required
            {"contentType":"Texto"}                                  | content.text: is required
            {"contentType":"Opções","text":"Oi","buttons":[{"id":"a"}]} | content.buttons[0].title: is required
            {"contentType":"Modelo","name":"a","language":"x","body":[]} | content.language: must be a language such as pt_BR
            {"contentType":"Modelo","name":"a","language":"pt_BR","buttons":[{"index":0,"type":"COPY","value":"1"}]} | content.buttons[0].type: must be one of
            {"contentType":"Localização","latitude":"norte","longitude":1} | content.latitude: must be a number""")
    void namesTheFieldOfAContentAndItsRule(String content, String detail) {
        Company company = Company.create(comuta, "Conteúdos " + UUID.randomUUID());
        long session = company.id("sessionId");
        Answer answer = company.administrator()
                .withInvalidRequest()
                .send("POST", company.home() + "/sessions/" + session + "/messages", "{\"content\":" + content + "}");

        assertDetail(400, detail, answer);
    }

    @Test
    void namesTheItemOfAList() {
        assertField("tags[1]", unchecked.send("POST", home + "/end-users", "{\"tags\":[\"a\",\"\"]}"));
        assertField("tag", unchecked.get(home + "/end-users?tag=%00"));
    }

    @Test
    void namesTheElementOfAListThatIsNull() {
        assertField(
                "content.contacts[0]",
                unchecked.send(
                        "POST",
                        home + "/sessions/1/messages",
                        "{\"content\":{\"contentType\":\"Contato\",\"contacts\":[null]}}"));
        assertField("scopes[1]", unchecked.send("POST", home + "/api-keys", """
                {"name":"x","role":"Administrador","scopes":["sessions:read",null]}"""));
    }

    @Test
    void namesTheFileNameAndTheMediaTypeOfAnUpload() {
        String upload = home + "/media?kind=Documento&fileName=";
        assertField("fileName", unchecked.send("POST", upload + "a%0Ab.pdf", "x"));
        assertField("fileName", unchecked.send("POST", upload + "x".repeat(241), "x"));
        Answer answer = unchecked.send("POST", upload + "a.pdf", "x", "content-type", "nonsense");
        answer.expectProblem(415, "unsupported-media-type");
        assertTrue(answer.json().getString("detail").contains("application/octet-stream"), answer.body());
        Answer changed = unchecked.send("PATCH", home + "/users/1", "x", "content-type", "text/plain");
        changed.expectProblem(415, "unsupported-media-type");
        assertTrue(changed.json().getString("detail").contains("application/merge-patch+json"), changed.body());
    }

    private static void assertField(String field, Answer answer) {
        answer.expectProblem(400, "invalid-request");
        assertEquals(
                field, answer.json().getJsonArray("violations").getJsonObject(0).getString("field"), answer.body());
    }

    /** Each request gets a problem with this status. */
    private static JsonObject problem(int status, String... requests) {
        JsonObject last = null;
        for (String request : requests) {
            try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
                connection.write(request);
                String response = connection.readToEnd();
                assertTrue(response.matches("(?s)HTTP/1[.][01] " + status + " .*"), request + " got " + response);
                assertTrue(response.contains("application/problem+json"), response);
                last = new JsonObject(response.substring(response.indexOf("\r\n\r\n")));
                assertEquals(status, last.getInteger("status"));
                assertEquals(32, last.getString("traceId").length());
            }
        }
        return last;
    }
}
