package dev.comuta.chaos;

import java.time.Instant;
import java.util.List;

/**
 * The rows of the database, and the requests of the providers, at the end of a run.
 *
 * @param inbound messages of end users, by id
 * @param outbound answers, by id
 * @param sessions the sessions of the contacts
 * @param tasks all tasks of clients
 * @param events the events of all sessions
 * @param received answers that the providers accepted, in the order received
 */
record Evidence(
        List<Inbound> inbound,
        List<Outbound> outbound,
        List<Session> sessions,
        List<Task> tasks,
        List<Event> events,
        List<Received> received) {

    /** @param turnTaskId the turn that answered it; null for none */
    record Inbound(long messageId, String providerId, long sessionId, String contact, Long turnTaskId) {}

    /** @param turnTaskId the turn that wrote it; null for none */
    record Outbound(long messageId, long sessionId, String status, Long turnTaskId) {}

    record Session(long sessionId, String contact) {}

    record Task(long taskId, String type, String status) {}

    /** @param subject the id of its message or task, else the type of its task */
    record Event(String type, String subject) {}

    /** @param duplicate whether the provider recognised the id of an earlier request */
    record Received(long messageId, Instant at, boolean duplicate) {}
}
