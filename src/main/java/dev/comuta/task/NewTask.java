package dev.comuta.task;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A task to be requested: {@code NewTask.of(type).client(id).data(…)}. Unset fields are null, or the type's default.
 */
public final class NewTask {

    private final TaskType type;
    private TaskQueue queue;
    private Long clientId;
    private Long sessionId;
    private JsonObject data = new JsonObject();
    private String serialKey;
    private String dedupeKey;
    private Duration delay;

    private NewTask(TaskType type) {
        this.type = type;
    }

    /** A task of the platform that may begin immediately. */
    public static NewTask of(TaskType type) {
        return new NewTask(type);
    }

    /** A job of the platform, at most one open task of its type. */
    public static NewTask job(TaskType type) {
        return of(type).dedupeKey(type.stored());
    }

    /** The tenant of the task. */
    public NewTask client(Long id) {
        clientId = id;
        return this;
    }

    /** The session of the task. */
    public NewTask session(Long id) {
        sessionId = id;
        return this;
    }

    /** The data that its handler needs: ids, not content. */
    public NewTask data(JsonObject requestData) {
        data = requestData;
        return this;
    }

    /** Open tasks with this key run one at a time, oldest first. */
    public NewTask serialKey(String key) {
        serialKey = key;
        return this;
    }

    /** At most one open task has this key; a second request changes nothing. */
    public NewTask dedupeKey(String key) {
        dedupeKey = key;
        return this;
    }

    /** Time after the request at which it may begin, by the clock of the database. */
    public NewTask delay(Duration least) {
        delay = least;
        return this;
    }

    /** The queue, when it is not the default of the type. */
    public NewTask queue(TaskQueue other) {
        queue = other;
        return this;
    }

    TaskType type() {
        return type;
    }

    /** Null for the default of the type. */
    String storedQueue() {
        return queue == null ? null : queue.routingKey();
    }

    Long clientId() {
        return clientId;
    }

    Long sessionId() {
        return sessionId;
    }

    JsonObject data() {
        return data;
    }

    String serialKey() {
        return serialKey;
    }

    String dedupeKey() {
        return dedupeKey;
    }

    Duration delay() {
        return delay;
    }
}
