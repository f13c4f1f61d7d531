package dev.comuta.task;

import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * A task claimed for one attempt.
 *
 * @param clientId the tenant; null for a task of the platform
 * @param sessionId the session; may be null
 * @param requestData never null, empty when the row had none or {@link #isUnreadable}
 * @param attempt 1 for the first
 * @param leaseId proves that this attempt still owns the row
 * @param createdAt when it was requested
 * @param unfinished whether an earlier attempt never reported its end, so that its effects outside are unknown
 * @param clientInactive whether the client was 'Inativo' when the task was claimed
 * @param traceParent the trace that it belongs to (W3C Trace Context); null when it is not traced
 * @param outsideCall this attempt's call of another system
 */
public record ClaimedTask(
        long taskId,
        TaskType type,
        Long clientId,
        Long sessionId,
        JsonObject requestData,
        int attempt,
        UUID leaseId,
        Instant createdAt,
        boolean unfinished,
        boolean clientInactive,
        String traceParent,
        OutsideCall outsideCall) {

    private static final Logger LOG = Logger.getLogger(ClaimedTask.class);

    /** In place of a request that cannot be read. */
    private static final class Unreadable extends JsonObject {}

    /** Whether an attempt made a call with an effect outside, and has no definite answer to it. */
    static final class OutsideCall {

        private volatile boolean open;
    }

    static ClaimedTask of(Row row, TaskRegistry registry) {
        return new ClaimedTask(
                row.getLong("task_id"),
                registry.typeOf(row.getString("task_type")),
                row.getLong("client_id"),
                row.getLong("session_id"),
                request(row.getString("request_data")),
                row.getInteger("attempts"),
                row.getUUID("lease_id"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getBoolean("unfinished"),
                row.getBoolean("client_inactive"),
                row.getString("trace_parent"),
                new OutsideCall());
    }

    /** Read here and not by the driver, which would fail for all tasks of the claim. */
    private static JsonObject request(String stored) {
        try {
            return new JsonObject(stored);
        } catch (DecodeException | ClassCastException unreadable) {
            LOG.error("the request of a task cannot be read", unreadable);
            return new Unreadable();
        }
    }

    /** Whether the row has a request that cannot be read, so that no handler may run. */
    boolean isUnreadable() {
        return requestData instanceof Unreadable;
    }

    /** An id in the request data. Fails permanently when there is none: a plain INSERT may have written the row. */
    public long requestedId(String name) {
        if (requestData.getValue(name) instanceof Number id) {
            return id.longValue();
        }
        throw new PermanentFailure("RequestData names no " + name);
    }

    /** An object in the request data; null when there is none. Fails permanently when the value is no object. */
    public JsonObject requestedObject(String name) {
        Object value = requestData.getValue(name);
        if (value == null || value instanceof JsonObject) {
            return (JsonObject) value;
        }
        throw new PermanentFailure(name + " in RequestData is no JSON object");
    }

    /**
     * The handler calls this immediately before it calls its port with a request that changes another system. An
     * attempt that ends without a definite answer has an unknown outcome from then on.
     */
    public void calling() {
        outsideCall.open = true;
    }

    /** The other system answered, or the request did not leave. */
    void answered() {
        outsideCall.open = false;
    }

    /** Whether this attempt or an earlier one may have had an effect outside that is not known. */
    public boolean hasUnknownOutcome() {
        return unfinished || outsideCall.open;
    }
}
