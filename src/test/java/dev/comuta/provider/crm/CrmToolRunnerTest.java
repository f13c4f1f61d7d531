package dev.comuta.provider.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.turn.ToolRunner.ToolRun;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.http.TestOutbound;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of a client's system on the wire. */
class CrmToolRunnerTest {

    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private final CrmToolRunner runner = new CrmToolRunner(
            TestOutbound.onThisMachine(vertx),
            TestTransactions.config(AssistantConfig.class, Map.of("comuta.assistant.tool-time-limit", "1s")));
    private int port;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void sendsAnIdempotencyKeyWithEachPostAndNoneWithGet() {
        answer(200, "{\"id\": 1}");

        assertEquals(new JsonObject().put("id", 1), run(tool("POST")));
        run(tool("GET"));

        assertEquals(List.of("comuta-7", "null"), List.copyOf(keys));
    }

    @ParameterizedTest
    @ValueSource(ints = {303, 408, 500, 502, 504})
    void takesTheseAnswersToPostForAnUnknownOutcome(int status) {
        answer(status, "{}");

        assertInstanceOf(UnknownOutcome.class, failure(tool("POST")));
        TransientFailure repeated = assertInstanceOf(TransientFailure.class, failure(repeatable()));
        assertTrue(repeated.mayHaveArrived());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void repeatsPostThatTheOtherSideRefusedForNow(int status) {
        answer(status, "{}");

        TransientFailure refused = assertInstanceOf(TransientFailure.class, failure(tool("POST")));
        assertFalse(refused.mayHaveArrived());
    }

    @Test
    void failsPostThatTheOtherSideRejects() {
        answer(422, "{}");

        assertInstanceOf(PermanentFailure.class, failure(tool("POST")));
    }

    @Test
    void repeatsPostThatReachedNobody() {
        port = 1;

        TransientFailure refused = assertInstanceOf(TransientFailure.class, failure(tool("POST")));
        assertFalse(refused.mayHaveArrived());
    }

    @Test
    void takesPostWithoutAnAnswerForAnUnknownOutcome() {
        listen(request -> request.body().onSuccess(body -> request.connection().close()));
        assertInstanceOf(UnknownOutcome.class, failure(tool("POST")));

        listen(request -> {});
        assertInstanceOf(UnknownOutcome.class, failure(tool("POST")));
        assertInstanceOf(TransientFailure.class, failure(tool("GET")));
    }

    @Test
    void doesNotRepeatPostWhoseResponseIsUnreadable() {
        answer(200, "<html>");

        assertInstanceOf(UnknownOutcome.class, failure(tool("POST")));
        assertInstanceOf(UnknownOutcome.class, failure(repeatable()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "iso-8859-1 | application/json; charset=ISO-8859-1",
                "iso-8859-1 | application/json;charset=\"iso-8859-1\"",
                "windows-1252 | text/json; charset=windows-1252",
                "iso-8859-1 | application/json",
                "iso-8859-1 | ",
                "utf-8 | application/json",
                "utf-8 | application/json; charset=utf-8",
                "utf-8 | application/json; charset=desconhecido",
                "utf-16 | application/json; charset=utf-16",
                "utf-16be | application/json; charset=utf-16be",
            })
    void readsTheEncodingOfAResponse(String encoding, String contentType) {
        Buffer body = Buffer.buffer("{\"nome\": \"São João ½\"}", encoding);
        answer(200, contentType, body);
        JsonObject whole = run(tool("GET"));
        JsonObject selected = run(selecting("$.nome"));

        assertEquals("São João ½", whole.getString("nome"));
        assertEquals("{\"b\":\"São João ½\"}", selected.encode());
    }

    @Test
    void readsAResponseWithAByteOrderMark() {
        answer(200, "application/json", Buffer.buffer("\uFEFF{\"nome\": \"João\"}"));

        assertEquals("{\"b\":\"João\"}", run(selecting("$.nome")).encode());
        assertEquals("{\"nome\":\"João\"}", run(tool("GET")).encode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"nome\": \"A\"}] | {\"itens\":[{\"nome\":\"A\"}]}",
                "[] | {\"itens\":[]}",
                "\"ok\" | {\"valor\":\"ok\"}",
                "7 | {\"valor\":7}",
                "null | {}",
                " | {}",
            })
    void makesAnObjectOfEveryResponse(String body, String result) {
        answer(200, body == null ? "" : body);

        assertEquals(result, run(tool("GET")).encode());
        assertEquals(result, run(tool("POST")).encode());
    }

    @Test
    void selectsFromAListAndFromNothing() {
        answer(200, "[{\"nome\": \"A\"}, {\"nome\": \"B\"}]");
        assertEquals("{\"b\":[\"A\",\"B\"]}", run(selecting("$[*].nome")).encode());

        answer(204, "");
        assertEquals("{\"b\":[]}", run(selecting("$.itens[*].nome")).encode());
        assertEquals("{}", run(tool("POST")).encode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html><html>Entre</html>", "<?xml version=\"1.0\"?><a/>", "ok", "{} {}", "{"})
    void doesNotAskAgainForAResponseThatIsNotJson(String body) {
        answer(200, body);

        PermanentFailure failure = assertInstanceOf(PermanentFailure.class, failure(tool("GET")));
        assertEquals(body.startsWith("<"), failure.getMessage().contains("HTML"), failure.getMessage());
        assertInstanceOf(PermanentFailure.class, failure(selecting("$.nome")));
    }

    @ParameterizedTest
    @CsvSource({"Retry-After, 7, 7000", "Retry-After, 1.5, 1500", "Retry-After-Ms, 250, 250"})
    void waitsAsTheOtherSideRequests(String header, String value, long millis) {
        listen(request ->
                request.response().setStatusCode(429).putHeader(header, value).end());

        assertEquals(
                Duration.ofMillis(millis),
                assertInstanceOf(TransientFailure.class, failure(tool("GET")))
                        .retryAfter()
                        .orElseThrow());
    }

    @Test
    void replacesTextThatCannotBeStored() {
        answer(200, "{\"a\\u0000\": \"x\\ud800\"}");

        assertEquals(new JsonObject().put("a\uFFFD", "x\uFFFD"), run(tool("GET")));
        JsonObject selecting = tool("GET").configuration().copy().put("result", new JsonObject().put("b", "$.*"));
        assertEquals("{\"b\":[\"x\uFFFD\"]}", run(setup(selecting)).encode());
    }

    @Test
    void sendsNoRequestForAnArgumentThatLeadsToAnotherPath() {
        answer(200, "{}");
        ToolSetup tool = setup(tool("GET")
                .configuration()
                .copy()
                .put("url", "http://crm.example.com:" + port + "/crm/clientes/{codigo}/pedidos"));

        for (String argument : List.of("..", "%2e%2e", "..%2Fx", "a/b", "")) {
            JsonObject arguments = JsonObject.of("codigo", argument);
            assertThrows(PermanentFailure.class, () -> run(tool, arguments), argument);
        }
        assertThrows(PermanentFailure.class, () -> run(tool, new JsonObject()));

        assertEquals(List.of(), List.copyOf(keys));
    }

    @Test
    void leavesOutTheQueryOfAMissingArgument() {
        listen(request ->
                request.response().end(JsonObject.of("uri", request.uri()).encode()));
        ToolSetup tool = setup(tool("GET")
                .configuration()
                .copy()
                .put("url", "http://crm.example.com:" + port + "/imoveis?bairro={bairro}&max={max}"));

        assertEquals(
                JsonObject.of("uri", "/imoveis?bairro=Jardim%20%26%20Vila"),
                run(tool, new JsonObject().put("bairro", "Jardim & Vila").putNull("max")));
    }

    private void answer(int status, String body) {
        answer(status, null, Buffer.buffer(body));
    }

    private void answer(int status, String contentType, Buffer body) {
        listen(request -> {
            keys.add(String.valueOf(request.getHeader("Idempotency-Key")));
            if (contentType != null) {
                request.response().putHeader("Content-Type", contentType);
            }
            request.body()
                    .onSuccess(read -> request.response().setStatusCode(status).end(body));
        });
    }

    private ToolSetup selecting(String path) {
        return setup(tool("GET").configuration().copy().put("result", JsonObject.of("b", path)));
    }

    private void listen(Handler<HttpServerRequest> handler) {
        port = vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private ToolSetup tool(String method) {
        return setup(new JsonObject().put("method", method).put("url", "http://crm.example.com:" + port + "/visits"));
    }

    private ToolSetup repeatable() {
        return setup(tool("POST").configuration().copy().put("repeatable", true));
    }

    private static ToolSetup setup(JsonObject configuration) {
        return new ToolSetup(1, "agendar", "AgendaVisita", null, configuration, null);
    }

    private JsonObject run(ToolSetup tool) {
        return run(tool, new JsonObject());
    }

    private JsonObject run(ToolSetup tool, JsonObject arguments) {
        return runner.run(new ToolRun(1, tool, arguments, "comuta-7")).await().indefinitely();
    }

    private Throwable failure(ToolSetup tool) {
        return assertThrows(RuntimeException.class, () -> run(tool));
    }
}
