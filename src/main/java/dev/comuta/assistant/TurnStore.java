package dev.comuta.assistant;

import dev.comuta.assistant.Turn.ToolResult;
import dev.comuta.assistant.Turn.TurnMessage;
import dev.comuta.platform.PermanentFailure;
import dev.comuta.platform.Rows;
import dev.comuta.platform.Transactions;
import dev.comuta.platform.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Predicate;

/** Reads what a turn is about. */
@ApplicationScoped
class TurnStore {

    /** Where the session stands. Look-ups later than the last answering turn belong to this exchange. */
    private static final String STATE = """
            select coalesce(s.AssistantID, c.AssistantID) as assistantid, s.HandedOffAt is not null or s.EndUserID is null as silent,
                   exists (select from BackgroundTasks t
                           where t.SessionID = s.SessionID and t.TaskType = any ($3)
                             and t.Status in ('Pendente', 'Em Andamento')) as waiting,
                   coalesce((select max(m.TurnTaskID) from Messages m where m.SessionID = s.SessionID), 0) as answeredby
            from Sessions s join CommunicationChannels c on c.ChannelID = s.ChannelID
            where s.SessionID = $1 and s.ClientID = $2""";

    private static final String ASSISTANT = """
            select coalesce(s.AssistantID, c.AssistantID) as assistantid
            from Sessions s join CommunicationChannels c on c.ChannelID = s.ChannelID
            where s.SessionID = $1 and s.ClientID = $2""";

    private static final String UNANSWERED = """
            select MessageID, SenderType, ContentType, Content, Timestamp from Messages
            where SessionID = $1 and ClientID = $2 and SenderType = 'Usuário-Cliente' and TurnTaskID is null
            order by MessageID""";

    private static final String HISTORY = """
            select MessageID, SenderType, ContentType, Content, Timestamp from Messages
            where SessionID = $1 and ClientID = $2 and not (SenderType = 'Usuário-Cliente' and TurnTaskID is null)
            order by MessageID desc limit $3""";

    private static final String RESULTS = """
            select coalesce(RequestData, '{}') as request, Status, ResultData from BackgroundTasks
            where SessionID = $1 and ClientID = $2 and TaskID > $3 and TaskType = any ($4)
              and Status in ('Concluída', 'Falhou', 'Cancelada')
            order by TaskID""";

    /** What the session's turns took of a model, and of it what came after the last answering turn. */
    private static final String SPENT = """
            select t.TaskID > $3 as foranswer, sum((t.ResultData ->> 'rodadas')::bigint)::bigint as rounds,
                   coalesce(sum((t.ResultData ->> 'tokens')::bigint), 0)::bigint as tokens,
                   coalesce(sum((t.ResultData ->> 'custo')::numeric), 0) as cost
            from BackgroundTasks t
            where t.SessionID = $1 and t.ClientID = $2 and t.TaskType = 'RespostaAssistente' and t.ResultData ? 'rodadas'
            group by 1""";

    private static final String LAST_TEXT = """
            select Content from Messages
            where SessionID = $1 and ClientID = $2 and SenderType = 'Usuário-Cliente' and Content is not null
            order by MessageID desc limit 1""";

    private static final String[] INFORMING = TaskType.informingTurns().toArray(String[]::new);

    private final Transactions transactions;
    private final AssistantDirectory assistants;
    private final AssistantConfig config;

    TurnStore(Transactions transactions, AssistantDirectory assistants, AssistantConfig config) {
        this.transactions = transactions;
        this.assistants = assistants;
        this.config = config;
    }

    /** The session's assistant and the text it is about, for a look-up that names no arguments. */
    record SessionAssistant(AssistantSetup assistant, String lastText) {}

    /** The turn of this task, or null when there is nothing to do: all answered, results awaited, or nobody to answer. */
    Uni<Turn> find(ClaimedTask task) {
        long clientId = task.clientId();
        long sessionId = task.sessionId();
        return transactions.statementsInTenant(clientId, tx -> tx.sql(STATE, sessionId, clientId, INFORMING)
                .map(TurnStore::single)
                .chain(state -> isQuiet(state) ? Uni.createFrom().nullItem() : load(tx, task, state)));
    }

    /** The assistant of a session; fails with a permanent failure when it has none. */
    Uni<SessionAssistant> assistantOf(ClaimedTask task) {
        long clientId = task.clientId();
        long sessionId = task.sessionId();
        return transactions.statementsInTenant(clientId, tx -> tx.sql(ASSISTANT, sessionId, clientId)
                .map(rows -> single(rows).getLong("assistantid"))
                .chain(assistantId ->
                        assistantId == null ? Uni.createFrom().nullItem() : assistants.find(tx, clientId, assistantId))
                .chain(assistant -> tx.sql(LAST_TEXT, sessionId, clientId)
                        .map(rows -> new SessionAssistant(assistant, text(rows)))));
    }

    private static boolean isQuiet(Row state) {
        return state == null
                || state.getBoolean("waiting")
                || state.getBoolean("silent")
                || state.getLong("assistantid") == null;
    }

    private Uni<Turn> load(Tx tx, ClaimedTask task, Row state) {
        return tx.sql(UNANSWERED, task.sessionId(), task.clientId())
                .map(TurnStore::messages)
                .chain(unanswered -> unanswered.isEmpty()
                        ? Uni.createFrom().nullItem()
                        : load(tx, beginning(task, unanswered), state));
    }

    private Uni<Turn> load(Tx tx, Turn turn, Row state) {
        long sessionId = turn.sessionId();
        long clientId = turn.clientId();
        return assistants
                .find(tx, clientId, state.getLong("assistantid"))
                .onItem()
                .ifNull()
                .failWith(() -> new PermanentFailure("the client no longer has this assistant"))
                .map(turn::with)
                .chain(known -> known.assistant().usesModel()
                        ? spent(tx, known, state)
                        : Uni.createFrom().item(known))
                .chain(known -> tx.sql(HISTORY, sessionId, clientId, config.history())
                        .map(rows -> known.after(messages(rows).reversed())))
                .chain(known -> tx.sql(RESULTS, sessionId, clientId, state.getLong("answeredby"), INFORMING)
                        .map(rows -> known.knowing(results(rows))));
    }

    private static Uni<Turn> spent(Tx tx, Turn turn, Row state) {
        return tx.sql(SPENT, turn.sessionId(), turn.clientId(), state.getLong("answeredby"))
                .map(rows -> turn.having(sum(rows, row -> true), sum(rows, row -> row.getBoolean("foranswer"))));
    }

    private static Spending sum(RowSet<Row> rows, Predicate<Row> which) {
        return Rows.stream(rows)
                .filter(which)
                .map(row -> new Spending(row.getLong("rounds"), row.getLong("tokens"), row.getBigDecimal("cost")))
                .reduce(Spending.NONE, Spending::plus);
    }

    private static Turn beginning(ClaimedTask task, List<TurnMessage> unanswered) {
        return new Turn(
                task.taskId(),
                task.clientId(),
                task.sessionId(),
                null,
                List.of(),
                unanswered,
                List.of(),
                Spending.NONE,
                Spending.NONE);
    }

    private static List<ToolResult> results(RowSet<Row> rows) {
        return Rows.list(rows, TurnStore::result);
    }

    private static ToolResult result(Row row) {
        JsonObject request = row.getJsonObject("request");
        boolean done = "Concluída".equals(row.getString("status"));
        return new ToolResult(
                request.getString("tool"),
                request.getJsonObject("arguments", new JsonObject()),
                done ? row.getJsonObject("resultdata") : null,
                request.getString("callId"));
    }

    private static List<TurnMessage> messages(RowSet<Row> rows) {
        return Rows.list(
                rows,
                row -> new TurnMessage(
                        row.getLong("messageid"),
                        row.getString("sendertype"),
                        row.getString("contenttype"),
                        row.getString("content"),
                        row.getOffsetDateTime("timestamp").toInstant()));
    }

    private static Row single(RowSet<Row> rows) {
        return Rows.first(rows, row -> row);
    }

    private static String text(RowSet<Row> rows) {
        return rows.size() == 0 ? "" : rows.iterator().next().getString(0);
    }
}
