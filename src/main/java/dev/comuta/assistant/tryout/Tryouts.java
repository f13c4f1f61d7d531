package dev.comuta.assistant.tryout;

import dev.comuta.assistant.AssistantDirectory;
import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.assistant.turn.CallCheck;
import dev.comuta.assistant.turn.Engines;
import dev.comuta.assistant.turn.ToolRunner;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

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

    Uni<TryAnswer> answer(long clientId, long assistantId, TryTurn turn) {
        return setup(clientId, assistantId)
                .chain(setup -> limited(Uni.createFrom()
                        .deferred(() -> engines.of(setup)
                                .answer(Turn.tried(clientId, setup, clock.instant(), turn.text(), results(turn))))
                        .map(TryAnswer::of)));
    }

    private static List<Turn.ToolResult> results(TryTurn turn) {
        return turn.results() == null
                ? List.of()
                : turn.results().stream()
                        .map(result -> new Turn.ToolResult(
                                result.tool(),
                                new JsonObject(result.arguments()),
                                result.result() == null ? null : new JsonObject(result.result()),
                                null))
                        .toList();
    }

    Uni<TryResult> call(long clientId, long assistantId, long toolId, TryCall call) {
        JsonObject arguments = new JsonObject(call.arguments());
        return setup(clientId, assistantId).chain(setup -> {
            ToolSetup tool = tool(setup, toolId);
            return limited(requireValid(setup, new ToolCall(tool.toolName(), arguments))
                    .chain(() -> tools.run(clientId, tool, arguments))
                    .map(result -> new TryResult(result.getMap())));
        });
    }

    private Uni<Void> requireValid(AssistantSetup setup, ToolCall call) {
        return check.objections(setup, List.of(call))
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

    private Uni<AssistantSetup> setup(long clientId, long assistantId) {
        return transactions
                .statementsInTenant(clientId, tx -> tx.find(
                                STAMP, row -> String.valueOf(row.getString("stamp")), clientId, assistantId)
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
            case PermanentFailure rejected ->
                Problem.of(ProblemType.CONFLICT, "the try-out failed: " + rejected.getMessage());
            case TransientFailure noAnswer -> Problem.unavailable("no answer: " + noAnswer.getMessage(), noAnswer);
            default -> failure;
        };
    }
}
