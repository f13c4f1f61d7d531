package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The public port serves the API, webhooks and a few public files; probes and metrics are on the management port. */
class PublicPortIT {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final Pattern LABEL = Pattern.compile("http_server_requests_seconds_count\\{(.*)}.*");
    private static final String PERSON = "maria.silva@exemplo.com.br";

    private static Comuta comuta;
    private static Api visitor;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        visitor = comuta.anonymous().undocumented();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/metrics", "/q/health", "/q/health/live", "/q/health/ready", "/q/openapi", "/q/dev"})
    void servesNoManagementPath(String path) {
        visitor.get(path).expectProblem(401, "unauthenticated");
        comuta.platform().undocumented().get(path).expectProblem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/metrics", "/q/health/live", "/q/health/ready", "/q/openapi"})
    void managementPortServesThem(String path) {
        comuta.management().get(path).expect(200);
    }

    @Test
    void noTextOfACallerBecomesALabel() {
        visitor.get("/people/" + PERSON).expect(401);
        visitor.get("/" + PERSON).expect(401);
        visitor.send("DELETE", "/webhooks/" + PERSON, null);
        visitor.post("/sign-in/" + PERSON, null);
        comuta.platform().undocumented().get("/clients/1/people/" + PERSON).expect(404);
        raw("MARIASILVA /people HTTP/1.1\r\nhost: localhost\r\n\r\n");
        raw("GET /people/" + PERSON + " HTTP/1.1\r\nhost: localhost\r\nno header\r\n\r\n");
        raw("GET /people/" + PERSON + " HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n");
        visitor.get("/clients/1").expect(401);
        comuta.platform().get("/clients/1").expect(200);
        comuta.send(comuta.delivery(Comuta.newNumber(), "Oi")).expect(200);

        await().atMost(Comuta.TIMEOUT).until(() -> labels().contains("/unmatched"));
        Set<String> labels = labels();
        assertTrue(labels.containsAll(Set.of("/clients/{clientId}", "/webhooks/whatsapp")), labels.toString());
        assertFalse(metrics().contains("maria"), "a path of a caller");
        assertFalse(metrics().contains("MARIASILVA"), "a method of a caller");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sign-in",
                "/openapi.yaml",
                "/docs/problems.md",
                "/docs/limits.md",
                "/docs/assistants.md",
                "/docs/glossary.md",
                "/pages/page.css",
                "/pages/sign-in.js"
            })
    void servesPublicFilesThatCachesMayStore(String path) {
        Answer file = visitor.get(path).expect(200);

        assertFalse(file.body().isBlank());
        assertEquals("public, max-age=300", file.header("cache-control"));
        assertEquals("nosniff", file.header("x-content-type-options"));
        assertEquals(
                "",
                visitor.get(path, "if-none-match", file.header("etag"))
                        .expect(304)
                        .body());
        assertEquals(
                file.header("content-length"),
                visitor.send("HEAD", path, null).expect(200).header("content-length"));
        comuta.api("no key").undocumented().get(path).expect(200);
    }

    @Test
    void publishesTheDescriptionOfTheRepository() throws IOException {
        Answer description = visitor.get("/openapi.yaml").expect(200);

        assertEquals("application/yaml; charset=utf-8", description.header("content-type"));
        assertEquals(Files.readString(Path.of("openapi.yaml")), description.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sign-in"})
    void pagesLeadToFilesThatExist(String path) {
        Answer page = visitor.get(path).expect(200);
        List<String> links =
                LINK.matcher(page.body()).results().map(link -> link.group(1)).toList();

        assertEquals("text/html; charset=utf-8", page.header("content-type"));
        assertTrue(page.body().startsWith("<!doctype html>\n<html lang=\"pt-BR\">"));
        assertFalse(links.isEmpty());
        links.forEach(link -> visitor.get("/" + link).expect(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/clients/1", "/nothing", "/webhooks/whatsapp", "/openapi.yaml"})
    void everyResponseHasTheTraceIdOfItsRequest(String path) {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        Answer answer =
                comuta.platform().undocumented().get(path, "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        assertEquals(trace, answer.header("trace-id"));
        assertTrue(visitor.get(path).header("trace-id").matches("[0-9a-f]{32}"));
        Answer problem = visitor.post("/sign-in/keys", null);
        assertEquals(problem.header("trace-id"), problem.json().getString("traceId"));
    }

    private static void raw(String request) {
        try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
            connection.write(request);
            connection.readStatus();
        }
    }

    private static Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        metrics()
                .lines()
                .map(LABEL::matcher)
                .filter(line -> line.matches())
                .forEach(line -> labels.add(line.group(1).replaceFirst(".*uri=\"([^\"]*)\".*", "$1")));
        return labels;
    }

    private static String metrics() {
        return comuta.management().get("/q/metrics").expect(200).body();
    }
}
