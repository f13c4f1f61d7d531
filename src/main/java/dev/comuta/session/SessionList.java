package dev.comuta.session;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Cursor;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one page of a client's sessions. A cursor is valid for one order, and is the sort key of the page's last row, so
 * new sessions shift no page.
 */
final class SessionList {

    /**
     * Maximum number of open sessions that are sorted by their last message, the newest ones. LastMessageAt has no index,
     * which every message would have to update.
     */
    static final int MAX_SORTED = 10_000;

    private static final String COLUMNS = "s.SessionID, s.ClientID, s.ChannelID, s.UserID, s.EndUserID, s.AssistantID,"
            + " s.LiveKitRoomID, s.SessionType, s.StartTime, s.EndTime, s.LastMessageAt, s.WindowEndsAt,"
            + " s.HandedOffAt";

    private static final String LAST_ACTIVITY = "coalesce(s.LastMessageAt, s.StartTime)";
    private static final String LAST_CHANGE = "greatest(s.StartTime, s.LastMessageAt, s.HandedOffAt, s.EndTime)";

    private final SessionOrder order;
    private final List<Object> parameters = new ArrayList<>();
    private final StringBuilder conditions = new StringBuilder();

    private SessionList(SessionOrder order) {
        this.order = order;
    }

    /** One page. Fails with a problem when the page request is invalid. */
    static Uni<Page<SessionView>> page(
            Tx tx, long clientId, PageRequest request, SessionFilter filter, SessionOrder order) {
        SessionList list = new SessionList(order);
        list.with("s.ClientID = ", clientId);
        list.with("s.EndUserID = ", filter.endUserId());
        list.with("s.ChannelID = ", filter.channelId());
        list.with("s.UserID = ", filter.userId());
        list.with("s.SessionType = ", filter.sessionType());
        list.withNull("s.EndTime", filter.open());
        list.withNull("s.HandedOffAt", filter.handedOff() == null ? null : !filter.handedOff());
        list.with("s.StartTime > ", time(filter.createdAfter()));
        list.with(LAST_CHANGE + " > ", time(filter.updatedAfter()));
        String statement = list.statement(request.after(), request.size() + 1);
        return tx.list(statement, SessionList::view, list.parameters.toArray())
                .map(rows -> list.cut(rows, request.size()));
    }

    private void with(String condition, Object value) {
        if (value != null) {
            and(condition + next(value));
        }
    }

    private void withNull(String column, Boolean isNull) {
        if (isNull != null) {
            and(column + (isNull ? " is null" : " is not null"));
        }
    }

    private void and(String condition) {
        conditions.append(conditions.isEmpty() ? " where " : " and ").append(condition);
    }

    /** Adds a parameter and returns its placeholder. */
    private String next(Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    private String statement(String after, int limit) {
        long[] key = after == null ? null : key(after);
        return switch (order) {
            case NEWEST -> byId(key, "<", " desc") + " limit " + limit;
            case OLDEST -> byId(key, ">", "") + " limit " + limit;
            case LAST_MESSAGE -> byLastMessage(key) + " limit " + limit;
        };
    }

    private String byId(long[] key, String comparison, String direction) {
        with("s.SessionID " + comparison + " ", key == null ? null : key[1]);
        return "select " + COLUMNS + " from Sessions s" + conditions + " order by s.SessionID" + direction;
    }

    private String byLastMessage(long[] key) {
        String open = "select * from Sessions s" + conditions + " order by s.SessionID desc limit " + MAX_SORTED;
        String page = key == null
                ? ""
                : " where (" + LAST_ACTIVITY + ", s.SessionID) < ("
                        + next(time(Instant.EPOCH.plus(key[1], ChronoUnit.MICROS))) + ", " + next(key[2]) + ")";
        return "select " + COLUMNS + " from (" + open + ") s" + page + " order by " + LAST_ACTIVITY
                + " desc, s.SessionID desc";
    }

    /** The order comes first in a cursor, so that a cursor of another order is rejected. */
    private long[] key(String cursor) {
        long[] key = Cursor.key("after", cursor, order == SessionOrder.LAST_MESSAGE ? 3 : 2);
        if (key[0] != order.cursor()) {
            throw Problem.invalid("after", "is not a cursor of this order");
        }
        return key;
    }

    private Page<SessionView> cut(List<SessionView> rows, int size) {
        return rows.size() <= size
                ? new Page<>(rows, null)
                : new Page<>(List.copyOf(rows.subList(0, size)), cursor(rows.get(size - 1)));
    }

    private String cursor(SessionView last) {
        if (order != SessionOrder.LAST_MESSAGE) {
            return Cursor.of(order.cursor(), last.sessionId());
        }
        Instant activity = last.lastMessageAt() == null ? last.startTime() : last.lastMessageAt();
        return Cursor.of(order.cursor(), ChronoUnit.MICROS.between(Instant.EPOCH, activity), last.sessionId());
    }

    private static SessionView view(Row row) {
        return new SessionView(
                row.getLong("sessionid"),
                row.getLong("clientid"),
                row.getLong("channelid"),
                row.getLong("userid"),
                row.getLong("enduserid"),
                row.getLong("assistantid"),
                row.getString("livekitroomid"),
                row.getString("sessiontype"),
                instant(row, "starttime"),
                instant(row, "endtime"),
                instant(row, "lastmessageat"),
                instant(row, "windowendsat"),
                instant(row, "handedoffat"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
