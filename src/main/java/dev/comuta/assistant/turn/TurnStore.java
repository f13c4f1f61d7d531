package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.AssistantDirectory;
import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.turn.Turn.ToolResult;
import dev.comuta.assistant.turn.Turn.TurnMessage;
import dev.comuta.message.ContentColumns;
import dev.comuta.platform.db.Rows;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.task.ClaimedTask;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Reads what a turn is about. */
@ApplicationScoped
class TurnStore {

    /**
     * A turn in one statement; no row when nothing is unanswered, a result is awaited, or nobody is there to answer.
     * Look-ups later than the last answering turn belong to this exchange. Open look-ups are told by what they are not:
     * by what they are, PostgreSQL would read the index of all that is open, which is long when there is much to do.
     */
    private static final String TURN = """
            select s.AssistantID, comuta_assistant_stamp($2, s.AssistantID) as Stamp, s.AnsweredBy,
                   open.Messages as Unanswered,
                   (select jsonb_agg(jsonb_build_array(h.MessageID, h.SenderType, h.ContentType, h.Content,
                                                      h.ContentData, h.Timestamp)
                                     order by h.MessageID)
                    from (select * from Messages m
                          where m.SessionID = $1 and m.ClientID = $2
                            and not (m.SenderType = 'Usuário-Cliente' and m.TurnTaskID is null)
                          order by m.MessageID desc limit $4) h) as History,
                   (select jsonb_agg(jsonb_build_array(t.RequestData, t.Status, t.ResultData) order by t.TaskID)
                    from BackgroundTasks t
                    where t.SessionID = $1 and t.ClientID = $2 and t.TaskID > s.AnsweredBy and t.TaskType = any ($3)
                      and t.Status in ('Concluída', 'Falhou', 'Cancelada')) as Results
            from (select coalesce(s.AssistantID, c.AssistantID) as AssistantID,
                         coalesce((select max(m.TurnTaskID) from Messages m where m.SessionID = $1), 0) as AnsweredBy
                  from Sessions s join CommunicationChannels c on c.ChannelID = s.ChannelID
                  where s.SessionID = $1 and s.ClientID = $2 and s.HandedOffAt is null and s.EndUserID is not null) s
            cross join lateral (
                select jsonb_agg(jsonb_build_array(m.MessageID, m.SenderType, m.ContentType, m.Content, m.ContentData,
                                                   m.Timestamp)
                                 order by m.MessageID) as Messages
                from Messages m
                where m.SessionID = $1 and m.ClientID = $2 and m.SenderType = 'Usuário-Cliente'
                  and m.TurnTaskID is null) open
            where s.AssistantID is not null and open.Messages is not null
              and not exists (select from BackgroundTasks t
                              where t.SessionID = $1 and t.TaskType = any ($3)
                                and exists (select from TaskTypes n
                                            where n.Type = t.TaskType and n.SeenAt > now() - interval '1 minute')
                                and t.Status not in ('Concluída', 'Falhou', 'Cancelada'))""";

    private static final String ASSISTANT = """
            select s.AssistantID, comuta_assistant_stamp($2, s.AssistantID) as Stamp,
                   case when $3 then (select m.Content from Messages m
                                      where m.SessionID = $1 and m.ClientID = $2 and m.SenderType = 'Usuário-Cliente'
                                        and m.Content is not null
                                      order by m.MessageID desc limit 1) end as LastText
            from (select coalesce(s.AssistantID, c.AssistantID) as AssistantID
                  from Sessions s join CommunicationChannels c on c.ChannelID = s.ChannelID
                  where s.SessionID = $1 and s.ClientID = $2) s""";

    /** What the session's turns took of a model, and of it what came after the last answering turn. */
    private static final String SPENT = """
            select t.TaskID > $3 as foranswer, sum((t.ResultData ->> 'rodadas')::bigint)::bigint as rounds,
                   coalesce(sum((t.ResultData ->> 'tokens')::bigint), 0)::bigint as tokens,
                   coalesce(sum((t.ResultData ->> 'custo')::numeric), 0) as cost
            from BackgroundTasks t
            where t.SessionID = $1 and t.ClientID = $2 and t.TaskType = 'RespostaAssistente' and t.ResultData ? 'rodadas'
            group by 1""";

    private final Transactions transactions;
    private final AssistantDirectory assistants;
    private final AwaitedTasks awaited;
    private final AssistantConfig config;

    TurnStore(Transactions transactions, AssistantDirectory assistants, AwaitedTasks awaited, AssistantConfig config) {
        this.transactions = transactions;
        this.assistants = assistants;
        this.awaited = awaited;
        this.config = config;
    }

    /** The session's assistant, and the text it is about for a look-up that names no arguments, else empty. */
    record SessionAssistant(AssistantSetup assistant, String lastText) {}

    /** The turn of this task, or null when there is nothing to do: all answered, results awaited, or nobody to answer. */
    Uni<Turn> find(ClaimedTask task) {
        return transactions.statementsInTenant(task.clientId(), tx -> tx.sql(
                        TURN, task.sessionId(), task.clientId(), awaited.stored(), config.history())
                .map(TurnStore::single)
                .chain(row -> row == null ? Uni.createFrom().nullItem() : load(tx, task, row)));
    }

    /** The assistant of a session; none when the session has none. */
    Uni<SessionAssistant> assistantOf(ClaimedTask task) {
        boolean namesNoArguments = !task.requestData().containsKey("arguments");
        return transactions.statementsInTenant(
                task.clientId(), tx -> tx.sql(ASSISTANT, task.sessionId(), task.clientId(), namesNoArguments)
                        .map(TurnStore::single)
                        .chain(row -> setup(tx, task, row).map(setup -> new SessionAssistant(setup, text(row)))));
    }

    private Uni<Turn> load(Tx tx, ClaimedTask task, Row row) {
        return setup(tx, task, row)
                .onItem()
                .ifNull()
                .failWith(() -> new PermanentFailure("the client no longer has this assistant"))
                .map(setup -> turn(task, row, setup))
                .chain(turn -> turn.assistant().usesModel()
                        ? spent(tx, turn, row)
                        : Uni.createFrom().item(turn));
    }

    private Uni<AssistantSetup> setup(Tx tx, ClaimedTask task, Row row) {
        Long assistantId = row.getLong("assistantid");
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
                list(row, "results", TurnStore::result),
                Spending.NONE,
                Spending.NONE);
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
                OffsetDateTime.parse(message.getString(5)).toInstant());
    }

    private static ToolResult result(JsonArray ended) {
        JsonObject request = ended.getJsonObject(0) == null ? new JsonObject() : ended.getJsonObject(0);
        boolean done = "Concluída".equals(ended.getString(1));
        return new ToolResult(
                request.getString("tool"),
                request.getJsonObject("arguments", new JsonObject()),
                done ? ended.getJsonObject(2) : null,
                request.getString("callId"));
    }

    private static Uni<Turn> spent(Tx tx, Turn turn, Row row) {
        return tx.sql(SPENT, turn.sessionId(), turn.clientId(), row.getLong("answeredby"))
                .map(rows -> turn.having(sum(rows, part -> true), sum(rows, part -> part.getBoolean("foranswer"))));
    }

    private static Spending sum(RowSet<Row> rows, Predicate<Row> which) {
        return Rows.stream(rows)
                .filter(which)
                .map(row -> new Spending(row.getLong("rounds"), row.getLong("tokens"), row.getBigDecimal("cost")))
                .reduce(Spending.NONE, Spending::plus);
    }

    private static Row single(RowSet<Row> rows) {
        return Rows.first(rows, row -> row);
    }

    private static String text(Row row) {
        String text = row.getString("lasttext");
        return text == null ? "" : text;
    }
}
