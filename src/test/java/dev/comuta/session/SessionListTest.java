package dev.comuta.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The orders and pages of sessions on a real database. */
class SessionListTest {

    private static final SessionFilter ALL = new SessionFilter(null, null, null, null, null, null, null, null);
    private static final SessionFilter OPEN = new SessionFilter(null, null, null, null, true, null, null, null);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static Transactions transactions;

    private long clientId;
    private long channelId;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres).service();
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void createClient() {
        clientId = id("insert into Clients (ClientName) values ('A') returning ClientID");
        channelId = id(
                "insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier)"
                        + " values (?, 'WhatsApp', ?) returning ChannelID",
                clientId,
                "+55119" + clientId);
    }

    @Test
    void listsNewestFirstAndANewSessionShiftsNoPage() {
        long[] ids = LongStream.range(0, 5).map(i -> session(null, null)).toArray();

        Page<SessionView> first = page(ALL, SessionOrder.NEWEST, 2, null);
        session(null, null);
        Page<SessionView> second = page(ALL, SessionOrder.NEWEST, 2, first.next());
        Page<SessionView> third = page(ALL, SessionOrder.NEWEST, 2, second.next());

        assertEquals(List.of(ids[4], ids[3]), ids(first));
        assertEquals(List.of(ids[2], ids[1]), ids(second));
        assertEquals(List.of(ids[0]), ids(third));
        assertEquals(null, third.next());
    }

    @Test
    void listsOldestFirstAndFindsSessionsThatBeginMeanwhile() {
        long[] ids = LongStream.range(0, 3).map(i -> session(null, null)).toArray();

        Page<SessionView> first = page(ALL, SessionOrder.OLDEST, 2, null);
        long last = session(null, null);

        assertEquals(List.of(ids[0], ids[1]), ids(first));
        assertEquals(List.of(ids[2], last), ids(page(ALL, SessionOrder.OLDEST, 2, first.next())));
    }

    @Test
    void listsOpenSessionsByTheirLastMessage() {
        long quiet = session("2026-01-01T10:00:00Z", null);
        long busy = session("2026-01-01T09:00:00Z", "2026-01-03T10:00:00.000001Z");
        long equalTime = session("2026-01-01T09:00:00Z", "2026-01-02T10:00:00Z");
        long equalTimeNewer = session("2026-01-01T09:00:00Z", "2026-01-02T10:00:00Z");
        long busiest = session("2026-01-01T08:00:00Z", "2026-01-03T10:00:00.000002Z");
        end(session("2026-01-01T08:00:00Z", "2026-01-09T10:00:00Z"));

        assertEquals(
                List.of(busiest, busy, equalTimeNewer, equalTime, quiet), walk(OPEN, SessionOrder.LAST_MESSAGE, 1));
    }

    @Test
    void aMessageMeanwhileRepeatsNoSessionOnLaterPages() {
        long first = session("2026-01-01T10:00:00Z", "2026-01-05T10:00:00Z");
        long second = session("2026-01-01T10:00:00Z", "2026-01-04T10:00:00Z");
        long third = session("2026-01-01T10:00:00Z", "2026-01-03T10:00:00Z");

        Page<SessionView> page = page(OPEN, SessionOrder.LAST_MESSAGE, 1, null);
        postgres.query("update Sessions set LastMessageAt = now() where SessionID = ?", first);

        assertEquals(List.of(first), ids(page));
        assertEquals(List.of(second, third), ids(page(OPEN, SessionOrder.LAST_MESSAGE, 5, page.next())));
    }

    @Test
    void sortsTheNewestOpenSessionsOnly() {
        long forgotten = session("2026-01-01T10:00:00Z", "2999-01-01T10:00:00Z");
        postgres.query(
                "insert into Sessions (ClientID, ChannelID, SessionType, StartTime)"
                        + " select ?, ?, 'Conversa', now() from generate_series(1, ?)",
                clientId,
                channelId,
                SessionList.MAX_SORTED);

        List<Long> firstPage = ids(page(OPEN, SessionOrder.LAST_MESSAGE, 200, null));
        assertEquals(200, firstPage.size());
        assertTrue(!firstPage.contains(forgotten), "beyond the sorted sessions");
        assertEquals(forgotten, ids(page(OPEN, SessionOrder.OLDEST, 1, null)).getFirst());
    }

    @Test
    void selectsByBeginAndByLastChange() {
        long old = session("2026-01-01T10:00:00Z", null);
        long active = session("2026-01-01T10:00:00Z", "2026-03-01T10:00:00Z");
        long handedOff = session("2026-01-01T10:00:00Z", null);
        postgres.query("update Sessions set HandedOffAt = '2026-03-01T10:00:00Z' where SessionID = ?", handedOff);
        long ended = session("2026-01-01T10:00:00Z", null);
        end(ended);
        long recent = session("2026-02-01T10:00:00Z", null);
        Instant from = Instant.parse("2026-02-01T09:59:59Z");

        assertEquals(
                List.of(recent),
                walk(new SessionFilter(null, null, null, null, null, null, from, null), SessionOrder.NEWEST, 9));
        assertEquals(
                List.of(recent, ended, handedOff, active),
                walk(new SessionFilter(null, null, null, null, null, null, null, from), SessionOrder.NEWEST, 9));
        assertEquals(List.of(old, active, handedOff, ended, recent), walk(ALL, SessionOrder.OLDEST, 2));
    }

    @ParameterizedTest
    @EnumSource(SessionOrder.class)
    void rejectsACursorOfAnotherOrder(SessionOrder order) {
        session(null, null);
        session(null, null);
        String cursor = page(OPEN, order, 1, null).next();

        for (SessionOrder other : SessionOrder.values()) {
            if (other != order) {
                assertThrows(Problem.class, () -> page(OPEN, other, 1, cursor), other + " with a cursor of " + order);
            }
        }
    }

    /** The ids of all pages. */
    private List<Long> walk(SessionFilter filter, SessionOrder order, int size) {
        List<Long> ids = new ArrayList<>();
        String after = null;
        do {
            Page<SessionView> page = page(filter, order, size, after);
            ids.addAll(ids(page));
            after = page.next();
        } while (after != null);
        return ids;
    }

    private Page<SessionView> page(SessionFilter filter, SessionOrder order, int size, String after) {
        PageRequest request = PageRequest.of(Integer.toString(size), after);
        return transactions
                .statementsInTenant(clientId, tx -> SessionList.page(tx, clientId, request, filter, order))
                .await()
                .indefinitely();
    }

    private static List<Long> ids(Page<SessionView> page) {
        return page.items().stream().map(SessionView::sessionId).toList();
    }

    private long session(String startTime, String lastMessageAt) {
        return id(
                "insert into Sessions (ClientID, ChannelID, StartTime, LastMessageAt)"
                        + " values (?, ?, coalesce(?::timestamptz, now()), ?::timestamptz) returning SessionID",
                clientId,
                channelId,
                startTime,
                lastMessageAt);
    }

    private static void end(long sessionId) {
        postgres.query("update Sessions set EndTime = now() where SessionID = ?", sessionId);
    }

    private static long id(String sql, Object... parameters) {
        return ((Number) postgres.value(sql, parameters)).longValue();
    }
}
