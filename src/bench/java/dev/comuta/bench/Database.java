package dev.comuta.bench;

import dev.comuta.sandbox.SandboxPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** What the benchmark itself asks of the database. */
final class Database {

    private static final List<String> DURABILITY = List.of("fsync", "synchronous_commit", "full_page_writes");
    /** Without jobs that wait for their hour. */
    private static final String OPEN = "Status in ('Pendente', 'Em Andamento') and NotBefore is null";

    private static final int AT_ONCE = 50_000;

    private static final String GROW = """
            with drawn as (
                select s.SessionID, s.ClientID, s.ChannelID, now() - random() * interval '30 days' as At
                from (select ?::int as first, ?::int as last, ?::bigint as session, ?::bigint as latest) g
                cross join lateral generate_series(g.first, g.last) i
                join Sessions s on s.SessionID = g.session + i * 7919::bigint % (g.latest - g.session + 1)
            ), said as (
                insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, Timestamp, TurnTaskID)
                select SessionID, ClientID, 'Usuário-Cliente', 'Texto', 'Quais imóveis estão disponíveis?', At, 0
                from drawn
            ), asked as (
                insert into BackgroundTasks (SessionID, ClientID, TaskType, Status, SerialKey, CreatedAt, UpdatedAt)
                select SessionID, ClientID, 'RespostaAssistente', 'Concluída', 'turno:' || SessionID, At, At from drawn
            ), told as (
                insert into Events (SessionID, ClientID, EventType, EventData, Timestamp)
                select SessionID, ClientID, 'MensagemRecebida', '{"MessageID": "1"}', At from drawn
            )
            insert into InboundDeliveries (Provider, ChannelID, ProviderID)
            select 'gateway', ChannelID, gen_random_uuid()::text from drawn""";

    private static final Duration DRAIN = Duration.ofMinutes(3);

    private final SandboxPostgres postgres;

    private Database(SandboxPostgres postgres) {
        this.postgres = postgres;
    }

    /** Fails when a commit is not durable: such figures are invalid. */
    static Database durable(SandboxPostgres postgres) {
        for (String setting : DURABILITY) {
            Object value = postgres.value("show " + setting);
            if (!"on".equals(value)) {
                throw new BenchFailure("PostgreSQL runs with " + setting + " = " + value + ": nothing is measured");
            }
        }
        return new Database(postgres);
    }

    /** The ids of the prepared sessions: all from the first to the last. */
    record SessionIds(long first, long last) {}

    String version() {
        return (String) postgres.value("show server_version");
    }

    /** Every contact as a known person with an open session on its channel. */
    SessionIds prepareSessions(Contacts contacts) {
        long client = contacts.channels().getFirst().clientId();
        postgres.query(
                "insert into ClientEndUsers (ClientID, PhoneNumber) select ?::bigint, unnest(?::text[])",
                client,
                contacts.numbers());
        postgres.query("""
                insert into EndUserIdentities (ClientID, Kind, Value, EndUserID)
                select ClientID, 'phone', PhoneNumber, EndUserID from ClientEndUsers where ClientID = ?""", client);
        postgres.query("""
                insert into Sessions (ClientID, ChannelID, EndUserID, SessionType, LastMessageAt)
                select u.ClientID, contact.channel, u.EndUserID, 'Conversa', now()
                from unnest(?::text[], ?::bigint[]) as contact(number, channel)
                join ClientEndUsers u on u.PhoneNumber = contact.number and u.ClientID = ?""", contacts.numbers(), contacts.channelIds(), client);
        SessionIds sessions = new SessionIds(
                number("select min(SessionID) from Sessions where ClientID = " + client),
                number("select max(SessionID) from Sessions where ClientID = " + client));
        if (sessions.last() - sessions.first() + 1 != contacts.count()) {
            throw new BenchFailure("The prepared sessions are not numbered without gaps");
        }
        return sessions;
    }

    /** Old messages with their ended tasks, events and receipts: tables and indexes as large as after a month. */
    void grow(SessionIds sessions, int messages) {
        for (int first = 0; first < messages; first += AT_ONCE) {
            postgres.query(GROW, first, Math.min(first + AT_ONCE, messages) - 1, sessions.first(), sessions.last());
        }
    }

    /** What the database did since it began. */
    record Work(long commits, long walBytes) {

        Work since(Work start) {
            return new Work(commits - start.commits, walBytes - start.walBytes);
        }
    }

    Work work() {
        return new Work(
                number("select xact_commit from pg_stat_database where datname = current_database()"),
                number("select wal_bytes::bigint from pg_stat_wal"));
    }

    long messages() {
        return number("select count(*) from Messages where SenderType = 'Usuário-Cliente'");
    }

    long openTasks() {
        return number("select count(*) from BackgroundTasks where " + OPEN);
    }

    /** Requests turns by plain SQL, each of another session; returns their ids. */
    List<Long> insertTurns(long clientId, int count) {
        return postgres.query("""
                        insert into BackgroundTasks (SessionID, ClientID, TaskType, SerialKey)
                        select SessionID, ClientID, 'RespostaAssistente', 'turno:' || SessionID
                        from Sessions where ClientID = ? order by random() limit ?
                        returning TaskID""", clientId, count).stream()
                .map(row -> ((Number) row.get("taskid")).longValue())
                .toList();
    }

    /** Ends all open tasks, as if they had been run. */
    void endTasks() {
        postgres.query("update BackgroundTasks set Status = 'Concluída', UpdatedAt = now() where " + OPEN);
    }

    /** Waits until the server has run all tasks. */
    void awaitNoOpenTasks() throws InterruptedException {
        long deadline = System.nanoTime() + DRAIN.toNanos();
        while (openTasks() > 0) {
            if (System.nanoTime() > deadline) {
                throw new BenchFailure(openTasks() + " tasks are still open after " + DRAIN.toMinutes() + " min");
            }
            Thread.sleep(250);
        }
    }

    /** Takes what the round before left behind out of the next one. */
    void vacuum() {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum (analyze)");
        } catch (SQLException e) {
            throw new BenchFailure("Cannot vacuum: " + e.getMessage());
        }
    }

    private long number(String sql) {
        return ((Number) postgres.value(sql)).longValue();
    }
}
