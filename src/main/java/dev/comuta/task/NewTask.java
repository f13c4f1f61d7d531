package dev.comuta.task;

import io.vertx.core.json.JsonObject;

/**
 * A task to be requested.
 *
 * @param clientId the tenant; null for a task of the platform
 * @param sessionId the session; may be null
 * @param requestData what the handler needs to know: ids, not content
 * @param serialKey open tasks of one key run one at a time, oldest first; may be null
 * @param dedupeKey at most one open task of one key: a second request changes nothing; may be null
 */
public record NewTask(
        TaskType type, Long clientId, Long sessionId, JsonObject requestData, String serialKey, String dedupeKey) {

    /** A task of a session. */
    public static NewTask inSession(TaskType type, long clientId, long sessionId, JsonObject requestData) {
        return new NewTask(type, clientId, sessionId, requestData, null, null);
    }

    /** A turn of the session's assistant; turns of one session never overlap. */
    public static NewTask turn(long clientId, long sessionId) {
        return inSession(TaskType.TURN, clientId, sessionId, new JsonObject()).serial("turno:" + sessionId);
    }

    /** The same task, one at a time among those of this key. */
    public NewTask serial(String key) {
        return new NewTask(type, clientId, sessionId, requestData, key, dedupeKey);
    }
}
