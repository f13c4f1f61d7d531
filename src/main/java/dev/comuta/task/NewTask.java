package dev.comuta.task;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A task to be requested.
 *
 * @param clientId the tenant; null for a task of the platform
 * @param sessionId the session; may be null
 * @param requestData what the handler needs to know: ids, not content
 * @param serialKey open tasks of one key run one at a time, oldest first; may be null
 * @param dedupeKey at most one open task of one key: a second request changes nothing; may be null
 * @param notBefore when it may begin; null for at once
 */
public record NewTask(
        TaskType type,
        Long clientId,
        Long sessionId,
        JsonObject requestData,
        String serialKey,
        String dedupeKey,
        Instant notBefore) {

    /** A task of a session. */
    public static NewTask inSession(TaskType type, long clientId, long sessionId, JsonObject requestData) {
        return new NewTask(type, clientId, sessionId, requestData, null, null, null);
    }

    /** A job of the platform, at most one of its kind at a time. */
    public static NewTask job(TaskType type, Instant notBefore) {
        return new NewTask(type, null, null, new JsonObject(), null, type.stored(), notBefore);
    }

    /** A turn of the session's assistant; turns of one session never overlap. */
    public static NewTask turn(long clientId, long sessionId) {
        return inSession(TaskType.TURN, clientId, sessionId, new JsonObject()).serial("turno:" + sessionId);
    }

    /** The same task, one at a time among those of this key. */
    public NewTask serial(String key) {
        return new NewTask(type, clientId, sessionId, requestData, key, dedupeKey, notBefore);
    }
}
