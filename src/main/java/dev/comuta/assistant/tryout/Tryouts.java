package dev.comuta.assistant.tryout;

import dev.comuta.assistant.AssistantDirectory;
import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.assistant.turn.CallCheck;
import dev.comuta.assistant.turn.Engines;
import dev.comuta.assistant.turn.ToolRunner;
import dev.comuta.assistant.turn.ToolRunner.ToolRun;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.platform.audit.Audit;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Calls an assistant or a tool once, between a transaction that reads its setup and the response. */
@ApplicationScoped
class Tryouts {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String STAMP = "select comuta_assistant_stamp($1, $2) as stamp";

    private final Transactions transactions;
    private final AssistantDirectory assistants;
    private final Engines engines;
    private final CallCheck check;
    private final ToolRunner tools;
    private final Clock clock;

    Tryouts(
            Transactions transactions,
            AssistantDirectory assistants,
            Engines engines,
            CallCheck check,
            ToolRunner tools,
            Clock clock) {
        this.transactions = transactions;
        this.assistants = assistants;
        this.engines = engines;
        this.check = check;
        this.tools = tools;
        this.clock = clock;
    }

    /** A client's assistant. */
    record Tried(long clientId, long assistantId) {}

    <V> Uni<RestResponse<V>> answer(Tried tried, TryTurn turn, IdempotentResponse<TryAnswer, V> once) {
        return setup(tried, once)
                .chain(setup -> limited(answer(tried, setup, turn)))
                .chain(answer -> respond(tried, answer, once));
    }

    private Uni<TryAnswer> answer(Tried tried, AssistantSetup setup, TryTurn turn) {
        Turn asked = Turn.tried(tried.clientId(), setup, clock.instant(), turn.text(), results(turn));
        return Uni.createFrom().deferred(() -> engines.of(setup).answer(asked)).map(TryAnswer::of);
    }

    private static List<Turn.ToolResult> results(TryTurn turn) {
        return turn.results() == null
                ? List.of()
                : turn.results().stream()
                        .map(result -> new Turn.ToolResult(
                                0,
                                result.tool(),
                                new JsonObject(result.arguments()),
                                result.result() == null ? null : new JsonObject(result.result()),
                                null,
                                false))
                        .toList();
    }

    <V> Uni<RestResponse<V>> call(Tried tried, long toolId, TryCall call, IdempotentResponse<TryResult, V> once) {
        return setup(tried, once)
                .chain(setup -> limited(call(tried, setup, tool(setup, toolId), new JsonObject(call.arguments()))))
                .chain(result -> respond(tried, result, once));
    }

    private Uni<TryResult> call(Tried tried, AssistantSetup setup, ToolSetup tool, JsonObject arguments) {
        return requireValid(tried, setup, new ToolCall(tool.toolName(), arguments))
                .chain(() ->
                        tools.run(new ToolRun(tried.clientId(), tool, arguments, "comuta-try-" + UUID.randomUUID())))
                .map(result -> new TryResult(result.getMap()));
    }

    private <R, V> Uni<RestResponse<V>> respond(Tried tried, R result, IdempotentResponse<R, V> once) {
        return transactions.statementsInTenant(
                tried.clientId(), once.of(tx -> Audit.evenWithoutChange(tx).replaceWith(result)));
    }

    private Uni<Void> requireValid(Tried tried, AssistantSetup setup, ToolCall call) {
        return check.objections(tried.clientId(), setup, List.of(call))
                .invoke(objections -> objections.getFirst().ifPresent(objection -> {
                    throw Problem.invalid("arguments", objection);
                }))
                .replaceWithVoid();
    }

    private static ToolSetup tool(AssistantSetup setup, long toolId) {
        return setup.tools().stream()
                .filter(tool -> tool.toolId() == toolId)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("tool"));
    }

    private Uni<AssistantSetup> setup(Tried tried, IdempotentResponse<?, ?> once) {
        long clientId = tried.clientId();
        long assistantId = tried.assistantId();
        return transactions
                .statementsInTenant(clientId, tx -> once.requireNew(tx)
                        .chain(() -> tx.find(STAMP, row -> row.getString("stamp"), clientId, assistantId))
                        .chain(stamp -> assistants.find(tx, clientId, assistantId, stamp)))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("assistant"));
    }

    private static <T> Uni<T> limited(Uni<T> call) {
        return call.ifNoItem()
                .after(LIMIT)
                .failWith(() -> new TransientFailure("no answer in time"))
                .onFailure()
                .transform(Tryouts::problemOf);
    }

    private static Throwable problemOf(Throwable failure) {
        return switch (failure) {
            case UnknownOutcome _, PermanentFailure _ ->
                Problem.of(ProblemType.CONFLICT, "the try-out failed: " + failure.getMessage());
            case TransientFailure noAnswer -> Problem.unavailable("no answer: " + noAnswer.getMessage(), noAnswer);
            default -> failure;
        };
    }
}
