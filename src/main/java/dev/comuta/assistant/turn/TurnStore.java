package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.AssistantDirectory;
import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.turn.Turn.ToolResult;
import dev.comuta.assistant.turn.Turn.TurnMessage;
import dev.comuta.channel.BusinessHours;
import dev.comuta.channel.ChannelRef;
import dev.comuta.message.content.ContentColumns;
import dev.comuta.message.reading.ReadMarkTasks;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Reads the data of a turn. */
@ApplicationScoped
class TurnStore {

    private static final String TURN = "select * from comuta_turn($1, $2, $3, $4)";
    private static final String ASSISTANT = "select * from comuta_session_assistant($1, $2, $3)";

    private final Transactions transactions;
    private final AssistantDirectory assistants;
    private final AwaitedTasks awaited;
    private final Tasks tasks;
    private final AssistantConfig config;

    TurnStore(
            Transactions transactions,
            AssistantDirectory assistants,
            AwaitedTasks awaited,
            Tasks tasks,
            AssistantConfig config) {
        this.transactions = transactions;
        this.assistants = assistants;
        this.awaited = awaited;
        this.tasks = tasks;
        this.config = config;
    }

    /**
     * The assistant of a session.
     *
     * @param assistant null when the session has none
     * @param lastText the end user's latest text, when the task has no arguments; else empty
     */
    record SessionAssistant(AssistantSetup assistant, String lastText) {}

    /**
     * The turn of this task; null when no message is unanswered, a look-up is open, or no assistant answers. Where the
     * channel wants it, the end user sees at once that the messages were read.
     */
    Uni<Turn> find(ClaimedTask task) {
        return transactions.statementsInTenant(task.clientId(), tx -> tx.find(
                        TURN, row -> row, task.sessionId(), task.clientId(), awaited.stored(), config.history())
                .call(row -> Unis.when(row != null && row.getLong("reading") != null, () -> showReading(tx, task, row)))
                .chain(row -> row == null ? Uni.createFrom().nullItem() : load(tx, task, row)));
    }

    private Uni<Void> showReading(Tx tx, ClaimedTask task, Row row) {
        ChannelRef channel = new ChannelRef(task.clientId(), row.getLong("reading"));
        return tasks.request(tx, ReadMarkTasks.of(channel, task.sessionId()));
    }

    /** The assistant of the task's session. */
    Uni<SessionAssistant> assistantOf(ClaimedTask task) {
        boolean namesNoArguments = !task.requestData().containsKey("arguments");
        return transactions.statementsInTenant(task.clientId(), tx -> tx.find(
                        ASSISTANT, row -> row, task.sessionId(), task.clientId(), namesNoArguments)
                .chain(row -> setup(tx, task, row).map(setup -> new SessionAssistant(setup, text(row)))));
    }

    /**
     * The assistant of a session that waits for an answer.
     *
     * @param lookUps tasks of ended look-ups whose results no answer has used
     */
    record Waiting(long assistantId, List<Long> lookUps) {}

    /** The assistant that has to answer in the task's session; null when {@link #find} finds no turn. */
    Uni<Waiting> waiting(Tx tx, ClaimedTask task) {
        return tx.find(TURN, TurnStore::waiting, task.sessionId(), task.clientId(), awaited.stored(), 1);
    }

    private static Waiting waiting(Row row) {
        return new Waiting(row.getLong("assistant_id"), list(row, "results", ended -> ended.getLong(3)));
    }

    private Uni<Turn> load(Tx tx, ClaimedTask task, Row row) {
        return setup(tx, task, row)
                .onItem()
                .ifNull()
                .failWith(() -> new PermanentFailure("the client no longer has this assistant"))
                .map(setup -> turn(task, row, setup));
    }

    private Uni<AssistantSetup> setup(Tx tx, ClaimedTask task, Row row) {
        Long assistantId = row.getLong("assistant_id");
        return assistantId == null
                ? Uni.createFrom().nullItem()
                : assistants.find(tx, task.clientId(), assistantId, row.getString("stamp"));
    }

    private static Turn turn(ClaimedTask task, Row row, AssistantSetup setup) {
        return new Turn(
                task.taskId(),
                task.clientId(),
                task.sessionId(),
                setup,
                list(row, "history", TurnStore::message),
                list(row, "unanswered", TurnStore::message),
                list(row, "results", ended -> result(setup, ended)),
                spending(row, "spent"),
                spending(row, "answer"),
                BusinessHours.of(row.getJsonObject("hours")));
    }

    private static Spending spending(Row row, String prefix) {
        return new Spending(
                row.getLong(prefix + "_rounds"), row.getLong(prefix + "_tokens"), row.getBigDecimal(prefix + "_cost"));
    }

    private static <T> List<T> list(Row row, String column, Function<JsonArray, T> mapper) {
        JsonArray items = row.getJsonArray(column);
        return items == null
                ? List.of()
                : IntStream.range(0, items.size())
                        .mapToObj(i -> mapper.apply(items.getJsonArray(i)))
                        .toList();
    }

    private static TurnMessage message(JsonArray message) {
        return new TurnMessage(
                message.getLong(0),
                message.getString(1),
                ContentColumns.read(message.getString(2), message.getString(3), message.getJsonObject(4)),
                OffsetDateTime.parse(message.getString(5)).toInstant(),
                message.getString(6));
    }

    /** A plain INSERT may have written the task, so that a value may have any type. */
    private static ToolResult result(AssistantSetup setup, JsonArray task) {
        JsonObject request = task.getJsonObject(0) == null ? new JsonObject() : task.getJsonObject(0);
        String tool = text(request, "tool");
        boolean done = "Concluída".equals(task.getString(1));
        boolean unknown = !done && Outcome.isUnknown(task.getJsonObject(2));
        return new ToolResult(
                task.getLong(3),
                tool,
                request.getValue("arguments") instanceof JsonObject arguments ? arguments : new JsonObject(),
                done ? task.getJsonObject(2) : null,
                text(request, "callId"),
                unknown && changesOtherSystem(setup, tool));
    }

    private static String text(JsonObject request, String name) {
        return request.getValue(name) instanceof String text ? text : null;
    }

    /** A tool that the assistant no longer has counts as one that does. */
    private static boolean changesOtherSystem(AssistantSetup setup, String toolName) {
        return setup.tools().stream()
                .filter(tool -> tool.toolName().equals(toolName))
                .allMatch(ToolSetup::changesOtherSystem);
    }

    private static String text(Row row) {
        String text = row.getString("last_text");
        return text == null ? "" : text;
    }
}
