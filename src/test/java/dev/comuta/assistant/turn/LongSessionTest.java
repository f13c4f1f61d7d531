package dev.comuta.assistant.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import dev.comuta.session.TestSessions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A turn reads what is new in its session, however long the session is. */
class LongSessionTest {

    private static final int MESSAGES = 4_000;

    /** Pages that a turn reads in a session of any length: its latest messages, its indexes, its channel. */
    private static final int FEW_PAGES = 100;

    private static final SessionRef SESSION = new SessionRef(1, 1);
    private static final String TURN =
            "select * from comuta_turn(1, 1, '{ConsultaCRM,AgendaVisita,TranscricaoAudio}', 20)";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final SessionStore sessions = TestSessions.store(List.of(), Map.of());

    /** Each question has a turn, a look-up whose result was used, an answer, and a task that sent it. */
    @BeforeAll
    static void start() throws SQLException {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("insert into Assistants (AssistantName, ImplementationReference) values ('A', 'openai:m')");
        postgres.query("insert into ClientAssistants (ClientID, AssistantID) values (1, 1)");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                values (1, 'WhatsApp', '+5511301', 'Ativo')""");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+1')");
        postgres.query("insert into Sessions (ClientID, ChannelID, EndUserID, AssistantID) values (1, 1, 1, 1)");
        postgres.query("""
                insert into BackgroundTasks (SessionID, TaskType, Status, ResultData, ConsumedBy, SerialKey)
                select 1, type, 'Concluída', '{"rodadas": 1, "tokens": 10, "custo": "0.5"}',
                       case type when 'ConsultaCRM' then 1 end,
                       case type when 'RespostaAssistente' then 'turno:1' when 'EnvioMensagem' then 'envio:1' end
                from generate_series(1, %d), unnest(array['RespostaAssistente', 'ConsultaCRM', 'EnvioMensagem']) type
                """.formatted(MESSAGES / 2));
        postgres.query("""
                insert into Messages (SessionID, SenderType, ContentType, Content, Status, TurnTaskID)
                select 1, sender, 'Texto', 'Uma mensagem de tamanho comum, com algumas palavras.',
                       case sender when 'Assistente' then 'Lida' end, n
                from generate_series(1, %d) n, unnest(array['Usuário-Cliente', 'Assistente']) sender
                """.formatted(MESSAGES / 2));
        postgres.query(
                "insert into Messages (SessionID, SenderType, ContentType, Content) values (1, 'Usuário-Cliente', 'Texto', 'Oi')");
        postgres.query("insert into TaskTypes (Type, SeenAt) values ('ConsultaCRM', now())");
        analyze();
    }

    private static void analyze() throws SQLException {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute("analyze Messages, BackgroundTasks, Sessions");
        }
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Test
    void readsFewPages() {
        explain();
        JsonObject plan = explain();

        assertEquals(1, rows());
        assertTrue(pages(plan) < FEW_PAGES, () -> pages(plan) + " pages");
    }

    @Test
    void countsTheUseOfModelsInTheSessionAndSinceTheLastAnswer() {
        inSession(tx -> sessions.spend(tx, SESSION, 1, 10, new BigDecimal("0.25")));
        inSession(tx -> sessions.answered(tx, SESSION));
        inSession(tx -> sessions.spend(tx, SESSION, 1, 5, new BigDecimal("0.05")));

        assertEquals("2/15/0.30/1/5/0.05", postgres.value("""
                        select concat_ws('/', SpentRounds, SpentTokens, SpentCost, AnswerRounds, AnswerTokens, AnswerCost)
                        from Sessions where SessionID = 1"""));
    }

    private static int pages(JsonObject plan) {
        JsonObject root = plan.getJsonObject("Plan");
        return root.getInteger("Shared Hit Blocks") + root.getInteger("Shared Read Blocks");
    }

    private static JsonObject explain() {
        return inSession(tx -> tx.find(
                        "explain (analyze, buffers, format json) " + TURN,
                        row -> new JsonArray(row.getValue(0).toString())))
                .getJsonObject(0);
    }

    private static int rows() {
        return inSession(tx -> tx.sql(TURN).map(rows -> rows.size()));
    }

    private static <T> T inSession(Function<Tx, Uni<T>> work) {
        return transactions
                .service()
                .statementsInTenant(SESSION.clientId(), work)
                .await()
                .indefinitely();
    }
}
