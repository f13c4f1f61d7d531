package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.Contracts;
import dev.comuta.sandbox.SandboxPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/**
 * The SQL of the design document runs unchanged and in order on the migrated schema. The test adds three rows that the
 * document assumes: a voice channel with the same number, a session before the first message, and a session before the
 * outbound call.
 */
class SeedSqlTest {

    private static final Pattern BLOCK = Pattern.compile("```\\w*[^\\n]*\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SQL = Pattern.compile("^(INSERT|UPDATE|SELECT)\\b.*", Pattern.DOTALL);
    private static final String VOICE_CHANNEL =
            "insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status) "
                    + "values (1, 'VoiceCall', '+5511999999999', 'Ativo')";

    @Test
    void copyEqualsTheDesignDocument() throws IOException {
        assertEquals(sqlOf(Files.readString(Contracts.designDocument())), statements());
    }

    @Test
    void everyStatementRunsInOrder() throws SQLException, IOException {
        List<String> statements = statements();
        assertEquals(23, statements.size());
        try (SandboxPostgres postgres = SandboxPostgres.launch(0);
                Connection connection = migrated(postgres)) {
            Psql psql = new Psql(connection);
            statements.subList(0, 3).forEach(psql::run);
            assertScenarioOne(psql);
            psql.run(VOICE_CHANNEL);
            psql.run("INSERT INTO Sessions (ClientID, ChannelID, StartTime) VALUES (1, 1, NOW())");
            statements.subList(3, 6).forEach(psql::run);
            assertScenarioTwo(psql);
            statements.subList(6, 11).forEach(psql::run);
            assertInboundCall(psql);
            psql.run("INSERT INTO Sessions (ClientID, ChannelID, StartTime) VALUES (1, 2, NOW())");
            statements.subList(11, 15).forEach(psql::run);
            assertOutboundCall(psql);
            statements.subList(15, 23).forEach(psql::run);
            assertTasksAndAlerts(psql);
        }
    }

    private static void assertScenarioOne(Psql psql) {
        psql.expect(
                "1|Imobiliária XPTO|Especialista em imóveis de luxo",
                "select ClientID || '|' || ClientName || '|' || AdditionalInfo from Clients");
        psql.expect(
                "1|WhatsApp|+5511999999999|Ativo|Gateway",
                "select concat_ws('|', ClientID, ChannelType, ChannelIdentifier, Status, Provider) "
                        + "from CommunicationChannels");
        psql.expect(
                "1|João Correia|Corretor|joao@imobiliariaxpto.com|+5511988888888|Ativo",
                "select concat_ws('|', ClientID, UserName, UserRole, Email, PhoneNumber, Status) from ClientUsers");
    }

    private static void assertScenarioTwo(Psql psql) {
        psql.expect(
                "1|1|Usuário-Cliente|Texto|Quais imóveis estão disponíveis no bairro X?",
                "select concat_ws('|', ClientID, SessionID, SenderType, ContentType, Content) from Messages");
        psql.expect(
                "1|1|ConsultaCRM|Pendente|0|t",
                "select concat_ws('|', ClientID, SessionID, TaskType, Status, Attempts, DueAt <= now()) "
                        + "from BackgroundTasks");
        psql.expect(
                "1|TarefaIniciada|ConsultaCRM",
                "select concat_ws('|', ClientID, EventType, EventData ->> 'TaskType') from Events");
    }

    private static void assertInboundCall(Psql psql) {
        psql.expect(
                "1|2|Chamada",
                "select concat_ws('|', ClientID, ChannelID, SessionType) from Sessions order by SessionID desc limit 1");
        psql.expect(
                "1|Inbound|Trunk_X|Completed|t",
                "select concat_ws('|', ClientID, CallDirection, SIPTrunkID, CallStatus, EndTime is not null) from Calls");
        psql.expect("1", "select EventData ->> 'CallID' from Events where EventType = 'ChamadaEncerrada'");
    }

    private static void assertOutboundCall(Psql psql) {
        psql.expect(
                "2|3|Outbound|In Progress",
                "select concat_ws('|', CallID, SessionID, CallDirection, CallStatus) from Calls "
                        + "order by CallID desc limit 1");
        psql.expect("2", "select EventData ->> 'CallID' from Events where EventType = 'ChamadaConectada'");
    }

    private static void assertTasksAndAlerts(Psql psql) {
        psql.expect(
                "Concluída|Transcrição do áudio...",
                "select Status || '|' || (ResultData ->> 'texto') from BackgroundTasks "
                        + "where TaskType = 'TranscricaoAudio'");
        psql.expect(
                "Concluída|[\"Imóvel A\", \"Imóvel B\"]",
                "select Status || '|' || (ResultData ->> 'propriedades') from BackgroundTasks where TaskID = 3");
        psql.expect(
                "2,3",
                "select string_agg(EventData ->> 'TaskID', ',' order by EventID) from Events "
                        + "where EventType in ('TarefaConcluída', 'ConsultaConcluída')");
        psql.expect(
                "Novo imóvel disponível!|Falha na API do CRM",
                "select string_agg(coalesce(EventData ->> 'mensagem', EventData ->> 'erro'), '|' order by EventID) "
                        + "from Events where SessionID is null and ClientID is null");
    }

    /** Runs statements like psql, with the ids of the last inserted rows in place of the placeholders. */
    private record Psql(Connection connection) {

        void run(String statement) {
            try (Statement run = connection.createStatement()) {
                run.execute(filled(statement));
            } catch (SQLException e) {
                throw new AssertionError("rejected: " + statement, e);
            }
        }

        void expect(String expected, String query) {
            assertEquals(expected, value(query), query);
        }

        private String filled(String statement) {
            return statement
                    .replace("<ClientID>", "1")
                    .replace("<ChannelID>", "2")
                    .replace("<SessionID>", last("SessionID", "Sessions"))
                    .replace("<CallID>", last("CallID", "Calls"))
                    .replace("<TaskID>", last("TaskID", "BackgroundTasks"));
        }

        private String last(String id, String table) {
            return value("select max(" + id + ") from " + table);
        }

        private String value(String query) {
            try (Statement select = connection.createStatement();
                    ResultSet rows = select.executeQuery(query)) {
                rows.next();
                return String.valueOf(rows.getString(1));
            } catch (SQLException e) {
                throw new AssertionError("rejected: " + query, e);
            }
        }
    }

    private static Connection migrated(SandboxPostgres postgres) throws SQLException {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), owner.username(), owner.password())
                .locations("db/migration")
                .load()
                .migrate();
        Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
        try (Statement role = connection.createStatement()) {
            role.execute("set role comuta_platform");
        }
        return connection;
    }

    private static List<String> statements() throws IOException {
        try (InputStream copy = SeedSqlTest.class.getResourceAsStream("/seed/statements.sql")) {
            String text = new String(copy.readAllBytes(), StandardCharsets.UTF_8);
            return split(text.substring(text.indexOf('\n')));
        }
    }

    private static List<String> sqlOf(String document) {
        List<String> found = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(document);
        while (blocks.find()) {
            if (SQL.matcher(blocks.group(1).strip()).matches()) {
                found.addAll(split(blocks.group(1)));
            }
        }
        return found;
    }

    private static List<String> split(String script) {
        return Pattern.compile(";")
                .splitAsStream(script)
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
