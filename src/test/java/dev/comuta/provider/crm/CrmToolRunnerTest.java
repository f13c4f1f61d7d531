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
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void replacesTextThatCannotBeStored() {
        answer(200, "{\"a\\u0000\": \"x\\ud800\"}");

        assertEquals(new JsonObject().put("a\uFFFD", "x\uFFFD"), run(tool("GET")));
        JsonObject selecting = tool("GET").configuration().copy().put("result", new JsonObject().put("b", "$.*"));
        assertEquals("{\"b\":[\"x\uFFFD\"]}", run(setup(selecting)).encode());
    }

    private void answer(int status, String body) {
        listen(request -> {
            keys.add(String.valueOf(request.getHeader("Idempotency-Key")));
            request.body()
                    .onSuccess(read -> request.response().setStatusCode(status).end(body));
        });
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
        return runner.run(new ToolRun(1, tool, new JsonObject(), "comuta-7"))
                .await()
                .indefinitely();
    }

    private Throwable failure(ToolSetup tool) {
        return assertThrows(RuntimeException.class, () -> run(tool));
    }
}
